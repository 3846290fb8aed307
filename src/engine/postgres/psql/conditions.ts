/** psql's `\if`, `\elif`, `\else` and `\endif`: which statements are run. */
import { PsqlError } from './arguments.ts';

/** The commands that are taken here. */
export const CONDITIONALS = ['\\if', '\\elif', '\\else', '\\endif'];

/** One `\if` that has not ended. */
interface Branch {
  /** Whether the statements of the present branch are run, when those round it are. */
  active: boolean;
  /** Whether one of its branches has been, or none may be any more. */
  taken: boolean;
  atElse: boolean;
}

const YES = ['true', 'yes', 'on', '1'];
const NO = ['false', 'no', 'off', '0'];

/** A truth value as psql reads it; an unambiguous beginning is enough. */
export function truthOf(text: string): boolean | undefined {
  const word = text.toLowerCase();
  if (word === '' || word === 'o') return undefined;
  if (YES.some((name) => name.startsWith(word))) return true;
  return NO.some((name) => name.startsWith(word)) ? false : undefined;
}

/** The `\if`s of a script, as far as it has been run. */
export class Conditions {
  readonly #branches: Branch[] = [];

  /** Whether statements are run. */
  get active(): boolean {
    return this.#branches.every(({ active }) => active);
  }

  /**
   * Takes one of the four commands; answers false for any other. `expression` is asked for only when
   * it counts.
   * @throws {PsqlError} when there is no `\if` for it, and for an expression that is no truth value,
   * which counts as false.
   */
  take(name: string, expression: () => string): boolean {
    if (name === '\\if') {
      const isReached = this.active;
      const branch = { active: false, taken: !isReached, atElse: false };
      this.#branches.push(branch);
      if (isReached) this.#decide(branch, expression(), '\\if');
      return true;
    }
    if (!CONDITIONALS.includes(name)) return false;
    const branch = this.#branches.at(-1);
    if (!branch) throw new PsqlError(`${name}: no matching \\if`);
    if (name === '\\endif') this.#branches.pop();
    else {
      if (branch.atElse) throw new PsqlError(`${name}: cannot occur after \\else`);
      branch.active = false;
      if (name === '\\else') {
        branch.active = !branch.taken;
        branch.atElse = true;
      } else if (!branch.taken) this.#decide(branch, expression(), '\\elif');
    }
    return true;
  }

  #decide(branch: Branch, expression: string, name: string): void {
    const truth = truthOf(expression);
    if (truth === undefined) {
      throw new PsqlError(
        `unrecognized value "${expression}" for "${name} expression": Boolean expected`,
      );
    }
    branch.active = truth;
    branch.taken = truth;
  }
}

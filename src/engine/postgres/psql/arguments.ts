/** Reads the arguments of a backslash command as psql reads them. */
import { match } from '../scan.ts';
import { type Variables, variableAt } from './variables.ts';

/** What psql itself says is wrong: no error of PostgreSQL, so it has no code. */
export class PsqlError extends Error {
  override readonly name = 'PsqlError';
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  b: '\b',
  r: '\r',
  f: '\f',
};

/**
 * The arguments of a command: parted by space, with `'quoted parts'`, `"identifiers"`, which keep
 * their quotes, and variables.
 * Source: PostgreSQL 18, "psql", section "Meta-Commands".
 * @throws {PsqlError} where a quote has no end, and for `commands` in backquotes.
 */
export function argumentsOf(text: string, variables: Variables): string[] {
  const found: string[] = [];
  let current: string | undefined;
  for (let at = 0; at < text.length; ) {
    const character = text[at] as string;
    if (/\s/.test(character)) {
      if (current !== undefined) found.push(current);
      current = undefined;
      at += 1;
      continue;
    }
    const { value, next } = part(text, at, variables);
    current = (current ?? '') + value;
    at = next;
  }
  return current === undefined ? found : [...found, current];
}

function part(text: string, at: number, variables: Variables): { value: string; next: number } {
  const character = text[at] as string;
  // Unlike in SQL, `::` is none of its own here: the second colon may begin a variable.
  if (character === ':' && text[at + 1] !== ':') {
    const { length, value } = variableAt(text, at, variables);
    return { value, next: at + length };
  }
  if (character === '`') {
    throw new PsqlError(
      'A command in backquotes would run on your machine: here is none to run it on.',
    );
  }
  if (character === "'") return quoted(text, at);
  if (character === '"') {
    const end = text.indexOf('"', at + 1);
    if (end < 0) throw new PsqlError('unterminated quoted string');
    return { value: text.slice(at, end + 1), next: end + 1 };
  }
  return { value: character, next: at + 1 };
}

/** A character by its number, as `\\101` or `\\x41`. */
const NUMBERED = /\\(?:x([0-9A-Fa-f]{1,2})|([0-7]{1,3}))/y;

/** A part in single quotes: two of them stand for one, and a backslash begins an escape. */
function quoted(text: string, start: number): { value: string; next: number } {
  let value = '';
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text[at] as string;
    const numbered = match(NUMBERED, text, at);
    if (numbered !== '') {
      const [digits, base] = numbered[1] === 'x' ? [numbered.slice(2), 16] : [numbered.slice(1), 8];
      value += String.fromCharCode(Number.parseInt(digits, base));
      at += numbered.length - 1;
    } else if (character === '\\') {
      at += 1;
      const escaped = text[at] ?? '';
      value += ESCAPES[escaped] ?? escaped;
    } else if (character !== "'") value += character;
    else if (text[at + 1] === "'") {
      value += "'";
      at += 1;
    } else return { value, next: at + 1 };
  }
  throw new PsqlError('unterminated quoted string');
}

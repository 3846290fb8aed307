/** A compiled program: its imports, its steps, and the names that its steps share. */
import type { ModuleName } from '../modules.ts';
import { ProgramError } from './errors.ts';
import { type ImportedName, moduleWith } from './modules.ts';

/** A name that one part of a program declares and others use: how to read it and how to set it. */
type Binding = [name: string, read: () => unknown, write: (value: unknown) => void];

/** A compiled program as compile.ts writes it: it sets up its parts and runs nothing. */
type Compiled = (program: Program) => void;

/**
 * What compiled code calls `__program`.
 *
 * Each run of statements is a function, so a name that it declares is not visible in the others. It
 * is shared through an accessor of the global object, which a plain mention of the name finds. The
 * name itself stays where it was declared: constants stay constant, and what was never reached
 * because its step failed is still not to be read.
 */
export class Program {
  private readonly runs: Array<{ step: number; run: () => Promise<void> }> = [];
  private readonly bindings = new Map<string, Binding>();
  private readonly failed = new Set<number>();
  private readonly stepNames: readonly string[];

  /** Whether `load` has succeeded: nothing can run before. */
  isLoaded = false;

  constructor(stepNames: readonly string[]) {
    this.stepNames = stepNames;
  }

  /** Sets the program up: imports, functions, the parts of its steps. */
  async load(url: string): Promise<void> {
    const { default: setUp } = (await import(url)) as { default: Compiled };
    setUp(this);
    this.isLoaded = true;
  }

  /** Runs a step. Rejects with what it throws; its later parts then never run. */
  async run(step: number): Promise<void> {
    try {
      for (const { step: of, run } of this.runs) if (of === step) await run();
    } catch (error) {
      this.failed.add(step);
      throw error;
    }
  }

  // ------------------------------------------- called by compiled code

  import(module: ModuleName, names: readonly ImportedName[]): Record<string, unknown> {
    return moduleWith(module, names);
  }

  step(step: number, names: readonly string[], run: () => Promise<void>): void {
    this.runs.push({ step, run });
    for (const name of names) this.expose(name, step);
  }

  share(bindings: readonly Binding[]): void {
    for (const binding of bindings) this.bindings.set(binding[0], binding);
  }

  // -------------------------------------------------------------------

  private expose(name: string, step: number): void {
    const existing = Object.getOwnPropertyDescriptor(globalThis, name);
    if (existing && !existing.enumerable && 'value' in existing) {
      const message = `'${name}' is a name of JavaScript's own. Choose another for what several parts of the program use.`;
      throw new ProgramError('SyntaxError', message);
    }
    const use = <T>(action: (binding: Binding) => T): T => {
      const binding = this.bindings.get(name);
      try {
        if (binding) return action(binding);
      } catch (error) {
        // Thrown anew: the trace must begin where the program used the name, not where it declares it.
        if (error instanceof TypeError) throw new TypeError(error.message);
        if (!(error instanceof ReferenceError)) throw error;
      }
      throw new ReferenceError(this.whyUnset(name, step));
    };
    Object.defineProperty(globalThis, name, {
      configurable: true,
      get: () => use(([, read]) => read()),
      set: (value: unknown) => use(([, , write]) => write(value)),
    });
  }

  private whyUnset(name: string, step: number): string {
    if (!this.failed.has(step)) return `Cannot access '${name}' before initialization`;
    const where = this.stepNames[step] ? `the step '${this.stepNames[step]}'` : 'the program';
    return `'${name}' has no value: ${where}, which sets it, failed before it got there`;
  }
}

/** Errors of a learner's program: what they say, where in the file, and how the console shows them. */
import type { InspectOptions } from 'node-inspect-extracted';
import { type ErrorMessage, LIMITS } from '../protocol.ts';

/** The compiled code has one line before the learner's first: see compile.ts. */
const LINES_BEFORE = 1;

/** An error that the sandbox finds in a program, with its place. */
export class ProgramError extends Error {
  readonly place: Place | undefined;
  constructor(name: string, message: string, place?: Place) {
    super(message);
    this.name = name;
    this.place = place;
  }
}

/** A 1-based place in the learner's file. */
export interface Place {
  line: number;
  column: number;
}

interface Frame extends Place {
  /** The function, where it has a name. */
  of: string;
}

/** Finds the learner's frames in stack traces, whose form differs from browser to browser. */
export class Traces {
  private frame = /(?!)/;
  /** The name by which traces show the learner's file. */
  private file = '';
  private readonly calledFrom = new WeakMap<object, Error>();

  /** @param url the address from which the program is imported. */
  setProgram(url: string, file: string): void {
    this.file = file;
    const escaped = url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    // V8: `at async name (url:1:2)`, `at url:1:2`; SpiderMonkey and JavaScriptCore: `name@url:1:2`.
    this.frame = new RegExp(
      `^(?:\\s*at (?:async )?(?:([^\\s(]+) .*\\(|)|(.*)@)${escaped}:(\\d+):(\\d+)\\)?$`,
    );
  }

  /** Remembers where the program made the request that failed: the SDK's own frames may hide it. */
  remember(error: unknown, site: Error): void {
    if (typeof error === 'object' && error !== null) this.calledFrom.set(error, site);
  }

  /** The learner's frames of an error, the innermost first. */
  framesOf(error: unknown): Frame[] {
    if (typeof error !== 'object' || error === null) return [];
    if (error instanceof ProgramError) return error.place ? [{ ...error.place, of: '' }] : [];
    const own = this.parse((error as { stack?: unknown }).stack);
    const site = this.calledFrom.get(error);
    return own.length > 0 || !site ? own : this.parse(site.stack);
  }

  /**
   * The line on which the program made a call. What it awaited before, engines of JavaScript tell
   * differently: those frames are left out.
   */
  lineOfCall(site: Error): number | undefined {
    const called = site.stack
      ?.split('\n')
      .filter((text) => !/^(?:\s*at async |async[ *])/.test(text));
    return this.parse(called?.join('\n'))[0]?.line;
  }

  private parse(stack: unknown): Frame[] {
    if (typeof stack !== 'string') return [];
    return stack.split('\n').flatMap((text) => {
      const found = this.frame.exec(text);
      if (!found) return [];
      const line = Number(found[3]) - LINES_BEFORE;
      const name = found[1] ?? found[2] ?? '';
      const of = /^[\w$.]+$/.test(name) ? name : '';
      return line > 0 ? [{ line, column: Number(found[4]), of }] : [];
    });
  }

  /** An error as the host is told. Never throws, whatever the program threw. */
  describe(error: unknown): ErrorMessage {
    const { name, message, CancellationReasons: reasons } = fieldsOf(error);
    const [place] = this.framesOf(error);
    const json = Array.isArray(reasons) ? toJson(reasons) : undefined;
    const sqlstate = sqlstateOf(error);
    return {
      name: name.slice(0, LIMITS.nameLength),
      message: message.slice(0, LIMITS.messageLength),
      ...(place && { line: place.line, column: place.column }),
      ...(json !== undefined && json.length <= LIMITS.reasonsLength && { reasons: json }),
      ...(sqlstate !== undefined && { sqlstate }),
    };
  }

  /** Makes `inspect` show errors as Node does, with the learner's own frames and no others. */
  showErrors(): void {
    const framesOf = (error: Error) => this.framesOf(error);
    const fileName = () => this.file;
    Object.defineProperty(Error.prototype, Symbol.for('nodejs.util.inspect.custom'), {
      configurable: true,
      value(this: Error, depth: number, options: InspectOptions, inspect: Inspect) {
        const head = this.message === '' ? this.name : `${this.name}: ${this.message}`;
        if (depth < 0) return `[${head}]`;
        const frames = framesOf(this).map(({ of, line, column }) => {
          const place = `${fileName()}:${line}:${column}`;
          return `\n    at ${of === '' ? place : `${of} (${place})`}`;
        });
        const fields = fieldsToShow(this);
        const rest = Object.keys(fields).length > 0 ? ` ${inspect(fields, options)}` : '';
        return `${head}${frames.join('')}${rest}`;
      },
    });
  }
}

type Inspect = (value: unknown, options: InspectOptions) => string;

/** Own fields beside name, message and stack; `cause` and `errors` are not enumerable. */
function fieldsToShow(error: Error): Record<string, unknown> {
  const hidden = ['name', 'message', 'stack', 'place'];
  const keys = Object.keys(error).filter((key) => !hidden.includes(key));
  for (const key of ['cause', 'errors']) {
    if (Object.hasOwn(error, key) && !keys.includes(key)) keys.push(key);
  }
  return Object.fromEntries(keys.map((key) => [key, error[key as keyof Error]]));
}

function fieldsOf(error: unknown): { name: string; message: string; CancellationReasons: unknown } {
  try {
    if (typeof error === 'object' && error !== null && 'message' in error) {
      const { name, message, CancellationReasons } = error as Record<string, unknown>;
      return { name: String(name ?? 'Error'), message: String(message), CancellationReasons };
    }
    const thrown = typeof error === 'string' ? `'${error}'` : String(error);
    const message = `The program threw ${thrown}, which is not an Error.`;
    return { name: 'Error', message, CancellationReasons: undefined };
  } catch {
    const message = 'The program threw something that cannot be read.';
    return { name: 'Error', message, CancellationReasons: undefined };
  }
}

/** How deep a driver's error may lie in those that libraries have put round it. */
const CAUSES = 5;

/** The SQLSTATE of an error of PostgreSQL, or of one that was caused by it. Never throws. */
function sqlstateOf(thrown: unknown): string | undefined {
  try {
    let error = thrown;
    for (let depth = 0; depth < CAUSES && typeof error === 'object' && error !== null; depth += 1) {
      const { code, severity, cause } = error as Record<string, unknown>;
      const isServers = typeof code === 'string' && typeof severity === 'string';
      if (isServers && /^[0-9A-Z]{5}$/.test(code)) return code;
      error = cause;
    }
  } catch {
    // What cannot be read is no error of PostgreSQL.
  }
  return undefined;
}

/** JSON of what JSON does not know too; undefined when that fails. */
function toJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value, (_, part: unknown) => {
      if (typeof part === 'bigint') return String(part);
      if (part instanceof Set) return [...part];
      return part instanceof Uint8Array ? Array.from(part) : part;
    });
  } catch {
    return undefined;
  }
}

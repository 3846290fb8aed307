/** Why PostgreSQL could not start, or broke, in words for the reader. */
import type { StatementResult } from '../lab/result.ts';

/**
 * - `no-webassembly`: the browser has none, or has it switched off.
 * - `blocked`: the page's Content-Security-Policy forbids it.
 * - `download`: a file did not arrive.
 * - `memory`: the device has not enough of it.
 * - `timeout`: nothing happened for too long.
 * - `failed`: anything else; `cause` says what.
 */
export type BootFailure =
  | 'no-webassembly'
  | 'blocked'
  | 'download'
  | 'memory'
  | 'timeout'
  | 'failed';

const MESSAGES: Readonly<Record<BootFailure, string>> = {
  'no-webassembly':
    'This browser has no WebAssembly, or has it switched off, so PostgreSQL cannot run here.',
  blocked:
    "This page's Content-Security-Policy forbids WebAssembly: its script-src needs 'wasm-unsafe-eval'.",
  download:
    'A file that PostgreSQL needs could not be fetched: check the connection and try again.',
  memory: 'There was not enough memory to start PostgreSQL: close other pages and try again.',
  timeout: 'PostgreSQL did not start in time: reload the page to try again.',
  failed: 'PostgreSQL could not start.',
};

/** A start that failed; `cause` is what was caught. */
export class PostgresBootError extends Error {
  override readonly name = 'PostgresBootError';
  readonly kind: BootFailure;

  constructor(kind: BootFailure, cause?: unknown) {
    const said = cause instanceof Error ? cause.message : cause === undefined ? '' : String(cause);
    super(said === '' ? MESSAGES[kind] : `${MESSAGES[kind]} (${said})`, { cause });
    this.kind = kind;
  }
}

/** Finds out which failure it was that kept an instance from starting. */
export function bootError(cause: unknown): PostgresBootError {
  if (cause instanceof PostgresBootError) return cause;
  if (isDownloadError(cause)) return new PostgresBootError('download', cause);
  if (typeof WebAssembly === 'undefined') return new PostgresBootError('no-webassembly', cause);
  const text = String(cause);
  // Chromium: CompileError "... violates the following Content Security Policy directive";
  // Firefox: "call to WebAssembly.compile() blocked by CSP"; WebKit: "Refused to create a WebAssembly object because 'unsafe-eval' ...".
  if (/content security policy|blocked by csp|unsafe-eval/i.test(text)) {
    return new PostgresBootError('blocked', cause);
  }
  // "could not allocate memory", "Array buffer allocation failed", "out of memory".
  if (/out of memory|(could not|failed to) allocate|allocation failed/i.test(text)) {
    return new PostgresBootError('memory', cause);
  }
  return new PostgresBootError('failed', cause);
}

/** Whoever fetches the assets marks a failed download by its kind. */
function isDownloadError(cause: unknown): boolean {
  return cause instanceof Error && 'kind' in cause && cause.kind === 'download';
}

const RESTORED = 'PostgreSQL broke and was restored from its snapshot';
const UNDONE = 'What the script had done before is undone.';

/** What to tell the reader of a statement that broke PostgreSQL. `thrown` is what its program threw. */
export function lossMessage(thrown: unknown): string {
  // Chromium and WebKit: RangeError "Maximum call stack size exceeded"; Firefox: InternalError "too much recursion".
  if (/call stack size|too much recursion/i.test(String(thrown))) {
    return `${RESTORED}: this statement nests deeper, or calls itself more often, than the stack of a browser allows. ${UNDONE}`;
  }
  return `${RESTORED}: this statement is beyond what it can do in a browser. ${UNDONE}`;
}

/** The result of a statement that wanted a program started: with a hint for this place. */
export function withProgramHint(result: StatementResult): StatementResult {
  const { error } = result;
  if (!error?.message.startsWith('could not execute command ')) return result;
  const hint = 'COPY ... PROGRAM starts a program of the server, and in a browser there are none.';
  return { ...result, error: { ...error, hint } };
}

/** The patch that makes PGlite's program one of several processes: applied to its bytes before they are compiled. */
import { SessionsError } from './errors.ts';

/** A stretch of the program's bytes that is replaced by another of the same length. */
export interface Edit {
  /** What is replaced, for whoever reads the patch. */
  name: string;
  /** Offset in the file. */
  at: number;
  /** The new bytes, in hexadecimal. */
  bytes: string;
}

/** As `tools/assets/postgres-sessions.ts` writes it. Sums are SHA-256, in hexadecimal. */
export interface SessionsPatch {
  /** The package's version. */
  version: string;
  /** Of the program as the package brings it. */
  source: string;
  /** Of the patched program. */
  result: string;
  edits: Edit[];
}

/**
 * What the patched program tells JavaScript through Emscripten's `__syscall_poll`, whose first
 * argument is the address of a list otherwise: addresses are below MEMORY_LIMIT.
 */
export const WAIT_MARK = 0x7000_0000;
export const KILL_MARK = 0x6000_0000;
export const MARKS = 0x7000_0000;

/**
 * Puts the patch into the program's bytes, in place, and answers them.
 * @throws {SessionsError} of kind `build` where they are not the bytes that the patch was made for.
 */
export async function patchProgram(
  bytes: Uint8Array<ArrayBuffer>,
  patch: SessionsPatch,
): Promise<Uint8Array<ArrayBuffer>> {
  const source = await sha256(bytes);
  if (source !== undefined && source !== patch.source) {
    throw new SessionsError('build', `pglite.wasm has the sum ${source}, not ${patch.source}`);
  }
  for (const { at, bytes: hex } of patch.edits) bytes.set(fromHex(hex), at);
  const result = await sha256(bytes);
  if (result !== undefined && result !== patch.result) {
    throw new SessionsError(
      'build',
      `the patched program has the sum ${result}, not ${patch.result}`,
    );
  }
  return bytes;
}

/**
 * The SHA-256 of bytes, in hexadecimal. Undefined where the browser gives no sums: in a page that came
 * over HTTP from another machine. The check at the start must do there.
 */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  if (!crypto.subtle) return undefined;
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...sum].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

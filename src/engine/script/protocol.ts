/** Messages between a sandbox and its host. What comes out of a sandbox is untrusted: see `readMessage`. */
import type { ConsoleLine, Json, ScriptError } from '../lab/result.ts';
import { isRequest } from '../postgres/client-messages.ts';

/** Raised whenever a message changes its shape: the runtime may be cached longer than the page. */
export const PROTOCOL = 4;

/** What a host sends. JSON travels as text, so that neither side clones what it then only forwards. */
export type ToSandbox =
  /** `file` is what traces call the program; `bundles` are the texts of packages beside the runtime's own. */
  | { type: 'run'; code: string; steps: string[]; file: string; bundles: string[] }
  /** The answer to the call of that id: HTTP status and body. */
  | { type: 'answer'; id: number; status: number; body: string }
  /** The answer to the exchange of that id, in PostgreSQL's protocol. */
  | { type: 'exchanged'; id: number; answer: Uint8Array }
  /** The answer to `failed`. */
  | { type: 'proceed'; proceed: boolean }
  | { type: 'ping' };

/** An error on its way out. `reasons` is JSON text. */
export interface ErrorMessage {
  name: string;
  message: string;
  line?: number;
  column?: number;
  reasons?: string;
  sqlstate?: string;
}

/** What a sandbox sends. */
export type FromSandbox =
  | { type: 'ready'; protocol: number }
  /** `id` counts the calls and exchanges of a run from 0; `request` is JSON text; `region` is where the SDK's client sends it, `accessKeyId` whose it is. */
  | {
      type: 'call';
      id: number;
      step: number;
      operation: string;
      request: string;
      region?: string | undefined;
      accessKeyId?: string | undefined;
    }
  /** One request in PostgreSQL's protocol, or null for the end of its session; `line` is the program's. */
  | { type: 'exchange'; id: number; step: number; request: Uint8Array | null; line?: number }
  | { type: 'console'; step: number; level: ConsoleLine['level']; text: string }
  | { type: 'step'; step: number }
  | { type: 'failed'; step: number; error: ErrorMessage }
  | { type: 'done' }
  /** The answer to `ping`. */
  | { type: 'heartbeat' };

/** A message that has been checked, with its JSON read. */
export type Message =
  | Exclude<FromSandbox, { type: 'call' | 'failed' }>
  | {
      type: 'call';
      id: number;
      step: number;
      operation: string;
      request: Json;
      region: string | undefined;
      accessKeyId: string | undefined;
    }
  | { type: 'failed'; step: number; error: ScriptError };

/** How much may come out of one run. */
export const LIMITS = {
  /** Requests to the databases. */
  requests: 20_000,
  /** UTF-16 units of one request's JSON. DynamoDB takes 16 MB at most. */
  requestLength: 17_000_000,
  /** Bytes of one request to PostgreSQL. */
  exchangeLength: 17_000_000,
  /** UTF-16 units of all that the console prints. */
  consoleLength: 65_536,
  /** Lines of all that the console prints. */
  consoleLines: 1_000,
  /** UTF-16 units of an error's message, of its name, of its reasons. */
  messageLength: 16_384,
  nameLength: 256,
  reasonsLength: 65_536,
} as const;

/** What the last line of a console says that printed more than the limits allow. */
export const CONSOLE_CUT =
  '... the rest of the output was cut: it is limited to 1,000 lines and 64 KB a run';

const LEVELS: readonly unknown[] = ['log', 'info', 'warn', 'error'] satisfies Array<
  ConsoleLine['level']
>;

const isIndex = (value: unknown, below: number): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) < below;

const isText = (value: unknown, most: number): value is string =>
  typeof value === 'string' && value.length <= most;

/**
 * A message of a sandbox, built anew from its known fields; undefined for anything that the runtime
 * would not have sent. A learner's program can send what it likes.
 * @param steps how many steps the program has.
 */
export function readMessage(data: unknown, steps: number): Message | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const message = data as Record<string, unknown>;
  const { type, step } = message;
  if (type === 'done' || type === 'heartbeat') return { type };
  if (type === 'ready') {
    return typeof message.protocol === 'number' ? { type, protocol: message.protocol } : undefined;
  }
  if (!isIndex(step, steps)) return undefined;
  if (type === 'step') return { type, step };
  if (type === 'failed') {
    const error = readError(message.error);
    return error && { type, step, error };
  }
  if (type === 'console') {
    const { level, text } = message;
    const known = LEVELS.includes(level) && isText(text, LIMITS.consoleLength);
    return known ? { type, step, level: level as ConsoleLine['level'], text } : undefined;
  }
  if (type === 'call') {
    const { id, operation, request, region, accessKeyId } = message;
    if (!isIndex(id, Number.MAX_SAFE_INTEGER)) return undefined;
    if (typeof operation !== 'string' || !/^[A-Za-z]{1,64}$/.test(operation)) return undefined;
    if (region !== undefined && !(isText(region, 32) && /^[a-z0-9-]+$/.test(region)))
      return undefined;
    if (accessKeyId !== undefined && !(isText(accessKeyId, 128) && /^\w+$/.test(accessKeyId)))
      return undefined;
    const json = readJson(request, LIMITS.requestLength);
    return json && { type, step, id, operation, request: json.value, region, accessKeyId };
  }
  if (type === 'exchange') {
    const { id, request, line } = message;
    if (!isIndex(id, Number.MAX_SAFE_INTEGER)) return undefined;
    if (request !== null && !isPostgresRequest(request)) return undefined;
    return { type, step, id, request, ...(isIndex(line, 1e9) && { line }) };
  }
  return undefined;
}

const isPostgresRequest = (request: unknown): request is Uint8Array =>
  request instanceof Uint8Array && request.length <= LIMITS.exchangeLength && isRequest(request);

function readError(data: unknown): ScriptError | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { name, message, line, column, reasons, sqlstate } = data as Record<string, unknown>;
  if (!isText(name, LIMITS.nameLength) || !isText(message, LIMITS.messageLength)) return undefined;
  const error: ScriptError = { name, message };
  if (isIndex(line, 1e9)) error.line = line;
  if (isIndex(column, 1e9)) error.column = column;
  const json = readJson(reasons, LIMITS.reasonsLength);
  if (json) error.reasons = json.value;
  if (isText(sqlstate, 5) && /^[0-9A-Z]{5}$/.test(sqlstate)) error.sqlstate = sqlstate;
  return error;
}

function readJson(text: unknown, most: number): { value: Json } | undefined {
  if (!isText(text, most)) return undefined;
  try {
    return { value: JSON.parse(text) as Json };
  } catch {
    return undefined;
  }
}

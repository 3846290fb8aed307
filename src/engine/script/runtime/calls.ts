/** Requests on their way to the database and their answers. */
import type { FromSandbox } from '../protocol.ts';
import { alive } from './alive.ts';

/** An answer: HTTP status and JSON text. */
export interface Answer {
  status: number;
  body: string;
}

type Call = Omit<Extract<FromSandbox, { type: 'call' }>, 'step'>;
type Exchange = Omit<Extract<FromSandbox, { type: 'exchange' }>, 'step'>;

const waiting = new Map<number, (answer: never) => void>();
let made = 0;
let post: ((request: Call | Exchange) => void) | undefined;

/** Sets where requests go. */
export function sendCallsTo(target: (request: Call | Exchange) => void): void {
  post = target;
}

/** Sends what `request` makes of the next number, and waits for the answer. */
function send<T>(request: (id: number) => Call | Exchange): Promise<T> {
  return new Promise((resolve) => {
    const done = alive();
    waiting.set(made, (answer: T) => {
      done();
      resolve(answer);
    });
    post?.(request(made));
    made += 1;
  });
}

/** Sends one request: the API's operation, its JSON text, and Region and access key of the client that makes it. */
export function call(
  operation: string,
  request: string,
  region: string | undefined,
  accessKeyId: string | undefined,
): Promise<Answer> {
  return send((id) => ({ type: 'call', id, operation, request, region, accessKeyId }));
}

/** Sends one request in PostgreSQL's protocol, made on a line of the program; null ends the session. */
export function exchange(
  request: Uint8Array | null,
  line: number | undefined,
): Promise<Uint8Array> {
  return send((id) => ({ type: 'exchange', id, request, ...(line !== undefined && { line }) }));
}

/** Hands an answer to the call or exchange that waits for it. */
export function answered(id: number, answer: Answer | Uint8Array): void {
  waiting.get(id)?.(answer as never);
  waiting.delete(id);
}

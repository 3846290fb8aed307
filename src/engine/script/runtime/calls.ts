/** Requests on their way to the database and their answers. */
import type { FromSandbox } from '../protocol.ts';
import { alive } from './alive.ts';

/** An answer: HTTP status and JSON text. */
export interface Answer {
  status: number;
  body: string;
}

type Call = Extract<FromSandbox, { type: 'call' }>;

const waiting = new Map<number, (answer: Answer) => void>();
let made = 0;
let post: ((call: Omit<Call, 'step'>) => void) | undefined;

/** Sets where requests go. */
export function sendCallsTo(target: (call: Omit<Call, 'step'>) => void): void {
  post = target;
}

/** Sends one request: the API's operation, its JSON text, and Region and access key of the client that makes it. */
export function call(
  operation: string,
  request: string,
  region: string | undefined,
  accessKeyId: string | undefined,
): Promise<Answer> {
  return new Promise((resolve) => {
    const done = alive();
    waiting.set(made, (answer) => {
      done();
      resolve(answer);
    });
    post?.({ type: 'call', id: made, operation, request, region, accessKeyId });
    made += 1;
  });
}

/** Hands an answer to the call that waits for it. */
export function answered(id: number, answer: Answer): void {
  waiting.get(id)?.(answer);
  waiting.delete(id);
}

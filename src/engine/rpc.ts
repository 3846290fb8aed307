/** Calls to a Worker and its answers: one envelope, one contract version, and no call that waits for ever. */
import { EngineLostError } from './lab/engines.ts';

/** Raised by one whenever a message changes its shape; both ends compare it at boot. */
const CONTRACT = 5;

type ToWorker = { call: number; method: string; argument: unknown };
type FromWorker =
  | { contract: number }
  | { answer: number; value: unknown }
  | { answer: number; error: { name: string; message: string; kind?: string } }
  | { event: unknown };

/** The methods that a Worker serves: one argument each, answered by a promise. */
export type Methods = Record<string, (argument: never) => Promise<unknown>>;

/** The caller's end. Every open and later call rejects once the Worker is lost. */
export interface Remote<M extends Methods> {
  call<K extends keyof M & string>(
    method: K,
    argument: Parameters<M[K]>[0],
  ): Promise<Awaited<ReturnType<M[K]>>>;
  /** Ends the Worker at once; what waits for it rejects with an EngineLostError that says why. */
  terminate(reason: string): void;
}

/** An error that a Worker's method threw, with the `kind` that its class declares, if any. */
export class RemoteError extends Error {
  readonly kind: string | undefined;
  constructor(name: string, message: string, kind: string | undefined) {
    super(message);
    this.name = name;
    this.kind = kind;
  }
}

/** Takes hold of a Worker that calls `serve`. */
export function connect<M extends Methods>(
  worker: Worker,
  onEvent: (event: unknown) => void,
  onLost: (reason: string) => void,
): Remote<M> {
  const open = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let last = 0;
  let lost: EngineLostError | undefined;
  const lose = (reason: string) => {
    if (lost) return;
    lost = new EngineLostError(reason);
    worker.terminate();
    for (const { reject } of open.values()) reject(lost);
    open.clear();
    onLost(reason);
  };
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    lose(`The engine's Worker failed: ${event.message || 'its program could not be loaded'}.`);
  });
  worker.addEventListener('messageerror', () => lose('An answer of the engine could not be read.'));
  worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
    if ('contract' in data) {
      if (data.contract !== CONTRACT)
        lose('The page and its engine are of two versions: reload the page.');
    } else if ('event' in data) {
      onEvent(data.event);
    } else {
      const call = open.get(data.answer);
      open.delete(data.answer);
      if ('error' in data) {
        call?.reject(new RemoteError(data.error.name, data.error.message, data.error.kind));
      } else call?.resolve(data.value);
    }
  });
  return {
    call(method, argument) {
      if (lost) return Promise.reject(lost);
      last += 1;
      const id = last;
      worker.postMessage({ call: id, method, argument } satisfies ToWorker);
      return new Promise((resolve, reject) => {
        open.set(id, { resolve: resolve as (value: unknown) => void, reject });
      });
    },
    terminate: lose,
  };
}

/** What `serve` needs of a Worker's global scope. */
export interface WorkerScope {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

/** The Worker's end: serves methods to the page. Answers a function that sends events. */
export function serve(scope: WorkerScope, methods: Methods): (event: unknown) => void {
  const send = (message: FromWorker) => scope.postMessage(message);
  scope.addEventListener('message', async ({ data }: MessageEvent<ToWorker>) => {
    try {
      const method = methods[data.method];
      if (!method) throw new TypeError(`the engine has no method '${data.method}'`);
      send({ answer: data.call, value: await method(data.argument as never) });
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      const kind = (error as { kind?: unknown }).kind;
      send({
        answer: data.call,
        error: {
          name: error.name,
          message: error.message,
          ...(typeof kind === 'string' ? { kind } : {}),
        },
      });
    }
  });
  send({ contract: CONTRACT });
  return (event) => send({ event });
}

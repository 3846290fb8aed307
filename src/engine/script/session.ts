/** One run of a program in a sandbox, as its host sees it: it answers, watches and ends it. */
import type { CompiledScript, ScriptEnd, ScriptEvents } from '../lab/engines.ts';
import {
  CONSOLE_CUT,
  LIMITS,
  type Message,
  PROTOCOL,
  readMessage,
  type ToSandbox,
} from './protocol.ts';

/** A fresh sandbox with the runtime in it. It runs one program and is thrown away. */
export interface World {
  post(message: ToSandbox): void;
  /** `onMessage` gets whatever comes out; `onLost` is told when the sandbox cannot go on. */
  listen(onMessage: (data: unknown) => void, onLost: (reason: string) => void): void;
  /** Ends it at once, whatever it does. */
  end(): void;
}

/** How long a run may take and be silent, in milliseconds. */
export interface Patience {
  /** From start to end, answers of the database included. */
  timeLimitMs: number;
  /** Without an answer to a ping: a program in an endless loop answers none. */
  silenceMs: number;
}

export const PATIENCE: Patience = { timeLimitMs: 60_000, silenceMs: 5_000 };

/** Pings that must stay unanswered, one after the other, before a program counts as silent. */
const PINGS = 10;

/** A sandbox that is still starting gets more time: a slow device reads the runtime for seconds. */
const STARTING = 3;

/**
 * Runs a program in a world and ends that world, however the run ends. `bundles` are the texts of
 * those that the program names.
 * Rejects only with what `events` throw or reject with: a database that is lost.
 */
export function runSession(
  world: World,
  script: CompiledScript,
  events: ScriptEvents,
  signal: AbortSignal,
  { patience = PATIENCE, bundles = [] }: { patience?: Patience; bundles?: string[] } = {},
): Promise<ScriptEnd> {
  return new Promise((resolve, reject) => {
    let over = false;
    const close = (settle: () => void) => {
      if (over) return;
      over = true;
      clearTimeout(deadline);
      clearInterval(watch);
      signal.removeEventListener('abort', stop);
      world.end();
      settle();
    };
    const kill = (reason: string) => close(() => resolve({ end: 'killed', reason }));
    const stop = () => close(() => resolve({ end: 'stopped' }));
    const fail = (error: unknown) => close(() => reject(error));

    const deadline = setTimeout(
      () => kill(`The program ran for ${seconds(patience.timeLimitMs)} and was ended.`),
      patience.timeLimitMs,
    );
    // Pings are counted, not timed: a page that slept must not take its own sleep for the program's.
    let unanswered = 0;
    let ready = false;
    const watch = setInterval(() => {
      if (unanswered >= (ready ? PINGS : PINGS * STARTING)) {
        return kill(silence(ready, patience.silenceMs));
      }
      unanswered += 1;
      world.post({ type: 'ping' });
    }, patience.silenceMs / PINGS);

    const received = new Received(script.steps.length);
    world.listen((data) => {
      if (over) return;
      const message = received.check(data);
      if ('reason' in message) return kill(message.reason);
      if (message.type === 'heartbeat') unanswered = 0;
      else if (message.type === 'ready') ready = true;
      else if (message.type === 'done') close(() => resolve({ end: 'done' }));
      else answer(message, events, (reply) => over || world.post(reply)).catch(fail);
    }, kill);

    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop);
    const { code, file } = script;
    world.post({ type: 'run', code, steps: script.steps.map(({ name }) => name), file, bundles });
  });
}

/** Hands a message on to the lab, and its answer back. */
async function answer(
  message: Exclude<Message, { type: 'ready' | 'done' | 'heartbeat' }>,
  events: ScriptEvents,
  reply: (message: ToSandbox) => unknown,
): Promise<void> {
  const { step } = message;
  if (message.type === 'step') events.step(step);
  else if (message.type === 'console') {
    events.console(step, { level: message.level, text: message.text });
  } else if (message.type === 'failed') {
    reply({ type: 'proceed', proceed: events.failed(step, message.error) });
  } else if (message.type === 'exchange') {
    const { id, request, line } = message;
    const answered = await events.exchange?.(step, request, line);
    reply({ type: 'exchanged', id, answer: answered ?? new Uint8Array() });
  } else {
    const { status, body } = await events.call(
      step,
      message.operation,
      message.request,
      message.region,
      message.accessKeyId,
    );
    reply({ type: 'answer', id: message.id, status, body: JSON.stringify(body) });
  }
}

/** Counts what came out of a sandbox, and refuses what the runtime would not have sent. */
class Received {
  readonly steps: number;
  private requests = 0;
  private lines = 0;
  private length = 0;
  private step = -1;

  constructor(steps: number) {
    this.steps = steps;
  }

  check(data: unknown): Message | { reason: string } {
    const message = readMessage(data, this.steps);
    if (!message || !this.isInOrder(message)) {
      return {
        reason: 'The program sent a message that the sandbox itself never sends, and was ended.',
      };
    }
    if (this.requests > LIMITS.requests) {
      const most = LIMITS.requests.toLocaleString('en-US');
      return { reason: `The program made more than ${most} requests and was ended.` };
    }
    if (message.type === 'ready' && message.protocol !== PROTOCOL) {
      return { reason: 'The sandbox and the page are of different versions. Reload the page.' };
    }
    return message;
  }

  private isInOrder(message: Message): boolean {
    switch (message.type) {
      case 'step':
        this.step += 1;
        return message.step === this.step;
      case 'console':
        this.lines += message.text.split('\n').length;
        this.length += message.text.length;
        return (
          this.lines <= LIMITS.consoleLines + 1 &&
          this.length <= LIMITS.consoleLength + CONSOLE_CUT.length
        );
      case 'call':
      case 'exchange':
        this.requests += 1;
        return message.id === this.requests - 1;
      default:
        return true;
    }
  }
}

const seconds = (ms: number) => (ms === 1000 ? 'a second' : `${ms / 1000} seconds`);

function silence(ready: boolean, ms: number): string {
  return ready
    ? `The program did not answer for ${seconds(ms)} and was ended. Is there a loop that never ends?`
    : `The sandbox did not start within ${seconds(ms * STARTING)}.`;
}

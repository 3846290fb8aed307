/**
 * The page's door to live sessions: loaded on intent, one Worker a page, beside the one in which labs
 * run. Whatever happens in it, a call ends, and the next one finds working sessions.
 */
import autoExplainUrl from '../../../../.generated/postgres/auto_explain.so?url';
import sizes from '../../../../.generated/postgres/bytes.json';
import snapshotUrl from '../../../../.generated/postgres/empty.tar?url';
import bootedUrl from '../../../../.generated/postgres/empty-booted.data?url';
import dataUrl from '../../../../.generated/postgres/pglite.data?url';
import wasmUrl from '../../../../.generated/postgres/pglite.wasm?url';
import patch from '../../../../.generated/postgres-sessions/patch.json';
import { EngineLostError } from '../../lab/engines.ts';
import type { LoadProgress } from '../../progress.ts';
import { connect, type Remote, RemoteError } from '../../rpc.ts';
import type { Play, PlayEvent, SessionName } from '../../sessions/play.ts';
import type { PlayRequest } from '../../sessions/prove.ts';
import type { SessionsFailure } from './errors.ts';
import type { ConsoleAction, ConsoleState, LiveAssets, LiveMethods, LiveNews } from './worker.ts';

export type { ConsoleEvent } from './console.ts';
export type { ConsoleState };

/**
 * Why a call failed, in words for the reader: `boot`: live sessions do not start here; `stopped`: by the
 * reader, or because it took too long; the others are those of SessionsError.
 */
export class LiveError extends Error {
  override readonly name = 'LiveError';
  readonly kind: SessionsFailure | 'boot' | 'stopped';
  constructor(kind: LiveError['kind'], message: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
  }
}

/** How a call is watched and stopped. */
export interface LiveOptions {
  /** Stops it. The sessions are lost with it, and the next call starts others. */
  signal?: AbortSignal | undefined;
  /** What is being waited for before the first event. */
  onProgress?: ((progress: LoadProgress) => void) | undefined;
  /** Each event of a play, as it happens. */
  onEvent?: ((event: PlayEvent) => void) | undefined;
}

/** The longest that a call may take once PostgreSQL runs, in milliseconds. */
const CALL_LIMIT_MS = 20_000;
/** How long it may be silent while it starts, in milliseconds. */
const SILENCE_MS = 60_000;

const SESSIONS_FAILURES: readonly string[] = ['build', 'layout', 'check', 'refused', 'lost'];

let assets: LiveAssets = {
  patch,
  module: { url: wasmUrl, bytes: sizes['pglite.wasm'] },
  fsBundle: { url: dataUrl, bytes: sizes['pglite.data'] },
  autoExplain: { url: autoExplainUrl, bytes: sizes['auto_explain.so'] },
  snapshot: { url: snapshotUrl, bytes: sizes['empty.tar'] },
  booted: { url: bootedUrl, bytes: sizes['empty-booted.data'] },
};
let current: { remote: Remote<LiveMethods>; ready: Promise<void> } | undefined;
const listeners = new Set<LiveOptions>();
let silence: ReturnType<typeof setTimeout> | undefined;

/** Starts fetching and booting, on a sign that the reader is about to play. */
export function warm(): void {
  // A failure shows itself to the call that needs the sessions.
  running().ready.catch(() => undefined);
}

/** Plays steps in their order. @throws {LiveError} */
export function playLive(request: PlayRequest, options: LiveOptions = {}): Promise<Play> {
  const tellEvents = options.onEvent !== undefined;
  return call((remote) => remote.call('play', { ...request, tellEvents }), options);
}

/** Consoles for free typing. Each method answers what happened through it, in all sessions. */
export interface LiveConsole {
  send(session: SessionName, sql: string, options?: LiveOptions): Promise<ConsoleState>;
  /** Cancels the statement of a session that waits. */
  cancel(session: SessionName): Promise<ConsoleState>;
  /** Lets time pass until a timeout of a session that waits; without one, its statement is cancelled. */
  pass(): Promise<ConsoleState>;
  /** Begins anew, from the set-up. */
  reset(): Promise<ConsoleState>;
}

/**
 * Begins consoles, from a set-up on; those of the page that were open before end with it. When the
 * Worker is lost (Stop, a statement that takes too long), `reset` begins anew.
 * @throws {LiveError}
 */
export async function openConsole(
  setup: string,
  sessions: readonly SessionName[],
  options: LiveOptions = {},
): Promise<LiveConsole> {
  let remote: Remote<LiveMethods> | undefined;
  const act = (action: ConsoleAction, own: LiveOptions = {}) =>
    call(async (now) => {
      if (remote !== now && action.kind !== 'begin') {
        await now.call('console', { kind: 'begin', setup, sessions: [...sessions] });
        remote = now;
        if (action.kind !== 'reset') {
          throw new LiveError('lost', 'The sessions have ended: what was typed before is undone.');
        }
      }
      remote = now;
      return now.call('console', action);
    }, own);
  await act({ kind: 'begin', setup, sessions: [...sessions] }, options);
  return {
    send: (session, sql, own) => act({ kind: 'send', session, sql }, own),
    cancel: (session) => act({ kind: 'cancel', session }),
    pass: () => act({ kind: 'pass' }),
    reset: () => act({ kind: 'reset' }),
  };
}

/** Gives the memory back: ends the Worker. The next call starts another. */
export function release(): void {
  current?.remote.terminate('The live sessions were ended.');
}

function running(): { remote: Remote<LiveMethods>; ready: Promise<void> } {
  if (current) return current;
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    type: 'module',
    name: 'postgres-sessions',
  });
  const remote = connect<LiveMethods>(
    worker,
    (news) => hear(news as LiveNews),
    () => {
      if (current?.remote === remote) current = undefined;
    },
  );
  const ready = boot(remote);
  current = { remote, ready };
  return current;
}

async function boot(remote: Remote<LiveMethods>): Promise<void> {
  const patience = () => {
    clearTimeout(silence);
    silence = setTimeout(() => {
      remote.terminate(
        `It gave no sign for ${SILENCE_MS / 1000} seconds: check the connection and try again.`,
      );
    }, SILENCE_MS);
  };
  const listener: LiveOptions = { onProgress: patience };
  patience();
  listeners.add(listener);
  try {
    assets = await remote.call('boot', assets);
  } catch (error) {
    remote.terminate('The live sessions could not start.');
    const { message, kind } = error as RemoteError;
    throw new LiveError(isFailure(kind) ? kind : 'boot', message, error);
  } finally {
    listeners.delete(listener);
    clearTimeout(silence);
  }
}

function hear(news: LiveNews): void {
  for (const { onProgress, onEvent } of listeners) {
    if ('progress' in news) onProgress?.(news.progress);
    else onEvent?.(news.event);
  }
}

/** Calls take turns in the Worker; Stop and the watchdog end it. */
let turn: Promise<unknown> = Promise.resolve();

function call<T>(
  work: (remote: Remote<LiveMethods>) => Promise<T>,
  options: LiveOptions,
): Promise<T> {
  const result = turn.then(() => watched(work, options));
  turn = result.catch(() => undefined);
  return result;
}

async function watched<T>(
  work: (remote: Remote<LiveMethods>) => Promise<T>,
  options: LiveOptions,
): Promise<T> {
  const { signal } = options;
  if (signal?.aborted) throw new LiveError('stopped', STOPPED);
  const { remote, ready } = running();
  const stop = () => remote.terminate(STOPPED);
  signal?.addEventListener('abort', stop, { once: true });
  listeners.add(options);
  let late: ReturnType<typeof setTimeout> | undefined;
  try {
    await ready;
    late = setTimeout(() => remote.terminate(TOO_LONG), CALL_LIMIT_MS);
    return await work(remote);
  } catch (error) {
    throw liveError(error);
  } finally {
    clearTimeout(late);
    listeners.delete(options);
    signal?.removeEventListener('abort', stop);
  }
}

const STOPPED = 'You stopped the play.';
const TOO_LONG = `The statement ran for ${CALL_LIMIT_MS / 1000} seconds and was ended.`;

function liveError(error: unknown): LiveError {
  if (error instanceof LiveError) return error;
  if (error instanceof EngineLostError) return new LiveError('stopped', error.message, error);
  if (error instanceof RemoteError && isFailure(error.kind)) {
    return new LiveError(error.kind, error.message, error);
  }
  return new LiveError('lost', error instanceof Error ? error.message : String(error), error);
}

function isFailure(kind: string | undefined): kind is SessionsFailure {
  return kind !== undefined && SESSIONS_FAILURES.includes(kind);
}

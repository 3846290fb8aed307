/**
 * The page's door to the engines: loaded on intent, one engine of each kind a page.
 * Whatever happens to a Worker, a call ends, and the next run finds a working database.
 */
import autoExplainUrl from '../../.generated/postgres/auto_explain.so?url';
import sizes from '../../.generated/postgres/bytes.json';
import dataUrl from '../../.generated/postgres/pglite.data?url';
import wasmUrl from '../../.generated/postgres/pglite.wasm?url';
import type { CheckResult } from './lab/check.ts';
import type { Check } from './lab/check-schema.ts';
import {
  EngineLostError,
  type InspectableDynamoDB,
  type InspectablePostgres,
  type Kept,
} from './lab/engines.ts';
import { type ExplainRequest, explainPart, type PartExplained } from './lab/explain.ts';
import type { LabRun, Side } from './lab/result.ts';
import { type LabRequest, runLab } from './lab/run.ts';
import type { SdkShapes } from './lab/sdk-shapes.ts';
import { type KeptRun, keepStates } from './lab/states.ts';
import type { NeededFiles } from './postgres/extension-files.ts';
import type { PostgresBuild } from './postgres/extension-names.ts';
import type { PageAssets } from './postgres/page.ts';
import type { LoadProgress } from './progress.ts';
import { connect, type Methods, type Remote, RemoteError } from './rpc.ts';
import { createScriptHost } from './script/browser.ts';
import type { Bundle } from './script/modules.ts';
import type { DynamoDBMethods, PostgresMethods } from './worker.ts';

export type { LoadProgress };

/** An engine that cannot work; what the reader can do is in the message. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  /** `boot`: it could not start. `dead`: it started and then failed for good. */
  readonly kind: 'boot' | 'dead';
  constructor(kind: EngineError['kind'], message: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
  }
}

/** A run that the page asks for. */
export interface RunRequest extends LabRequest {
  /** What is being waited for before the first result. */
  onProgress(progress: LoadProgress): void;
}

/** The longest that a single SQL statement may take, in milliseconds; then the watchdog ends it. */
export const STATEMENT_LIMIT_MS = 20_000;
/** How long PostgreSQL may be silent while it starts, in milliseconds; every byte is a sign. */
const SILENCE_MS = 60_000;
/** The dataset that an engine starts with: that of the lab which is likely to run. */
let likely = 'inkwell';

const listeners = new Set<(progress: LoadProgress) => void>();
const report = (progress: LoadProgress) => {
  for (const listener of listeners) listener(progress);
};

// ---------------------------------------------------------------- the Workers

/** A Worker that is started when needed and started anew when it was lost. */
interface Engine<M extends Methods> {
  remote(): Promise<Remote<M>>;
  /** Ends the Worker, if there is one; the next `remote()` starts another. */
  end(reason: string): void;
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

function engine<M extends Methods>(
  start: () => Worker,
  ready: (remote: Remote<M>) => Promise<void>,
): Engine<M> {
  let current: { remote: Remote<M>; ready: Promise<void> } | undefined;
  return {
    async remote() {
      if (!current) {
        const remote = connect<M>(
          start(),
          (event) => report(event as LoadProgress),
          () => {
            if (current?.remote === remote) current = undefined;
          },
        );
        // A failed start is told to whoever waits for it; the next one tries again.
        const started = ready(remote).catch((error: unknown) => {
          remote.terminate('The engine could not start.');
          throw new EngineError('boot', messageOf(error), error);
        });
        current = { remote, ready: started };
      }
      const { remote, ready: isReady } = current;
      await isReady;
      return remote;
    },
    end(reason) {
      current?.remote.terminate(reason);
    },
  };
}

const dynamodb = engine<DynamoDBMethods>(
  () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'dynamodb' }),
  async (remote) => {
    report({ engine: 'dynamodb', step: 'download' });
    await remote.call('reset', { dataset: likely });
    report({ engine: 'dynamodb', step: 'ready' });
  },
);

/** The addresses of the datasets' files; each is fetched when its dataset is asked for. */
const SNAPSHOTS = import.meta.glob<string>('../../.generated/postgres/*.tar', {
  query: '?url',
  import: 'default',
  eager: true,
});
const BOOTED = import.meta.glob<string>('../../.generated/postgres/*-booted.data', {
  query: '?url',
  import: 'default',
  eager: true,
});

/** Such a file of each dataset, by the dataset's name. */
function filesOfDatasets(ending: string, urls: Record<string, string>): PageAssets['snapshots'] {
  const bytes: Readonly<Record<string, number>> = sizes;
  const files = Object.entries(urls).map(([path, url]) => {
    const name = path.split('/').at(-1) ?? '';
    return [name.slice(0, -ending.length), { url, bytes: bytes[name] ?? 0 }];
  });
  return Object.fromEntries(files) as PageAssets['snapshots'];
}

/** What each build of PostgreSQL needs; after its first boot, what was fetched and compiled. */
const postgresAssets = new Map<PostgresBuild, PageAssets>([
  [
    'usual',
    {
      module: { url: wasmUrl, bytes: sizes['pglite.wasm'] },
      fsBundle: { url: dataUrl, bytes: sizes['pglite.data'] },
      autoExplain: { url: autoExplainUrl, bytes: sizes['auto_explain.so'] },
      snapshots: filesOfDatasets('.tar', SNAPSHOTS),
      booted: filesOfDatasets('-booted.data', BOOTED),
    },
  ],
]);
/** The one that runs, or that the next Worker boots. */
let build: PostgresBuild = 'usual';

const postgres = engine<PostgresMethods>(
  () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'postgres' }),
  async (remote) => {
    const booted = build;
    const assets = postgresAssets.get(booted) as PageAssets;
    let late: ReturnType<typeof setTimeout> | undefined;
    const patience = () => {
      clearTimeout(late);
      late = setTimeout(
        () =>
          remote.terminate(
            `It gave no sign for ${SILENCE_MS / 1000} seconds: check the connection and try again.`,
          ),
        SILENCE_MS,
      );
    };
    patience();
    listeners.add(patience);
    try {
      postgresAssets.set(booted, await remote.call('boot', { assets, dataset: likely }));
    } finally {
      listeners.delete(patience);
      clearTimeout(late);
    }
  },
);

/** Packages of programs beside the SDK's own, each fetched when a program imports it. */
const BUNDLES: Record<Bundle, () => Promise<{ default: string }>> = {
  drizzle: () => import('../../.generated/script/bundles/drizzle.js?raw'),
  electrodb: () => import('../../.generated/script/bundles/electrodb.js?raw'),
  pg: () => import('../../.generated/script/bundles/pg.js?raw'),
  streams: () => import('../../.generated/script/bundles/streams.js?raw'),
};

const script = createScriptHost({
  runtimeText: async () => {
    report({ engine: 'script', step: 'download' });
    const { default: text } = await import('../../.generated/script/runtime.js?raw');
    report({ engine: 'script', step: 'ready' });
    return text;
  },
  bundleText: async (name) => {
    const { default: text } = await BUNDLES[name]();
    return text;
  },
});

// --------------------------------------------------------------- their sessions

const dynamodbSession: InspectableDynamoDB = {
  reset: async (dataset, world, kept) =>
    (await dynamodb.remote()).call('reset', { dataset, world, kept }),
  dump: async () => (await dynamodb.remote()).call('dump', undefined),
  handle: async (operation, request, region, accessKeyId) =>
    (await dynamodb.remote()).call('handle', { operation, request, region, accessKeyId }),
  advance: async (milliseconds) => (await dynamodb.remote()).call('advance', milliseconds),
  inspect: async (operation, request, region) =>
    (await dynamodb.remote()).call('inspect', { operation, request, region }),
  keepState: async (state) => (await dynamodb.remote()).call('keepState', state),
  describe: async (moment = {}) => (await dynamodb.remote()).call('describe', moment),
  readRows: async (table, range = {}, moment = {}) =>
    (await dynamodb.remote()).call('readRows', { table, range, moment }),
};

/** PostgreSQL cannot be interrupted: Stop and the watchdog end its Worker, and another one boots. */
function postgresSession(signal: AbortSignal): InspectablePostgres {
  return {
    reset: (dataset, { extensions: names = [], kept } = {}) =>
      unlessStopped(resetPostgres({ dataset, names, kept }, signal), signal),
    dump: () => watched((remote) => remote.call('dump', undefined), signal),
    run: (statement) => watched((remote) => remote.call('run', statement), signal),
    exchange: (request) => watched((remote) => remote.call('exchange', request), signal),
    endClient: () => watched((remote) => remote.call('endClient', undefined), signal),
    explain: (statement) => watched((remote) => remote.call('explain', statement), signal),
    keepState: (state) => watched((remote) => remote.call('keepState', state), signal),
    describe: (moment = {}) => watched((remote) => remote.call('describe', moment), signal),
    readRows: (table, range = {}, moment = {}) =>
      watched((remote) => remote.call('readRows', { table, range, moment }), signal),
    inspectPages: (table, range = {}, moment = {}) =>
      watched((remote) => remote.call('inspectPages', { table, range, moment }), signal),
  };
}

/** Does something with a statement; Stop and the watchdog end the Worker that does it. */
async function watched<T>(
  work: (remote: Remote<PostgresMethods>) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  const remote = await unlessStopped(postgres.remote(), signal);
  const stop = () => remote.terminate(`${STOPPED} ${AS_IT_WAS}`);
  const late = setTimeout(
    () =>
      remote.terminate(
        `The statement ran for ${STATEMENT_LIMIT_MS / 1000} seconds and was ended. ${AS_IT_WAS}`,
      ),
    STATEMENT_LIMIT_MS,
  );
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await work(remote);
  } catch (error) {
    // The database is brought back at once, for whoever comes next.
    if (error instanceof EngineLostError) postgres.remote().catch(() => undefined);
    throw error;
  } finally {
    clearTimeout(late);
    signal.removeEventListener('abort', stop);
  }
}

/** Labs without extensions do not load the list of their files. */
async function filesOf(extensions: readonly string[]): Promise<NeededFiles> {
  if (extensions.length === 0) return { build: 'usual', extensions: {} };
  const { filesFor } = await import('./postgres/extension-files.ts');
  return filesFor(extensions);
}

/** Resets PostgreSQL; where the extensions need another build, that takes the place of the one that runs. */
async function resetPostgres(
  { dataset, names, kept }: { dataset: string; names: readonly string[]; kept: Kept | undefined },
  signal: AbortSignal,
): Promise<void> {
  const needed = await filesOf(names);
  if (signal.aborted) return;
  likely = dataset;
  if (needed.build !== build) {
    // There is memory for one of them.
    postgres.end('Another PostgreSQL takes its place.');
    build = needed.build;
    if (needed.assets && !postgresAssets.has(build)) postgresAssets.set(build, needed.assets);
  }
  const remote = await postgres.remote();
  return remote.call('reset', { dataset, extensions: needed.extensions, kept });
}

const STOPPED = 'You stopped the run.';
const AS_IT_WAS =
  'PostgreSQL starts again from the dataset: what the run had changed in it is gone.';

/** Waits for an engine that is starting; Stop ends the waiting, and the engine goes on starting. */
function unlessStopped<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new EngineLostError(STOPPED));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** The commands of the SDK, from the file that editors complete from. */
async function shapes(): Promise<SdkShapes> {
  const base = import.meta.env.BASE_URL.replace(/\/+$/, '');
  const response = await fetch(`${base}/editor/sdk.json`);
  if (!response.ok)
    throw new Error(`The AWS CLI’s options: the server answered ${response.status}`);
  return (await response.json()) as SdkShapes;
}

// --------------------------------------------------------------------- the door

/**
 * Runs a lab. The labs of a page share the engines: they take turns.
 * @throws {EngineError} only when an engine cannot work; whatever the reader's programs do is a result.
 */
export function run(request: RunRequest): Promise<LabRun> {
  const { signal, onProgress } = request;
  const engines = { dynamodb: dynamodbSession, postgres: postgresSession(signal), script, shapes };
  return whileTelling(onProgress, () => runLab(engines, request));
}

/** What the data of a side are saved as: for going on from them, or for taking them elsewhere. */
export interface DataRequest extends Pick<RunRequest, 'signal' | 'onProgress'> {
  side: Side;
  /** `kept` is what a run goes on from; `sql` is a script by pg_dump. */
  as: 'kept' | 'sql';
}

/**
 * The data of a side as the last run has left them. An open transaction ends with it.
 * @throws {EngineError} when the engine cannot work, or the data cannot be taken.
 */
export function dump({ side, as, signal, onProgress }: DataRequest): Promise<Blob> {
  return whileTelling(onProgress, async () => {
    if (side === 'dynamodb') return dynamodbSession.dump();
    if (as === 'kept') return postgresSession(signal).dump();
    const script = await watched((remote) => remote.call('sqlDump', undefined), signal);
    return new Blob([script], { type: 'application/sql' });
  });
}

/**
 * Brings both databases to where a run would begin.
 * @throws {EngineError} as `run` does.
 */
export function prepare(request: RunRequest): Promise<unknown> {
  const nothing = { ...request, sources: { dynamodb: '', postgres: '' } };
  return run({ ...nothing, parts: {} });
}

/** An exercise's run and what its checks said; they say nothing of a run that was stopped. */
export interface CheckedRun {
  run: LabRun;
  results: CheckResult[];
}

/**
 * Runs an exercise and grades it, before another lab has its turn.
 * @throws {EngineError} as `run` does.
 */
export function check({
  checks,
  ...request
}: RunRequest & { checks: readonly Check[] }): Promise<CheckedRun> {
  const { signal, onProgress } = request;
  const engines = { dynamodb: dynamodbSession, postgres: postgresSession(signal), script, shapes };
  return whileTelling(onProgress, async () => {
    const run = await runLab(engines, request);
    if (signal.aborted) return { run, results: [] };
    const { gradeRun } = await import('./lab/check.ts');
    return { run, results: await gradeRun(checks, run, engines) };
  });
}

/**
 * Explains statements of a lab's SQL. It takes its turn with the runs of the page.
 * @throws {EngineError} only when PostgreSQL cannot work.
 */
export function explain(
  request: ExplainRequest & Pick<RunRequest, 'onProgress'>,
): Promise<PartExplained> {
  const { signal, onProgress } = request;
  return whileTelling(onProgress, () => explainPart(postgresSession(signal), request));
}

/** Does something with the engines, and tells meanwhile what is being waited for. */
async function whileTelling<T>(
  onProgress: RunRequest['onProgress'],
  work: () => Promise<T>,
): Promise<T> {
  listeners.add(onProgress);
  try {
    return await work();
  } catch (error) {
    if (error instanceof EngineError) throw error;
    const kind = error instanceof RemoteError && error.kind !== undefined ? 'boot' : 'dead';
    throw new EngineError(kind, messageOf(error), error);
  } finally {
    listeners.delete(onProgress);
  }
}

/**
 * Runs a lab as `run` does, and keeps the states that it goes through, for a data browser. A side
 * loses them when something else is run on it.
 */
export function runKeepingStates(request: RunRequest): Promise<KeptRun> {
  const { signal } = new AbortController();
  return keepStates({ dynamodb: dynamodbSession, postgres: postgresSession(signal) }, request, run);
}

/**
 * Starts fetching and booting, on a sign that the reader is about to run a lab on this dataset that
 * names these extensions. A build of PostgreSQL other than the usual one waits until it is run.
 */
export function warm(
  sides: readonly Side[],
  dataset: string,
  extensions: readonly string[] = [],
): void {
  likely = dataset;
  // A failure shows itself to the run that needs the engine.
  if (sides.includes('dynamodb')) {
    dynamodb.remote().catch(() => undefined);
    script.prepare().catch(() => undefined);
  }
  if (sides.includes('postgres')) {
    filesOf(extensions)
      .then(async (needed) => {
        if (needed.build === 'usual' && build === 'usual') await postgres.remote();
      })
      .catch(() => undefined);
  }
}

/** Ends both engines and starts them again. */
export async function restart(): Promise<void> {
  dynamodb.end('The engines were restarted.');
  postgres.end('The engines were restarted.');
  await Promise.all([dynamodb.remote(), postgres.remote()]);
}

/** The program of the Worker in which live sessions run: fetches what they boot from, and plays. */

import { download, type EngineFile, type LoadProgress } from '../../progress.ts';
import { serve, type WorkerScope } from '../../rpc.ts';
import type { Play, PlayEvent, SessionName } from '../../sessions/play.ts';
import type { PlayRequest } from '../../sessions/prove.ts';
import type { ConsoleEvent, SessionConsole } from './console.ts';
import type { LiveSessions } from './live.ts';
import { patchProgram, type SessionsPatch } from './patch.ts';

/** What live sessions boot from: files to fetch or, after the first boot, what came of them. */
export interface LiveAssets {
  patch: SessionsPatch;
  /** pglite.wasm as the package brings it or, later, patched and compiled. */
  module: EngineFile | WebAssembly.Module;
  fsBundle: EngineFile | Blob;
  autoExplain: EngineFile | Blob;
  snapshot: EngineFile | Blob;
  booted: EngineFile | Blob;
}

/** A play, and whether each event is told as it happens. */
export interface LivePlay extends PlayRequest {
  tellEvents: boolean;
}

/** What a console has to say after each of its actions. */
export interface ConsoleState {
  events: ConsoleEvent[];
  waiting: SessionName[];
}

/** What is done in a console: begun with a set-up, sent a statement, a wait cancelled or timed out. */
export type ConsoleAction =
  | { kind: 'begin'; setup: string; sessions: SessionName[] }
  | { kind: 'send'; session: SessionName; sql: string }
  | { kind: 'cancel'; session: SessionName }
  | { kind: 'pass' }
  | { kind: 'reset' };

/** What the Worker serves. */
export type LiveMethods = {
  /** Fetches and boots. Answers what the next Worker need not fetch again. */
  boot(assets: LiveAssets): Promise<LiveAssets>;
  play(request: LivePlay): Promise<Play>;
  console(action: ConsoleAction): Promise<ConsoleState>;
};

/** What the Worker tells in between. */
export type LiveNews = { progress: LoadProgress } | { event: PlayEvent };

const scope = globalThis as unknown as WorkerScope;
/** PGlite comes while what it needs is fetched. */
const door = Promise.all([import('./live.ts'), import('./console.ts')]);
door.catch(() => undefined);
/** Time between two reports of a download, in milliseconds. */
const REPORT_EVERY_MS = 50;

let live: LiveSessions | undefined;
let open: SessionConsole | undefined;

const tell = serve(scope, {
  async boot(assets: LiveAssets): Promise<LiveAssets> {
    const { patch } = assets;
    const isFile = (asset: EngineFile | WebAssembly.Module | Blob): asset is EngineFile =>
      'url' in asset;
    const files = Object.values(assets).filter((asset) => 'url' in asset) as EngineFile[];
    const arrived = counter(files.reduce((sum, { bytes }) => sum + bytes, 0));
    const blob = async (asset: EngineFile | Blob) =>
      isFile(asset) ? (await download(asset, arrived)).blob() : asset;
    const compiled = async (asset: EngineFile | WebAssembly.Module) => {
      if (!isFile(asset)) return asset;
      const bytes = new Uint8Array(await (await download(asset, arrived)).arrayBuffer());
      return WebAssembly.compile(await patchProgram(bytes, patch));
    };
    const [module, fsBundle, autoExplain, snapshot, booted] = await Promise.all([
      compiled(assets.module),
      blob(assets.fsBundle),
      blob(assets.autoExplain),
      blob(assets.snapshot),
      blob(assets.booted),
    ]);
    progress({ step: 'restore' });
    const [{ LiveSessions }] = await door;
    live = await LiveSessions.open({ module, fsBundle, autoExplain, snapshot, booted });
    progress({ step: 'ready' });
    return { patch, module, fsBundle, autoExplain, snapshot, booted };
  },
  async play({ tellEvents, ...request }: LivePlay): Promise<Play> {
    const onEvent = (event: PlayEvent) => tell({ event } satisfies LiveNews);
    return opened().play(request, tellEvents ? { onEvent } : {});
  },
  async console(action: ConsoleAction): Promise<ConsoleState> {
    const events = await act(action);
    return { events, waiting: [...(open?.waiting ?? [])] };
  },
} satisfies LiveMethods);

async function act(action: ConsoleAction): Promise<ConsoleEvent[]> {
  if (action.kind === 'begin') {
    const [, { SessionConsole }] = await door;
    open = new SessionConsole(opened(), action.setup, action.sessions);
    return [];
  }
  if (!open) throw new RangeError('no console has begun');
  switch (action.kind) {
    case 'send':
      return open.send(action.session, action.sql);
    case 'cancel':
      return open.cancel(action.session);
    case 'pass':
      return open.pass();
    default:
      open.reset();
      return [];
  }
}

function opened(): LiveSessions {
  if (!live) throw new RangeError('live sessions have not been booted');
  return live;
}

function progress(report: Omit<LoadProgress, 'engine'>): void {
  tell({ progress: { engine: 'postgres', ...report } } satisfies LiveNews);
}

/** Adds up bytes that arrive, and reports them now and then. */
function counter(total: number): (bytes: number) => void {
  let loaded = 0;
  let last = 0;
  return (bytes) => {
    loaded += bytes;
    const now = performance.now();
    if (loaded > total || (loaded < total && now - last < REPORT_EVERY_MS)) return;
    last = now;
    progress({ step: 'download', loaded, total });
  };
}

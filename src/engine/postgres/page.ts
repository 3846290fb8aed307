/** PostgreSQL in the page's Worker: fetches what it boots from, once, and tells how far it is. */

import type { Kept, SqlStatement } from '../lab/engines.ts';
import type { DatabaseDescription, PageRange, TableName, TablePages } from '../lab/inspect.ts';
import type { Moment, RowsRequest, TableRows } from '../lab/inspect-rows.ts';
import type { Explanation, StatementResult } from '../lab/result.ts';
import { download, type EngineFile, type LoadProgress } from '../progress.ts';
import type { Answered } from './client-session.ts';
import type { FileSource, Program } from './program.ts';
import type { PostgresAssets, PostgresEngine } from './session.ts';

/** PGlite comes while what it needs is fetched. */
const session = import('./session.ts');
session.catch(() => undefined);

/** What PostgreSQL boots from: files to fetch or, after the first boot, what came of them. */
export interface PageAssets {
  module: EngineFile | WebAssembly.Module;
  fsBundle: EngineFile | Blob;
  autoExplain: EngineFile | Blob;
  /** One by dataset. */
  snapshots: Record<string, EngineFile | Blob>;
  /** The state after a start from that snapshot, by dataset; without it, PostgreSQL starts. */
  booted?: Record<string, EngineFile | Blob>;
  /** PostGIS, where these are of the build that it is in. */
  postgis?: EngineFile | Blob;
}

/** Pages of a table as the page asks for them. */
export interface PagesRequest {
  table: TableName;
  range: PageRange;
  moment: Moment;
}

/** A reset as the page asks for it: with the files of the extensions that a lab names. */
export interface PageReset {
  dataset: string;
  extensions: Record<string, EngineFile>;
  /** What stands in for the dataset. */
  kept?: Kept | undefined;
}

const isFile = (asset: EngineFile | WebAssembly.Module | Blob): asset is EngineFile =>
  'url' in asset;

/** The engine behind the Worker's methods; `tell` sends progress to the page. */
export function openInPage(tell: (progress: LoadProgress) => void) {
  let engine: PostgresEngine;
  const extensions: Record<string, EngineFile> = {};
  const extensionFrom = async (name: string, postgis?: Promise<Blob>): Promise<Blob> => {
    if (name === 'postgis' && postgis) return postgis;
    const file = extensions[name];
    if (!file) throw new RangeError(`the page has no file of the extension ${name}`);
    return fetchExtension(name, file, tell);
  };
  return {
    /**
     * Boots with a dataset; what is missing is fetched. Answers the assets for the next Worker,
     * which then fetches and compiles nothing.
     */
    async boot({ assets, dataset }: { assets: PageAssets; dataset: string }): Promise<PageAssets> {
      const kept: PageAssets = {
        ...assets,
        snapshots: { ...assets.snapshots },
        ...(assets.booted && { booted: { ...assets.booted } }),
      };
      const { postgis, ...files } = fetchAll(kept, dataset, tell);
      // The boot tells of the first that fails; that another fails too is no news to anybody.
      for (const file of [postgis, ...Object.values(files)]) {
        if (file instanceof Promise) file.catch(() => undefined);
      }
      const fetched: PostgresAssets = {
        ...files,
        ...(postgis && { program: olderProgram() }),
        extension: (name) => extensionFrom(name, postgis),
      };
      const { bootPostgres } = await session;
      engine = await bootPostgres(fetched, {
        dataset,
        extensions: postgis ? ['postgis'] : [],
        onProgress: (step) => tell({ engine: 'postgres', step }),
      });
      kept.module = await fetched.module;
      if (postgis) kept.postgis = await postgis;
      return kept;
    },
    async reset(to: PageReset): Promise<void> {
      Object.assign(extensions, to.extensions);
      const names = Object.keys(to.extensions);
      await engine.reset(to.dataset, { extensions: names, kept: to.kept });
    },
    dump: (): Promise<Blob> => engine.dump(),
    sqlDump: (): Promise<string> => engine.sqlDump(),
    run: (statement: SqlStatement): Promise<StatementResult> => engine.run(statement),
    exchange: (request: Uint8Array): Promise<Answered> => engine.exchange(request),
    endClient: (): Promise<void> => engine.endClient(),
    keepState: (state: number): Promise<void> => engine.keepState(state),
    describe: (moment: Moment): Promise<DatabaseDescription> => engine.describe(moment),
    readRows: ({ table, range, moment }: RowsRequest): Promise<TableRows> =>
      engine.readRows(table, range, moment),
    inspectPages: ({ table, range, moment }: PagesRequest): Promise<TablePages> =>
      engine.inspectPages(table, range, moment),
    explain: (statement: SqlStatement): Promise<Explanation> => engine.explain(statement),
  };
}

/** The JavaScript of the PGlite for which PostGIS is made. */
async function olderProgram(): Promise<Program> {
  return (await import('../../../.generated/postgis/program.js')).PGlite;
}

async function fetchExtension(
  name: string,
  file: EngineFile,
  tell: (progress: LoadProgress) => void,
): Promise<Blob> {
  const of = { engine: 'postgres', what: name } as const;
  const arrived = counter(file.bytes, (bytes) => tell({ ...of, ...bytes }));
  const response = await download(file, arrived);
  const blob = await response.blob();
  tell({ ...of, step: 'ready' });
  return blob;
}

/** Starts every download that a boot needs; `kept` takes up what has arrived. */
function fetchAll(
  kept: PageAssets,
  dataset: string,
  tell: (progress: LoadProgress) => void,
): Omit<PostgresAssets, 'extension'> & { postgis?: Promise<Blob> } {
  const { module, fsBundle, autoExplain, snapshots, booted, postgis } = kept;
  const of = { engine: 'postgres', ...(postgis && { what: 'PostGIS' }) } as const;
  const ofDataset = [snapshots[dataset], booted?.[dataset]];
  const first = [module, fsBundle, autoExplain, postgis, ...ofDataset].filter(
    (asset) => asset !== undefined && isFile(asset),
  ) as EngineFile[];
  const total = first.reduce((sum, { bytes }) => sum + bytes, 0);
  const arrived = counter(total, (bytes) => tell({ ...of, ...bytes }));
  const blob = async (asset: EngineFile | Blob) =>
    isFile(asset) ? (await download(asset, arrived)).blob() : asset;
  const source = async (
    asset: EngineFile | Blob,
    keep: (blob: Blob) => void,
  ): Promise<FileSource> => {
    if (!isFile(asset)) return asset;
    const file = new ArrivedFile(await (await download(asset, arrived)).arrayBuffer());
    keep(file.blob);
    return file;
  };
  const named = (files: Record<string, EngineFile | Blob>) => {
    const fetchOne = async (name: string): Promise<FileSource> => {
      const asset = files[name];
      if (!asset) {
        const there = Object.keys(files).join(', ');
        throw new RangeError(`there is no snapshot of a dataset '${name}'; there are: ${there}`);
      }
      return source(asset, (arrivedBlob) => {
        files[name] = arrivedBlob;
      });
    };
    // The first is on its way before it is asked for.
    let early: Promise<FileSource> | undefined = fetchOne(dataset);
    early.catch(() => undefined);
    return (name: string) => {
      const file = name === dataset && early ? early : fetchOne(name);
      early = undefined;
      return file;
    };
  };
  return {
    module: isFile(module) ? compile(module, arrived) : module,
    fsBundle: source(fsBundle, (arrivedBlob) => {
      kept.fsBundle = arrivedBlob;
    }),
    autoExplain: source(autoExplain, (arrivedBlob) => {
      kept.autoExplain = arrivedBlob;
    }),
    ...(postgis && { postgis: blob(postgis) }),
    snapshot: named(snapshots),
    ...(booted && { booted: named(booted) }),
  };
}

/** A file that has arrived: its bytes for the first who asks, a copy for those who come later. */
class ArrivedFile implements FileSource {
  readonly blob: Blob;
  #bytes: ArrayBuffer | undefined;

  constructor(bytes: ArrayBuffer) {
    this.blob = new Blob([bytes]);
    this.#bytes = bytes;
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    const bytes = this.#bytes ?? (await this.blob.arrayBuffer());
    this.#bytes = undefined;
    return bytes;
  }
}

/** Time between two reports of a download, in milliseconds: each is painted by the page. */
const REPORT_EVERY_MS = 50;

/** Adds up bytes that arrive, and reports them now and then. */
function counter(
  total: number,
  report: (progress: { step: 'download'; loaded: number; total: number }) => void,
): (bytes: number) => void {
  let loaded = 0;
  let last = 0;
  return (bytes) => {
    loaded += bytes;
    const now = performance.now();
    if (loaded > total || (loaded < total && now - last < REPORT_EVERY_MS)) return;
    last = now;
    report({ step: 'download', loaded, total });
  };
}

/** Compiles while the bytes arrive, whatever type the server says they are of. */
async function compile(
  file: EngineFile,
  arrived: (bytes: number) => void,
): Promise<WebAssembly.Module> {
  const { body } = await download(file, arrived);
  const headers = { 'content-type': 'application/wasm' };
  return WebAssembly.compileStreaming(new Response(body, { headers }));
}

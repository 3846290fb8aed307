/** PostgreSQL in the page's Worker: fetches what it boots from, once, and tells how far it is. */

import type { SqlStatement } from '../lab/engines.ts';
import type { DatabaseDescription, PageRange, TableName, TablePages } from '../lab/inspect.ts';
import type { Moment, RowsRequest, TableRows } from '../lab/inspect-rows.ts';
import type { Explanation, StatementResult } from '../lab/result.ts';
import { download, type EngineFile, type LoadProgress } from '../progress.ts';
import type { Program } from './instance.ts';
import { bootPostgres, type PostgresAssets, type PostgresEngine } from './session.ts';

/** What PostgreSQL boots from: files to fetch or, after the first boot, what came of them. */
export interface PageAssets {
  module: EngineFile | WebAssembly.Module;
  fsBundle: EngineFile | Blob;
  autoExplain: EngineFile | Blob;
  /** One by dataset. */
  snapshots: Record<string, EngineFile | Blob>;
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
      const kept = { ...assets, snapshots: { ...assets.snapshots } };
      const { postgis, ...files } = fetchAll(kept, dataset, tell);
      const fetched: PostgresAssets = {
        ...files,
        ...(postgis && { program: olderProgram() }),
        extension: (name) => extensionFrom(name, postgis),
      };
      engine = await bootPostgres(fetched, {
        dataset,
        extensions: postgis ? ['postgis'] : [],
        onProgress: (step) => tell({ engine: 'postgres', step }),
      });
      kept.module = await fetched.module;
      kept.fsBundle = await fetched.fsBundle;
      kept.autoExplain = await fetched.autoExplain;
      if (postgis) kept.postgis = await postgis;
      return kept;
    },
    async reset(to: PageReset): Promise<void> {
      Object.assign(extensions, to.extensions);
      await engine.reset(to.dataset, { extensions: Object.keys(to.extensions) });
    },
    run: (statement: SqlStatement): Promise<StatementResult> => engine.run(statement),
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
  const { PGlite } = await import('pglite-for-postgis');
  return PGlite as unknown as Program;
}

async function fetchExtension(
  name: string,
  file: EngineFile,
  tell: (progress: LoadProgress) => void,
): Promise<Blob> {
  const of = { engine: 'postgres', what: name } as const;
  let loaded = 0;
  const response = await download(file, (bytes) => {
    loaded += bytes;
    tell({ ...of, step: 'download', loaded, total: file.bytes });
  });
  const blob = await response.blob();
  tell({ ...of, step: 'ready' });
  return blob;
}

/** Starts every download that a boot needs; `kept.snapshots` takes up the snapshots that arrive. */
function fetchAll(
  kept: PageAssets,
  dataset: string,
  tell: (progress: LoadProgress) => void,
): Omit<PostgresAssets, 'extension'> & { postgis?: Promise<Blob> } {
  const { module, fsBundle, autoExplain, snapshots, postgis } = kept;
  const of = { engine: 'postgres', ...(postgis && { what: 'PostGIS' }) } as const;
  const first = [module, fsBundle, autoExplain, snapshots[dataset], postgis].filter(
    (asset) => asset !== undefined && isFile(asset),
  ) as EngineFile[];
  const total = first.reduce((sum, { bytes }) => sum + bytes, 0);
  let loaded = 0;
  const arrived = (bytes: number) => {
    loaded += bytes;
    if (loaded <= total) tell({ ...of, step: 'download', loaded, total });
  };
  const blob = async (asset: EngineFile | Blob) =>
    isFile(asset) ? (await download(asset, arrived)).blob() : asset;
  return {
    module: isFile(module) ? compile(module, arrived) : module,
    fsBundle: blob(fsBundle),
    autoExplain: blob(autoExplain),
    ...(postgis && { postgis: blob(postgis) }),
    async snapshot(name) {
      const asset = snapshots[name];
      if (!asset) {
        const there = Object.keys(snapshots).join(', ');
        throw new RangeError(`there is no snapshot of a dataset '${name}'; there are: ${there}`);
      }
      const tar = await blob(asset);
      snapshots[name] = tar;
      return tar;
    },
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

/** Opens PostgreSQL in Node, from `.generated/postgres`: for the command line and for tests. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { buildFor, loadedAtStart } from '../../src/engine/postgres/extension-names.ts';
import { KnownExtensions } from '../../src/engine/postgres/extensions.ts';
import { Instance } from '../../src/engine/postgres/instance.ts';
import type { InstanceParts, Program } from '../../src/engine/postgres/program.ts';
import {
  bootPostgres,
  type PostgresAssets,
  type PostgresEngine,
  type PostgresOptions,
} from '../../src/engine/postgres/session.ts';
import { ROOT } from '../lib/root.ts';

const FOLDER = join(ROOT, '.generated/postgres');
const POSTGIS_FOLDER = join(ROOT, '.generated/postgis');
const unpack = promisify(gunzip);
/** The longest that a start may take, in milliseconds. */
const BOOT_LIMIT = 60_000;

/** What PostgreSQL boots from, out of a folder that `tools/assets/postgres.ts` has filled. */
export function postgresAssets(folder: string = FOLDER): PostgresAssets {
  const read = (name: string) => readFile(join(folder, name));
  const blob = async (name: string) => new Blob([await read(name)]);
  let postgis: PostgisAssets | undefined;
  const ofPostgis = () => {
    postgis ??= postgisAssets();
    return postgis;
  };
  // Read whole and kept: the folder may be built anew while an engine lives.
  const kept = new Map<string, Promise<Blob>>();
  const keptBlob = (name: string) => {
    const file = kept.get(name) ?? blob(name);
    kept.set(name, file);
    return file;
  };
  return {
    module: read('pglite.wasm').then((bytes) => WebAssembly.compile(bytes)),
    fsBundle: blob('pglite.data'),
    autoExplain: blob('auto_explain.so'),
    snapshot: (dataset) => keptBlob(`${dataset}.tar`),
    booted: (dataset) => keptBlob(`${dataset}-booted.data`),
    extension: (name) =>
      buildFor([name]) === 'usual' ? blob(`extensions/${name}.tar`) : ofPostgis().files(),
    ofBuild: ofPostgis,
  };
}

/** What PostgreSQL with PostGIS boots from, and its files. */
interface PostgisAssets extends Omit<PostgresAssets, 'extension'> {
  files(): Promise<Blob>;
}

/** The same out of the folder that `tools/assets/postgis.ts` has filled. */
function postgisAssets(): PostgisAssets {
  const read = async (name: string) =>
    unpack(await readFile(join(POSTGIS_FOLDER, `${name}.packed`)));
  const blob = async (name: string) => new Blob([await read(name)]);
  return {
    program: import('pglite-for-postgis').then(({ PGlite }) => PGlite as unknown as Program),
    module: read('pglite.wasm').then((bytes) => WebAssembly.compile(bytes)),
    fsBundle: blob('pglite.data'),
    autoExplain: blob('auto_explain.so'),
    snapshot: (dataset) => blob(`${dataset}.tar`),
    files: () => blob('postgis.tar'),
  };
}

/** Boots PostgreSQL with the dataset Inkwell, or as the options say. `ensureAssets()` must have run. */
export async function openPostgres(
  options: Partial<PostgresOptions> = {},
): Promise<PostgresEngine> {
  return bootPostgres(postgresAssets(), { dataset: 'inkwell', ...options });
}

/** A PostgreSQL as the page has it, with nothing around it; with extensions, if they are named. */
export async function openInstance(
  dataset: string,
  extensions: readonly string[],
): Promise<Instance> {
  const usual = postgresAssets();
  const all = await new KnownExtensions(usual).read(extensions);
  const build = buildFor(extensions);
  const assets = (build !== 'usual' && usual.ofBuild?.(build)) || usual;
  const { module, fsBundle, autoExplain } = assets;
  const names = loadedAtStart(all.map(({ name }) => name));
  const parts: InstanceParts = {
    program: await assets.program,
    module: await module,
    fsBundle: await fsBundle,
    autoExplain: await autoExplain,
    snapshot: await assets.snapshot(dataset),
    atStart: all.filter(({ name }) => names.includes(name)),
  };
  const instance = await Instance.start(parts, BOOT_LIMIT);
  for (const extension of all) {
    if (!names.includes(extension.name)) await instance.add(extension);
  }
  return instance;
}

/** Builds what the engines need into `.generated/`, and only what is out of date. */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { contentHash } from './lib/content-hash.ts';
import { withLock } from './lib/lock.ts';
import { ROOT } from './lib/root.ts';

/** One kind of generated asset: what a module `tools/assets/<kind>.ts` exports as `asset`. */
export interface Asset {
  /** The folder below `.generated` that it fills. */
  name: string;
  /** Files and folders, relative to the repository's root, whose content decides staleness. */
  inputs: string[];
  /** Names of assets that must be up to date before this one is built. */
  after?: string[];
  /** Writes the asset into `outDir`, an empty folder. */
  build(outDir: string): Promise<void>;
}

/** What could not be built. `causes` holds one error for each asset. */
export class AssetsError extends Error {
  override name = 'AssetsError';
  causes: Map<string, unknown>;
  constructor(causes: Map<string, unknown>) {
    const lines = [...causes].map(([name, cause]) => {
      const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
      return `${name}: ${text}`;
    });
    super(`assets that could not be built:\n${lines.join('\n')}`);
    this.causes = causes;
  }
}

/** Where the assets lie and where their modules are; tests use folders of their own. */
export interface AssetFolders {
  root: string;
  modules: string;
  out: string;
}

const FOLDERS: AssetFolders = {
  root: ROOT,
  modules: join(ROOT, 'tools/assets'),
  out: join(ROOT, '.generated'),
};

/** Options of `ensureAssets`. */
export interface EnsureOptions {
  /** Build even what is up to date. */
  force?: boolean;
  /** Only these; without it all. */
  names?: readonly string[];
  folders?: AssetFolders;
}

const STAMP = '.stamp';

function isAsset(value: unknown): value is Asset {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    typeof value.name === 'string' &&
    'inputs' in value &&
    Array.isArray(value.inputs) &&
    'build' in value &&
    typeof value.build === 'function'
  );
}

/** Those among `assets` that `names` asks for and those that they need, each after what it needs. */
function inOrder(assets: Map<string, Asset>, names: readonly string[]): Asset[] {
  const ordered = new Set<Asset>();
  const visit = (name: string, path: readonly string[]) => {
    const asset = assets.get(name);
    if (!asset) {
      const known = [...assets.keys()].join(', ');
      throw new Error(`no asset "${name}"; there are: ${known}`);
    }
    if (path.includes(name)) {
      throw new Error(`assets need each other in a circle: ${[...path, name].join(' -> ')}`);
    }
    for (const needed of asset.after ?? []) visit(needed, [...path, name]);
    ordered.add(asset);
  };
  for (const name of names) visit(name, []);
  return [...ordered];
}

/** Reads every module directly in `folder`. One that cannot be loaded is in `broken`. */
async function loadAssets(folder: string) {
  const assets = new Map<string, Asset>();
  const broken = new Map<string, unknown>();
  const files = await readdir(folder).catch(() => []);
  for (const file of files.filter((name) => name.endsWith('.ts')).sort()) {
    const name = file.slice(0, -'.ts'.length);
    try {
      const module: unknown = await import(pathToFileURL(join(folder, file)).href);
      const asset = (module as { asset?: unknown }).asset;
      if (!isAsset(asset) || asset.name !== name) {
        throw new Error(`${file} must export const asset = { name: '${name}', inputs, build }`);
      }
      assets.set(name, asset);
    } catch (error) {
      broken.set(name, error);
    }
  }
  return { assets, broken };
}

/** What decides whether an asset is up to date: its inputs, its own module and the locked packages. */
async function stampOf(asset: Asset, folders: AssetFolders, needed: string): Promise<string> {
  const own = join(folders.modules, `${asset.name}.ts`).slice(folders.root.length + 1);
  return contentHash(folders.root, [...asset.inputs, own, 'package-lock.json'], needed);
}

async function readStamp(folder: string): Promise<string | undefined> {
  return readFile(join(folder, STAMP), 'utf8').catch(() => undefined);
}

/** Builds beside the old asset and swaps the two, so that no reader sees a half-built folder. */
async function rebuild(asset: Asset, out: string, stamp: string): Promise<void> {
  const target = join(out, asset.name);
  const fresh = join(out, `.${asset.name}.new`);
  const old = join(out, `.${asset.name}.old`);
  await rm(fresh, { recursive: true, force: true });
  await rm(old, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  await asset.build(fresh);
  await writeFile(join(fresh, STAMP), stamp);
  await rename(target, old).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await rename(fresh, target);
  await rm(old, { recursive: true, force: true });
}

/**
 * Brings `.generated/<name>/` up to date for every asset, or for those in `names` and what they
 * need. Processes that call it at the same time wait for each other. Says on stderr what it builds.
 * What can be built is built, even when something else cannot; of an asset that failed, the folder
 * stays as it was, and the next call tries again.
 * @throws AssetsError with every asset that could not be built.
 */
export async function ensureAssets(options: EnsureOptions = {}): Promise<void> {
  const folders = options.folders ?? FOLDERS;
  const { assets, broken } = await loadAssets(folders.modules);
  const failures = new Map<string, unknown>();
  const wanted = options.names ?? [...assets.keys(), ...broken.keys()];
  for (const name of wanted) if (broken.has(name)) failures.set(name, broken.get(name));
  const order = inOrder(
    assets,
    wanted.filter((name) => !broken.has(name)),
  );
  const stamps = new Map<string, string>();

  await withLock(
    join(folders.out, '.lock'),
    async () => {
      for (const asset of order) {
        const target = join(folders.out, asset.name);
        try {
          const needed = (asset.after ?? []).map((name) => {
            const stamp = stamps.get(name);
            if (stamp === undefined) throw new Error(`it needs ${name}, which could not be built`);
            return stamp;
          });
          const stamp = await stampOf(asset, folders, needed.join());
          if (options.force || (await readStamp(target)) !== stamp) {
            const start = performance.now();
            await rebuild(asset, folders.out, stamp);
            const seconds = ((performance.now() - start) / 1000).toFixed(1);
            process.stderr.write(`assets: ${asset.name} built in ${seconds} s\n`);
          }
          stamps.set(asset.name, stamp);
        } catch (error) {
          failures.set(asset.name, error);
        }
      }
    },
    (owner) => process.stderr.write(`assets: waiting for process ${owner}, which builds them\n`),
  );
  if (failures.size > 0) throw new AssetsError(failures);
}

if (import.meta.main) {
  const { parseArgs } = await import('node:util');
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { force: { type: 'boolean', default: false } },
    });
    await ensureAssets({
      force: values.force,
      ...(positionals.length > 0 ? { names: positionals } : {}),
    });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

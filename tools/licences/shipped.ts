/** Which packages end up in what the reader's browser loads, as the bundlers themselves say. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The file in an asset's folder that lists the packages bundled into it. */
export const PACKAGES_FILE = 'packages.json';

/** The folder of the package that a module belongs to, relative to the root; undefined for our own. */
export function packageOf(module: string): string | undefined {
  const path = module.split('\\').join('/').replace(/^\0/, '').replace(/\?.*$/, '');
  const found = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
  return found?.slice(found.indexOf('node_modules/'));
}

/** The folders of all packages that these modules belong to, sorted. */
export function packagesOf(modules: Iterable<string>): string[] {
  const folders = new Set<string>();
  for (const module of modules) {
    const folder = packageOf(module);
    if (folder) folders.add(folder);
  }
  return [...folders].sort();
}

/** The part of esbuild's metafile that is read. */
interface Metafile {
  outputs: Record<string, { inputs: Record<string, { bytesInOutput: number }> }>;
}

/** Writes which packages, by folder, are in an asset that no bundler made. Every asset has the list. */
export function writePackages(outDir: string, folders: readonly string[]): void {
  writeFileSync(join(outDir, PACKAGES_FILE), JSON.stringify(folders, null, 2));
}

/** Writes which packages esbuild bundled (`metafile: true`) into an asset. Every asset has the list. */
export function writeBundledPackages(outDir: string, metafiles: readonly Metafile[]): void {
  const modules = metafiles
    .flatMap(({ outputs }) => Object.values(outputs))
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, input]) => input.bytesInOutput > 0)
    .map(([module]) => module);
  writePackages(outDir, packagesOf(modules));
}

/** The part of a bundle that the plugin reads; Vite and Rolldown both give it. */
type Bundle = Record<
  string,
  { type: string; modules?: Record<string, { renderedLength: number } | undefined> }
>;

/**
 * A Vite plugin that tells `record` every package of which code is left in a bundle: of the pages'
 * scripts, of Workers, and of what renders the pages, whose markup and styles are shipped as well.
 * The answer is the plugin's factory, for `plugins` and `worker.plugins` of the same build.
 */
export function shippedPackages(record: (folders: string[]) => void) {
  const modules = new Set<string>();
  return () => ({
    name: 'shipped-packages',
    generateBundle(_options: unknown, bundle: Bundle) {
      for (const output of Object.values(bundle)) {
        for (const [module, info] of Object.entries(output.modules ?? {})) {
          if (info && info.renderedLength > 0) modules.add(module);
        }
      }
      record(packagesOf(modules));
    },
  });
}

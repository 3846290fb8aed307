/** Bundles the DynamoDB emulator: for Workers, Node, HTTP and the tests alike. */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { minify } from 'terser';
import { writeBundledPackages } from '../licences/shipped.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const source = 'src/engine/dynamodb';

/** What dynalite's rules require from its other modules, and our module that stands in. */
const replacements: Record<string, string> = {
  '../db': 'dynalite-db.ts',
  './index': 'dynalite-validations.ts',
};

/** Replaces modules of dynalite by ours; dynalite's files stay as they are. */
const replaceDynalite: Plugin = {
  name: 'replace-dynalite',
  setup(bundle) {
    bundle.onResolve({ filter: /^\./ }, ({ path, importer }) => {
      if (!/[\\/]node_modules[\\/]dynalite[\\/]/.test(importer)) return undefined;
      const replacement = replacements[path];
      if (replacement === undefined) {
        const text = `dynalite requires ${path}, which has no replacement: see ${source}/README.md`;
        return { errors: [{ text }] };
      }
      return { path: join(root, source, 'request', replacement) };
    });
  },
};

/**
 * sorted-btree is CommonJS compiled from a module, whose default export Node and bundlers in Node's manner hide one
 * level deeper than its types say. A module of no package imports it in the other manner and hands it on.
 */
const unwrapSortedBtree: Plugin = {
  name: 'unwrap-sorted-btree',
  setup(bundle) {
    bundle.onResolve({ filter: /^sorted-btree$/ }, ({ importer, resolveDir }) =>
      importer.startsWith(join(root, source))
        ? { path: 'sorted-btree', namespace: 'unwrap', pluginData: resolveDir }
        : undefined,
    );
    bundle.onLoad({ filter: /.*/, namespace: 'unwrap' }, ({ path, pluginData }) => ({
      contents: `export { default } from '${path}';`,
      resolveDir: pluginData as string,
    }));
  },
};

/** The whole engine; what a page loads of it at first; the rest; and what a data browser needs. They share what they have in common. */
const ENTRIES = ['index', 'core', 'more', 'inspect'];

/** Terser leaves a fourteenth less than esbuild's own minifier, in brotli. */
async function smaller(code: string): Promise<string> {
  // Node prints the line that an error comes from.
  const options = { module: true, compress: { passes: 2 }, format: { max_line_len: 1000 } };
  const result = await minify(code, options);
  return `${result.code}\n`;
}

/** The asset as `tools/assets.ts` knows it. */
export const asset = {
  name: 'dynamodb',
  /** Files and folders whose content decides whether the bundle is stale. */
  inputs: [
    source,
    'tools/assets/dynamodb.ts',
    'node_modules/dynalite/package.json',
    'node_modules/sorted-btree/package.json',
  ],
  /** Writes `engine.js`, `core.js` and `more.js` and their types into the folder. Throws when something of Node would be in the bundle. */
  async build(outDir: string): Promise<void> {
    await mkdir(outDir, { recursive: true });
    const { metafile, outputFiles } = await build({
      absWorkingDir: root,
      entryPoints: ENTRIES.map((entry) => join(root, source, `${entry}.ts`)),
      entryNames: '[name]',
      chunkNames: 'shared-[hash]',
      outdir: outDir,
      splitting: true,
      bundle: true,
      write: false,
      metafile: true,
      format: 'esm',
      platform: 'browser',
      target: 'es2022',
      legalComments: 'none',
      logLevel: 'error',
      plugins: [replaceDynalite, unwrapSortedBtree],
    });
    for (const { path, text } of outputFiles) await writeFile(path, await smaller(text));
    await rename(join(outDir, 'index.js'), join(outDir, 'engine.js'));
    writeBundledPackages(outDir, [metafile]);
    for (const entry of ENTRIES) {
      const types = relative(outDir, join(root, source, `${entry}.ts`)).replaceAll('\\', '/');
      const name = entry === 'index' ? 'engine' : entry;
      await writeFile(join(outDir, `${name}.d.ts`), `export * from '${types}';\n`);
    }
  },
};

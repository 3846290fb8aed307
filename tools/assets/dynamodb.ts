/** Bundles the DynamoDB emulator: one module that Workers, Node and the tests load alike. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
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
  /** Writes `engine.js` and its types into the folder. Throws when something of Node would be in the bundle. */
  async build(outDir: string): Promise<void> {
    await mkdir(outDir, { recursive: true });
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints: [join(root, source, 'index.ts')],
      outfile: join(outDir, 'engine.js'),
      bundle: true,
      metafile: true,
      format: 'esm',
      platform: 'browser',
      target: 'es2022',
      minify: true,
      // Node prints the line that an error comes from.
      lineLimit: 200,
      legalComments: 'none',
      logLevel: 'error',
      plugins: [replaceDynalite, unwrapSortedBtree],
    });
    writeBundledPackages(outDir, [metafile]);
    const types = relative(outDir, join(root, source, 'index.ts')).replaceAll('\\', '/');
    await writeFile(join(outDir, 'engine.d.ts'), `export * from '${types}';\n`);
  },
};

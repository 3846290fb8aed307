/** Builds what PostgreSQL with PostGIS boots from: an older PGlite, PostGIS, and one snapshot a dataset. */
import { readFile, writeFile } from 'node:fs/promises';
import { builtinModules, createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Extension } from '@electric-sql/pglite';
import { postgis } from '@electric-sql/pglite-postgis';
import { build, type Plugin } from 'esbuild';
import { PGlite } from 'pglite-for-postgis';
import { auto_explain } from 'pglite-for-postgis/contrib/auto_explain';
import { datasetScript, listDatasets } from '../lib/datasets.ts';
import { tarWith } from '../lib/postgres-extensions.ts';
import { ROOT } from '../lib/root.ts';
import { writePackages } from '../licences/shipped.ts';
import { initialize, type Program, snapshotOf } from './postgres.ts';

const require = createRequire(import.meta.url);
const PGLITE = dirname(require.resolve('pglite-for-postgis'));
const POSTGIS = join(dirname(require.resolve('@electric-sql/pglite-postgis')), 'postgis.tar.gz');

/**
 * The PGlite for which @electric-sql/pglite-postgis is made. PostGIS is created in the data directory,
 * as a hosted database has it: CREATE EXTENSION reads 7 MB of SQL, and takes seconds and 280 MB.
 * TypeScript takes the classes of two versions for strangers.
 */
const PROGRAM: Program = {
  PGlite: PGlite as unknown as Program['PGlite'],
  extensions: { auto_explain: auto_explain as unknown as Extension, postgis },
  first: 'CREATE EXTENSION postgis',
};

const CONTROL = 'share/postgresql/extension/postgis.control';
/**
 * What PostgreSQL reads of PostGIS once it is created: its library, the definitions of coordinate
 * systems, and its name. Rasters and topology, a third each of the package, stay behind.
 */
const NEEDED = [
  'lib/postgresql/postgis-3.so',
  'share/proj/proj.db',
  'share/proj/proj.ini',
  CONTROL,
];

/** The version in the control file that a tar holds. */
function defaultVersion(tar: Uint8Array): string {
  return /^default_version = '(.+)'/m.exec(new TextDecoder().decode(tar))?.[1] ?? '';
}

/** What the program uses in Node alone. */
const nothingOfNode: Plugin = {
  name: 'nothing-of-node',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: new RegExp(`^(node:)?(${builtinModules.join('|')})$`) }, ({ path }) => ({
      path,
      namespace: 'node',
    }));
    onLoad({ filter: /.*/, namespace: 'node' }, () => ({ contents: 'module.exports = {}' }));
  },
};

/**
 * PGlite's JavaScript for the page. Taken from its package by the site's bundler, it would bring its
 * binaries along once more, unpacked: it names them by `import.meta.url`.
 */
async function bundleProgram(outDir: string): Promise<void> {
  await build({
    stdin: { contents: "export { PGlite } from 'pglite-for-postgis'", resolveDir: ROOT },
    outfile: join(outDir, 'program.js'),
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    define: { 'import.meta.url': '"https://pglite.invalid/"' },
    plugins: [nothingOfNode],
  });
  // Its own types would be strangers to those of the usual version, which it agrees with.
  const types = "export { PGlite } from '@electric-sql/pglite';\n";
  await writeFile(join(outDir, 'program.d.ts'), types);
}

/** The asset as `tools/assets.ts` knows it. */
export const asset = {
  name: 'postgis',
  inputs: [
    'src/engine/postgres/settings.ts',
    'tools/assets/postgres.ts',
    'tools/lib/postgres-extensions.ts',
    'examples/datasets',
  ],
  /**
   * Writes pglite.wasm, pglite.data, auto_explain.so, postgis.tar and `<dataset>.tar` for each
   * dataset, and about.json: both versions, and how many bytes travel. All are compressed here and
   * unpacked by the page: not every host compresses, and uncompressed they are 60 MB. Their names
   * must not end in gz, or a host might unpack them on the way. program.js is the JavaScript to them.
   */
  async build(outDir: string): Promise<void> {
    const bytes: Record<string, number> = {};
    const pack = async (name: string, content: Uint8Array) => {
      const packed = gzipSync(content, { level: 9 });
      bytes[name] = packed.length;
      await writeFile(join(outDir, `${name}.packed`), packed);
    };
    for (const file of ['pglite.wasm', 'pglite.data']) {
      await pack(file, await readFile(join(PGLITE, file)));
    }
    const files = gunzipSync(await readFile(POSTGIS));
    await pack('postgis.tar', tarWith(files, 'PostGIS', NEEDED));
    const postgis = defaultVersion(tarWith(files, 'PostGIS', [CONTROL]));
    const { empty, autoExplain, version } = await initialize(PROGRAM);
    await pack('auto_explain.so', autoExplain);
    for (const name of await listDatasets()) {
      const snapshot = await snapshotOf(await datasetScript(name), empty, PROGRAM);
      await pack(`${name}.tar`, new Uint8Array(await snapshot.arrayBuffer()));
    }
    await bundleProgram(outDir);
    await writeFile(join(outDir, 'about.json'), JSON.stringify({ version, postgis, bytes }));
    writePackages(outDir, [
      'node_modules/pglite-for-postgis',
      'node_modules/@electric-sql/pglite-postgis',
    ]);
  },
};

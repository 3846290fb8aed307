/** Builds what PostgreSQL boots from: PGlite's files, auto_explain, and one seeded snapshot a dataset. */
import { copyFile, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Extensions, PGlite } from '@electric-sql/pglite';
import { auto_explain } from '@electric-sql/pglite/contrib/auto_explain';
import { LIBRARY_FOLDER, SETTING_GROUPS } from '../../src/engine/postgres/settings.ts';
import { datasetScript, listDatasets } from '../lib/datasets.ts';
import { recordBooted } from '../lib/postgres-booted.ts';
import { writeExtensions } from '../lib/postgres-extensions.ts';
import { writePackages } from '../licences/shipped.ts';

const PGLITE = dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite'));

/** A build of PostgreSQL, as a package of PGlite brings it. */
export interface Program {
  PGlite: typeof PGlite;
  /** auto_explain among them; they are there while a fresh data directory is made. */
  extensions: Extensions;
  /** What is done once, before any dataset. */
  first: string;
}

const USUAL: Program = { PGlite, extensions: { auto_explain }, first: '' };

/** The part of Emscripten's file system that is read here. */
interface Files {
  readFile(path: string): Uint8Array;
  readdir(path: string): string[];
  stat(path: string): { mode: number };
  isFile(mode: number): boolean;
}

/**
 * Small segments, none kept for later, and no checksums: every byte of a snapshot travels to every
 * reader, and PostgreSQL would log whole pages for hint bits.
 */
const INITDB = ['--wal-segsize=1', '--no-data-checksums'];
const START = [
  ...PGlite.defaultStartParams,
  ...['min_wal_size=2MB', 'wal_recycle=off'].flatMap((setting) => ['-c', setting]),
];

/**
 * What makes a seeded data directory small and its plans the same in every run. Each is sent
 * alone: most of them cannot be in a transaction.
 */
const SLIM = [
  'UPDATE pg_database SET datistemplate = false',
  'DROP DATABASE template1',
  'DROP DATABASE template0',
  'VACUUM (FREEZE, ANALYZE)',
  'CHECKPOINT',
  // The first leaves the segment of the one before; the second removes it.
  'SELECT pg_switch_wal()',
  'CHECKPOINT',
];

/** A data directory, seeded by a script and made slim, as an uncompressed tar. */
export async function snapshotOf(script: string, empty: Blob, program = USUAL): Promise<Blob> {
  const pg = await program.PGlite.create({ loadDataDir: empty, startParams: START });
  try {
    await pg.exec(script);
    for (const statement of SLIM) await pg.exec(statement);
    return await pg.dumpDataDir('none');
  } finally {
    await pg.close();
  }
}

/** What there is before any dataset. */
interface Fresh {
  /** A fresh data directory. */
  empty: Blob;
  /** The library of auto_explain. */
  autoExplain: Uint8Array<ArrayBuffer>;
  /** Files of PGlite's that PostgreSQL does not read. */
  unread: Uint8Array[];
  /** What `version()` answers. */
  version: string;
}

/** Makes a fresh data directory, and asks PostgreSQL who it is. */
export async function initialize({ PGlite, extensions, first } = USUAL): Promise<Fresh> {
  const pg = await PGlite.create({ initDbStartParams: INITDB, startParams: START, extensions });
  const files = pg.Module.FS as unknown as Files;
  const autoExplain = Uint8Array.from(files.readFile(`${LIBRARY_FOLDER}/auto_explain.so`));
  const unread = readUnread(files);
  const answer = await pg.query<{ version: string }>('SELECT version()');
  const version = answer.rows[0]?.version ?? '';
  await pg.exec(first);
  const empty = await pg.dumpDataDir('none');
  await pg.close();
  return { empty, autoExplain, version, unread };
}

/** Where PGlite has what initdb reads. */
const SHARED_FOLDER = '/pglite/share/postgresql';
/** Of the first: scripts, samples of settings. What is in folders below stays, time zones among it. */
const FOR_INITDB = /\.(bki|sample|sql|txt)$/;

/** Of what extensions are built with: the files that weigh something. */
const BUILD_FILES = ['makefiles/pgxs.mk', 'Makefile.global', 'Makefile.shlib', 'nls-global.mk']
  .concat(
    ['isolation/pg_isolation_regress', 'isolation/isolationtester', 'regress/pg_regress'].map(
      (program) => `test/${program}.js`,
    ),
  )
  .map((name) => `${LIBRARY_FOLDER}/pgxs/src/${name}`);

function readUnread(files: Files): Uint8Array[] {
  const forInitdb = files
    .readdir(SHARED_FOLDER)
    .filter((name) => FOR_INITDB.test(name))
    .map((name) => `${SHARED_FOLDER}/${name}`);
  return [...forInitdb, ...BUILD_FILES].map((path) => files.readFile(path).slice());
}

/**
 * pglite.data with zeros for what is not read: it stays where PGlite expects it, and costs nothing on
 * the wire.
 */
async function withoutUnread(unread: readonly Uint8Array[]): Promise<Uint8Array<ArrayBuffer>> {
  const files = await readFile(join(PGLITE, 'pglite.data'));
  for (const bytes of unread) {
    const from = files.indexOf(bytes);
    if (from < 0) throw new Error('pglite.data does not hold a file of PGlite’s');
    files.fill(0, from, from + bytes.length);
  }
  return Uint8Array.from(files);
}

/** The asset as `tools/assets.ts` knows it. */
export const asset = {
  name: 'postgres',
  inputs: [
    'src/engine/postgres/booted.ts',
    'src/engine/postgres/chance.ts',
    'src/engine/postgres/image.ts',
    'src/engine/postgres/instance.ts',
    'src/engine/postgres/program.ts',
    'src/engine/postgres/settings.ts',
    'src/engine/postgres/snapshot-fs.ts',
    'src/engine/postgres/watched.ts',
    'src/engine/postgres/extension-names.ts',
    'tools/lib/postgres-booted.ts',
    'tools/lib/postgres-extensions.ts',
    'examples/datasets',
  ],
  /**
   * Writes pglite.wasm, pglite.data, auto_explain.so, `<dataset>.tar` and `<dataset>-booted.data` for
   * each dataset, and bytes.json: the size of each, which a compressed answer of a server does not tell; and the same
   * of the extensions, in a folder of their own. about.json is for the page about this engine.
   */
  async build(outDir: string): Promise<void> {
    await copyFile(join(PGLITE, 'pglite.wasm'), join(outDir, 'pglite.wasm'));
    const module = await WebAssembly.compile(await readFile(join(PGLITE, 'pglite.wasm')));
    const { empty, autoExplain, version, unread } = await initialize();
    const files = await withoutUnread(unread);
    await writeFile(join(outDir, 'pglite.data'), files);
    await writeFile(join(outDir, 'auto_explain.so'), autoExplain);
    for (const name of await listDatasets()) {
      const snapshot = await snapshotOf(await datasetScript(name), empty);
      await writeFile(join(outDir, `${name}.tar`), new Uint8Array(await snapshot.arrayBuffer()));
      const booted = await recordBooted({
        module,
        fsBundle: new Blob([files]),
        autoExplain: new Blob([autoExplain]),
        snapshot,
        atStart: [],
      });
      await writeFile(join(outDir, `${name}-booted.data`), booted);
    }
    const bytes: Record<string, number> = {};
    for (const file of await readdir(outDir)) bytes[file] = (await stat(join(outDir, file))).size;
    await writeFile(join(outDir, 'bytes.json'), JSON.stringify(bytes));
    const extensions = await writeExtensions(join(outDir, 'extensions'));
    const about = { version, settings: SETTING_GROUPS, extensions };
    await writeFile(join(outDir, 'about.json'), JSON.stringify(about));
    writePackages(outDir, [
      'node_modules/@electric-sql/pglite',
      'node_modules/@electric-sql/pglite-pgvector',
    ]);
  },
};

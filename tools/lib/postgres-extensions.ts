/** Unpacks PostgreSQL's extensions from PGlite's packages: one plain tar for each. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { buildFor, EXTENSIONS } from '../../src/engine/postgres/extension-names.ts';
import { TAR_BLOCK, tarEntries } from '../../src/engine/postgres/tar.ts';

const require = createRequire(import.meta.url);
/** Folders of PGlite's packages that hold `<name>.tar.gz`. */
const FOLDERS = [
  dirname(require.resolve('@electric-sql/pglite')),
  dirname(require.resolve('@electric-sql/pglite-pgvector')),
];

/** What PostgreSQL reads; headers for C and examples stay behind. */
const NEEDED = /^(?:lib|share)\/postgresql\/(?:extension\/|tsearch_data\/|[^/]+\.so$)/;
const CONTROL = /^share\/postgresql\/extension\/(.+)\.control$/;

/** A file of a tar, with its header: as it can stand in another tar. */
interface Part {
  path: string;
  bytes: Uint8Array;
  blocks: Uint8Array;
}

/** An extension in words and numbers. */
export interface AboutExtension {
  name: string;
  version: string;
  /** What its control file says that it is for. */
  comment: string;
  /** What travels when a lab names it, in bytes: its files, compressed with gzip. */
  wireBytes: number;
}

/**
 * Writes `<name>.tar` for each extension, and bytes.json with their sizes.
 * @returns what there is to say of each, by name.
 * @throws {Error} when the extensions are not those that `EXTENSIONS` lists.
 */
export async function writeExtensions(outDir: string): Promise<AboutExtension[]> {
  await mkdir(outDir, { recursive: true });
  const about: AboutExtension[] = [];
  const bytes: Record<string, number> = {};
  for (const source of await sources()) {
    const parts = partsOf(gunzipSync(await readFile(source)), basename(source), (path) =>
      NEEDED.test(path),
    );
    const controls = parts.filter(({ path }) => CONTROL.test(path));
    for (const control of controls) {
      const name = CONTROL.exec(control.path)?.[1] as string;
      const text = new TextDecoder().decode(control.bytes);
      expectRequired(name, text);
      // One package of PGlite, spi, holds several extensions.
      const own = controls.length === 1 ? parts : parts.filter(({ path }) => isOf(name, path));
      const tar = tarOf(own);
      await writeFile(join(outDir, `${name}.tar`), tar);
      bytes[name] = tar.length;
      const wireBytes = gzipSync(tar, { level: 9 }).length;
      const said = (field: string) => fieldOf(text, field);
      about.push({
        name,
        version: said('default_version'),
        comment: said('comment'),
        wireBytes,
      });
    }
  }
  const found = Object.keys(bytes).sort().join(', ');
  const listed = Object.keys(EXTENSIONS)
    .filter((name) => buildFor([name]) === 'usual')
    .sort()
    .join(', ');
  if (found !== listed) {
    throw new Error(`EXTENSIONS in extension-names.ts must list: ${found}; it lists: ${listed}`);
  }
  await writeFile(join(outDir, 'bytes.json'), JSON.stringify(bytes));
  return about.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * The files of a tar that have these paths, in a tar of their own.
 * @throws {Error} that names the one that is not there.
 */
export function tarWith(tar: Buffer, what: string, paths: readonly string[]): Buffer {
  const parts = partsOf(tar, what, (path) => paths.includes(path));
  const missing = paths.find((path) => parts.every((part) => part.path !== path));
  if (missing) throw new Error(`${what} has no file ${missing}`);
  return tarOf(parts);
}

function tarOf(parts: readonly Part[]): Buffer {
  return Buffer.concat([...parts.map(({ blocks }) => blocks), Buffer.alloc(2 * TAR_BLOCK)]);
}

/** A field of a control file; empty when it has none of that name. */
function fieldOf(control: string, field: string): string {
  return (
    new RegExp(`^${field}\\s*=\\s*'(.*)'`, 'm').exec(control)?.[1]?.replaceAll("''", "'") ?? ''
  );
}

async function sources(): Promise<string[]> {
  const found: string[] = [];
  for (const folder of FOLDERS) {
    const files = await readdir(folder);
    found.push(
      ...files.filter((file) => file.endsWith('.tar.gz')).map((file) => join(folder, file)),
    );
  }
  return found;
}

function partsOf(tar: Buffer, what: string, isNeeded: (path: string) => boolean): Part[] {
  return [...tarEntries(tar, what)].flatMap(({ path, bytes }) => {
    if (!bytes || !isNeeded(path)) return [];
    const header = bytes.byteOffset - tar.byteOffset - TAR_BLOCK;
    const end = header + TAR_BLOCK + Math.ceil(bytes.length / TAR_BLOCK) * TAR_BLOCK;
    return [{ path, bytes, blocks: tar.subarray(header, end) }];
  });
}

/** Whether a file belongs to an extension, by its name: `lo--1.1.sql`, `lo.control`, `lo.so`. */
function isOf(name: string, path: string): boolean {
  const file = basename(path);
  return file.startsWith(`${name}--`) || file.startsWith(`${name}.`);
}

function expectRequired(name: string, control: string): void {
  const said = fieldOf(control, 'requires');
  const listed = (EXTENSIONS[name]?.requires ?? []).join(', ');
  if (said !== listed) {
    throw new Error(`EXTENSIONS in extension-names.ts must say that ${name} requires '${said}'`);
  }
}

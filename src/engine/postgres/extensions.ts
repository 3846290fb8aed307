/** The files of extensions, and what to tell a reader whose extension is not there. */
import type { StatementResult } from '../lab/result.ts';
import { whyNotLoadable } from './extension-names.ts';
import { tarEntries } from './tar.ts';

/** An extension, ready to be put into an instance. */
export interface Extension {
  name: string;
  /** Paths below PGlite's folder, as `share/postgresql/extension/vector.control`. */
  files: ReadonlyArray<{ path: string; bytes: Uint8Array }>;
  /** Names of its libraries, as LOAD takes them. */
  libraries: readonly string[];
}

/** The part of Emscripten's file system that is used here. */
interface Files {
  mkdirTree(path: string): void;
  writeFile(path: string, bytes: Uint8Array, options: { canOwn: boolean }): void;
}

/** PGlite's own folder. */
const PROGRAM_FOLDER = '/pglite';

/** Reads an extension from its tar. */
export async function readExtension(name: string, tar: Blob): Promise<Extension> {
  const bytes = new Uint8Array(await tar.arrayBuffer());
  const files = [...tarEntries(bytes, `the file of the extension ${name}`)].flatMap((entry) =>
    entry.bytes ? [{ path: entry.path, bytes: entry.bytes }] : [],
  );
  const libraries = files.flatMap(
    ({ path }) => /^lib\/postgresql\/(.+)\.so$/.exec(path)?.slice(1) ?? [],
  );
  return { name, files, libraries };
}

/** Puts an extension's files where PostgreSQL looks for them. */
export function placeFiles(fileSystem: Files, { files }: Extension): void {
  for (const { path, bytes } of files) {
    const target = `${PROGRAM_FOLDER}/${path}`;
    fileSystem.mkdirTree(target.slice(0, target.lastIndexOf('/')));
    fileSystem.writeFile(target, bytes, { canOwn: true });
  }
}

/** The result of a CREATE EXTENSION that found no files: with a hint for this place, not for a server. */
export function withExtensionHint(result: StatementResult): StatementResult {
  const { error } = result;
  const name = /^extension "(.+)" is not available$/.exec(error?.message ?? '')?.[1];
  if (error?.code !== '0A000' || name === undefined) return result;
  const hint =
    whyNotLoadable(name) ??
    `Only the extensions that a lab names are loaded, and this one has not named ${name}.`;
  return { ...result, error: { ...error, hint } };
}

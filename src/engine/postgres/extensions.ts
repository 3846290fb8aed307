/** The files of extensions, and what to tell a reader whose extension is not there. */
import type { StatementResult } from '../lab/result.ts';
import { bootError } from './errors.ts';
import { EXTENSIONS, whyNotLoadable, withRequired } from './extension-names.ts';
import { tarEntries } from './tar.ts';

/** An extension, ready to be put into an instance. */
export interface Extension {
  name: string;
  /** Paths below PGlite's folder, as `share/postgresql/extension/vector.control`. */
  files: ReadonlyArray<{ path: string; bytes: Uint8Array }>;
  /** Names of its libraries, as LOAD takes them. */
  libraries: readonly string[];
  /** Environment variables that PostgreSQL must be started with. */
  environment: Readonly<Record<string, string>>;
  /** A query to begin the session with. */
  meet: string | undefined;
}

/** The part of Emscripten's file system that is used here. */
interface Files {
  mkdirTree(path: string): void;
  writeFile(path: string, bytes: Uint8Array, options: { canOwn: boolean }): void;
}

/** PGlite's own folder. */
const PROGRAM_FOLDER = '/pglite';

/** Extensions that were fetched, each once. */
export class KnownExtensions {
  readonly #source: { extension(name: string): Promise<Blob> };
  readonly #known = new Map<string, Extension>();

  /** They come from there when they are first asked for. */
  constructor(source: { extension(name: string): Promise<Blob> }) {
    this.#source = source;
  }

  /**
   * The extensions of these names and those that they need, sorted.
   * @throws {RangeError} for one that cannot be loaded, with the reason.
   * @throws {PostgresBootError} when a file does not arrive.
   */
  async read(names: readonly string[]): Promise<Extension[]> {
    return Promise.all(withRequired(names).map((name) => this.#readOne(name)));
  }

  async #readOne(name: string): Promise<Extension> {
    const known = this.#known.get(name);
    if (known) return known;
    const tar = await this.#source.extension(name).catch((cause: unknown) => {
      throw bootError(cause);
    });
    const extension = await readExtension(name, tar);
    this.#known.set(name, extension);
    return extension;
  }
}

/** Reads an extension from its tar. */
async function readExtension(name: string, tar: Blob): Promise<Extension> {
  const bytes = new Uint8Array(await tar.arrayBuffer());
  const files = [...tarEntries(bytes, `the file of the extension ${name}`)].flatMap((entry) =>
    entry.bytes ? [{ path: entry.path, bytes: entry.bytes }] : [],
  );
  const libraries = files.flatMap(
    ({ path }) => /^lib\/postgresql\/(.+)\.so$/.exec(path)?.slice(1) ?? [],
  );
  const { environment = {}, meet } = EXTENSIONS[name] ?? {};
  return { name, files, libraries, environment, meet };
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

/** The file system of an instance: a snapshot, unpacked in place. */
import { MemoryFS, PGlite } from '@electric-sql/pglite';

/** The part of Emscripten's file system that is used here. */
interface Files {
  mkdirTree(path: string): void;
  writeFile(path: string, bytes: Uint8Array, options: { canOwn: boolean }): void;
}

/** Size of a tar's header and granularity of its contents, in bytes. */
const BLOCK = 512;

/**
 * PGlite's memory file system, filled from a tar as PGlite's own `dumpDataDir('none')` writes it.
 * PGlite would copy each file several times; here the files are views of the tar.
 */
export class SnapshotFS extends MemoryFS {
  readonly #tar: Uint8Array;

  /** Takes the tar over: files will be written to in place. */
  constructor(tar: Uint8Array) {
    super();
    this.#tar = tar;
  }

  /** @throws {Error} when the snapshot is no tar, or is cut short. */
  override async initialSyncFs(): Promise<void> {
    const files = this.pg?.Module.FS as unknown as Files;
    files.mkdirTree(PGlite.paths.PGDATA);
    for (const { path, bytes } of entries(this.#tar)) {
      const target = `${PGlite.paths.PGDATA}/${path}`;
      if (bytes) files.writeFile(target, bytes, { canOwn: true });
      else files.mkdirTree(target);
    }
  }
}

/**
 * The files and folders of a tar, folders before what is in them.
 * Source: https://www.gnu.org/software/tar/manual/html_node/Standard.html
 */
function* entries(tar: Uint8Array): Generator<{ path: string; bytes?: Uint8Array }> {
  const text = (from: number, length: number) => {
    const field = tar.subarray(from, from + length);
    const end = field.indexOf(0);
    return String.fromCharCode(...(end < 0 ? field : field.subarray(0, end)));
  };
  let at = 0;
  // The end is marked by blocks of zeros, in which a name would be empty.
  while (at + BLOCK <= tar.length && tar[at] !== 0) {
    if (text(at + 257, 5) !== 'ustar') throw new Error('the snapshot is no tar');
    const path = text(at, 100).replace(/^\//, '');
    const size = Number.parseInt(text(at + 124, 12), 8);
    const isFolder = text(at + 156, 1) === '5';
    const start = at + BLOCK;
    at = start + Math.ceil(size / BLOCK) * BLOCK;
    if (at > tar.length) throw new Error('the snapshot is cut short');
    yield isFolder ? { path } : { path, bytes: tar.subarray(start, start + size) };
  }
  if (at === 0) throw new Error('the snapshot is empty');
}

/** The file system of an instance: a snapshot, unpacked in place. */
import { MemoryFS, PGlite } from '@electric-sql/pglite';
import { tarEntries } from './tar.ts';

/** The part of Emscripten's file system that is used here. */
interface Files {
  mkdirTree(path: string): void;
  writeFile(path: string, bytes: Uint8Array, options: { canOwn: boolean }): void;
}

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
    for (const { path, bytes } of tarEntries(this.#tar, 'the snapshot')) {
      const target = `${PGlite.paths.PGDATA}/${path}`;
      if (bytes) files.writeFile(target, bytes, { canOwn: true });
      else files.mkdirTree(target);
    }
  }
}

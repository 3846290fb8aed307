/** The file system of an instance: a snapshot, unpacked in place. */
import { MemoryFS, PGlite } from '@electric-sql/pglite';
import { tarEntries } from './tar.ts';

/** A file or folder of Emscripten's file system in memory. */
interface Node {
  contents: Uint8Array;
  usedBytes: number;
  node_ops: { mknod(parent: Node, name: string, mode: number, device: number): Node };
}

/** The part of Emscripten's file system that is used here. */
interface Files {
  mkdirTree(path: string): void;
  lookupPath(path: string): { node: Node };
}

/** A plain file that its owner reads and writes, as PostgreSQL makes them. */
const FILE = 0o100_600;

/**
 * PGlite's memory file system, filled from a tar as PGlite's own `dumpDataDir('none')` writes it.
 * PGlite would copy each file several times; here the files are views of the tar. They are made in
 * their folders at once: by their paths, each of the thousand would be looked up several times.
 */
export class SnapshotFS extends MemoryFS {
  readonly #tar: Uint8Array;
  readonly #then: () => Promise<void>;

  /** Takes the tar over: files will be written to in place. `then` is what follows, before PostgreSQL starts. */
  constructor(tar: Uint8Array, then: () => Promise<void>) {
    super();
    this.#tar = tar;
    this.#then = then;
  }

  /** @throws {Error} when the snapshot is no tar, or is cut short. */
  override async initialSyncFs(): Promise<void> {
    const files = this.pg?.Module.FS as unknown as Files;
    files.mkdirTree(PGlite.paths.PGDATA);
    const folders = new Map<string, Node>();
    const folder = (path: string) => {
      const node = folders.get(path) ?? files.lookupPath(`${PGlite.paths.PGDATA}/${path}`).node;
      folders.set(path, node);
      return node;
    };
    for (const { path, bytes } of tarEntries(this.#tar, 'the snapshot')) {
      if (!bytes) files.mkdirTree(`${PGlite.paths.PGDATA}/${path}`);
      else {
        const slash = path.lastIndexOf('/');
        const parent = folder(path.slice(0, Math.max(slash, 0)));
        const node = parent.node_ops.mknod(parent, path.slice(slash + 1), FILE, 0);
        node.contents = bytes;
        node.usedBytes = bytes.length;
      }
    }
    await this.#then();
  }
}

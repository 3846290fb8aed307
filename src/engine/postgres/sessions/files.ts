/** Images of the files, taken anew only where a file has been changed since the last one. */
import { DATA_FOLDER, type FileNode, type FileSystem, FilesImage } from '../image.ts';

type Operation = (...rest: never[]) => unknown;

/** Emscripten's operations that change a folder or a file; one object for all folders, one for all files. */
const OF_FOLDERS = ['mknod', 'rename', 'unlink', 'rmdir', 'symlink'];
const OF_FILES = ['setattr'];
const OF_STREAMS = ['write'];
/** A file that every data directory has. */
const ANY_FILE = `${DATA_FOLDER}/PG_VERSION`;

/** Knows whether files have changed. There is one for a file system. */
export class FilesWatch {
  readonly #fileSystem: FileSystem;
  #image: FilesImage | undefined;

  constructor(fileSystem: FileSystem) {
    this.#fileSystem = fileSystem;
    const folder = fileSystem.lookupPath(DATA_FOLDER).node;
    const file = fileSystem.lookupPath(ANY_FILE).node;
    this.#watch(nodeOperations(folder), OF_FOLDERS);
    this.#watch(nodeOperations(file), OF_FILES);
    this.#watch(file.stream_ops as unknown as Record<string, Operation>, OF_STREAMS);
  }

  /** The files as they are. */
  image(): FilesImage {
    this.#image ??= new FilesImage(this.#fileSystem);
    return this.#image;
  }

  /** Puts files back. */
  restore(image: FilesImage): void {
    if (image === this.#image) return;
    image.restore();
    this.#image = image;
  }

  #watch(operations: Record<string, Operation>, names: readonly string[]): void {
    for (const name of names) {
      const operation = operations[name] as Operation;
      operations[name] = (...rest) => {
        this.#image = undefined;
        return operation(...rest);
      };
    }
  }
}

function nodeOperations(node: FileNode): Record<string, Operation> {
  return (node as unknown as { node_ops: Record<string, Operation> }).node_ops;
}

/** An image of an idle PostgreSQL: its memory and its files, put back in milliseconds. */

/** What Emscripten's in-memory file system keeps of a file or folder; the names are Emscripten's. */
export interface FileNode {
  id: number;
  name: string;
  parent: FileNode;
  mode: number;
  /**
   * Of a folder its entries, of a file its bytes with room behind them; older Emscriptens have null
   * for an empty file.
   */
  contents: Record<string, FileNode> | Uint8Array | null;
  /** Of a file: how many bytes of `contents` belong to it. */
  usedBytes: number;
  /** Of a device: its number. */
  rdev: number;
  /** One object for all files. */
  stream_ops: FileOperations;
  name_next: FileNode | undefined;
}

interface FileOperations {
  write(stream: FileStream, ...rest: unknown[]): number;
}

interface DeviceOperations {
  /** Writes into the buffer, and answers how many bytes. */
  read(stream: FileStream, buffer: Uint8Array, offset: number, length: number): number;
}

export interface FileStream {
  fd: number;
  path: string;
  position: number;
  flags: number;
  node: FileNode;
}

/** The part of Emscripten's file system that an image needs. */
export interface FileSystem {
  nameTable: Array<FileNode | undefined>;
  streams: Array<FileStream | null | undefined>;
  isDir(mode: number): boolean;
  isFile(mode: number): boolean;
  lookupPath(path: string): { node: FileNode };
  getDevice(number: number): { stream_ops: DeviceOperations };
  open(path: string, flags: number): FileStream;
  writeFile(path: string, bytes: Uint8Array, options: { canOwn: boolean }): void;
  chdir(path: string): void;
  cwd(): string;
}

/** What holds the state of a program that Emscripten compiled. */
export interface Machine {
  memory: WebAssembly.Memory;
  /** Functions, by the numbers that stand for them in memory. */
  table: WebAssembly.Table;
  fileSystem: FileSystem;
  /** Address of the word that holds the end of the heap; without it, all memory is taken for heap. */
  heapEndAddress: number | undefined;
  stackSave(): number;
  stackRestore(stackPointer: number): void;
}

interface SavedFolder {
  node: FileNode;
  name: string;
  parent: FileNode;
  entries: Record<string, FileNode>;
}

interface SavedFile {
  node: FileNode;
  name: string;
  parent: FileNode;
  contents: Uint8Array | null;
  usedBytes: number;
}

interface SavedStream {
  stream: FileStream;
  fd: number;
  position: number;
  flags: number;
}

/** Bytes of memory: where they begin, and how many they are. */
export type Range = [address: number, length: number];

/** A stretch of memory that is not all zeros. */
interface Stretch {
  address: number;
  bytes: Uint8Array;
}

/** Granularity in which memory is searched for zeros, in bytes. More than half of it is zeros. */
const PAGE = 8192;
/** Contents that belong to an image: a file that is written to gets a copy of its own first. */
const KEPT = new WeakSet<object>();
/** File systems whose writing does so. */
const COPYING = new WeakSet<FileOperations>();
/** Only files below are ever changed; elsewhere (by COPY TO '/tmp/...', or extensions) they are only added. */
export const DATA_FOLDER = '/pglite/data';

/**
 * The state of an idle instance: between two statements, outside a transaction.
 *
 * The heap, the stack pointer, the files and the open streams are all the state that PostgreSQL
 * has: restoring them undoes rows, DDL, roles, settings, prepared and open transactions, and
 * revives an instance that stopped answering. What stays is outside PostgreSQL: memory that has
 * grown, and libraries that were loaded since; those were all put in place when the instance
 * booted, so that loading them again finds them where they were.
 */
export class MachineImage {
  readonly #machine: Machine;
  readonly #stretches: Stretch[];
  readonly #heapEnd: number;
  readonly #stackPointer: number;
  readonly #files: FilesImage;
  readonly #streams: StreamsImage;

  /** Takes the image. Where memory holds something other than zeros may be known: in the order of addresses. */
  constructor(machine: Machine, known?: readonly Range[]) {
    this.#machine = machine;
    this.#heapEnd = heapEnd(machine);
    const heap = new Uint8Array(machine.memory.buffer, 0, this.#heapEnd);
    this.#stretches = copy(heap, known ?? nonZero(heap));
    this.#stackPointer = machine.stackSave();
    this.#files = new FilesImage(machine.fileSystem);
    this.#streams = new StreamsImage(machine.fileSystem);
  }

  /** Bytes of memory that the image occupies; files are shared with the instance until written to. */
  get size(): number {
    return this.#stretches.reduce((total, { bytes }) => total + bytes.length, 0);
  }

  /** Puts the instance back into the state of the image. It may be broken, but must not be running. */
  restore(): void {
    this.#restoreMemory();
    this.#files.restore();
    this.#streams.restore();
  }

  #restoreMemory(): void {
    const { memory, stackRestore } = this.#machine;
    const heap = new Uint8Array(memory.buffer);
    const end = Math.max(this.#heapEnd, heapEnd(this.#machine));
    let zeroFrom = 0;
    for (const { address, bytes } of this.#stretches) {
      heap.fill(0, zeroFrom, address);
      heap.set(bytes, address);
      zeroFrom = address + bytes.length;
    }
    // Memory above the image's heap was zero when it was first handed out, and must be so again.
    heap.fill(0, zeroFrom, end);
    stackRestore(this.#stackPointer);
  }
}

/** The files of a machine, and of those in the data folder also what is in them. */
export class FilesImage {
  readonly #fileSystem: FileSystem;
  readonly #folders: SavedFolder[] = [];
  readonly #files: SavedFile[] = [];
  readonly #chains: FileNode[][];

  /** Takes the image. Contents are shared with the machine until they are written to. */
  constructor(fileSystem: FileSystem) {
    this.#fileSystem = fileSystem;
    // The table has holes, which map() would leave out.
    this.#chains = Array.from(fileSystem.nameTable, chain);
    const data = fileSystem.lookupPath(DATA_FOLDER).node;
    this.#save(fileSystem.lookupPath('/').node, (node) => node !== data, false);
    this.#save(data, () => true, true);
    this.#copyOnWrite();
  }

  #save(node: FileNode, below: (folder: FileNode) => boolean, withFiles: boolean): void {
    const fileSystem = this.#fileSystem;
    const { name, parent, contents, usedBytes } = node;
    if (fileSystem.isDir(node.mode)) {
      const entries = { ...(contents as Record<string, FileNode>) };
      this.#folders.push({ node, name, parent, entries });
      if (!below(node)) return;
      for (const entry of Object.values(entries)) this.#save(entry, below, withFiles);
    } else if (withFiles && fileSystem.isFile(node.mode)) {
      this.#files.push({ node, name, parent, contents: contents as Uint8Array | null, usedBytes });
      if (contents) KEPT.add(contents);
    }
  }

  /** Emscripten writes into a file's contents in place: from now on only into copies of the image's. */
  #copyOnWrite(): void {
    const operations = this.#files[0]?.node.stream_ops;
    if (!operations || COPYING.has(operations)) return;
    COPYING.add(operations);
    const { write } = operations;
    operations.write = (stream, ...rest) => {
      const { node } = stream;
      if (node.contents && KEPT.has(node.contents))
        node.contents = (node.contents as Uint8Array).slice();
      return write(stream, ...rest);
    };
  }

  /** Puts the files back as they were. */
  restore(): void {
    const fileSystem = this.#fileSystem;
    for (const { node, name, parent, entries } of this.#folders) {
      node.name = name;
      node.parent = parent;
      node.contents = { ...entries };
    }
    for (const { node, name, parent, contents, usedBytes } of this.#files) {
      Object.assign(node, { name, parent, contents, usedBytes });
    }
    for (const [slot, nodes] of this.#chains.entries()) {
      fileSystem.nameTable[slot] = nodes[0];
      for (const [index, node] of nodes.entries()) node.name_next = nodes[index + 1];
    }
  }
}

/** The open files of a machine, and where in them it is. */
class StreamsImage {
  readonly #fileSystem: FileSystem;
  readonly #streams: Array<SavedStream | undefined>;

  constructor(fileSystem: FileSystem) {
    this.#fileSystem = fileSystem;
    this.#streams = fileSystem.streams.map((stream) =>
      stream
        ? { stream, fd: stream.fd, position: stream.position, flags: stream.flags }
        : undefined,
    );
  }

  restore(): void {
    this.#fileSystem.streams = this.#streams.map((saved) => {
      if (!saved) return null;
      const { stream, fd, position, flags } = saved;
      return Object.assign(stream, { fd, position, flags });
    });
  }
}

function heapEnd({ memory, heapEndAddress }: Machine): number {
  return heapEndAddress === undefined
    ? memory.buffer.byteLength
    : new DataView(memory.buffer).getUint32(heapEndAddress, true);
}

function chain(first: FileNode | undefined): FileNode[] {
  const nodes: FileNode[] = [];
  for (let node = first; node; node = node.name_next) nodes.push(node);
  return nodes;
}

/** Where memory is not zero, in stretches of whole pages. */
function nonZero(heap: Uint8Array): Range[] {
  const words = new Int32Array(heap.buffer, heap.byteOffset, heap.length >> 2);
  const found: Range[] = [];
  for (let start = 0; start < heap.length; start += PAGE) {
    const end = Math.min(start + PAGE, heap.length);
    if (isZero(words, start >> 2, end >> 2)) continue;
    const last = found.at(-1);
    if (last && last[0] + last[1] === start) last[1] += end - start;
    else found.push([start, end - start]);
  }
  return found;
}

/** Copies stretches of memory into one buffer. */
function copy(heap: Uint8Array, ranges: readonly Range[]): Stretch[] {
  const all = new Uint8Array(ranges.reduce((sum, [, length]) => sum + length, 0));
  let offset = 0;
  return ranges.map(([address, length]) => {
    const bytes = all.subarray(offset, offset + length);
    bytes.set(heap.subarray(address, address + length));
    offset += length;
    return { address, bytes };
  });
}

function isZero(words: Int32Array, from: number, to: number): boolean {
  for (let index = from; index < to; index += 1) if (words[index] !== 0) return false;
  return true;
}

/**
 * PostgreSQL as it stands right after its start, in a file. Put into a program that has been loaded
 * and has not begun, it saves the start itself: recovery, caches, the catalogue's entries.
 */
import type { Machine, Range } from './image.ts';
import type { Libraries } from './watched.ts';

/** What the file says of itself; the bytes that it names come after it, in the same order. */
export interface BootedHeader {
  /** What the program must be like before its start, for this state to be one of its own. */
  before: Before;
  /** Memory that the start had changed. */
  changed: Range[];
  /** Memory that holds what the snapshot holds, and from which of its bytes on. */
  shared: Array<[...Range, from: number]>;
  /** Memory that is as the program brings it. */
  kept: Range[];
  stackPointer: number;
  /** Libraries that PostgreSQL had opened, and then the functions that it had looked up in them. */
  handles: number[];
  symbols: Array<[handle: number, name: string]>;
  /** Files that the start had written, and their sizes. */
  files: Array<[path: string, length: number]>;
  /** Open files. */
  streams: Array<[descriptor: number, path: string, flags: number, position: number]>;
  /** The current folder. */
  folder: string;
}

/** A program that has not begun. Two that agree in this agree in all that matters here. */
export interface Before {
  heapEnd: number | undefined;
  /** Of the table of functions. */
  tableLength: number;
  /** By which PostgreSQL tells libraries apart. */
  libraryNodes: number[];
  /** Of the memory that is kept. */
  checksum: number;
}

/** A program that has been loaded. */
export interface LoadedProgram {
  machine: Machine;
  libraries: Libraries;
  /** Paths of libraries that were put into its memory before its start. */
  preloaded: readonly string[];
}

/** Room on the stack below what is in use, for the arguments of a few calls. */
const ROOM = 1024;
const HEADER_ALIGNMENT = 8;

/** A booted state, read from its file. */
export class BootedState {
  readonly #header: BootedHeader;
  readonly #bytes: Uint8Array;

  /** Reads a file that `writeBooted` wrote. */
  constructor(file: Uint8Array) {
    const length = new DataView(file.buffer, file.byteOffset).getUint32(0, true);
    const text = new TextDecoder().decode(file.subarray(4, 4 + length));
    this.#header = JSON.parse(text) as BootedHeader;
    this.#bytes = file.subarray(aligned(4 + length));
  }

  /** Whether the program is the one, loaded in the same way, whose start was recorded. */
  fits(program: LoadedProgram): boolean {
    const now = describeBefore(program, this.#header.kept);
    return JSON.stringify(now) === JSON.stringify(this.#header.before);
  }

  /**
   * Puts the state into a program that fits, in place of its start.
   * Answers where in memory there is something other than zeros.
   */
  install({ machine, libraries }: LoadedProgram, snapshot: Uint8Array): Range[] {
    const { changed, shared, kept, stackPointer, handles, symbols } = this.#header;
    const heap = new Uint8Array(machine.memory.buffer);
    let at = 0;
    const next = (length: number) => {
      at += length;
      return this.#bytes.subarray(at - length, at);
    };
    // The pipe through which PostgreSQL wakes itself up is the first that it opens.
    libraries.pipe(stackPointer - ROOM);
    for (const [address, length] of changed) heap.set(next(length), address);
    for (const [address, length, from] of shared) {
      heap.set(snapshot.subarray(from, from + length), address);
    }
    machine.stackRestore(stackPointer);
    for (const handle of handles) libraries.open(handle);
    libraries.loaded = handles.length;
    libraries.handles = [...handles];
    for (const [handle, name] of symbols) libraries.find(handle, name, stackPointer - ROOM);
    this.#installFiles(machine, next);
    return [
      ...changed,
      ...shared.map(([address, length]): Range => [address, length]),
      ...kept,
    ].sort(([a], [b]) => a - b);
  }

  #installFiles({ fileSystem }: Machine, next: (length: number) => Uint8Array): void {
    for (const [path, length] of this.#header.files) {
      fileSystem.writeFile(path, next(length), { canOwn: true });
    }
    for (const [descriptor, path, flags, position] of this.#header.streams) {
      const stream = fileSystem.open(path, flags);
      fileSystem.streams[stream.fd] = null;
      fileSystem.streams[descriptor] = Object.assign(stream, { fd: descriptor, position });
    }
    fileSystem.chdir(this.#header.folder);
  }
}

/** What `BootedState` reads. `pieces` are the bytes that the header names, in its order. */
export function writeBooted(header: BootedHeader, pieces: readonly Uint8Array[]): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = aligned(4 + text.length);
  const file = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, start));
  new DataView(file.buffer).setUint32(0, text.length, true);
  file.set(text, 4);
  let at = start;
  for (const piece of pieces) {
    file.set(piece, at);
    at += piece.length;
  }
  return file;
}

/** Describes a program before its start. */
export function describeBefore(
  { machine, preloaded }: LoadedProgram,
  kept: readonly Range[],
): Before {
  const { memory, heapEndAddress, table, fileSystem } = machine;
  return {
    heapEnd: heapEndAddress && new DataView(memory.buffer).getUint32(heapEndAddress, true),
    tableLength: table.length,
    libraryNodes: preloaded.map((path) => fileSystem.lookupPath(path).node.id),
    checksum: checksum(memory, kept),
  };
}

/** Of how many words one counts: enough to notice another program, in a millisecond or two. */
const STRIDE = 16;

/** A quick sum in which the order counts. */
function checksum(memory: WebAssembly.Memory, ranges: readonly Range[]): number {
  let sum = 0;
  for (const [address, length] of ranges) {
    const words = new Int32Array(memory.buffer, address, length >> 2);
    for (let index = 0; index < words.length; index += STRIDE) {
      sum = (Math.imul(sum, 31) + (words[index] as number)) | 0;
    }
  }
  return sum;
}

function aligned(length: number): number {
  return Math.ceil(length / HEADER_ALIGNMENT) * HEADER_ALIGNMENT;
}

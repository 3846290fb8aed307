/** Copies of PostgreSQL's memory: what is a process's own, and what processes share. */
import type { FileStream, FileSystem } from '../image.ts';
import {
  BUFFER_SIZE,
  DESCRIPTOR,
  type Layout,
  type SessionsExports,
  SHARED_USED,
  type Stretch,
} from './layout.ts';

/** An open file, and where in it the process is. */
interface OpenFile {
  stream: FileStream;
  fd: number;
  position: number;
  flags: number;
}

/** What a process has for itself. */
export interface PrivateState {
  /** Static variables, the stack, the heap before and behind the shared memory, one after the other. */
  bytes: Uint8Array;
  /** Words that are others than in `bytes`, which are another process's then. */
  own?: ReadonlyArray<[address: number, value: number]>;
  heapEnd: number;
  stackPointer: number;
  files: Array<OpenFile | undefined>;
}

/** What all processes share. */
export interface SharedState {
  bytes: Uint8Array;
  /** Of which addresses they are. */
  ranges: readonly Stretch[];
}

/** Room behind a copy, so that a heap that grows a little needs no other buffer. */
const ROOM = 256 * 1024;

/** More of the stack than a statement may use: max_stack_depth is 100 kB. */
const DEEPEST_STACK = 192 * 1024;

/** PGlite's memory, seen as that of several processes. */
export class ProcessMemory {
  readonly #memory: WebAssembly.Memory;
  readonly #layout: Layout;
  readonly #exports: SessionsExports;
  readonly #fileSystem: FileSystem;
  /** Bytes that were copied so far. */
  copied = 0;
  /** Buffers that nobody needs any more. */
  readonly #spare: Uint8Array[] = [];
  readonly #spareShared: Uint8Array[] = [];
  /** Up to where heaps of processes have ever reached: below it, memory may hold what others left. */
  #highest: number;

  constructor(
    memory: WebAssembly.Memory,
    layout: Layout,
    exports: SessionsExports,
    fileSystem: FileSystem,
  ) {
    this.#memory = memory;
    this.#layout = layout;
    this.#exports = exports;
    this.#fileSystem = fileSystem;
    this.#highest = this.#heapEnd;
  }

  /** Copies what belongs to the process that is in memory. */
  takePrivate(): PrivateState {
    const heapEnd = this.#heapEnd;
    const stackPointer = this.#exports.emscripten_stack_get_current();
    const ranges = this.#ranges(stackPointer, heapEnd);
    const length = ranges.reduce((sum, [start, end]) => sum + end - start, 0);
    let bytes = this.#spare.pop();
    if (!bytes || bytes.length < length) bytes = new Uint8Array(length + ROOM);
    const all = new Uint8Array(this.#memory.buffer);
    let at = 0;
    for (const [start, end] of ranges) {
      bytes.set(all.subarray(start, end), at);
      at += end - start;
    }
    this.copied += length;
    const files = this.#fileSystem.streams.map((stream) =>
      stream
        ? { stream, fd: stream.fd, position: stream.position, flags: stream.flags }
        : undefined,
    );
    this.#highest = Math.max(this.#highest, heapEnd);
    return { bytes, heapEnd, stackPointer, files };
  }

  /** Puts a process into memory, in the place of the one that was there. */
  putPrivate({ bytes, own = [], heapEnd, stackPointer, files }: PrivateState): void {
    const all = new Uint8Array(this.#memory.buffer);
    this.#highest = Math.max(this.#highest, this.#heapEnd);
    let at = 0;
    for (const [start, end] of this.#ranges(stackPointer, heapEnd)) {
      all.set(bytes.subarray(at, at + end - start), start);
      at += end - start;
    }
    this.copied += at;
    const view = new DataView(this.#memory.buffer);
    for (const [address, value] of own) view.setInt32(address, value, true);
    // A heap that grows expects zeros.
    all.fill(0, heapEnd, this.#highest);
    this.#highest = heapEnd;
    this.#exports._emscripten_stack_restore(stackPointer);
    this.#fileSystem.streams = files.map((file) =>
      file
        ? Object.assign(file.stream, {
            fd: file.fd,
            position: file.position,
            flags: file.flags,
          })
        : null,
    );
  }

  /** Clears what was left on the stack, so that what runs again finds there what it found before. */
  clearStack(): void {
    const end = this.#exports.emscripten_stack_get_current();
    const start = Math.max(this.#layout.stackEnd, end - DEEPEST_STACK);
    new Uint8Array(this.#memory.buffer).fill(0, start, end);
  }

  /** Copies what is shared, except for buffers that hold nothing. */
  takeShared(): SharedState {
    const all = new Uint8Array(this.#memory.buffer);
    const ranges = this.#sharedRanges();
    const length = ranges.reduce((sum, [start, end]) => sum + end - start, 0);
    let bytes = this.#spareShared.pop();
    if (!bytes || bytes.length < length) bytes = new Uint8Array(length + ROOM);
    let at = 0;
    for (const [start, end] of ranges) {
      bytes.set(all.subarray(start, end), at);
      at += end - start;
    }
    this.copied += length;
    return { bytes, ranges };
  }

  putShared({ bytes, ranges }: SharedState): void {
    const all = new Uint8Array(this.#memory.buffer);
    let at = 0;
    for (const [start, end] of ranges) {
      all.set(bytes.subarray(at, at + end - start), start);
      at += end - start;
    }
    this.copied += at;
  }

  /** Takes copies back that nobody needs any more. */
  release(state: { own?: PrivateState | undefined; shared?: SharedState | undefined }): void {
    if (state.own) this.#spare.push(state.own.bytes);
    if (state.shared) this.#spareShared.push(state.shared.bytes);
  }

  /** Calls for each stretch of a private state's bytes with the address that it is of. */
  stretches({
    stackPointer,
    heapEnd,
  }: PrivateState): Array<[from: number, address: number, length: number]> {
    let at = 0;
    return this.#ranges(stackPointer, heapEnd).map(([start, end]) => {
      at += end - start;
      return [at - (end - start), start, end - start];
    });
  }

  /** Below the stack pointer, the stack holds nothing that is needed. */
  #ranges(stackPointer: number, heapEnd: number): Stretch[] {
    const { statics, stackEnd, stackTop, shared, sharedEnd, dynamic } = this.#layout;
    const ranges: Stretch[] = [
      [statics, stackEnd],
      [stackPointer, stackTop],
      [stackTop, shared],
    ];
    let from = sharedEnd;
    for (const [start, end] of dynamic) {
      ranges.push([from, start]);
      from = end;
    }
    ranges.push([from, heapEnd]);
    return ranges;
  }

  #sharedRanges(): Stretch[] {
    const { shared, dynamic, buffers, bufferCount, descriptors } = this.#layout;
    const view = new DataView(this.#memory.buffer);
    const ranges: Stretch[] = [[shared, buffers]];
    for (let number = 0; number < bufferCount; number += 1) {
      const at = descriptors + number * DESCRIPTOR.size + DESCRIPTOR.state;
      if ((view.getUint32(at, true) & DESCRIPTOR.valid) === 0) continue;
      const start = buffers + number * BUFFER_SIZE;
      const last = ranges.at(-1) as Stretch;
      if (last[1] === start) last[1] += BUFFER_SIZE;
      else ranges.push([start, start + BUFFER_SIZE]);
    }
    const used = shared + view.getUint32(shared + SHARED_USED, true);
    ranges.push([buffers + bufferCount * BUFFER_SIZE, used], ...dynamic);
    return ranges;
  }

  get #heapEnd(): number {
    return new DataView(this.#memory.buffer).getUint32(this.#layout.heapEndAt, true);
  }
}

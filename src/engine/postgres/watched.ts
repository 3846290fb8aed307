/** What PostgreSQL asks of its surroundings, watched: memory and libraries. */

/** The most memory that PostgreSQL may take, in bytes; beyond it, it reports error 53200. */
export const MEMORY_LIMIT = 512 * 1024 * 1024;

/** Emscripten's functions that PostgreSQL calls and that are watched or called here. */
interface WatchedImports {
  memory: WebAssembly.Memory;
  /** Asks for a memory of so many bytes; answers 0 when it cannot be had. */
  emscripten_resize_heap(bytes: number): number;
  _dlopen_js(handle: number): number;
  _dlsym_js(handle: number, name: number, index: number): number;
  __syscall_pipe2(descriptors: number, flags: number): number;
}

/** The libraries that PostgreSQL has loaded, and what it has of Emscripten beside its memory. */
export class Libraries {
  /** How many, ever. */
  loaded = 0;
  /** Those in its memory now: addresses, by which Emscripten and PostgreSQL know them. */
  handles: number[] = [];
  /** Functions that were looked up in them: each has had a place in the table of functions since. */
  readonly symbols: Array<[handle: number, name: string]> = [];
  #imports: WatchedImports | undefined;

  /**
   * Refuses memory beyond the limit, so that a greedy query fails and not the reader's browser, and
   * notes down every library that is loaded and every function that is looked up.
   */
  watch(imports: WebAssembly.Imports): WebAssembly.Imports {
    const all = imports['env'] as unknown as WatchedImports;
    this.#imports = all;
    const env: Partial<WatchedImports> = {
      // The size is an unsigned number, which JavaScript receives as a signed one.
      emscripten_resize_heap: (bytes) =>
        bytes >>> 0 > MEMORY_LIMIT ? 0 : all.emscripten_resize_heap(bytes),
      _dlopen_js: (handle) => {
        this.loaded += 1;
        this.handles.push(handle);
        return all._dlopen_js(handle);
      },
      _dlsym_js: (handle, name, index) => {
        this.symbols.push([handle, textAt(all.memory, name)]);
        return all._dlsym_js(handle, name, index);
      },
    };
    return { ...imports, env: { ...imports['env'], ...(env as WebAssembly.ModuleImports) } };
  }

  /** Emscripten's dlopen. For a library that was loaded before, it only notes down the handle. */
  open(handle: number): void {
    this.#imports?._dlopen_js(handle);
  }

  /** Emscripten's dlsym. It needs room in memory for the name, at an address that is nobody's. */
  find(handle: number, name: string, room: number): void {
    if (!this.#imports) return;
    const bytes = new TextEncoder().encode(`${name}\0`);
    new Uint8Array(this.#imports.memory.buffer).set(bytes, room + 8);
    this.#imports._dlsym_js(handle, room + 8, room);
    this.symbols.push([handle, name]);
  }

  /** Opens a pipe, with the lowest two descriptors that are free. It needs eight bytes of memory. */
  pipe(room: number): void {
    this.#imports?.__syscall_pipe2(room, 0);
  }
}

function textAt(memory: WebAssembly.Memory, address: number): string {
  const heap = new Uint8Array(memory.buffer);
  return new TextDecoder().decode(heap.subarray(address, heap.indexOf(0, address)));
}

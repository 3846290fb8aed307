/** What PostgreSQL asks of its surroundings, watched: memory and libraries. */

/** The most memory that PostgreSQL may take, in bytes; beyond it, it reports error 53200. */
export const MEMORY_LIMIT = 512 * 1024 * 1024;

/** Emscripten's functions that PostgreSQL calls and that are watched here. */
interface WatchedImports {
  /** Asks for a memory of so many bytes; answers 0 when it cannot be had. */
  emscripten_resize_heap(bytes: number): number;
  _dlopen_js(handle: number): number;
}

/** The libraries that PostgreSQL has loaded. */
export interface Libraries {
  /** How many, ever. */
  loaded: number;
  /** Those in its memory now: addresses, by which Emscripten and PostgreSQL know them. */
  handles: number[];
  /** Emscripten's dlopen. For a library that was loaded before, it only notes down the handle. */
  open(handle: number): number;
}

/**
 * Refuses memory beyond the limit, so that a greedy query fails and not the reader's browser, and
 * notes down every library that is loaded.
 */
export function watched(imports: WebAssembly.Imports, libraries: Libraries): WebAssembly.Imports {
  const { emscripten_resize_heap, _dlopen_js } = imports['env'] as unknown as WatchedImports;
  libraries.open = _dlopen_js;
  const env: WatchedImports = {
    // The size is an unsigned number, which JavaScript receives as a signed one.
    emscripten_resize_heap: (bytes) =>
      bytes >>> 0 > MEMORY_LIMIT ? 0 : emscripten_resize_heap(bytes),
    _dlopen_js: (handle) => {
      libraries.loaded += 1;
      libraries.handles.push(handle);
      return _dlopen_js(handle);
    },
  };
  return { ...imports, env: { ...imports['env'], ...env } };
}

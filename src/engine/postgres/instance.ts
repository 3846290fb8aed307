/** One running PostgreSQL: PGlite started from a snapshot, spoken to in PostgreSQL's own protocol. */
import { type messages, PGlite, protocol } from '@electric-sql/pglite';
import { bootError, PostgresBootError } from './errors.ts';
import { type FileSystem, type Machine, MachineImage } from './image.ts';
import { LIBRARY_FOLDER, START_PARAMS } from './settings.ts';
import { SnapshotFS } from './snapshot-fs.ts';

/** What an instance is made of. */
export interface InstanceParts {
  /** pglite.wasm, compiled. */
  module: WebAssembly.Module;
  /** pglite.data, PostgreSQL's own files. */
  fsBundle: Blob;
  /** auto_explain.so. */
  autoExplain: Blob;
  /** A data directory, as an uncompressed tar. */
  snapshot: Blob;
}

/** A message of PostgreSQL's protocol, parsed. */
export type Message = messages.BackendMessage;

/** The part of PGlite's Emscripten module that is used beside its own API. */
interface PostgresModule {
  FS: unknown;
  wasmMemory: WebAssembly.Memory;
  stackSave(): number;
  stackRestore(stackPointer: number): void;
  /** Addresses of PostgreSQL's function pointers of these names. */
  _ExecutorStart_hook: number;
  _ExecutorEnd_hook: number;
}

/** What PGlite hands to an extension before it instantiates: Emscripten's options. */
interface EmscriptenOptions {
  instantiateWasm(
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ): object;
  preRun: Array<(module: { FS: PreloadingFileSystem }) => void>;
}

interface PreloadingFileSystem {
  createPreloadedFile(
    folder: string,
    name: string,
    bytes: Uint8Array,
    canRead: boolean,
    canWrite: boolean,
    onLoad: () => void,
    onError: () => void,
  ): void;
}

/** PGlite without its lookup of array types, which takes a tenth of the start: values stay text here. */
class TextPGlite extends PGlite {
  override async _initArrayTypes(): Promise<void> {}
}

/** The most memory that PostgreSQL may take, in bytes; beyond it, it reports error 53200. */
export const MEMORY_LIMIT = 512 * 1024 * 1024;

/** A running PostgreSQL. It answers, or it is lost for good, or until an image is restored. */
export class Instance {
  readonly #pg: PGlite;
  readonly #module: PostgresModule;
  readonly #heapEndAddress: number;
  readonly #libraries: { loaded: number };
  /** auto_explain's entries in PostgreSQL's hooks, as they were after the start. */
  readonly #hooks: Map<number, number>;

  private constructor(pg: PGlite, exports: WebAssembly.Exports, libraries: { loaded: number }) {
    this.#pg = pg;
    this.#libraries = libraries;
    this.#module = pg.Module as unknown as PostgresModule;
    this.#heapEndAddress = (exports['emscripten_get_sbrk_ptr'] as () => number)();
    const { _ExecutorStart_hook: start, _ExecutorEnd_hook: end } = this.#module;
    this.#hooks = new Map([start, end].map((address) => [address, this.#read(address)]));
    this.explain(false);
  }

  /**
   * Starts an instance: no file is fetched, and initdb does not run.
   * @throws {PostgresBootError} also when nothing has happened after `limit` milliseconds.
   */
  static async start(parts: InstanceParts, limit: number): Promise<Instance> {
    const [library, snapshot] = await Promise.all([
      bytesOf(parts.autoExplain),
      bytesOf(parts.snapshot),
    ]).catch((cause: unknown) => {
      throw bootError(cause);
    });
    return new Promise((resolve, reject) => {
      // PGlite waits for ever when its WebAssembly cannot be instantiated.
      const timer = setTimeout(() => reject(new PostgresBootError('timeout')), limit);
      const fail = (cause: unknown) => {
        clearTimeout(timer);
        reject(bootError(cause));
      };
      let exports: WebAssembly.Exports = {};
      const libraries = { loaded: 0 };
      const onLibrary = () => {
        libraries.loaded += 1;
      };
      const setup = async (_pg: unknown, options: EmscriptenOptions) => {
        options.instantiateWasm = (imports, done) => {
          WebAssembly.instantiate(parts.module, watched(imports, onLibrary)).then((instance) => {
            exports = instance.exports;
            done(instance, parts.module);
          }, fail);
          return {};
        };
        options.preRun.push(({ FS }) => {
          const failed = () => fail(new Error('auto_explain.so could not be loaded'));
          FS.createPreloadedFile(
            LIBRARY_FOLDER,
            'auto_explain.so',
            library,
            true,
            true,
            () => {},
            failed,
          );
        });
        return { emscriptenOpts: options };
      };
      const pg = new TextPGlite({
        pgliteWasmModule: parts.module,
        // Never run; but PGlite fetches initdb.wasm unless it is given a module.
        initdbWasmModule: parts.module,
        fsBundle: parts.fsBundle,
        fs: new SnapshotFS(snapshot),
        startParams: [...START_PARAMS],
        extensions: { hooks: { name: 'hooks', setup } },
      });
      pg.waitReady.then(() => {
        clearTimeout(timer);
        resolve(new Instance(pg, exports, libraries));
      }, fail);
    });
  }

  /**
   * Sends messages and hands over each message of the answer. Answers whether PostgreSQL has
   * finished it: if not, it is lost, and would answer nothing from now on.
   */
  async send(message: Uint8Array, onMessage: (message: Message) => void): Promise<boolean> {
    const parser = new protocol.Parser();
    let ready = false;
    let fatal = false;
    try {
      await this.#pg.execProtocolRawStream(message, {
        onRawData: (bytes) =>
          parser.parse(bytes, (parsed) => {
            ready ||= parsed.name === 'readyForQuery';
            fatal ||= isFatal(parsed);
            onMessage(parsed);
          }),
      });
    } catch {
      // The exit of a program that should never exit: nothing in it says more than "lost".
      return false;
    }
    return ready && !fatal;
  }

  /** Runs a query of our own, unseen by auto_explain. Undefined when it failed. */
  async query(sql: string): Promise<Array<Array<string | null>> | undefined> {
    const rows: Array<Array<string | null>> = [];
    let failed = false;
    const alive = await this.send(protocol.serialize.query(sql), (message) => {
      if (message.name === 'dataRow') rows.push((message as messages.DataRowMessage).fields);
      if (message.name === 'error') failed = true;
    });
    return alive && !failed ? rows : undefined;
  }

  /** The canary: whether PostgreSQL answers as it should. Ask outside a transaction. */
  async isAlive(): Promise<boolean> {
    const rows = await this.query('SELECT 42');
    return rows?.length === 1 && rows[0]?.[0] === '42';
  }

  /** Switches auto_explain on or off, without a statement that a transaction would see. */
  explain(on: boolean): void {
    for (const [address, hook] of this.#hooks) {
      new DataView(this.#module.wasmMemory.buffer).setUint32(address, on ? hook : 0, true);
    }
  }

  /** Bytes of memory that the instance has taken. It can grow, and never shrinks. */
  get memory(): number {
    return this.#module.wasmMemory.buffer.byteLength;
  }

  /**
   * How many libraries PostgreSQL has loaded. One that was loaded after an image lies in memory
   * that the image does not know, while Emscripten would not load it again.
   */
  get libraries(): number {
    return this.#libraries.loaded;
  }

  /** Takes an image of the instance, which must be idle. */
  takeImage(): MachineImage {
    const { wasmMemory, FS, stackSave, stackRestore } = this.#module;
    const machine: Machine = {
      memory: wasmMemory,
      fileSystem: FS as FileSystem,
      heapEndAddress: this.#heapEndAddress,
      stackSave,
      stackRestore,
    };
    return new MachineImage(machine);
  }

  /** Ends the instance. */
  async close(): Promise<void> {
    await this.#pg.close();
  }

  #read(address: number): number {
    return new DataView(this.#module.wasmMemory.buffer).getUint32(address, true);
  }
}

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer());
}

/** After a FATAL or PANIC message, a server's process would end; here it is in an unknown state. */
function isFatal(message: Message): boolean {
  if (message.name !== 'error') return false;
  const { severity } = message as messages.DatabaseError;
  return severity === 'FATAL' || severity === 'PANIC';
}

/** Emscripten's functions that PostgreSQL calls and that are watched here. */
interface WatchedImports {
  /** Asks for a memory of so many bytes; answers 0 when it cannot be had. */
  emscripten_resize_heap(bytes: number): number;
  _dlopen_js(handle: number): number;
}

/**
 * Refuses memory beyond the limit, so that a greedy query fails and not the reader's browser, and
 * tells of every library that is loaded.
 */
function watched(imports: WebAssembly.Imports, onLibrary: () => void): WebAssembly.Imports {
  const { emscripten_resize_heap, _dlopen_js } = imports['env'] as unknown as WatchedImports;
  const env: WatchedImports = {
    // The size is an unsigned number, which JavaScript receives as a signed one.
    emscripten_resize_heap: (bytes) =>
      bytes >>> 0 > MEMORY_LIMIT ? 0 : emscripten_resize_heap(bytes),
    _dlopen_js: (handle) => {
      onLibrary();
      return _dlopen_js(handle);
    },
  };
  return { ...imports, env: { ...imports['env'], ...env } };
}

/** One running PostgreSQL: PGlite started from a snapshot, spoken to in PostgreSQL's own protocol. */
import { type messages, PGlite, protocol } from '@electric-sql/pglite';
import { BootedState, type LoadedProgram } from './booted.ts';
import { fixChance } from './chance.ts';
import { bootError, PostgresBootError } from './errors.ts';
import { type Extension, placeFiles } from './extensions.ts';
import { DATA_FOLDER, type FileSystem, type Machine, MachineImage, type Range } from './image.ts';
import { query } from './query.ts';
import { LIBRARY_FOLDER, SESSION_LIBRARIES, startParams } from './settings.ts';
import { SnapshotFS } from './snapshot-fs.ts';
import { Timers } from './timers.ts';
import { Libraries } from './watched.ts';

/** PGlite's own JavaScript. That of another version has the same shape, but TypeScript cannot know. */
export type Program = typeof PGlite;

/**
 * Where a file's bytes come from: a Blob, or what gives them as a Blob does. Whoever gets them may
 * write into them.
 */
export type FileSource = Pick<Blob, 'arrayBuffer'>;

/** What an instance is made of. */
export interface InstanceParts {
  /** Given where the wasm is of another version than the package's. */
  program?: Program | undefined;
  /** pglite.wasm, compiled. */
  module: WebAssembly.Module;
  /** pglite.data, PostgreSQL's own files. */
  fsBundle: FileSource;
  /** auto_explain.so. */
  autoExplain: FileSource;
  /** A data directory, as an uncompressed tar. */
  snapshot: FileSource;
  /** Extensions that PostgreSQL must load when it starts. */
  atStart: readonly Extension[];
  /** What was recorded of a start with this snapshot and no extension: put in place of a start. */
  booted?: FileSource | undefined;
  /** Called with the program when all is in place for its start. */
  beforeStart?(program: LoadedProgram): void;
}

/** An image of an instance, to be put back as often as needed. */
export interface InstanceImage {
  /** Bytes of memory that it takes. */
  readonly size: number;
  restore(): void;
}

/** A message of PostgreSQL's protocol, parsed. */
export type Message = messages.BackendMessage;

/** The part of PGlite's Emscripten module that is used beside its own API. */
interface PostgresModule {
  FS: FileSystem & PreloadingFileSystem;
  wasmMemory: WebAssembly.Memory;
  /** Address of the C library's errno. */
  ___errno_location(): number;
  /** Takes messages and answers them. What it throws is caught by PGlite, which goes on as it can. */
  _PostgresMainLoopOnce(): void;
  /** Runs PostgreSQL's start. */
  callMain(parameters: string[]): number;
  /** The last part of it. */
  _pgl_startPGlite(): void;
  /** Addresses of PostgreSQL's function pointers of these names. */
  _ExecutorStart_hook: number;
  _ExecutorEnd_hook: number;
}

/** The part of PostgreSQL's exports that is used here. */
interface PostgresExports {
  /** Address of the word that holds the end of the heap; older versions do not tell it. */
  emscripten_get_sbrk_ptr?(): number;
  emscripten_stack_get_current(): number;
  _emscripten_stack_restore(stackPointer: number): void;
  __indirect_function_table: WebAssembly.Table;
}

/** What PGlite hands to an extension before it instantiates: Emscripten's options. */
interface EmscriptenOptions {
  /** Environment variables of PostgreSQL. */
  PGLITE_ENV: Record<string, string>;
  instantiateWasm(
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ): object;
  preRun: Array<(module: { FS: PreloadingFileSystem }) => void>;
}

interface PreloadingFileSystem {
  readFile(path: string): Uint8Array;
  mkdirTree(path: string): void;
  writeFile(path: string, bytes: Uint8Array, options: { canOwn: boolean }): void;
  createPreloadedFile(
    folder: string,
    name: string,
    bytes: Uint8Array,
    canRead: boolean,
    canWrite: boolean,
    onLoad: () => void,
    onError: () => void,
    withoutFile?: boolean,
  ): void;
}

/** "Function not implemented", by Emscripten's numbers. */
const ENOSYS = 52;

/** PGlite without its lookup of array types, which takes a tenth of the start: values stay text here. */
const textOnly = (program: Program) =>
  class extends program {
    override async _initArrayTypes(): Promise<void> {}

    /** Of the programs that PostgreSQL would start, PGlite knows one, and throws an error at any other. */
    override handleExternalCmd(command: string, mode: string): number {
      try {
        return super.handleExternalCmd(command, mode);
      } catch {
        const { wasmMemory, ___errno_location } = this.Module as unknown as PostgresModule;
        new DataView(wasmMemory.buffer).setInt32(___errno_location(), ENOSYS, true);
        return 0;
      }
    }
  };

/** A running PostgreSQL. It answers, or it is lost for good, or until an image is restored. */
export class Instance {
  readonly #pg: PGlite;
  readonly #module: PostgresModule;
  readonly #machine: Machine;
  readonly #libraries: Libraries;
  /** What PostgreSQL's program has thrown last; PostgreSQL's own errors are thrown too, as its exits. */
  lastThrown: unknown;
  /** Whether a booted state was put in place of a start. */
  readonly wasBooted: boolean;
  /** Where memory is not zero, while nothing has been run since then. */
  #known: readonly Range[] | undefined;
  /** What stands in PostgreSQL's hooks, by address, while auto_explain is on. */
  #hooks: ReadonlyMap<number, number>;

  readonly #timers: Timers;

  private constructor(
    pg: PGlite,
    { machine, libraries }: LoadedProgram,
    timers: Timers,
    known: readonly Range[] | undefined,
  ) {
    this.#pg = pg;
    this.#timers = timers;
    this.#libraries = libraries;
    this.#module = pg.Module as unknown as PostgresModule;
    this.#machine = machine;
    this.#known = known;
    this.wasBooted = known !== undefined;
    this.#hooks = this.#readHooks();
    this.#watchForLoss();
    this.explain(false);
  }

  /**
   * Starts an instance: no file is fetched, and initdb does not run.
   * @throws {PostgresBootError} also when nothing has happened after `limit` milliseconds.
   */
  static async start(parts: InstanceParts, limit: number): Promise<Instance> {
    const [library, snapshot, booted] = await Promise.all([
      bytesOf(parts.autoExplain),
      bytesOf(parts.snapshot),
      parts.booted && bytesOf(parts.booted).then((file) => new BootedState(file)),
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
      let exports: WebAssembly.Exports;
      let program: LoadedProgram;
      let known: readonly Range[] | undefined;
      let freeChance = () => {};
      const libraries = new Libraries();
      const timers = new Timers();
      const setup = async (_pg: unknown, options: EmscriptenOptions) => {
        options.instantiateWasm = (imports, done) => {
          const own = timers.around(libraries.watch(imports));
          WebAssembly.instantiate(parts.module, own).then((instance) => {
            exports = instance.exports;
            timers.takes(exports);
            done(instance, parts.module);
          }, fail);
          return {};
        };
        options.preRun.push(({ FS }) => {
          for (const extension of parts.atStart) {
            placeFiles(FS, extension);
            Object.assign(options.PGLITE_ENV, extension.environment);
          }
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
      const pg = new (textOnly(parts.program ?? PGlite))({
        pgliteWasmModule: parts.module,
        // Never run; but PGlite fetches initdb.wasm unless it is given a module.
        initdbWasmModule: parts.module,
        // It asks for nothing else of the Blob.
        fsBundle: parts.fsBundle as Blob,
        fs: new SnapshotFS(snapshot, async () => {
          const module = pg.Module as unknown as PostgresModule;
          const preloaded = parts.program ? [] : await preloadLibraries(module.FS);
          const machine = machineOf(module, exports as unknown as PostgresExports);
          program = { machine, libraries, preloaded };
          parts.beforeStart?.(program);
          freeChance = fixChance(module.FS);
          if (!booted?.fits(program)) return;
          known = booted.install(program, snapshot);
          module.callMain = () => STARTED;
          module._pgl_startPGlite = () => {};
        }),
        startParams: startParams(parts.atStart.flatMap(({ libraries: names }) => names)),
        extensions: { hooks: { name: 'hooks', setup } },
      });
      pg.waitReady.then(() => {
        clearTimeout(timer);
        freeChance();
        resolve(new Instance(pg, program, timers, known));
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
    const runs = await this.exchange(message, (bytes) =>
      parser.parse(bytes, (parsed) => {
        ready ||= parsed.name === 'readyForQuery';
        fatal ||= isFatal(parsed);
        this.#timers.explain(parsed);
        onMessage(parsed);
      }),
    );
    return runs && ready && !fatal;
  }

  /** Sends messages and hands over the bytes of the answer, for a client's own eyes. False when PostgreSQL has ended. */
  async exchange(message: Uint8Array, onBytes: (bytes: Uint8Array) => void): Promise<boolean> {
    this.#known = undefined;
    try {
      await this.#pg.execProtocolRawStream(message, { onRawData: onBytes });
      return true;
    } catch {
      // The exit of a program that should never exit: nothing in it says more than "lost".
      return false;
    }
  }

  /** Runs a query of our own, unseen by auto_explain. Undefined when it failed. */
  async query(sql: string): Promise<Array<Array<string | null>> | undefined> {
    const { rows, error, alive } = await query(this, sql);
    return alive && !error ? rows : undefined;
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

  /** Takes an image of the instance, which must not be in the middle of a statement. */
  takeImage(): InstanceImage {
    const image = new MachineImage(this.#machine, this.#known);
    const hooks = this.#hooks;
    const handles = [...this.#libraries.handles];
    return {
      size: image.size,
      restore: () => {
        image.restore();
        this.#hooks = hooks;
        // In another image, a library's handle may have been another library's.
        for (const handle of handles) this.#libraries.open(handle);
        this.#libraries.handles = [...handles];
      },
    };
  }

  /**
   * Lets something be done with the instance and then undoes all of it: whatever it was that changed,
   * in whatever state the session was. It must not load libraries.
   */
  async aside<T>(work: () => Promise<T>): Promise<T> {
    const image = this.takeImage();
    try {
      return await work();
    } finally {
      image.restore();
    }
  }

  /** The bytes of a file of the data directory, a copy. */
  readFile(path: string): Uint8Array {
    return this.#module.FS.readFile(`${DATA_FOLDER}/${path}`);
  }

  /** Writes a file of the data directory. */
  writeFile(path: string, bytes: Uint8Array): void {
    this.#module.FS.writeFile(`${DATA_FOLDER}/${path}`, bytes, { canOwn: true });
  }

  /**
   * Puts an extension's files and libraries in place, as if an administrator had installed it.
   * @throws {PostgresBootError} when a library cannot be loaded.
   */
  async add(extension: Extension): Promise<void> {
    placeFiles(this.#module.FS, extension);
    // On, so that a library finds auto_explain in the hooks that it puts itself in front of.
    this.explain(true);
    for (const library of extension.libraries) {
      if (!(await this.query(`LOAD '${library}'`))) {
        throw new PostgresBootError('failed', `the extension ${extension.name} cannot be loaded`);
      }
    }
    this.#hooks = this.#readHooks();
    this.explain(false);
  }

  /** Ends the instance. */
  async close(): Promise<void> {
    await this.#pg.close();
  }

  #watchForLoss(): void {
    const { _PostgresMainLoopOnce } = this.#module;
    this.#module._PostgresMainLoopOnce = () => {
      try {
        _PostgresMainLoopOnce();
      } catch (error) {
        this.lastThrown = error;
        throw error;
      }
    };
  }

  #readHooks(): Map<number, number> {
    const { _ExecutorStart_hook: start, _ExecutorEnd_hook: end, wasmMemory } = this.#module;
    const memory = new DataView(wasmMemory.buffer);
    return new Map([start, end].map((address) => [address, memory.getUint32(address, true)]));
  }
}

/** What PGlite expects of a start that has ended well. */
const STARTED = 99;

/**
 * Puts PGlite's own among the libraries of every session into memory, auto_explain being there, so that
 * they always lie at the same addresses. Answers the paths of all.
 */
async function preloadLibraries(files: PreloadingFileSystem): Promise<string[]> {
  const paths = SESSION_LIBRARIES.map((name) => `${LIBRARY_FOLDER}/${name}.so`);
  for (const path of paths.slice(1)) {
    const name = path.slice(LIBRARY_FOLDER.length + 1);
    const bytes = files.readFile(path);
    await new Promise<void>((resolve, reject) => {
      const failed = () => reject(new Error(`${name} could not be loaded`));
      files.createPreloadedFile(LIBRARY_FOLDER, name, bytes, true, true, resolve, failed, true);
    });
  }
  return paths;
}

function machineOf(module: PostgresModule, exports: PostgresExports): Machine {
  return {
    memory: module.wasmMemory,
    table: exports.__indirect_function_table,
    fileSystem: module.FS,
    heapEndAddress: exports.emscripten_get_sbrk_ptr?.(),
    stackSave: exports.emscripten_stack_get_current,
    stackRestore: exports._emscripten_stack_restore,
  };
}

async function bytesOf(blob: FileSource): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer());
}

/** After a FATAL or PANIC message, a server's process would end; here it is in an unknown state. */
function isFatal(message: Message): boolean {
  if (message.name !== 'error') return false;
  const { severity } = message as messages.DatabaseError;
  return severity === 'FATAL' || severity === 'PANIC';
}

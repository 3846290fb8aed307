/** Loads PostgreSQL's program and has it start, or puts the state of a start that was recorded in its place. */
import { PGlite } from '@electric-sql/pglite';
import { BootedState, type LoadedProgram } from './booted.ts';
import { fixChance } from './chance.ts';
import { bootError, PostgresBootError } from './errors.ts';
import { type Extension, placeFiles } from './extensions.ts';
import type { FileSystem, Machine, Range } from './image.ts';
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

/** Stands between PostgreSQL's program and Emscripten. */
export interface Surroundings {
  /** The program's imports, or others in their place. */
  around(imports: WebAssembly.Imports): WebAssembly.Imports;
  /** Takes the program that was instantiated with them. */
  takes(exports: WebAssembly.Exports): void;
}

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
  /** In place of the timers of a single session. */
  surroundings?: Surroundings | undefined;
  /** Called with the program when all is in place for its start. */
  beforeStart?(program: LoadedProgram): void;
}

/** The part of PGlite's Emscripten module that is used beside its own API. */
export interface PostgresModule {
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

/** A program that runs. */
export interface StartedProgram extends LoadedProgram {
  pg: PGlite;
  module: PostgresModule;
  timers: Timers;
  /** Where memory is not zero, where a booted state was put in place of a start. */
  known: readonly Range[] | undefined;
}

/**
 * Starts PostgreSQL: no file is fetched, and initdb does not run.
 * @throws {PostgresBootError} also when nothing has happened after `limit` milliseconds.
 */
export async function startProgram(parts: InstanceParts, limit: number): Promise<StartedProgram> {
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
    const surroundings = parts.surroundings ?? timers;
    const setup = async (_pg: unknown, options: EmscriptenOptions) => {
      options.instantiateWasm = (imports, done) => {
        const own = surroundings.around(libraries.watch(imports));
        WebAssembly.instantiate(parts.module, own).then((instance) => {
          exports = instance.exports;
          surroundings.takes(exports);
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
      const module = pg.Module as unknown as PostgresModule;
      resolve({ ...program, pg, module, timers, known });
    }, fail);
  });
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

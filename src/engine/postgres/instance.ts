/** One running PostgreSQL: PGlite started from a snapshot, spoken to in PostgreSQL's own protocol. */
import { type messages, type PGlite, protocol } from '@electric-sql/pglite';
import { PostgresBootError } from './errors.ts';
import { type Extension, placeFiles } from './extensions.ts';
import { DATA_FOLDER, type Machine, MachineImage, type Range } from './image.ts';
import {
  type InstanceParts,
  type PostgresModule,
  type StartedProgram,
  startProgram,
} from './program.ts';
import { query } from './query.ts';
import type { Timers } from './timers.ts';
import type { Libraries } from './watched.ts';

/** An image of an instance, to be put back as often as needed. */
export interface InstanceImage {
  /** Bytes of memory that it takes. */
  readonly size: number;
  restore(): void;
}

/** A message of PostgreSQL's protocol, parsed. */
export type Message = messages.BackendMessage;

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

  private constructor({ pg, module, machine, libraries, timers, known }: StartedProgram) {
    this.#pg = pg;
    this.#timers = timers;
    this.#libraries = libraries;
    this.#module = module;
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
    return new Instance(await startProgram(parts, limit));
  }

  /**
   * Sends messages and hands over each message of the answer. Answers whether PostgreSQL has
   * finished it: if not, it is lost, and would answer nothing from now on. `onBytes` also gets what
   * the messages are made of.
   */
  async send(
    message: Uint8Array,
    onMessage: (message: Message) => void,
    onBytes?: (bytes: Uint8Array) => void,
  ): Promise<boolean> {
    const parser = new protocol.Parser();
    let ready = false;
    let fatal = false;
    const runs = await this.exchange(message, (bytes) => {
      onBytes?.(bytes);
      parser.parse(bytes, (parsed) => {
        ready ||= parsed.name === 'readyForQuery';
        fatal ||= isFatal(parsed);
        this.#timers.explain(parsed);
        onMessage(parsed);
      });
    });
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

  /** The data directory as it stands, as an uncompressed tar: what a start takes as its snapshot. */
  async dataDirectory(): Promise<Blob> {
    return this.#pg.dumpDataDir('none');
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

/** After a FATAL or PANIC message, a server's process would end; here it is in an unknown state. */
function isFatal(message: Message): boolean {
  if (message.name !== 'error') return false;
  const { severity } = message as messages.DatabaseError;
  return severity === 'FATAL' || severity === 'PANIC';
}

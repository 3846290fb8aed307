/** A PostgreSQL for one reader: runs statements one by one, and always comes back to the snapshot. */
import type { InspectablePostgres, Kept, PostgresReset, SqlStatement } from '../lab/engines.ts';
import type { DatabaseDescription, PageRange, TableName, TablePages } from '../lab/inspect.ts';
import type { Moment, RowRange, TableRows } from '../lab/inspect-rows.ts';
import type { Explanation, PostgresError, StatementResult } from '../lab/result.ts';
import { type Answered, ClientSession, lost } from './client-session.ts';
import { bootError, lossMessage, PostgresBootError, withProgramHint } from './errors.ts';
import { failure } from './explain.ts';
import { buildFor, loadedAtStart, type OtherBuild } from './extension-names.ts';
import { type Extension, KnownExtensions, withExtensionHint } from './extensions.ts';
import { Images } from './images.ts';
import { KeptStates, MEMORY_TO_KEEP } from './inspect-states.ts';
import { Instance } from './instance.ts';
import type { FileSource, InstanceParts, Program } from './program.ts';
import { Psql } from './psql/psql.ts';
import { failed } from './statement.ts';

/** What PostgreSQL boots from. Nothing else is ever fetched; promises let downloads run meanwhile. */
export interface PostgresAssets {
  /** PGlite's own JavaScript, where these are of another version than the package's. */
  program?: Program | Promise<Program>;
  /** pglite.wasm, compiled. */
  module: WebAssembly.Module | Promise<WebAssembly.Module>;
  /** pglite.data. */
  fsBundle: FileSource | Promise<FileSource>;
  /** auto_explain.so. */
  autoExplain: FileSource | Promise<FileSource>;
  /** A dataset's snapshot, an uncompressed tar. Asked for whenever an instance is built. */
  snapshot(dataset: string): Promise<FileSource>;
  /** The state after a start from that snapshot, put in place of a start. Asked for like the snapshot. */
  booted?(dataset: string): Promise<FileSource>;
  /** An extension's files, an uncompressed tar. Asked for once, and only when a lab names it. */
  extension(name: string): Promise<Blob>;
  /** What another build boots from; absent where these are of the only one that is asked for. */
  ofBuild?(build: OtherBuild): Omit<PostgresAssets, 'extension'>;
}

/** Why a new instance took the place of the old one. */
export type RebuildReason =
  /** Another dataset was asked for. */
  | 'dataset'
  /** The old one had taken more memory than it should keep. */
  | 'memory'
  /** The old one had loaded a library that its image does not have. */
  | 'library'
  /** Other extensions were asked for, and no image of the old one leads to them. */
  | 'extensions'
  /** It did not answer after its image had been restored. */
  | 'image-failed'
  /** Images are switched off. */
  | 'no-image'
  /** An earlier attempt to build one had failed. */
  | 'missing';

/** What happened to the instance, beside what it answered. */
export type PostgresEvent =
  /** A statement broke PostgreSQL, which was then restored. */
  | { event: 'broken'; statement: SqlStatement }
  | { event: 'rebuilt'; reason: RebuildReason; milliseconds: number };

/** How to boot and what to be told. */
export interface PostgresOptions {
  /** The dataset to boot with. */
  dataset: string;
  /** Extensions to boot with; without them none. */
  extensions?: readonly string[];
  /** The longest that a start may take once its files are there, in milliseconds. */
  bootLimit?: number;
  /** `image` takes milliseconds; `rebuild` starts anew every time, and is what `image` falls back to. */
  resetBy?: 'image' | 'rebuild';
  /** The next part of the boot begins; downloads are the caller's. */
  onProgress?(step: 'compile' | 'restore' | 'ready'): void;
  onEvent?(event: PostgresEvent): void;
}

const BOOT_LIMIT = 60_000;
/**
 * Makes PostgreSQL read what it must know about each table and index of the dataset. A session does
 * that once; done here, it is in the image, and does not count as a cost of the first statement.
 */
export const MEET_TABLES =
  "SELECT count(pg_relation_size(oid)) FROM pg_class WHERE relnamespace = 'public'::regnamespace";

/**
 * Boots PostgreSQL from a dataset's snapshot; initdb is never run.
 * @throws {PostgresBootError} whose `kind` says what kept it from starting.
 */
export async function bootPostgres(
  assets: PostgresAssets,
  options: PostgresOptions,
): Promise<PostgresEngine> {
  const engine = new PostgresEngine(assets, options);
  await engine.boot();
  return engine;
}

/**
 * One PostgreSQL with one session. Calls wait for each other.
 *
 * PostgreSQL can break in PGlite: a stack that overflows in the browser, `COPY ... TO PROGRAM`.
 * It then answers nothing at all, for ever. Every complete answer ends with ReadyForQuery, so its
 * absence is noticed with the very statement that broke it, at no cost; a query that asks whether
 * PostgreSQL is alive is needed only after a restore. What cannot be noticed from in here is a
 * statement that never ends: whoever owns the Worker must terminate it, and boot again.
 */
export class PostgresEngine implements InspectablePostgres {
  readonly #assets: PostgresAssets;
  readonly #options: PostgresOptions;
  #dataset: string;
  /** What stands in for the dataset. */
  #kept: Kept | undefined;
  #instance: Instance | undefined;
  #images: Images | undefined;
  /** States of the run that goes on; they belong to the instance. */
  #states: KeptStates | undefined;
  /** Those of the lab that runs. */
  #extensions: readonly Extension[] = [];
  readonly #known: KnownExtensions;
  #psql = new Psql();
  /** That of a program which speaks to PostgreSQL itself. */
  #client = new ClientSession();
  /** Whether no statement was run since the snapshot. */
  #pristine = true;
  #queue: Promise<unknown> = Promise.resolve();

  /** For `bootPostgres`. */
  constructor(assets: PostgresAssets, options: PostgresOptions) {
    this.#assets = assets;
    this.#options = options;
    this.#dataset = options.dataset;
    this.#known = new KnownExtensions(assets);
  }

  /** For `bootPostgres`: starts the first instance. */
  async boot(): Promise<void> {
    this.#extensions = await this.#known.read(this.#options.extensions ?? []);
    await this.#start();
    this.#options.onProgress?.('ready');
  }

  /**
   * Back to the dataset's snapshot: rows, schema, roles, settings, sequences, open and prepared
   * transactions, cursors, large objects.
   * CREATE EXTENSION finds the extensions that are named, those that they need, and no others.
   * @throws {PostgresBootError} when an instance had to be built and could not, or a file is missing.
   * @throws {RangeError} for an extension that cannot be loaded, with the reason.
   */
  reset(dataset: string, options: PostgresReset = {}): Promise<void> {
    return this.#inTurn(async () => {
      this.#psql = new Psql();
      this.#client = new ClientSession();
      this.#states = undefined;
      const extensions = await this.#known.read(options.extensions ?? []);
      const { kept } = options;
      const isOtherDataset = dataset !== this.#dataset || kept?.revision !== this.#kept?.revision;
      this.#kept = kept;
      this.#pristine &&= extensions.length === this.#extensions.length;
      this.#pristine &&= extensions.every((extension) => this.#extensions.includes(extension));
      this.#extensions = extensions;
      this.#dataset = dataset;
      if (!this.#instance) await this.#rebuild('missing');
      else if (isOtherDataset) await this.#rebuild('dataset');
      else await this.#restore();
    });
  }

  /**
   * Runs one statement and answers what psql would show, and what it cost.
   * Errors are in the result; a statement that broke PostgreSQL has one without a code.
   * @throws {PostgresBootError} when PostgreSQL was lost and could not be started again.
   */
  run(statement: SqlStatement): Promise<StatementResult> {
    return this.#inTurn(async () => {
      if (!this.#instance) await this.#rebuild('missing');
      this.#pristine = false;
      const result = await this.#psql.run(this.#instance as Instance, statement);
      if (result) return withExtensionHint(withProgramHint(result));
      return failed(statement, await this.#broken(statement));
    });
  }

  /**
   * Passes on what a program's own client sends, a request at a time. What it executes is told as
   * `run` tells it; a request that broke PostgreSQL is answered with an error.
   * @throws {PostgresBootError} when PostgreSQL was lost and could not be started again.
   */
  exchange(request: Uint8Array): Promise<Answered> {
    return this.#inTurn(async () => {
      if (!this.#instance) await this.#rebuild('missing');
      this.#pristine = false;
      const answered = await this.#client.exchange(this.#instance as Instance, request);
      if (answered) return answered;
      this.#client = new ClientSession();
      const { message } = await this.#broken({ text: '', line: 1, column: 1 });
      return lost(request, message);
    });
  }

  /** A program's client has gone; the next one begins with a session of its own. */
  endClient(): Promise<void> {
    return this.#inTurn(async () => {
      const client = this.#client;
      this.#client = new ClientSession();
      if (!this.#instance || (await client.end(this.#instance))) return;
      await this.#broken({ text: '', line: 1, column: 1 });
    });
  }

  /**
   * Explains a statement: runs it and rolls back what it changed.
   * @throws {PostgresBootError} when PostgreSQL was lost and could not be started again.
   */
  explain(statement: SqlStatement): Promise<Explanation> {
    return this.#inTurn(async () => {
      if (!this.#instance) await this.#rebuild('missing');
      this.#pristine = false;
      const explanation = await this.#psql.explain(this.#instance as Instance, statement);
      return explanation ?? failure(await this.#broken(statement));
    });
  }

  /** Keeps the present state, to be looked into until the next reset. */
  keepState(state: number): Promise<void> {
    return this.#look(async (states) => states.keep(state));
  }

  /**
   * Describes the whole database as the session sees it; the session does not notice.
   * @throws {InspectError} when it cannot be done, with the reason.
   */
  describe(moment: Moment = {}): Promise<DatabaseDescription> {
    return this.#look((states) => states.describe(moment));
  }

  /**
   * Reads a page of a table's rows; the session does not notice.
   * @throws {InspectError} when there is no such table, or no such state.
   */
  readRows(table: TableName, range: RowRange = {}, moment: Moment = {}): Promise<TableRows> {
    return this.#look((states) => states.rows(table, range, moment));
  }

  /**
   * Reads pages of a table with all versions of its rows; the session does not notice.
   * @throws {InspectError} for what has no pages, or has them only in memory.
   */
  inspectPages(table: TableName, range: PageRange = {}, moment: Moment = {}): Promise<TablePages> {
    return this.#look((states) => states.pages(table, range, moment));
  }

  /**
   * The data directory as a compressed tar, to be kept. The session ends with it: PostgreSQL goes on
   * as for a client that has just come.
   * @throws {Error} when it cannot be taken.
   */
  dump(): Promise<Blob> {
    return this.#inTurn(async () => {
      if (!this.#instance) await this.#rebuild('missing');
      const instance = this.#instance as Instance;
      this.#pristine = false;
      this.#psql = new Psql();
      await endSession(instance);
      for (const statement of INTO_FILES) {
        if (!(await instance.query(statement))) throw new Error(`${statement} failed`);
      }
      return new Response((await instance.dataDirectory()).stream().pipeThrough(packing())).blob();
    });
  }

  /**
   * The database as a script for psql, as pg_dump writes it. An open transaction is ended; what it has
   * not committed is not in it.
   * @throws {Error} that says what pg_dump said.
   */
  sqlDump(): Promise<string> {
    return this.#inTurn(async () => {
      if (!this.#instance) await this.#rebuild('missing');
      const instance = this.#instance as Instance;
      this.#pristine = false;
      const { sqlDump } = await import('./sql-dump.ts');
      await endSession(instance);
      try {
        return await sqlDump(instance);
      } finally {
        // pg_dump leaves its own transaction open, as a client that has gone.
        await endSession(instance);
      }
    });
  }

  /** Bytes of memory that PostgreSQL has taken; 0 while there is none. */
  get memory(): number {
    return this.#instance?.memory ?? 0;
  }

  /** Ends PostgreSQL. */
  close(): Promise<void> {
    return this.#inTurn(async () => {
      const instance = this.#instance;
      this.#instance = undefined;
      this.#images = undefined;
      await instance?.close();
    });
  }

  /** Looks into the instance: what is asked of it there leaves no trace, and needs no permission. */
  #look<T>(look: (states: KeptStates) => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      if (!this.#instance) await this.#rebuild('missing');
      this.#states ??= new KeptStates(this.#instance as Instance);
      return look(this.#states);
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(work);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /** Brings PostgreSQL back after a statement that broke it. Answers what to tell the reader. */
  async #broken(statement: SqlStatement): Promise<PostgresError> {
    const message = lossMessage(this.#instance?.lastThrown);
    await this.#restore();
    this.#options.onEvent?.({ event: 'broken', statement });
    return {
      severity: 'FATAL',
      message,
      line: statement.line,
      column: statement.column,
    };
  }

  async #restore(): Promise<void> {
    if (this.#pristine) return;
    const instance = this.#instance as Instance;
    if (!this.#images) return this.#rebuild('no-image');
    if (instance.memory > MEMORY_TO_KEEP) return this.#rebuild('memory');
    if (!this.#images.areComplete) return this.#rebuild('library');
    if (!(await this.#images.restore(this.#extensions))) return this.#rebuild('extensions');
    if (!(await instance.isAlive())) return this.#rebuild('image-failed');
    this.#pristine = true;
  }

  async #rebuild(reason: RebuildReason): Promise<void> {
    const start = performance.now();
    // The old one is let go first, so that there is never memory for two.
    this.#instance = undefined;
    this.#images = undefined;
    this.#states = undefined;
    await this.#start();
    this.#options.onEvent?.({
      event: 'rebuilt',
      reason,
      milliseconds: performance.now() - start,
    });
  }

  async #start(): Promise<void> {
    const { onProgress, bootLimit = BOOT_LIMIT, resetBy = 'image' } = this.#options;
    onProgress?.('compile');
    const asked = this.#extensions.map(({ name }) => name);
    const build = buildFor(asked);
    const assets = (build !== 'usual' && this.#assets.ofBuild?.(build)) || this.#assets;
    const parts = await arrived(assets, this.#dataset, this.#kept);
    onProgress?.('restore');
    const names = loadedAtStart(asked);
    const atStart = this.#extensions.filter(({ name }) => names.includes(name));
    // What is loaded at a start is not in a booted state.
    const booted = atStart.length === 0 ? parts.booted : undefined;
    const instance = await Instance.start({ ...parts, booted, atStart }, bootLimit);
    if (!instance.wasBooted) await instance.query(MEET_TABLES);
    for (const { meet } of atStart) if (meet) await instance.query(meet);
    const images = resetBy === 'image' ? new Images(instance, atStart) : undefined;
    if (images) await images.restore(this.#extensions);
    else {
      for (const extension of this.#extensions) {
        if (!atStart.includes(extension)) await instance.add(extension);
      }
    }
    // Asked here as after every restore, so that the first run meets what all others meet.
    if (!(await instance.isAlive())) {
      throw new PostgresBootError('failed', 'it does not answer');
    }
    this.#instance = instance;
    this.#images = images;
    this.#pristine = true;
  }
}

/** Ends what belongs to a session. Each is sent alone: DISCARD ALL cannot be in a transaction. */
async function endSession(instance: Instance): Promise<void> {
  for (const statement of ['ROLLBACK', 'DISCARD ALL', 'SET SESSION AUTHORIZATION postgres']) {
    await instance.query(statement);
  }
}

/** Brings everything into the files of the data directory; old WAL goes with the second checkpoint. */
const INTO_FILES = ['CHECKPOINT', 'SELECT pg_switch_wal()', 'CHECKPOINT'];

const packing = () => new CompressionStream('gzip');

function unpacked(data: Blob): Promise<Blob> {
  return new Response(data.stream().pipeThrough(new DecompressionStream('gzip'))).blob();
}

/** Waits for everything that an instance is made of. */
async function arrived(
  assets: Omit<PostgresAssets, 'extension'>,
  dataset: string,
  kept: Kept | undefined,
): Promise<Omit<InstanceParts, 'atStart'>> {
  const { module, fsBundle, autoExplain } = assets;
  try {
    const parts = await Promise.all([
      module,
      fsBundle,
      autoExplain,
      kept ? unpacked(kept.data) : assets.snapshot(dataset),
      // Without it PostgreSQL starts, which takes longer and comes to the same.
      kept ? undefined : assets.booted?.(dataset).catch(() => undefined),
    ]);
    return {
      program: await assets.program,
      module: parts[0],
      fsBundle: parts[1],
      autoExplain: parts[2],
      snapshot: parts[3],
      booted: parts[4],
    };
  } catch (cause) {
    throw bootError(cause);
  }
}

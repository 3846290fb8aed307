/** The engines as a lab meets them. The page reaches them through Workers, Node holds them directly. */
import type { WorldSettings } from '../dynamodb/world/settings.ts';
import type { Bundle } from '../script/modules.ts';
import type { DatabaseDescription, PageRange, TableName, TablePages } from './inspect.ts';
import type { Moment, RowRange, TableRows } from './inspect-rows.ts';
import type {
  ConsoleLine,
  Explanation,
  Json,
  Metering,
  ScriptError,
  StatementResult,
  WorldEvent,
} from './result.ts';
import type { SdkShapes } from './sdk-shapes.ts';

/** An answer of the emulator: HTTP status and body as AWS would send them, and what the request cost. */
export interface DynamoDBAnswer {
  status: number;
  body: { [key: string]: Json };
  metering: Metering;
  /** What the world did to the request; absent when it did nothing. */
  world?: WorldEvent[];
}

/** What a database held after a run, to go on from in place of its dataset. */
export interface Kept {
  /** Unlike that of any other data. */
  revision: string;
  /** As the same side's `dump` gave it. */
  data: Blob;
}

/** A DynamoDB that holds one dataset at a time. */
export interface DynamoDBSession {
  /**
   * Back to the dataset as generated, or to what was kept, in this world or in none; cheap, whatever
   * the data's size.
   */
  reset(dataset: string, world?: WorldSettings, kept?: Kept): Promise<void>;
  /**
   * One request: the API's operation name and its parameters in DynamoDB JSON. Never throws for bad input.
   * `accessKeyId` says whose it is, where the world names users; any other is the account's administrator.
   */
  handle(
    operation: string,
    request: Json,
    region?: string,
    accessKeyId?: string,
  ): Promise<DynamoDBAnswer>;
  /** Sets the clock forward by that many milliseconds. Answers what then happened. */
  advance(milliseconds: number): Promise<WorldEvent[]>;
  /** A request out of the world's reach: it sees the newest, nothing refuses it, and it leaves no trace. */
  inspect(operation: string, request: Json, region?: string): Promise<DynamoDBAnswer>;
}

/** One statement of a script and where it stands in it. */
export interface SqlStatement {
  text: string;
  /** 1-based line of the file on which the statement begins. */
  line: number;
  /** 1-based column of that line. */
  column: number;
}

/** What PostgreSQL must have beside the dataset. */
export interface PostgresReset {
  /** Names of `EXTENSIONS`; without them none. */
  extensions?: readonly string[];
  /** What stands in for the dataset's snapshot. */
  kept?: Kept | undefined;
}

/** A PostgreSQL that holds one dataset at a time, with one session. */
export interface PostgresSession {
  /**
   * Back to the dataset's snapshot: rows, schema, roles, settings, open transactions. Of extensions,
   * those that are named can be created, and those that they need.
   */
  reset(dataset: string, options?: PostgresReset): Promise<void>;
  /** One statement; an error is in the result, never thrown. Rejects only when the engine itself is lost. */
  run(statement: SqlStatement): Promise<StatementResult>;
  /**
   * Explains a statement as it would run now: it is run, and what it changed is rolled back. What
   * cannot be explained is refused in the answer. Rejects only when the engine itself is lost.
   */
  explain(statement: SqlStatement): Promise<Explanation>;
}

/** A PostgreSQL whose session a program takes over, by PostgreSQL's own protocol. */
export interface PostgresForClients extends PostgresSession {
  /**
   * Passes a client's request on, one that ends with Query or Sync. `result` says what was executed;
   * it is absent where nothing was. Rejects only when the engine itself is lost.
   */
  exchange(request: Uint8Array): Promise<{ answer: Uint8Array; result?: StatementResult }>;
  /** The client has gone: what belongs to its session ends. */
  endClient(): Promise<void>;
}

/** What a data browser can look into: an engine of ours, not any server. Looking leaves no trace in it. */
export interface Inspectable {
  /**
   * What is in the database, to be kept. Whatever belongs to a session alone ends with it: an open
   * transaction, temporary tables, settings.
   */
  dump(): Promise<Blob>;
  /** Keeps the present state under a number, until the next reset. */
  keepState(state: number): Promise<void>;
  /** Everything that is in the database. Rejects for a state that was not kept. */
  describe(moment?: Moment): Promise<DatabaseDescription>;
  /** A page of a table's rows. Rejects for a state that was not kept, and a table that is in none. */
  readRows(table: TableName, range?: RowRange, moment?: Moment): Promise<TableRows>;
}

/** A DynamoDB that a data browser can look into. */
export interface InspectableDynamoDB extends DynamoDBSession, Inspectable {}

/** A PostgreSQL that a data browser can look into. */
export interface InspectablePostgres extends PostgresForClients, Inspectable {
  /** Pages of a table with all versions of its rows. */
  inspectPages(
    table: TableName,
    range?: PageRange,
    moment?: Pick<Moment, 'state'>,
  ): Promise<TablePages>;
}

/** A learner's program, ready to run. */
export interface CompiledScript {
  /** An ES module for a ScriptHost: line n of the TypeScript file is its line n + 1, columns stay. */
  code: string;
  /** What its traces call the file. */
  file: string;
  /** What must be loaded beside the runtime for the packages that it imports, in this order. */
  bundles: readonly Bundle[];
  /** The names after `// step:`, in order. Code before the first marker belongs to step 0. */
  steps: Array<{ name: string; line: number }>;
}

/** What a running program tells its host. `step` is the index into `CompiledScript.steps`. */
export interface ScriptEvents {
  /** A request of the program, the Region that its client is for and its access key; the answer goes back into it. */
  call(
    step: number,
    operation: string,
    request: Json,
    region?: string,
    accessKeyId?: string,
  ): Promise<{ status: number; body: Json }>;
  /**
   * A request to PostgreSQL in its own protocol, and the line of the program that made it, where that
   * is known; null ends the session. Absent where there is no PostgreSQL.
   */
  exchange?(step: number, request: Uint8Array | null, line?: number): Promise<Uint8Array>;
  console(step: number, line: ConsoleLine): void;
  /** A step has begun; all earlier ones have ended. */
  step(step: number): void;
  /**
   * A step has thrown. Answers whether the next step shall run all the same
   * (as it does when lab.yaml declares that failure).
   */
  failed(step: number, error: ScriptError): boolean;
}

/** How a program ended: by itself, by Stop, or by the watchdog (no heartbeat, or out of time). */
export type ScriptEnd = { end: 'done' } | { end: 'stopped' } | { end: 'killed'; reason: string };

/** Where learner programs run: a Worker in a sandboxed frame in the page, a worker thread in Node. */
export interface ScriptHost {
  run(script: CompiledScript, events: ScriptEvents, signal: AbortSignal): Promise<ScriptEnd>;
}

/** All that a lab needs to run. */
export interface Engines {
  dynamodb: DynamoDBSession;
  postgres: PostgresForClients;
  script: ScriptHost;
  /** The SDK's commands and their parameters, from which the options of the AWS CLI follow. */
  shapes(): Promise<SdkShapes>;
}

/**
 * The engine was ended while it worked: by Stop, by the watchdog, or because its Worker died.
 * The next run starts a new one; `message` says what happened, in words for the reader.
 */
export class EngineLostError extends Error {
  override readonly name = 'EngineLostError';
}

/** What a run answers: the one shape that the page shows, expected.json records and the checks grade. */

import type { Dialect } from './dialects.ts';

/** The two engines that a lab compares. */
export type Side = 'dynamodb' | 'postgres';

/** Any value that JSON can carry. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/**
 * How a step ended.
 * - `ok`: it did what it says, without an error.
 * - `expected-failure`: it failed with exactly the errors that lab.yaml declares.
 * - `failed`: it failed and should not have, or failed otherwise than declared.
 * - `unexpected-success`: lab.yaml declares a failure that did not happen.
 * - `stopped`: the reader or the watchdog ended it.
 * - `skipped`: an earlier step ended the run.
 * - `not-run`: it was not asked for.
 */
export type StepStatus =
  | 'ok'
  | 'expected-failure'
  | 'failed'
  | 'unexpected-success'
  | 'stopped'
  | 'skipped'
  | 'not-run';

// ---------------------------------------------------------------- DynamoDB

/** Capacity of one table or index, in read and write units. */
export interface Units {
  read: number;
  write: number;
}

/** What one request consumed from one table, with the share of each index. */
export interface TableUnits extends Units {
  /** The whole: the base table and all of its indexes. */
  table: string;
  /** The base table alone. */
  base: Units;
  /** Only the indexes that the request read or wrote. */
  indexes: Array<Units & { index: string }>;
  /** Bytes of the vector indexes that the request searched or wrote; those are not counted in units. */
  vectorIndexes?: Array<{ index: string; searched: number; written: number }>;
}

/**
 * What a request cost, whether or not it asked for ConsumedCapacity, and also when it failed:
 * a failed condition is billed, a validation error is not.
 */
export interface Metering {
  tables: TableUnits[];
  /** Items that the engine read and billed (ScannedCount for Query and Scan). */
  itemsRead: number;
  /** Items in the answer. */
  itemsReturned: number;
  /** Items put, changed or deleted. */
  itemsWritten: number;
  /**
   * Different partition keys that it came to: those of single items it read or wrote, found or not; that of a Query;
   * those of the items that a Scan read. Entries of indexes that a write keeps up to date are not among them.
   */
  partitionKeys: number;
}

/** Something that the world around DynamoDB did: a switch that a lab has turned on shows itself. */
export interface WorldEvent {
  kind:
    | 'stale-read'
    | 'index-lag'
    | 'throttled'
    | 'split'
    | 'conflict'
    | 'fault'
    | 'replicated'
    | 'write-lost'
    | 'expired';
  /** What happened, in a short phrase. */
  text: string;
  /** The same in parts: names as `table`, `index`, `region`, and numbers with their unit in the name. */
  facts: { [name: string]: Json };
}

/** One request as it reached the engine. */
export interface DynamoDBCall {
  /** The API's name, as `TransactWriteItems`. */
  operation: string;
  /** The Region that it was for, in a world of several. */
  region?: string;
  /** DynamoDB JSON, as on the wire. */
  request: Json;
  status: number;
  /** DynamoDB JSON, as on the wire; of an error `{__type, message, ...}`. */
  response: Json;
  metering: Metering;
  /** What the world did to this request; absent when it did nothing. */
  world?: WorldEvent[];
  /** Of a program for both databases: its place among the step's requests and statements, from 1. */
  nth?: number;
}

/** One line that the learner's program printed. */
export interface ConsoleLine {
  level: 'log' | 'info' | 'warn' | 'error';
  text: string;
}

/** An error that left the learner's program, or kept it from starting. */
export interface ScriptError {
  /** The error's class or, of the SDK's, the exception: `TransactionCanceledException`, `SyntaxError`. */
  name: string;
  message: string;
  /** 1-based place in the learner's file, where known. */
  line?: number;
  column?: number;
  /** Of an error in a file that runs before the program: its name. The place is one of that file. */
  file?: string;
  /** Of a cancelled transaction: its CancellationReasons, as the SDK gives them. */
  reasons?: Json;
  /** Of an error that PostgreSQL has answered: its SQLSTATE. */
  sqlstate?: string;
}

/** What one step did on the DynamoDB side. */
export interface DynamoDBStep {
  name: string;
  status: StepStatus;
  /** What happened before the step's first request, when the clock was set forward; absent when nothing did. */
  world?: WorldEvent[];
  calls: DynamoDBCall[];
  console: ConsoleLine[];
  error?: ScriptError;
}

// -------------------------------------------------------------- PostgreSQL

/** A notice, warning or other message that is not an error. */
export interface Notice {
  severity: string;
  message: string;
  code?: string;
  detail?: string;
  hint?: string;
}

/** An error as PostgreSQL reports it; `line` and `column` are 1-based and of the reader's file. */
export interface PostgresError {
  /** SQLSTATE, as `23505`. Errors of our own side (a stopped run, a dead engine) have none. */
  code?: string;
  severity: string;
  message: string;
  detail?: string;
  hint?: string;
  /** The query inside a function or block that failed, as `SELECT nope`. */
  query?: string;
  where?: string;
  constraint?: string;
  line?: number;
  column?: number;
}

/** A node of a plan as it was run. Counts are totals over all loops. */
export interface PlanNode {
  /** PostgreSQL's name: `Index Scan`, `Hash Join`, `ModifyTable`. */
  node: string;
  /** Of ModifyTable: `Insert`, `Update`, `Delete`, `Merge`. */
  operation?: string;
  relation?: string;
  index?: string;
  /** The condition that found the rows (Index Cond, Hash Cond, Recheck Cond, ...). */
  condition?: string;
  /** The condition that dropped rows after they were read. */
  filter?: string;
  rowsPlanned: number;
  rows: number;
  loops: number;
  rowsRemoved: number;
  /** Pages of 8 KiB found in shared buffers, and read into them; a node includes its children. */
  buffersHit: number;
  buffersRead: number;
  /** Pages that were clean and are now changed, children included; absent when there are none. */
  buffersDirtied?: number;
  walBytes: number;
  /** Of a query inside the query: `CTE recent`, `InitPlan 1`, `SubPlan 1`. */
  subplan?: string;
  /** What a sort orders by, and how it went about it: `quicksort`, `top-N heapsort`. */
  sortKeys?: string[];
  sortMethod?: string;
  /** The most that a sort, a hash table or a store of rows took in memory, and wrote to disk. */
  memoryKiB?: number;
  diskKiB?: number;
  /** Parts into which a hash table was cut because it did not fit into work_mem. */
  batches?: number;
  /** Rows that an Index Only Scan had to look up in the table all the same. */
  heapFetches?: number;
  children: PlanNode[];
}

/** What one statement cost, from the execution that the reader saw (auto_explain), not from a second one. */
export interface StatementCost {
  plan: PlanNode;
  buffersHit: number;
  buffersRead: number;
  walBytes: number;
  /** Rows that the scans read from tables and indexes, dropped ones included. */
  rowsScanned: number;
}

/** What one statement answered. */
export interface StatementResult {
  sql: string;
  /** The values of $1, $2 and so on, of a statement that a program has sent with them. */
  parameters?: Array<string | null>;
  /** Of a program for both databases: its place among the step's requests and statements, from 1. */
  nth?: number;
  /** 1-based line of the reader's file on which the statement begins. */
  line: number;
  /** Command tag, as `INSERT 0 1`; what a command of psql prints; empty when the statement failed. */
  tag: string;
  /** What psql writes above the rows: `List of tables`. */
  title?: string;
  /** Absent when the statement returns no rows at all. */
  columns?: Array<{ name: string; type: string }>;
  /** Values in psql's own text forms; null is SQL's NULL. Cut at `ROW_LIMIT`. */
  rows?: Array<Array<string | null>>;
  /** Rows that the statement returned, the ones not kept included. */
  rowCount?: number;
  notices: Notice[];
  error?: PostgresError;
  /** Lines that psql writes below the rows, as `Indexes:` of `\d`. */
  footer?: string[];
  /** Whether each row is shown as a list of its columns (`\x`, `\gx`). */
  expanded?: true;
  /** What stands for NULL (`\pset null`). */
  nullAs?: string;
  /** What else it answered: further results of `\;`, `\gexec`, or `\d` with a pattern. */
  more?: StatementResult[];
  /** Whether the time is to be shown (`\timing`). */
  timing?: true;
  /** How long it took here; never recorded, and nothing that a server would take. */
  milliseconds?: number;
  /** Absent for utility statements and for those that failed. */
  cost?: StatementCost;
}

/** A statement's result and the further ones that came with it, in order. */
export function withMore(result: StatementResult): StatementResult[] {
  return [result, ...(result.more ?? []).flatMap(withMore)];
}

/** What EXPLAIN says of a statement, asked for on its own. */
export interface Explanation {
  /** The plan as it was run, and what it cost; absent when it failed or has no plan. */
  cost?: StatementCost;
  /** What is most telling about the plan. */
  sentence?: string;
  /** Whether it was run and rolled back. Absent when it was refused. */
  rolledBack?: true;
  /** What else to know about this run, in sentences. */
  notes: string[];
  /** Why it was not explained, or the error in which it ended. */
  error?: PostgresError;
}

/** What one step did on the PostgreSQL side. */
export interface PostgresStep {
  name: string;
  status: StepStatus;
  statements: StatementResult[];
}

// ------------------------------------------------------------------- a run

/** What a file did that runs before the program. */
export interface FirstRun {
  file: string;
  /** Statements or requests that went well. */
  did: number;
}

/** One side's run. `error` tells why it could not begin (a syntax error, an engine that did not boot). */
export interface SideRun<Step> {
  steps: Step[];
  error?: ScriptError;
  /** Files that ran before the program, in order; absent where it has none. */
  first?: FirstRun[];
  /** Of a run of a text alone: the index of its first step. Those before it are the replay. */
  asked?: number;
}

/** A run of a lab, on one side or on both. */
export interface LabRun {
  dynamodb?: SideRun<DynamoDBStep>;
  postgres?: SideRun<PostgresStep>;
}

/** What expected.json records: the run of both programs, and those of DynamoDB's other dialects. */
export interface Recording extends LabRun {
  dialects?: Partial<Record<Dialect, SideRun<DynamoDBStep>>>;
}

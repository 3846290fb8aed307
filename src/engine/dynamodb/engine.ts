/** The engine: requests in, answers and their cost out. */
import type { DynamoDBAnswer } from '../lab/engines.ts';
import type { Json, Metering, WorldEvent } from '../lab/result.ts';
import { Account, type Snapshot } from './account.ts';
import { Meter } from './capacity.ts';
import type { Guard } from './iam/guard.ts';
import { checkKey } from './items/checks.ts';
import { type ItemRequest, loadTables, type TableRequest } from './load.ts';
import { absentOperations, operations } from './operations/index.ts';
import type { Operation } from './operations/operation.ts';
import { ApiError, serializationError, unknownOperation } from './request/errors.ts';
import { printAnswer } from './storage/stored-item.ts';
import { exportTable, importTable } from './transfer.ts';
import type { Item } from './values/attribute.ts';
import { locate, type PartitionReport, reportPartitions } from './world/report.ts';
import { readWorld, type WorldSettings, type WorldUser } from './world/settings.ts';
import type { World } from './world/world.ts';

/** What may be set from outside, so that runs repeat exactly. */
export interface DynamoDBOptions {
  /** Milliseconds since 1970. */
  now?: () => number;
  /** From 0 up to 1. */
  random?: () => number;
  /** A source of chance of the engine's own, whose state snapshots hold. Not used where `random` is given. */
  seed?: number;
  /** What happens around the engine. Nothing unless said otherwise. */
  world?: WorldSettings;
}

/** What is added to an engine of `core.ts`. */
export interface More {
  operations: ReadonlyMap<string, Operation>;
  /** Makes what decides on the requests of a world's users. Throws WorldError for one that does not fit. */
  openGuard(users: Readonly<Record<string, WorldUser>>): Guard;
}

/** An answer as it goes over the wire, and what the request cost. */
export interface TextAnswer {
  status: number;
  text: string;
  metering: Metering;
  /** What the world did to the request; absent when it did nothing. */
  world?: WorldEvent[];
}

/** An in-memory DynamoDB of one account. */
export interface DynamoDB {
  /** Whether there is an operation of that name. */
  has(operation: string): boolean;
  /** Adds operations beyond those that are there from the start, and what a world with users needs. */
  add(more: More): void;
  /**
   * One request: the API's operation name and its parameters in DynamoDB JSON. DynamoDB's errors are answers too;
   * nothing is thrown for bad input. The request is neither changed nor kept, the answer is the caller's own.
   * `region` matters only in a world of several Regions, `accessKeyId` only in one with users.
   */
  handle(operation: string, request: Json, region?: string, accessKeyId?: string): DynamoDBAnswer;
  /** The same with texts of JSON, as they are on the wire. Faster: nothing is parsed that is only sent. */
  handleText(operation: string, request: string, region?: string, accessKeyId?: string): TextAnswer;
  /** The whole state, to come back to. Costs nothing that grows with the data. */
  snapshot(): Snapshot;
  /** Back to a snapshot of this engine or another one. A snapshot can be restored any number of times. */
  restore(snapshot: Snapshot): void;
  /**
   * Makes tables and fills them, checked as CreateTable and PutItem check: requests of CreateTable, and the items of
   * each table by its name. Throws an Error that names the table and item.
   */
  load(
    tables: readonly TableRequest[],
    items: Readonly<Record<string, readonly ItemRequest[]>>,
  ): void;
  /** The items of a table as lines of DynamoDB JSON. Throws an Error when there is no such table. */
  exportTable(tableName: string, region?: string): Iterable<string>;
  /**
   * Makes a table by a request of CreateTable and fills it with such lines, or with a text of them. Throws an Error
   * that names the line, and then there is no table.
   */
  importTable(request: TableRequest, lines: string | Iterable<string>, region?: string): void;
  /**
   * Turns the world's switches: those that are given are on, all others off, and what they had begun ends.
   * Throws WorldError for settings that do not fit. A world with users needs what `add` adds.
   */
  configure(world: WorldSettings): void;
  /** Sets the engine's clock forward. What is due by then happens, and is told. */
  advance(milliseconds: number): WorldEvent[];
  /**
   * How full and how hot each partition of a table and its global indexes is. Takes as long as there are items.
   * Throws an Error when there is no such table.
   */
  partitions(tableName: string, region?: string): PartitionReport[];
  /**
   * The partition, by its number, that holds the table's item with that key, and the key's hash, from 0 to 1.
   * Throws an Error when there is no such table or the key is none of it.
   */
  partitionOf(
    tableName: string,
    key: ItemRequest,
    region?: string,
  ): { partition: number; hash: number };
  /** Milliseconds since 1970, by the engine's clock. */
  now(): number;
  /**
   * An independent engine that begins with this one's state, and shares its options: the clock and the source of
   * chance that it was given. Costs nothing that grows with the data.
   */
  fork(): DynamoDB;
}

/** Makes an empty engine. Throws WorldError for settings of the world that do not fit. */
export function createDynamoDB(options: DynamoDBOptions = {}): DynamoDB {
  const { now = Date.now, random, seed, world = {} } = options;
  const account = new Account({ now, random, seed });
  let more: More | undefined;
  let guarded: { users: WorldSettings['users']; guard: Guard } | undefined;
  /** What decides on requests in the world as it is; undefined in one without users. */
  const guard = (): Guard | undefined => {
    const { users } = account.settings;
    if (users === undefined) return undefined;
    if (guarded?.users === users) return guarded.guard;
    if (more === undefined) throw new TypeError('a world with users needs more than core.js');
    guarded = { users, guard: more.openGuard(users) };
    return guarded.guard;
  };
  const configure = (settings: unknown) => {
    account.configure(readWorld(settings));
    guard();
  };
  configure(world);
  const answer = (
    name: string,
    read: () => Json,
    region: string | undefined,
    accessKeyId: string | undefined,
  ): TextAnswer => {
    const meter = new Meter();
    try {
      const context = account.context(meter, region);
      const run = operations.get(name) ?? more?.operations.get(name);
      if (run === undefined) throw unknownOperation(absence(name));
      context.caller = accessKeyId;
      context.authorize = guard()?.of(accessKeyId, name, context);
      context.world?.failBefore(name);
      const text = printAnswer(run(read(), context));
      context.world?.failAfter();
      return withEvents({ status: 200, text, metering: meter.metering() }, context.world);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const { status } = error;
      const answered = { status, text: printAnswer(errorBody(error)), metering: meter.metering() };
      return withEvents(answered, account.world);
    }
  };
  return {
    has: (name) => operations.has(name) || more?.operations.has(name) === true,
    add(added) {
      more = added;
    },
    handle(name, request, region, accessKeyId) {
      const { text, ...answered } = answer(name, () => request, region, accessKeyId);
      return { ...answered, body: JSON.parse(text) as DynamoDBAnswer['body'] };
    },
    handleText: (name, request, region, accessKeyId) =>
      answer(name, () => parse(request), region, accessKeyId),
    snapshot: () => account.snapshot(),
    restore: (snapshot) => account.restore(snapshot),
    load: (tables, items) => loadTables(tables, items, account.context(new Meter(), undefined)),
    exportTable: (name, region) => exportTable(name, account.context(new Meter(), region)),
    importTable: (request, lines, region) =>
      importTable(request, lines, account.context(new Meter(), region)),
    configure,
    advance: (milliseconds) => account.advance(milliseconds),
    partitions(tableName, region) {
      const table = account.store(region).describedTable(tableName);
      return reportPartitions(table, account.settings, account.now());
    },
    partitionOf(tableName, key, region) {
      const table = account.store(region).describedTable(tableName);
      checkKey(key as Item, table.keys);
      return locate(table, key as Item, account.settings, account.now());
    },
    now: () => account.now(),
    fork() {
      const fork = createDynamoDB({ ...options, world: {} });
      if (more !== undefined) fork.add(more);
      fork.restore(account.snapshot());
      return fork;
    },
  };
}

/** The answer with what the world did to its request, if it did anything. */
function withEvents(answered: TextAnswer, world: World | undefined): TextAnswer {
  const events = world?.events;
  if (events !== undefined) answered.world = events;
  return answered;
}

function absence(name: string): string | undefined {
  return absentOperations.has(name)
    ? `${name} is an operation of DynamoDB that this emulator does not have.`
    : undefined;
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw serializationError('');
  }
}

function errorBody({ type, message, details }: ApiError): { [key: string]: Json } {
  // Some services of AWS spell it with a capital letter; an unknown operation has no message at all.
  const text = /Serialization|AccessDenied/.test(type) ? { Message: message } : { message };
  return { __type: type, ...(message === '' ? {} : text), ...details };
}

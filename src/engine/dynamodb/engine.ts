/** The engine: requests in, answers and their cost out. */
import type { DynamoDBAnswer } from '../lab/engines.ts';
import type { Json, Metering } from '../lab/result.ts';
import { Meter } from './capacity.ts';
import { type ItemRequest, loadTables, type TableRequest } from './load.ts';
import { absentOperations, operations } from './operations/index.ts';
import type { Body } from './operations/operation.ts';
import { ApiError, serializationError, unknownOperation } from './request/errors.ts';
import { type Snapshot, Store } from './storage/store.ts';
import { copyJson } from './values/json.ts';

/** What may be set from outside, so that runs repeat exactly. */
export interface DynamoDBOptions {
  /** Milliseconds since 1970. */
  now?: () => number;
  /** From 0 up to 1. */
  random?: () => number;
}

/** An answer as it goes over the wire, and what the request cost. */
export interface TextAnswer {
  status: number;
  text: string;
  metering: Metering;
}

/** An in-memory DynamoDB of one account and Region. */
export interface DynamoDB {
  /**
   * One request: the API's operation name and its parameters in DynamoDB JSON. DynamoDB's errors are answers too;
   * nothing is thrown for bad input. The request is neither changed nor kept, the answer is the caller's own.
   */
  handle(operation: string, request: Json): DynamoDBAnswer;
  /** The same with texts of JSON, as they are on the wire. Faster: the answer is printed without being copied. */
  handleText(operation: string, request: string): TextAnswer;
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
}

/** Makes an empty engine. */
export function createDynamoDB(options: DynamoDBOptions = {}): DynamoDB {
  const { now = Date.now, random = Math.random } = options;
  const store = new Store();
  /** The body shares what is stored. */
  const answer = (name: string, read: () => Json): DynamoDBAnswer => {
    const meter = new Meter();
    try {
      const run = operations.get(name);
      if (run === undefined) throw unknownOperation(absence(name));
      const body = present(run(read(), { store, meter, now, random }));
      return { status: 200, body, metering: meter.metering() };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { status: 400, body: errorBody(error), metering: meter.metering() };
    }
  };
  return {
    handle(name, request) {
      const { status, body, metering } = answer(name, () => request);
      return { status, body: copyJson(body), metering };
    },
    handleText(name, request) {
      const { status, body, metering } = answer(name, () => parse(request));
      return { status, text: JSON.stringify(body), metering };
    },
    snapshot: () => store.snapshot(),
    restore: (snapshot) => store.restore(snapshot),
    load: (tables, items) => loadTables(tables, items, { store, meter: new Meter(), now, random }),
  };
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

/** The body without the members that are not there. */
function present(body: Body): { [key: string]: Json } {
  const present: { [key: string]: Json } = {};
  for (const member in body) {
    const value = body[member];
    if (value !== undefined) present[member] = value;
  }
  return present;
}

function errorBody({ type, message, details }: ApiError): { [key: string]: Json } {
  // Some services of AWS spell it with a capital letter; an unknown operation has no message at all.
  const text = type.includes('SerializationException') ? { Message: message } : { message };
  return { __type: type, ...(message === '' ? {} : text), ...details };
}

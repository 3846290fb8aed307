/** The engine against the model: each action is done by both, and everything that can be seen of it compared. */
import { expect } from 'vitest';
import { createDynamoDB, type Snapshot } from '../../../../.generated/dynamodb/engine.js';
import type { Json } from '../../../../src/engine/lab/result.ts';
import { type Answer, tableRequest } from '../support.ts';
import type { Action, Check, Read, Write } from './actions.ts';
import {
  bytesOf,
  compareValues,
  type Item,
  Model,
  type ModelIndex,
  type ModelTable,
  pick,
  plain,
  readUnits,
  textOf,
  things,
  type Value,
  type WriteCost,
  writeCost,
} from './model.ts';
import {
  addCost,
  areDistinct,
  bytesOfAll,
  consumed,
  holds,
  inRange,
  keyOf,
  optionsOf,
  outcome,
  requestForRead,
  requestOf,
  sorted,
} from './versus-requests.ts';

const StreamSpecification = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' };

/** The engine, the model, and states of both to come back to. */
export class Versus {
  #model = new Model();
  readonly #db = createDynamoDB({ now: () => 1_700_000_000_000, random: () => 0.5 });
  #kept: { model: Model; snapshot: Snapshot } | undefined;

  constructor() {
    for (const table of [things, plain]) {
      const request = tableRequest(table.name, optionsOf(table));
      this.#ok('CreateTable', { ...request, StreamSpecification } as Json);
    }
  }

  /** Does one action with both. Throws where they differ. */
  step(action: Action): void {
    switch (action.do) {
      case 'put':
      case 'update':
      case 'delete':
        this.#write(action);
        break;
      case 'batch':
        this.#batch(action.writes);
        break;
      case 'transaction':
        this.#transaction(action.writes);
        break;
      case 'get':
        this.#get(action.table, action.key, action.consistent);
        break;
      case 'keep':
        this.#kept = { model: this.#model.copy(), snapshot: this.#db.snapshot() };
        break;
      case 'back':
        if (this.#kept === undefined) break;
        this.#db.restore(this.#kept.snapshot);
        this.#model = this.#kept.model.copy();
        break;
      default:
        this.#read(action);
    }
  }

  /** Compares all that there is: items, indexes, counts and sizes, and what the streams tell. */
  compareAll(): void {
    for (const table of [things, plain]) {
      const items = this.#model.all(table);
      const { Table } = this.#ok('DescribeTable', { TableName: table.name });
      expect(Table.ItemCount).toBe(items.length);
      expect(Table.TableSizeBytes).toBe(bytesOfAll(items));
      for (const index of [undefined, ...table.indexes]) {
        const request = { TableName: table.name, ...(index && { IndexName: index.name }) };
        const entries = this.#model.all(table, index);
        expect(sorted(this.#ok('Scan', request).Items)).toEqual(sorted(entries));
        const described = [
          ...(Table.GlobalSecondaryIndexes ?? []),
          ...(Table.LocalSecondaryIndexes ?? []),
        ];
        const counts = described.find(({ IndexName }: Answer) => IndexName === index?.name);
        if (index)
          expect([counts.ItemCount, counts.IndexSizeBytes]).toEqual([
            entries.length,
            bytesOfAll(entries),
          ]);
      }
      expect(sorted(this.#replayed(Table.LatestStreamArn, table))).toEqual(sorted(items));
    }
  }

  /** The items that remain when everything that the stream tells is done again. */
  #replayed(StreamArn: string, table: ModelTable): Item[] {
    const items = new Map<string, Item>();
    const { Shards } = this.#ok('DescribeStream', { StreamArn }).StreamDescription;
    for (const { ShardId } of Shards) {
      const ask = { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' };
      let iterator = this.#ok('GetShardIterator', ask).ShardIterator;
      for (;;) {
        const page = this.#ok('GetRecords', { ShardIterator: iterator, Limit: 7 });
        for (const { eventName, dynamodb } of page.Records) {
          const id = textOf(pick(dynamodb.Keys, table.keys));
          expect(textOf(dynamodb.OldImage)).toBe(textOf(items.get(id)));
          expect(eventName).toBe(
            dynamodb.NewImage === undefined ? 'REMOVE' : items.has(id) ? 'MODIFY' : 'INSERT',
          );
          if (dynamodb.NewImage === undefined) items.delete(id);
          else items.set(id, dynamodb.NewImage);
        }
        if (page.Records.length === 0) break;
        iterator = page.NextShardIterator;
      }
    }
    return [...items.values()];
  }

  #write(write: Write): void {
    const { before, after, cost } = this.#planned(write);
    const { operation, request } = requestOf(write);
    const asked = {
      ...request,
      ReturnValues: 'ALL_OLD',
      ReturnConsumedCapacity: 'INDEXES',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    };
    const { status, body, metering } = this.#db.handle(operation, asked);
    if (!holds(write.when, before)) {
      expect(body.__type).toMatch(/#ConditionalCheckFailedException$/);
      expect(textOf(body.Item as unknown as Item)).toBe(textOf(before));
      expect(metering.tables[0]?.write).toBe(cost.base);
      return;
    }
    expect(status, JSON.stringify(body)).toBe(200);
    expect(textOf(body.Attributes as unknown as Item)).toBe(textOf(before));
    expect(consumed([body.ConsumedCapacity])).toEqual({ [write.table.name]: cost });
    this.#model.set(write.table, after ?? keyOf(write), after);
  }

  #batch(writes: Write[]): void {
    const requests: Record<string, Json[]> = {};
    for (const { table, ...write } of writes) {
      const request: Json =
        write.do === 'put'
          ? { PutRequest: { Item: write.item } }
          : { DeleteRequest: { Key: write.key } };
      requests[table.name] = [...(requests[table.name] ?? []), request];
    }
    const request = { RequestItems: requests, ReturnConsumedCapacity: 'INDEXES' };
    if (!areDistinct(writes)) {
      this.#refused('BatchWriteItem', request, /contains duplicates$/);
      return;
    }
    const costs: Record<string, WriteCost> = {};
    for (const write of writes) {
      const { after, cost } = this.#planned(write);
      addCost(costs, write.table, cost, 1);
      this.#model.set(write.table, after ?? keyOf(write), after);
    }
    expect(consumed(this.#ok('BatchWriteItem', request).ConsumedCapacity)).toEqual(costs);
  }

  #transaction(writes: Array<Write | Check>): void {
    const TransactItems = writes.map((write) => {
      const { operation, request } = requestOf(write);
      const kind = operation.replace('Item', '');
      return { [kind]: { ...request, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } };
    });
    const request = { TransactItems, ReturnConsumedCapacity: 'INDEXES' } as Json;
    if (!areDistinct(writes)) {
      this.#refused('TransactWriteItems', request, /multiple operations on one item$/);
      return;
    }
    const plans = writes.map((write) => ({ write, ...this.#planned(write) }));
    const { body } = this.#db.handle('TransactWriteItems', request);
    if (plans.some(({ write, before }) => !holds(write.when, before))) {
      expect(body.__type).toMatch(/#TransactionCanceledException$/);
      const reasons = plans.map(({ write, before }) => {
        if (holds(write.when, before)) return 'None';
        return `ConditionalCheckFailed ${textOf(before)}`;
      });
      const given = (body.CancellationReasons as Answer[]).map(({ Code, Item }) =>
        Code === 'None' ? Code : `${Code} ${textOf(Item)}`,
      );
      expect(given).toEqual(reasons);
      return;
    }
    const costs: Record<string, WriteCost> = {};
    for (const { write, after, cost } of plans) {
      addCost(costs, write.table, cost, 2);
      this.#model.set(write.table, after ?? keyOf(write), after);
    }
    expect(consumed(body.ConsumedCapacity as Answer)).toEqual(costs);
  }

  #get(table: ModelTable, key: Item, ConsistentRead: boolean): void {
    const item = this.#model.get(table, key);
    const asked = { TableName: table.name, Key: key, ConsistentRead };
    const answer = this.#ok('GetItem', { ...asked, ReturnConsumedCapacity: 'TOTAL' });
    expect(textOf(answer.Item)).toBe(textOf(item));
    expect(answer.ConsumedCapacity.CapacityUnits).toBe(readUnits(bytesOf(item), ConsistentRead));
  }

  #read(read: Read): void {
    const index = things.indexes[read.index];
    const [partition, sort] = (index ?? things).keys;
    if (partition === undefined) throw new TypeError('every index has a key');
    const matches = (entry: Item) => {
      if (read.do === 'scan') return true;
      if (textOf(pick(entry, [partition])) !== textOf(pick(read.partition, [partition])))
        return false;
      return (
        sort === undefined ||
        read.sort === undefined ||
        inRange(entry[sort[0]] as Value, read.sort, sort[1])
      );
    };
    const expected = this.#model.all(things, index).filter(matches);
    const found: Item[] = [];
    for (let Segment = 0; Segment < (read.do === 'scan' ? read.segments : 1); Segment++) {
      found.push(...this.#pages(requestForRead(read, index, Segment), read, index));
    }
    expect(sorted(found)).toEqual(sorted(expected));
    if (read.do === 'scan' || sort === undefined) return;
    for (const [place, entry] of found.slice(1).entries()) {
      const difference = compareValues(
        (found[place] as Item)[sort[0]] as Value,
        entry[sort[0]] as Value,
      );
      expect(read.backward ? -difference : difference).toBeLessThanOrEqual(0);
    }
  }

  /** All items of a query or scan, page after page. */
  #pages(request: { [key: string]: Json }, read: Read, index: ModelIndex | undefined): Item[] {
    const found: Item[] = [];
    let start: Json | undefined;
    do {
      const asked = { ...request, ...(start !== undefined && { ExclusiveStartKey: start }) };
      const page = this.#ok(read.do === 'query' ? 'Query' : 'Scan', asked);
      expect(page.Items.length).toBe(page.Count);
      expect(page.ScannedCount).toBe(page.Count);
      expect(page.Count).toBeLessThanOrEqual(read.limit);
      const consistent = read.consistent && (index === undefined || index.local);
      expect(page.ConsumedCapacity.CapacityUnits).toBe(
        readUnits(bytesOfAll(page.Items), consistent),
      );
      found.push(...page.Items);
      start = page.LastEvaluatedKey;
      if (start !== undefined) expect(page.Count).toBe(read.limit);
    } while (start !== undefined);
    return found;
  }

  /** What a write would make of the model, without doing it. */
  #planned(write: Write | Check): {
    before: Item | undefined;
    after: Item | undefined;
    cost: WriteCost;
  } {
    const before = this.#model.get(write.table, keyOf(write));
    const after = outcome(write, before);
    return { before, after, cost: writeCost(write.table, before, after) };
  }

  #ok(operation: string, request: Json): Answer {
    const { status, body } = this.#db.handle(operation, request);
    expect(status, JSON.stringify(body)).toBe(200);
    return body;
  }

  #refused(operation: string, request: Json, message: RegExp): void {
    const { status, body } = this.#db.handle(operation, request);
    expect(status).toBe(400);
    expect(body.message).toMatch(message);
  }
}

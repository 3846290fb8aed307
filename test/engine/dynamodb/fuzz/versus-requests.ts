/** What the model's actions are as requests, and what answers say in the model's words. */
import type { Json } from '../../../../src/engine/lab/result.ts';
import type { Answer } from '../support.ts';
import { type Check, type Read, sortValue, type When, type Write } from './actions.ts';
import {
  bytesOf,
  compareValues,
  type Item,
  type ModelIndex,
  type ModelTable,
  pick,
  textOf,
  things,
  type Value,
  type WriteCost,
} from './model.ts';

/** The key of the item that a write is about. */
export function keyOf(write: Write | Check): Item {
  return pick(write.do === 'put' ? write.item : write.key, write.table.keys);
}

/** Whether no two writes are about one item. */
export function areDistinct(writes: ReadonlyArray<Write | Check>): boolean {
  const ids = writes.map((write) => `${write.table.name} ${textOf(keyOf(write))}`);
  return new Set(ids).size === ids.length;
}

/** Whether the condition of a write holds for the item that there is. */
export function holds(when: When, item: Item | undefined): boolean {
  if (when === 'always') return true;
  if (when === 'exists') return item !== undefined;
  if (when === 'absent') return item === undefined;
  return item?.n !== undefined && textOf({ n: item.n }) === textOf(when);
}

/** The item that the write makes of the one that there is; undefined for none. */
export function outcome(write: Write | Check, before: Item | undefined): Item | undefined {
  if (write.do === 'put') return write.item;
  if (write.do === 'delete') return undefined;
  if (write.do === 'check') return before;
  const adds = addsTo(write);
  // Taking something away from an item that is not there does not make one.
  if (before === undefined && !adds && Object.keys(write.set).length === 0) return undefined;
  const after: Item = { ...(before ?? write.key), ...write.set };
  for (const name of removedBy(write)) delete after[name];
  if (adds) after.n = { N: String(Number((before?.n as { N: string })?.N ?? 0) + write.add) };
  return after;
}

function addsTo({ add, set }: { add: number; set: Item }): boolean {
  return add > 0 && !('n' in set);
}

function removedBy({ remove, set }: { remove: readonly string[]; set: Item }): string[] {
  return remove.filter((name) => !(name in set));
}

/** The operation that does a write, and its request. */
export function requestOf(write: Write | Check): {
  operation: string;
  request: { [key: string]: Json };
} {
  const TableName = write.table.name;
  const values: { [placeholder: string]: Json } = {};
  const request: { [key: string]: Json } = { TableName };
  if (write.do === 'put') request.Item = write.item;
  else request.Key = write.key;
  if (write.do === 'update') {
    const sets = Object.entries(write.set).map(([name, value]) => {
      values[`:${name}`] = value;
      return `${name} = :${name}`;
    });
    const removed = removedBy(write);
    const clauses = [
      sets.length > 0 && `SET ${sets.join(', ')}`,
      `REMOVE ${[...removed, 'never'].join(', ')}`,
      addsTo(write) && 'ADD n :add',
    ];
    if (addsTo(write)) values[':add'] = { N: String(write.add) };
    request.UpdateExpression = clauses.filter(Boolean).join(' ');
  }
  if (write.when === 'exists') request.ConditionExpression = 'attribute_exists(pk)';
  else if (write.when === 'absent') request.ConditionExpression = 'attribute_not_exists(pk)';
  else if (write.when !== 'always') {
    request.ConditionExpression = 'n = :when';
    values[':when'] = write.when.n;
  }
  if (Object.keys(values).length > 0) request.ExpressionAttributeValues = values;
  const operation = {
    put: 'PutItem',
    update: 'UpdateItem',
    delete: 'DeleteItem',
    check: 'ConditionCheck',
  };
  return { operation: operation[write.do], request };
}

/** The request for the first page of a query, or of a segment of a scan. */
export function requestForRead(
  read: Read,
  index: ModelIndex | undefined,
  segment: number,
): { [key: string]: Json } {
  const shared = {
    TableName: things.name,
    Limit: read.limit,
    ConsistentRead: read.consistent && (index === undefined || index.local),
    ReturnConsumedCapacity: 'TOTAL',
    ...(index && { IndexName: index.name }),
  };
  if (read.do === 'scan') return { ...shared, Segment: segment, TotalSegments: read.segments };
  const [[partition], sort] = (index ?? things).keys as [[string, string], [string, 'S' | 'N']?];
  const values: { [placeholder: string]: Json } = { ':p': read.partition[partition] as Value };
  let condition = `${partition} = :p`;
  if (sort && read.sort) {
    const { operator } = read.sort;
    const [low, high] = boundsOf(read.sort);
    values[':low'] = sortValue(low, sort[1]);
    if (operator === 'BETWEEN') values[':high'] = sortValue(high, sort[1]);
    condition += ` AND ${sort[0]} ${operator} :low${operator === 'BETWEEN' ? ' AND :high' : ''}`;
  }
  return {
    ...shared,
    ScanIndexForward: !read.backward,
    KeyConditionExpression: condition,
    ExpressionAttributeValues: values,
  };
}

type Sort = NonNullable<Read['sort']>;

function boundsOf({ operator, low, high }: Sort): [low: number, high: number] {
  return operator === 'BETWEEN' && low > high ? [high, low] : [low, high];
}

/** Whether a sort key meets what is asked of it. */
export function inRange(value: Value, sort: Sort, type: 'S' | 'N'): boolean {
  const [low, high] = boundsOf(sort).map((place) =>
    compareValues(value, sortValue(place, type)),
  ) as [number, number];
  switch (sort.operator) {
    case '=':
      return low === 0;
    case '<':
      return low < 0;
    case '<=':
      return low <= 0;
    case '>':
      return low > 0;
    case '>=':
      return low >= 0;
    case 'BETWEEN':
      return low >= 0 && high <= 0;
  }
}

/** What each table and index was billed, of one answer's ConsumedCapacity or of several. */
export function consumed(answers: readonly Answer[]): Record<string, WriteCost> {
  return Object.fromEntries(
    answers.map(({ TableName, Table, GlobalSecondaryIndexes, LocalSecondaryIndexes }) => {
      const indexes = Object.entries({ ...GlobalSecondaryIndexes, ...LocalSecondaryIndexes });
      const units = indexes.map(([name, { CapacityUnits }]: [string, Answer]) => [
        name,
        CapacityUnits,
      ]);
      return [TableName, { base: Table.CapacityUnits, indexes: Object.fromEntries(units) }];
    }),
  );
}

/** Adds the cost of a write to those of its table; a transaction doubles the table's share. */
export function addCost(
  costs: Record<string, WriteCost>,
  { name }: ModelTable,
  cost: WriteCost,
  factor: number,
): void {
  const sum = costs[name] ?? { base: 0, indexes: {} };
  costs[name] = sum;
  sum.base += cost.base * factor;
  for (const [index, units] of Object.entries(cost.indexes)) {
    sum.indexes[index] = (sum.indexes[index] ?? 0) + units;
  }
}

/** Bytes of all items. */
export function bytesOfAll(items: readonly Item[]): number {
  return items.reduce((bytes, item) => bytes + bytesOf(item), 0);
}

/** The items as texts in an order that depends on nothing else. */
export function sorted(items: readonly Item[]): string[] {
  return items.map(textOf).sort();
}

/** The parameters of the tests' tables for a table of the model. */
export function optionsOf({ keys, indexes }: ModelTable) {
  const written = (list: ModelTable['keys']) => list.map((key) => key.join(':')).join(', ');
  const named = (local: boolean) =>
    Object.fromEntries(
      indexes
        .filter((index) => index.local === local)
        .map(({ name, keys: its, projected }) => [
          name,
          {
            keys: written(its),
            ...(projected && {
              projected: projected.length > 0 ? [...projected] : ('KEYS_ONLY' as const),
            }),
          },
        ]),
    );
  return { keys: written(keys), global: named(false), local: named(true) };
}

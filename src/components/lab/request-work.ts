/** What DynamoDB did for a request, as a tree like a plan: tables, indexes, items, units. */
import { type LogicalCall, member } from '../../engine/lab/logical-reads.ts';
import type { DynamoDBCall, Json, TableUnits, Units } from '../../engine/lab/result.ts';
import { keptItems } from '../../engine/lab/telling-dynamodb.ts';
import { oneLine, plainValue, targets, transactActions } from './attributes.ts';
import { sumTables } from './cost.ts';
import { count, units } from './names.ts';
import { dollars, perMillion, type UnitPrices } from './prices.ts';
import type { WorkNode } from './work.ts';

/** Operations that come through a stretch of keys, page by page. */
const PAGED = new Set(['Query', 'Scan', 'ExecuteStatement']);

/** The work of one request, all of its round trips together. Without prices it says no dollars. */
export function requestWork(logical: LogicalCall, prices?: UnitPrices): WorkNode {
  const [call] = logical;
  const sum = (of: (one: DynamoDBCall) => number) =>
    logical.reduce((total, one) => total + of(one), 0);
  const tables = sumTables(logical.flatMap(({ metering }) => metering.tables));
  const all: Units = {
    read: tables.reduce((total, { read }) => total + read, 0),
    write: tables.reduce((total, { write }) => total + write, 0),
  };
  const itemsRead = sum(({ metering }) => metering.itemsRead);
  const itemsWritten = sum(({ metering }) => metering.itemsWritten);
  const kept = sum(keptItems);
  const facts: Array<[string, string] | undefined> = [
    ...conditions(call.request),
    ['Partition keys', partitionKeys(logical)],
    itemsRead > 0 ? ['Items read', figure(itemsRead)] : undefined,
    itemsRead > kept && PAGED.has(call.operation)
      ? ['Dropped by the filter', count(itemsRead - kept, 'item')]
      : undefined,
    itemsRead > 0 ? ['Returned', count(kept, 'item')] : undefined,
    itemsWritten > 0 ? ['Written', count(itemsWritten, 'item')] : undefined,
    actions(call.request),
    ['Round trips', trips(logical)],
    consistency(call),
    all.read + all.write > 0 ? ['Units', inUnits(all)] : undefined,
    // Another Region has prices of its own.
    prices && all.read + all.write > 0 && (call.region ?? prices.region) === prices.region
      ? ['A million of these', dollars(perMillion(all, prices).onDemand)]
      : undefined,
  ];
  return {
    title: call.operation,
    on: targets(call).length > 0 ? `on ${targets(call).join(', ')}` : '',
    gave: gave(call, kept, itemsWritten),
    ...(itemsRead > 0 && { read: { kept, dropped: itemsRead - kept } }),
    facts: facts.filter((fact) => fact !== undefined && fact[1] !== '') as WorkNode['facts'],
    children: parts(tables, all),
  };
}

function gave({ operation, status }: DynamoDBCall, kept: number, written: number): string {
  if (status >= 400) return 'an error';
  if (written > 0) return `${count(written, 'item')} written`;
  return kept > 0 || PAGED.has(operation) || operation.includes('Get') ? count(kept, 'item') : '';
}

/** How the items were found and which were dropped, with names and values in their places. */
function conditions(request: Json): Array<[string, string] | undefined> {
  const fact = (title: string, parameter: string): [string, string] | undefined => {
    const expression = member(request, parameter);
    return typeof expression === 'string' ? [title, filledIn(expression, request)] : undefined;
  };
  const key = member(request, 'Key');
  return [
    fact('Finds by', 'KeyConditionExpression'),
    key === undefined ? undefined : ['Finds by', oneLine(plainValue({ M: key }))],
    fact('Statement', 'Statement'),
    fact('Filter', 'FilterExpression'),
    fact('Only if', 'ConditionExpression'),
  ];
}

/** An expression in which `#name` and `:value` are what they stand for. */
function filledIn(expression: string, request: Json): string {
  const names = member(request, 'ExpressionAttributeNames');
  const values = member(request, 'ExpressionAttributeValues');
  return expression.replace(/[#:][\w-]+/g, (placeholder) => {
    const name = member(names, placeholder);
    if (typeof name === 'string') return name;
    const value = member(values, placeholder);
    return value === undefined ? placeholder : oneLine(plainValue(value));
  });
}

/** How many partition keys were touched; a whole table has been, whatever their number. */
function partitionKeys(logical: LogicalCall): string {
  const [call] = logical;
  const last = logical.at(-1) ?? call;
  if (call.operation === 'Query') return call.status < 400 ? '1' : '';
  const touched = logical.reduce((total, { metering }) => total + metering.partitionKeys, 0);
  if (call.operation !== 'Scan') return touched > 0 ? figure(touched) : '';
  const whole =
    member(call.request, 'ExclusiveStartKey') === undefined &&
    member(call.request, 'TotalSegments') === undefined &&
    member(last.response, 'LastEvaluatedKey') === undefined;
  if (!whole) return logical.length === 1 && touched > 0 ? figure(touched) : '';
  // One at the end of a page may go on in the next and is then counted twice.
  return logical.length === 1 ? `all ${figure(touched)}` : 'all';
}

/** What the actions of a transaction or a batch are: `Put 1, Update 2`. */
function actions(request: Json): [string, string] | undefined {
  const amounts = new Map<string, number>();
  for (const { action } of transactActions(request)) {
    amounts.set(action, (amounts.get(action) ?? 0) + 1);
  }
  if (amounts.size === 0) return undefined;
  return ['Actions', [...amounts].map(([action, amount]) => `${action} ${amount}`).join(', ')];
}

function trips(logical: LogicalCall): string {
  if (logical.length === 1) return '1';
  const pages = PAGED.has(logical[0].operation) ? ', a page of items each' : '';
  return `${figure(logical.length)}${pages}`;
}

/** How a read sees the table, which decides its price. */
function consistency({ operation, request, metering }: DynamoDBCall): [string, string] | undefined {
  if (!metering.tables.some(({ read }) => read > 0)) return undefined;
  if (operation.startsWith('Transact')) return ['Consistency', 'transactional: twice the units'];
  if (operation === 'BatchGetItem' || operation.startsWith('BatchExecute')) return undefined;
  return member(request, 'ConsistentRead') === true
    ? ['Consistency', 'strong']
    : ['Consistency', 'eventual: half the units'];
}

/** The table and each index by itself, where there is more than one part; of several tables, each of them. */
function parts(tables: readonly TableUnits[], all: Units): WorkNode[] {
  const nodes = tables.map(({ table, base, indexes }) => ({
    table: part('Table', table, base, all),
    indexes: indexes
      .map((index) => part('Index', index.index, index, all))
      .filter(({ share }) => share !== undefined),
  }));
  const [only] = nodes;
  if (nodes.length > 1 || !only) {
    return nodes.map(({ table, indexes }) => ({ ...table, children: indexes }));
  }
  const shares = [...(only.table.share ? [only.table] : []), ...only.indexes];
  return shares.length > 1 ? shares : [];
}

function part(title: string, on: string, own: Units, all: Units): WorkNode {
  const kind = own.write > 0 ? 'write' : 'read';
  return {
    title,
    on,
    gave: inUnits(own),
    ...(own[kind] > 0 && {
      share: { part: own[kind] / all[kind], of: kind === 'write' ? 'WCU' : 'RCU' },
    }),
    facts: [],
    children: [],
  };
}

function inUnits({ read, write }: Units): string {
  const kinds = [read > 0 ? `${units(read)} RCU` : '', write > 0 ? `${units(write)} WCU` : ''];
  return kinds.filter(Boolean).join(', ');
}

const figure = (amount: number) => amount.toLocaleString('en');

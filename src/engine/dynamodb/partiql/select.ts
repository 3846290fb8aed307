/** Answers to SELECT: pages of queries or of a scan, and single items. */

import { meets } from '../expressions/evaluate.ts';
import { PAGE_BYTES, type PageInput, readPage } from '../items/page.ts';
import { consistencyOf, readItem } from '../items/read.ts';
import { startKey } from '../items/start-key.ts';
import type { Context } from '../operations/operation.ts';
import { validationError } from '../request/errors.ts';
import { AFTER_ALL, keyNames } from '../storage/keys.ts';
import type { StoredItem } from '../storage/stored-item.ts';
import type { Index, Table } from '../storage/table.ts';
import type { Item } from '../values/attribute.ts';
import { refuseVectorRead } from '../vectors/checks.ts';
import { comparePartitions, type KeyedRead, planReads } from './key-plan.ts';
import { pathHeads } from './key-terms.ts';
import { decodeToken, encodeToken, type Position } from './next-token.ts';
import { columnsIn, type Select, type StatementInput } from './statements.ts';

/** The members of ExecuteStatement that a SELECT looks at. */
export interface SelectInput extends StatementInput {
  ConsistentRead?: boolean;
  Limit?: number;
  NextToken?: string;
}

/** A page of rows. */
export interface Rows {
  items: Array<Item | StoredItem>;
  nextToken: string | undefined;
  lastEvaluatedKey: Item | undefined;
}

/** One stretch of the tree to read. */
type Stretch = Pick<KeyedRead, 'from' | 'to'>;

interface Plan {
  stretches: Stretch[];
  backward: boolean;
  /** The table's one item that can be meant. */
  key: Item | undefined;
}

/**
 * One page of a SELECT. A WHERE clause that gives the partition key by `=` or IN is answered by queries, any other by
 * a scan, and billed as such. Throws ValidationException.
 * Source: DynamoDB Developer Guide, "PartiQL select statements for DynamoDB"; API Reference, ExecuteStatement.
 */
export function runSelect(select: Select, input: SelectInput, context: Context): Rows {
  const table = context.store.table(select.table);
  const index = indexOf(select, table, input.ConsistentRead);
  const plan = planOf(select, table, index);
  const position = input.NextToken === undefined ? undefined : decodeToken(input.NextToken, input);
  if (plan.key !== undefined) return oneRow(select, table, plan.key, input, context);
  return readStretches(select, table, index, plan, position, input, context);
}

function indexOf(
  { index: name, columns }: Select,
  table: Table,
  consistent: boolean | undefined,
): Index | undefined {
  if (name === undefined) return undefined;
  if (table.vectors !== undefined) refuseVectorRead('Scan', { IndexName: name }, table);
  const index = table.index(name);
  if (index === undefined) throw validationError('The table does not have the specified index');
  if (!index.global) return index;
  if (consistent) {
    throw validationError('Strongly consistent read is not supported on Global Secondary Indexes');
  }
  const { projected } = index;
  if (projected !== 'ALL' && columns !== undefined) {
    const heads = columns.map(({ path }) => path[0] as string);
    const missing = heads.filter((head) => !projected.has(head));
    if (missing.length > 0) {
      throw validationError(
        `One or more parameter values were invalid: Global secondary index ${name} does not project [${missing.join(', ')}]`,
      );
    }
  }
  return index;
}

function planOf(select: Select, table: Table, index: Index | undefined): Plan {
  const keys = index?.keys ?? table.keys;
  const reads = planReads(select.where, keys);
  if (reads !== undefined && index !== undefined) requireProjected(reads, index);
  const key = index === undefined && reads?.length === 1 ? reads[0]?.key : undefined;
  if (select.orderBy.length > 0) return { ...orderedReads(select, reads, keys), key };
  return { stretches: reads ?? [{ from: '', to: AFTER_ALL }], backward: false, key };
}

/** A query of an index cannot filter by what the index does not hold. */
function requireProjected(reads: readonly KeyedRead[], { name, projected }: Index): void {
  if (projected === 'ALL') return;
  let missing: string[] = [];
  for (const { filters } of reads) {
    missing = filters.flatMap(pathHeads).filter((head) => !projected.has(head));
    if (missing.length === 0) return;
  }
  throw validationError(
    `One or more parameter values were invalid: Secondary index ${name} does not project one or more filter attributes: [${inHashOrder(missing).join(', ')}]`,
  );
}

/** The order in which a Java HashSet of up to twelve texts prints them, as the message does. */
function inHashOrder(names: readonly string[]): string[] {
  const bucket = (name: string) => {
    let hash = 0;
    for (let index = 0; index < name.length; index++)
      hash = (Math.imul(hash, 31) + name.charCodeAt(index)) | 0;
    return (hash ^ (hash >>> 16)) & 15;
  };
  return [...new Set(names)].sort((a, b) => bucket(a) - bucket(b));
}

/**
 * ORDER BY is the order of the queries and the direction within them. Where the sort key is not named, DynamoDB goes
 * through it backward.
 */
function orderedReads(
  { where, orderBy }: Select,
  reads: KeyedRead[] | undefined,
  keys: Table['keys'],
): Omit<Plan, 'key'> {
  if (where === undefined)
    throw validationError('Must have WHERE clause in the statement when using ORDER BY clause.');
  const names = keyNames(keys);
  const foreign = orderBy.find(({ name }) => !names.includes(name));
  if (foreign !== undefined) {
    throw validationError(
      `Attribute ${foreign.name} in ORDER BY clause must be part of the primary key`,
    );
  }
  const [first] = reads ?? [];
  if (reads === undefined || first === undefined) {
    throw validationError(
      'Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.',
    );
  }
  const termOf = (attributes: ReadonlyArray<{ name: string }>) =>
    orderBy.find(({ name }) => attributes.some((attribute) => attribute.name === name));
  const byPartition = termOf(keys.partition);
  const several = reads.some(
    ({ partition }) => comparePartitions(partition, first.partition) !== 0,
  );
  if (several && byPartition === undefined) {
    throw validationError(
      'Must have hash key in ORDER BY clause when more than one hash key condition specified in WHERE clause.',
    );
  }
  const backward = termOf(keys.sort)?.descending ?? true;
  const stretches = [...reads].sort((a, b) => {
    const partitions = comparePartitions(a.partition, b.partition);
    if (partitions !== 0) return byPartition?.descending ? -partitions : partitions;
    return (a.from < b.from ? -1 : 1) * (backward ? -1 : 1);
  });
  return { stretches, backward };
}

function oneRow(
  select: Select,
  table: Table,
  key: Item,
  input: SelectInput,
  context: Context,
): Rows {
  const stored = readItem(table, key, consistencyOf(input), context);
  const rows: Rows = { items: [], nextToken: undefined, lastEvaluatedKey: undefined };
  if (stored === undefined || (select.where && !meets(stored.item, select.where))) return rows;
  rows.items.push(rowOf(stored, select));
  context.meter.itemsReturned++;
  return rows;
}

/** What a SELECT gives of an item. */
export function rowOf(stored: StoredItem, { columns }: Select): Item | StoredItem {
  return columns ? columnsIn(stored.item, columns) : stored;
}

function readStretches(
  select: Select,
  table: Table,
  index: Index | undefined,
  { stretches, backward }: Plan,
  position: Position | undefined,
  input: SelectInput,
  context: Context,
): Rows {
  const page = pageInput(select, input);
  const rows: Rows = { items: [], nextToken: undefined, lastEvaluatedKey: undefined };
  let limit = input.Limit ?? Number.POSITIVE_INFINITY;
  let bytes = PAGE_BYTES;
  for (let read = position?.read ?? 0; read < stretches.length; read++) {
    const { from, to } = stretches[read] as Stretch;
    const range = { from, afterFrom: false, to, backward };
    if (position?.key !== undefined && read === position.read) {
      const start = startKey(position.key, table, index);
      if (backward) range.to = start;
      else Object.assign(range, { from: start, afterFrom: true });
    }
    page._pageBytes = bytes;
    if (limit !== Number.POSITIVE_INFINITY) page.Limit = limit;
    const found = readPage(page, table, index, range, undefined, context);
    for (const item of found.items) rows.items.push(item);
    limit -= found.scannedCount;
    bytes -= found.bytes;
    if (found.lastEvaluatedKey !== undefined || limit <= 0 || bytes <= 0) {
      const key = found.lastEvaluatedKey;
      if (key === undefined && read + 1 === stretches.length) break;
      rows.nextToken = encodeToken(key ? { read, key } : { read: read + 1, key }, input);
      rows.lastEvaluatedKey = key;
      break;
    }
  }
  return rows;
}

function pageInput(select: Select, { ConsistentRead }: SelectInput): PageInput {
  const { table, where, columns } = select;
  const page: PageInput = { TableName: table };
  if (ConsistentRead !== undefined) page.ConsistentRead = ConsistentRead;
  if (where) page._filter = { expression: where, nestedPaths: {}, pathHeads: {} };
  if (columns) {
    page._projection = { paths: columns.map(({ path }) => path), nestedPaths: {} };
    page._columns = (item) => columnsIn(item, columns);
  }
  return page;
}

/**
 * The key of a SELECT that reads one item of a table and asks nothing more of it, as batches and transactions demand;
 * undefined for any other. Throws ValidationException, and KeyTypeError for a key that cannot be.
 */
export function keyOfRead({ where }: Select, table: Table): Item | undefined {
  const [read, ...others] = planReads(where, table.keys) ?? [];
  return others.length === 0 && read?.filters.length === 0 ? read.key : undefined;
}

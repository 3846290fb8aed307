/** One page of a Query or Scan: reading entries up to a limit, billing what was read, and where to go on. */
import { type CapacityDetail, readUnits } from '../capacity.ts';
import type { ParsedCondition } from '../expressions/condition-tree.ts';
import { meets } from '../expressions/evaluate.ts';
import type { ParsedProjection } from '../expressions/projection.ts';
import type { Context } from '../operations/operation.ts';
import { validationError } from '../request/errors.ts';
import { AFTER_ALL, encodeKey } from '../storage/keys.ts';
import type { StoredItem } from '../storage/stored-item.ts';
import type { Index, ItemTree, Table } from '../storage/table.ts';
import type { Item, Path } from '../values/attribute.ts';
import { project } from '../values/paths.ts';
import type { View } from '../world/views.ts';
import { type LegacyCondition, meetsAll } from './condition.ts';
import { pick } from './start-key.ts';

/** Bytes after which a page ends. */
export const PAGE_BYTES = 1024 * 1024;

/** The members that Query and Scan share. */
export interface PageInput {
  TableName: string;
  IndexName?: string;
  Select?: 'ALL_ATTRIBUTES' | 'ALL_PROJECTED_ATTRIBUTES' | 'SPECIFIC_ATTRIBUTES' | 'COUNT';
  Limit?: number;
  ConsistentRead?: boolean;
  ExclusiveStartKey?: Item;
  ReturnConsumedCapacity?: CapacityDetail;
  AttributesToGet?: string[];
  ConditionalOperator?: 'AND' | 'OR';
  _filter?: ParsedCondition;
  _projection?: ParsedProjection;
  /** Makes what is returned of an item, where that is not the item's own structure. */
  _columns?: (item: Item) => Item;
  /** Bytes after which the page ends, if fewer than 1 MB. */
  _pageBytes?: number;
}

/** Which keys to read, and in which order. `from` and `to` are texts of the tree's keys. */
export interface KeyRange {
  from: string;
  /** Whether an entry with the key `from` itself is left out. */
  afterFrom: boolean;
  /** Reading ends before this key. */
  to: string;
  backward: boolean;
}

/** What was found. */
export interface Page {
  items: Array<Item | StoredItem>;
  count: number;
  scannedCount: number;
  /** Of the entries that were read. */
  bytes: number;
  lastEvaluatedKey: Item | undefined;
}

/** The index of the request. Throws ValidationException where it cannot be read as asked. */
export function indexOf(input: PageInput, table: Table): Index | undefined {
  if (input.IndexName === undefined) return undefined;
  const index = table.index(input.IndexName);
  if (index === undefined) {
    throw validationError(`The table does not have the specified index: ${input.IndexName}`);
  }
  if (index.global && input.ConsistentRead) {
    throw validationError('Consistent reads are not supported on global secondary indexes');
  }
  if (table.lifecycle !== undefined) requireReadable(table, index.name);
  return index;
}

/** An index cannot be read before all items are in it. */
function requireReadable({ lifecycle }: Table, name: string): void {
  const phase = lifecycle?.indexes.get(name);
  if (phase?.status !== 'CREATING') return;
  throw validationError(
    phase.backfilling
      ? `Cannot read from backfilling global secondary index: ${name}`
      : `The table does not have the specified index: ${name}`,
  );
}

/** Whether Select and the chosen attributes fit each other and the index. */
export function checkSelect(input: PageInput, index: Index | undefined): void {
  const { Select } = input;
  const chosen = input._projection !== undefined || input.AttributesToGet !== undefined;
  if (Select === 'SPECIFIC_ATTRIBUTES' && !chosen) {
    throw validationError(
      'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
    );
  }
  if (Select !== undefined && Select !== 'SPECIFIC_ATTRIBUTES' && chosen) {
    const parameter = input._projection ? 'ProjectionExpression' : 'AttributesToGet';
    throw validationError(
      Select === 'COUNT'
        ? `Cannot specify the ${parameter} when choosing to get only the Count`
        : `Cannot specify the ${parameter} when choosing to get ${Select}`,
    );
  }
  if (Select === 'ALL_PROJECTED_ATTRIBUTES' && index === undefined) {
    throw validationError(
      'ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName',
    );
  }
}

/** A global index cannot fetch what it does not hold. */
export function checkProjected({ Select }: PageInput, index: Index | undefined): void {
  if (Select === 'ALL_ATTRIBUTES' && index?.global && index.projected !== 'ALL') {
    throw validationError(
      `One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index ${index.name} because its projection type is not ALL`,
    );
  }
}

/**
 * Reads a page: at most `Limit` entries, and none after those that make up 1 MB. What was read is billed, whatever
 * filter and projection leave of it.
 * Source: DynamoDB Developer Guide, "Querying tables in DynamoDB", "Scanning tables in DynamoDB".
 */
export function readPage(
  input: PageInput,
  table: Table,
  index: Index | undefined,
  range: KeyRange,
  legacyFilter: Record<string, LegacyCondition> | undefined,
  context: Context,
): Page {
  const { meter, world } = context;
  const view = input.ConsistentRead ? undefined : world?.staleView(table, index, range);
  const tree = view?.tree ?? index?.tree ?? table.items;
  const paths = input._projection?.paths ?? input.AttributesToGet?.map((name): Path => [name]);
  const fetches = index !== undefined && needsItem(input, index, paths);
  const limit = input.Limit ?? Number.POSITIVE_INFINITY;
  const pageBytes = input._pageBytes ?? PAGE_BYTES;
  const page: Page = {
    items: [],
    count: 0,
    scannedCount: 0,
    bytes: 0,
    lastEvaluatedKey: undefined,
  };
  let bytes = 0;
  let fetchedUnits = 0;
  let last: StoredItem | undefined;
  const keys = index?.keys ?? table.keys;
  for (const [key, entry] of entriesIn(tree, range)) {
    if (page.scannedCount >= limit || bytes >= pageBytes) break;
    meter.pass(key, keys);
    page.scannedCount++;
    bytes += entry.bytes;
    last = entry;
    const stored = fetches ? (fetched(entry, table, view) as StoredItem) : entry;
    if (fetches)
      fetchedUnits += readUnits(stored.bytes, input.ConsistentRead ? 'strong' : 'eventual');
    if (!passes(stored, input, legacyFilter)) continue;
    page.count++;
    if (input._columns) page.items.push(input._columns(stored.item));
    else if (input.Select !== 'COUNT')
      page.items.push(paths ? project(stored.item, paths) : stored);
  }
  if (last && (page.scannedCount >= limit || bytes >= pageBytes)) {
    page.lastEvaluatedKey = pick(last.item, table.keyNames(index));
  }
  page.bytes = bytes;
  bill(input, table, index, { range, page }, bytes, fetchedUnits, context);
  meter.itemsRead += page.scannedCount;
  meter.itemsReturned += page.items.length;
  return page;
}

function passes(
  stored: StoredItem,
  { _filter, ConditionalOperator }: PageInput,
  legacyFilter: Record<string, LegacyCondition> | undefined,
): boolean {
  if (_filter) return meets(stored.item, _filter.expression);
  return legacyFilter === undefined || meetsAll(stored.item, legacyFilter, ConditionalOperator);
}

/** The item that an index entry stands for, from the same moment as the entry. */
function fetched(entry: StoredItem, table: Table, view: View | undefined): StoredItem | undefined {
  return view ? view.item(encodeKey(entry.item, table.keys)) : table.get(entry.item);
}

function bill(
  input: PageInput,
  table: Table,
  index: Index | undefined,
  read: { range: KeyRange; page: Page },
  bytes: number,
  fetchedUnits: number,
  { meter, world }: Context,
): void {
  const units = readUnits(bytes, input.ConsistentRead ? 'strong' : 'eventual');
  world?.admitPage(table, index, rangeRead(read, table, index), units + fetchedUnits);
  meter.add(table, 'read', fetchedUnits);
  meter.add(table, 'read', units, index);
}

/** The part of the range that the page has come through. */
function rangeRead(
  { range, page }: { range: KeyRange; page: Page },
  table: Table,
  index: Index | undefined,
): { from: string; to: string } {
  const last = page.lastEvaluatedKey;
  if (last === undefined) return range;
  const key = index ? table.indexKey(last, index) : encodeKey(last, table.keys);
  return range.backward ? { from: key, to: range.to } : { from: range.from, to: key + AFTER_ALL };
}

/** A local index's query fetches the items themselves when it asks for attributes that are not projected. */
function needsItem(input: PageInput, index: Index, paths: readonly Path[] | undefined): boolean {
  if (index.global || index.projected === 'ALL') return false;
  if (input.Select === 'ALL_ATTRIBUTES') return true;
  const { projected } = index;
  return (paths ?? []).some((path) => !projected.has(path[0] as string));
}

function* entriesIn(
  tree: ItemTree,
  { from, afterFrom, to, backward }: KeyRange,
): Generator<[string, StoredItem]> {
  const entries = backward ? tree.entriesReversed(to, [], true) : tree.entries(from, []);
  for (const entry of entries as IterableIterator<[string, StoredItem]>) {
    const [key] = entry;
    if (backward ? key < from || (afterFrom && key === from) : key >= to) return;
    if (!backward && afterFrom && key === from) continue;
    yield entry;
  }
}

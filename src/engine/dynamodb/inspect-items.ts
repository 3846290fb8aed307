/** Items of a snapshot's tables and indexes, page by page, with what became of them since an earlier one. */
import type { TableName } from '../lab/inspect.ts';
import { type MergedRow, mergeRows } from '../lab/inspect-changes.ts';
import { type RowRange, rowBounds, type TableRow, type TableRows } from '../lab/inspect-rows.ts';
import type { Json } from '../lab/result.ts';
import type { InspectedState } from './inspect.ts';
import { AFTER_ALL, encodeKey, keyNames } from './storage/keys.ts';
import { StoredItem } from './storage/stored-item.ts';
import { type Index, type ItemTree, newTree, type Table } from './storage/table.ts';
import { equal } from './values/attribute.ts';
import { TableWorld } from './world/table-world.ts';

/** An item, or an entry of an index, and the key of its tree, which says where it lies. */
interface Entry {
  at: string;
  stored: StoredItem;
}

/** What is asked of a state. */
interface Asked {
  table: Table;
  /** Undefined for the table itself. */
  index: Index | undefined;
  tree: ItemTree;
}

/**
 * A page of items of a table, or of entries of one of its indexes, in the order of a Scan.
 * @throws {RangeError} when neither state has such a table or index.
 */
export function readItems(
  name: TableName,
  range: RowRange,
  state: InspectedState,
  since?: InspectedState,
): TableRows {
  const found = find(name, range.index, state) ?? (since && find(name, range.index, since));
  if (!found) {
    const index = range.index === undefined ? '' : ` with an index ${range.index}`;
    throw new RangeError(`There is no table ${name.name}${index}.`);
  }
  const bounds = rowBounds(range);
  const merged = mergedItems(name, range.index, state, since);
  const chosen = range.changedOnly ? merged.filter(({ change }) => change) : merged;
  const page = chosen.slice(bounds.from, bounds.to);
  const keys = [...keyNames((found.index ?? found.table).keys), ...keyNames(found.table.keys)];
  const columns = columnsOf(page, keys);
  const partitionOf = partitions(found, state);
  return {
    table: name,
    columns,
    rows: page.map(({ change, row, before }): TableRow => {
      const values = columns.map((column) => row.stored.item[column.name]);
      return {
        ...(change && { change }),
        values: values as Array<Json | undefined>,
        ...(before && { before: differences(columns, before.stored, row.stored) }),
        place: { partition: partitionOf(row.at), bytes: row.stored.bytes },
      };
    }),
    from: bounds.from,
    total: chosen.length,
    exact: true,
    notes: [],
  };
}

/** All items of a table or entries of an index, those that are gone included. */
export function mergedItems(
  name: TableName,
  index: string | undefined,
  state: InspectedState,
  since?: InspectedState,
): Array<MergedRow<Entry>> {
  const after = entries(find(name, index, state)?.tree);
  if (!since) return [...after.values()].map((row) => ({ row }));
  return mergeRows(entries(find(name, index, since)?.tree), after, isSame);
}

function find(
  { schema, name }: TableName,
  indexName: string | undefined,
  { stores }: InspectedState,
): Asked | undefined {
  const store = schema === undefined ? [...stores.values()][0] : stores.get(schema);
  const table = store?.find(name);
  if (table === undefined || indexName === undefined) {
    return table && { table, index: undefined, tree: table.items };
  }
  const index = table.index(indexName);
  if (index) return { table, index, tree: index.tree };
  const vectors = table.vectors?.find((one) => one.name === indexName);
  if (!vectors) return undefined;
  // Where the entries of a vector index lie is not known: each is shown with the partition of its item.
  const tree = newTree<StoredItem>();
  for (const { item, bytes } of vectors.tree.values()) {
    tree.set(encodeKey(item, table.keys), new StoredItem(item, bytes));
  }
  return { table, index: undefined, tree };
}

function entries(tree: ItemTree | undefined): Map<string, Entry> {
  const all = new Map<string, Entry>();
  tree?.forRange('', AFTER_ALL, true, (at, stored) => {
    all.set(at, { at, stored });
  });
  return all;
}

/** Most items are not only equal but the same one. */
function isSame({ stored: a }: Entry, { stored: b }: Entry): boolean {
  return a === b || a.text === b.text || equal({ M: a.item }, { M: b.item });
}

/** Attributes of the page's items, those of the key first, each with its type if all have the same. */
function columnsOf(
  page: ReadonlyArray<MergedRow<Entry>>,
  keys: readonly string[],
): TableRows['columns'] {
  const types = new Map<string, Set<string>>();
  for (const name of keys) types.set(name, new Set());
  for (const { row, before } of page) {
    for (const { item } of before ? [row.stored, before.stored] : [row.stored]) {
      for (const name in item) {
        const known = types.get(name) ?? new Set();
        types.set(name, known);
        for (const type in item[name]) known.add(type);
      }
    }
  }
  return [...types].map(([name, known]) => {
    const [type] = known;
    return known.size === 1 && type !== undefined ? { name, type } : { name };
  });
}

function differences(
  columns: TableRows['columns'],
  before: StoredItem,
  after: StoredItem,
): Required<TableRow>['before'] {
  return columns.flatMap(({ name }, column) => {
    const [old, now] = [before.item[name], after.item[name]];
    if (old === now || (old && now && equal(old, now))) return [];
    return [{ column, value: old as Json | undefined }];
  });
}

/** The partition of a tree's key. The entries of a local index lie beside their items. */
function partitions({ table, index }: Asked, { settings, now }: InspectedState) {
  const world = table.world?.clone() ?? new TableWorld();
  const own = index?.global ? index : undefined;
  const map = world.throughput(table, own, settings, now).partitions;
  return (at: string) => map.of(at).id;
}

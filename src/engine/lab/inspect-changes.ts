/** What became of tables and rows between two states: the same comparison for both engines. */
import type { DatabaseDescription, TableDescription, TableName } from './inspect.ts';
import type { Change, RowChanges } from './inspect-rows.ts';

/** A row of the later state, or one that is gone, with what it was before. */
export interface MergedRow<Row> {
  change?: Change;
  row: Row;
  /** Of a changed one. */
  before?: Row;
}

/**
 * Lays two states of a table's rows over each other, each by its identity and in order. A row that is gone
 * stands behind the one that it followed.
 */
export function mergeRows<Row>(
  before: ReadonlyMap<string, Row>,
  after: ReadonlyMap<string, Row>,
  same: (before: Row, after: Row) => boolean,
): Array<MergedRow<Row>> {
  /** Those that are gone, by the identity of the row before them; undefined before all others. */
  const gone = new Map<string | undefined, Array<MergedRow<Row>>>();
  let last: string | undefined;
  for (const [id, row] of before) {
    if (after.has(id)) last = id;
    else gone.set(last, [...(gone.get(last) ?? []), { change: 'removed', row }]);
  }
  const merged = gone.get(undefined) ?? [];
  for (const [id, row] of after) {
    const old = before.get(id);
    if (old === undefined) merged.push({ change: 'added', row });
    else if (same(old, row)) merged.push({ row });
    else merged.push({ change: 'changed', row, before: old });
    merged.push(...(gone.get(id) ?? []));
  }
  return merged;
}

/** How many rows became what. */
export function countChanges(rows: ReadonlyArray<MergedRow<unknown>>): RowChanges {
  const changes = { added: 0, changed: 0, removed: 0 };
  for (const { change } of rows) if (change) changes[change] += 1;
  return changes;
}

/** A name that tells tables apart. */
export function tableId({ schema = '', name }: TableName): string {
  return JSON.stringify([schema, name]);
}

/**
 * The later description, with marks on what is new or other than before: tables, columns, indexes, constraints. What
 * is gone is in it too. How the rows have changed is for the engines to say: `rowChanges` is theirs.
 */
export function markChanges(
  before: DatabaseDescription,
  after: DatabaseDescription,
): DatabaseDescription {
  const old = new Map(before.tables.map((table) => [tableId(table), table]));
  const present = new Set(after.tables.map(tableId));
  const tables = after.tables.map((table) => {
    const earlier = old.get(tableId(table));
    return earlier ? markTable(earlier, table) : { ...table, change: 'added' as const };
  });
  const gone = before.tables.filter((table) => !present.has(tableId(table)));
  for (const table of gone) tables.push({ ...table, change: 'removed' });
  tables.sort((a, b) => (tableId(a) < tableId(b) ? -1 : 1));
  return { ...after, tables };
}

function markTable(before: TableDescription, after: TableDescription): TableDescription {
  const columns = mark(before.columns, after.columns);
  const indexes = mark(before.indexes, after.indexes, definitionOf);
  const marked: TableDescription = { ...after, columns, indexes };
  if (before.postgres && after.postgres) {
    const constraints = mark(before.postgres.constraints, after.postgres.constraints);
    marked.postgres = { ...after.postgres, constraints };
  }
  const parts = [...columns, ...indexes, ...(marked.postgres?.constraints ?? [])];
  const isOther =
    parts.some(({ change }) => change) ||
    JSON.stringify(settingsOf(before)) !== JSON.stringify(settingsOf(after));
  return isOther ? { ...marked, change: 'changed' } : marked;
}

/** What is set for the table as a whole, as opposed to what is in it. */
function settingsOf({ key, comment, dynamodb, postgres }: TableDescription): unknown {
  if (dynamodb) {
    const { billing, stream, timeToLive } = dynamodb;
    return { key, billing, stream, timeToLive };
  }
  const { constraints: _, pages: __, ...rest } = postgres ?? {};
  return { key, comment, ...rest };
}

/** An index is another one when it is defined otherwise, not when it has grown. */
const definitionOf = ({ bytes: _, rows: __, ...rest }: TableDescription['indexes'][number]) => rest;

function mark<Part extends { name: string; change?: Change }>(
  before: readonly Part[],
  after: readonly Part[],
  essence: (part: Part) => unknown = (part) => part,
): Part[] {
  const byName = (parts: readonly Part[]) => new Map(parts.map((part) => [part.name, part]));
  const text = (part: Part) => JSON.stringify(essence(part));
  return mergeRows(byName(before), byName(after), (a, b) => text(a) === text(b)).map(
    ({ row, change }) => (change ? { ...row, change } : row),
  );
}

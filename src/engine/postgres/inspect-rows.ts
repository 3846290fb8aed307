/** Rows of a table: a page of them, or all of them where they are to be compared. */
import type { TableDescription, TableName } from '../lab/inspect.ts';
import { type MergedRow, mergeRows } from '../lab/inspect-changes.ts';
import { type RowRange, rowBounds, type TableRow, type TableRows } from '../lab/inspect-rows.ts';
import { ask, prepareToInspect } from './inspect.ts';
import { quoted } from './inspect-queries.ts';
import type { Instance } from './instance.ts';

/** UTF-16 units of a value that are shown. */
const VALUE_LENGTH = 2000;

/** A row as text, with the place of its tuple. */
interface Row {
  ctid: string;
  values: Array<string | null>;
}

/** All rows of a table in one state, by the text of their key. */
export interface TableContents {
  columns: string[];
  /** By column: what it holds in rows that are older than it. */
  missing: ReadonlyArray<string | null>;
  rows: Map<string, Row>;
}

/** The table's rows in SQL, with the order in which they are shown: that of the key, else that of the file. */
function query({ schema = 'public', name, key, columns }: TableDescription): string {
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const list = columns.map((column) => `t.${quote(column.name)}`);
  const order =
    key.length > 0 ? key.map((column) => `t.${quote(column)}`) : ['t.tableoid', 't.ctid'];
  return `SELECT ${['t.ctid', ...list].join()} FROM ${quoted({ schema, name })} t ORDER BY ${order.join()}`;
}

/** Reads all rows. Call it inside `Instance.aside`, with the table as it is described in that state. */
export async function readContents(
  instance: Instance,
  table: TableDescription,
): Promise<TableContents> {
  const columns = table.columns.map(({ name }) => name);
  const key = table.key.map((name) => columns.indexOf(name));
  const rows = new Map<string, Row>();
  for (const row of await readRows(instance, query(table))) {
    const own = JSON.stringify(key.length > 0 ? key.map((at) => row.values[at]) : row.values);
    // Without a key, rows may be alike: they are counted.
    let id = own;
    for (let twin = 2; rows.has(id); twin += 1) id = `${own} ${twin}`;
    rows.set(id, row);
  }
  const missing = table.columns.map((column) => column.missing ?? null);
  return { columns, missing, rows };
}

/** Reads a page of a table that is not compared. Call it inside `Instance.aside`. */
export async function readPage(
  instance: Instance,
  table: TableDescription,
  range: RowRange,
): Promise<TableRows> {
  const { from, to } = rowBounds(range);
  const rows = await readRows(instance, `${query(table)} LIMIT ${to - from} OFFSET ${from}`);
  return {
    ...page(table),
    rows: rows.map(({ ctid, values }) => ({ values: values.map(shortened), place: { ctid } })),
    from,
    total: table.rows?.count ?? rows.length,
    exact: table.rows?.exact ?? true,
  };
}

/** A page of two states' rows, laid over each other. */
export function mergedPage(
  table: TableDescription,
  before: TableContents | undefined,
  after: TableContents | undefined,
  range: RowRange,
): TableRows {
  const merged = mergeContents(before, after);
  const chosen = range.changedOnly ? merged.filter(({ change }) => change) : merged;
  const { from, to } = rowBounds(range);
  const columns = after?.columns ?? before?.columns ?? [];
  return {
    ...page(table),
    rows: chosen.slice(from, to).map((one) => {
      // A row that is gone has the columns of its own time.
      const own = one.change === 'removed' ? before : after;
      const at = (name: string) => own?.columns.indexOf(name) ?? -1;
      const row: TableRow = {
        values: columns.map((name) => shortenedOrNone(one.row.values[at(name)])),
        place: { ctid: one.row.ctid },
      };
      if (one.change) row.change = one.change;
      if (one.before) row.before = differences(before, after, one.before, one.row);
      return row;
    }),
    from,
    total: chosen.length,
    exact: true,
  };
}

/** Lays the rows of two states over each other. */
export function mergeContents(
  before: TableContents | undefined,
  after: TableContents | undefined,
): Array<MergedRow<Row>> {
  const none = new Map<string, Row>();
  return mergeRows(
    before?.rows ?? none,
    after?.rows ?? none,
    (old, row) => differences(before, after, old, row).length === 0,
  );
}

/** Columns whose values are others. A column that was added is no change until it is written to. */
function differences(
  before: TableContents | undefined,
  after: TableContents | undefined,
  old: Row,
  row: Row,
): Required<TableRow>['before'] {
  return (after?.columns ?? []).flatMap((name, column) => {
    const at = before?.columns.indexOf(name) ?? -1;
    const value = (at < 0 ? after?.missing[column] : old.values[at]) ?? null;
    return value === row.values[column] ? [] : [{ column, value: shortened(value) }];
  });
}

async function readRows(instance: Instance, sql: string): Promise<Row[]> {
  await prepareToInspect(instance);
  return (await ask(instance, sql)).map(([ctid, ...values]) => ({ ctid: ctid as string, values }));
}

function page(table: TableDescription): Pick<TableRows, 'table' | 'columns' | 'notes'> {
  const name: TableName = { ...(table.schema && { schema: table.schema }), name: table.name };
  const columns = table.columns.filter(
    ({ change }) => change !== 'removed' || table.change === 'removed',
  );
  return {
    table: name,
    columns: columns.map(({ name: column, type }) => ({ name: column, type })),
    notes: [],
  };
}

const shortenedOrNone = (value: string | null | undefined) =>
  value === undefined ? undefined : shortened(value);

function shortened(value: string | null): string | null {
  return value !== null && value.length > VALUE_LENGTH
    ? `${value.slice(0, VALUE_LENGTH)}...`
    : value;
}

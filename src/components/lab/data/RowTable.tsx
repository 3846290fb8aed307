/** A page of rows as a table: values with their types, what has changed, and where each row lies. */
import type { RowColumn, TableRow, TableRows } from '../../../engine/lab/inspect-rows.ts';
import type { Json, Side } from '../../../engine/lab/result.ts';
import { cell, type Item, oneLine, plainItem } from '../attributes.ts';
import { Scroll } from '../results/Scroll.tsx';
import { CHANGE_SIGN } from './words.ts';

interface Props {
  caption: string;
  side: Side;
  page: TableRows;
  /** Columns of the key. */
  keys: readonly string[];
  /** Whether the columns that have changed come right after the key. */
  changedFirst: boolean;
  /** Shows the page of a tuple, by its ctid. */
  onPage: ((ctid: string) => void) | undefined;
}

/** A value of more characters is broken into lines; of more than `FOLDED`, folded up. */
const LONG = 32;
const FOLDED = 160;
/** More columns than this do not fit: those that few items have stand together in the last one. */
const MOST_COLUMNS = 9;

/** Types whose values are figures. */
const NUMERIC = /^(N|smallint|integer|bigint|numeric|real|double precision|oid|money)\b/;

/** The table. NULL is a word, an absent attribute an empty cell. */
export function RowTable({ caption, side, page, keys, changedFirst, onPage }: Props) {
  const { columns, rows } = page;
  const shown = shownColumns(page, keys);
  if (changedFirst) shown.sort((a, b) => rank(page, keys, a) - rank(page, keys, b));
  const rest = columns.map((_, at) => at).filter((at) => !shown.includes(at));
  const isMarked = rows.some(({ change }) => change);
  const numeric = columns.map(({ type }) => type !== undefined && NUMERIC.test(type));
  return (
    <Scroll label={caption}>
      <table class="kj-data-rows">
        <caption class="kj-hidden">{caption}</caption>
        <thead>
          <tr>
            {isMarked && <th scope="col">Change</th>}
            {shown.map((at) => (
              <Head key={at} column={columns[at] as RowColumn} keys={keys} numeric={numeric[at]} />
            ))}
            {rest.length > 0 && <th scope="col">further attributes</th>}
            {side === 'postgres' ? (
              <th scope="col" class="kj-data-place">
                ctid
              </th>
            ) : (
              <>
                <th scope="col" class="kj-data-place kj-num">
                  Partition
                </th>
                <th scope="col" class="kj-data-place kj-num">
                  Bytes
                </th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index} data-change={row.change}>
              {isMarked && (
                <td>
                  {row.change && (
                    <span class="kj-data-mark" data-change={row.change}>
                      <span aria-hidden="true">{CHANGE_SIGN[row.change]} </span>
                      {row.change}
                    </span>
                  )}
                </td>
              )}
              {shown.map((at) => (
                <Cell key={at} row={row} at={at} side={side} numeric={numeric[at]} />
              ))}
              {rest.length > 0 && (
                <td class="kj-long">
                  <Long text={further(columns, row, rest)} />
                </td>
              )}
              <Place row={row} onPage={onPage} />
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Head({
  column: { name, type },
  keys,
  numeric,
}: {
  column: RowColumn;
  keys: readonly string[];
  numeric: boolean | undefined;
}) {
  return (
    <th scope="col" class={numeric ? 'kj-num' : undefined}>
      {name}
      {type && <small> {type}</small>}
      {keys.includes(name) && <small class="kj-data-key"> key</small>}
    </th>
  );
}

interface CellProps {
  row: TableRow;
  at: number;
  side: Side;
  numeric: boolean | undefined;
}

function Cell({ row, at, side, numeric }: CellProps) {
  const value = text(row.values[at], side);
  const before = row.before?.find(({ column }) => column === at);
  const isLong = typeof value === 'string' && value.length > LONG;
  return (
    <td
      class={[numeric && 'kj-num', isLong && 'kj-long'].filter(Boolean).join(' ') || undefined}
      data-changed={before ? '' : undefined}
    >
      {before && (
        <>
          <span class="kj-data-was">
            <span class="kj-hidden">was </span>
            <Value value={text(before.value, side)} absent="absent" />
          </span>{' '}
          <span class="kj-hidden">, now </span>
        </>
      )}
      <Value value={value} absent={before ? 'absent' : ''} />
    </td>
  );
}

function Value({ value, absent }: { value: string | null | undefined; absent: string }) {
  if (value === undefined) return absent ? <span class="kj-null">{absent}</span> : null;
  if (value === null) return <span class="kj-null">NULL</span>;
  return value === '' ? <span class="kj-null">empty text</span> : <Long text={value} />;
}

/** A long value shows how it begins, and the rest when asked. */
function Long({ text: value }: { text: string }) {
  if (value.length <= FOLDED) return <>{value}</>;
  return (
    <details>
      <summary>{value.slice(0, FOLDED / 2)}…</summary>
      {value}
    </details>
  );
}

function Place({ row, onPage }: { row: TableRow; onPage: Props['onPage'] }) {
  if (!('ctid' in row.place)) {
    return (
      <>
        <td class="kj-data-place kj-num">{row.place.partition}</td>
        <td class="kj-data-place kj-num">{row.place.bytes.toLocaleString('en')}</td>
      </>
    );
  }
  const { ctid } = row.place;
  // Where a row was that is gone, another may be by now.
  if (!onPage || row.change === 'removed') return <td class="kj-data-place">{ctid}</td>;
  return (
    <td class="kj-data-place">
      <button
        type="button"
        class="kj-data-name"
        aria-label={`${ctid}, show its page`}
        onClick={() => onPage(ctid)}
      >
        {ctid}
      </button>
    </td>
  );
}

/** A value as text; null is NULL, undefined an attribute that is not there. */
function text(value: Json | undefined, side: Side): string | null | undefined {
  return side === 'dynamodb' ? cell(value) : (value as string | null | undefined);
}

function rank({ columns, rows }: TableRows, keys: readonly string[], at: number): number {
  if (keys.includes(columns[at]?.name ?? '')) return 0;
  return rows.some(({ before }) => before?.some(({ column }) => column === at)) ? 1 : 2;
}

/** Columns that get a place of their own: the key, what has changed, and what most rows have. */
function shownColumns({ columns, rows }: TableRows, keys: readonly string[]): number[] {
  const all = columns.map((_, at) => at);
  if (columns.length <= MOST_COLUMNS) return all;
  const filled = all.map((at) => rows.filter(({ values }) => values[at] !== undefined).length);
  const must = new Set(
    all.filter(
      (at) =>
        keys.includes(columns[at]?.name ?? '') ||
        rows.some(({ before }) => before?.some(({ column }) => column === at)),
    ),
  );
  // All columns of a PostgreSQL table are filled: a table may be wide.
  if (filled.every((number) => number === rows.length)) return all;
  const others = all
    .filter((at) => !must.has(at) && (filled[at] ?? 0) * 2 > rows.length)
    .slice(0, Math.max(0, MOST_COLUMNS - must.size));
  return all.filter((at) => must.has(at) || others.includes(at));
}

function further(
  columns: readonly RowColumn[],
  { values }: TableRow,
  rest: readonly number[],
): string {
  const item: Item = {};
  for (const at of rest) {
    const value = values[at];
    if (value !== undefined) item[columns[at]?.name ?? ''] = value;
  }
  return Object.keys(item).length === 0 ? '' : oneLine(plainItem(item));
}

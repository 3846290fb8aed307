/** Rows as a real table, in a scroll region of its own that a keyboard can reach. */
import type { Grid } from '../attributes.ts';
import { count } from '../names.ts';
import { Scroll } from './Scroll.tsx';

interface Props extends Grid {
  /** Names the table for a screen reader, and its scroll region. */
  caption: string;
  /** Shows the caption, where several tables stand together. */
  titled?: boolean;
  /** What stands for NULL, where the reader has chosen it. */
  nullAs?: string;
}

/** Rows shown before the reader asks for the rest. */
const SHOWN_ROWS = 50;

/** A value of more characters than this is broken into lines. */
const LONG = 32;

/** Types whose values are figures: DynamoDB's, and PostgreSQL's with or without a precision. */
const NUMERIC = /^(N|smallint|integer|bigint|numeric|real|double precision|oid|money)\b/;

/** A table whose header cells carry name and type. NULL is a word; an absent attribute is an empty cell. */
export function DataTable({ caption, titled, columns, rows, nullAs }: Props) {
  const rest = rows.length - SHOWN_ROWS;
  // Figures stand under each other at the end of a column, unless there is nothing beside them.
  const numeric = columns.map(
    ({ type }) => columns.length > 1 && type !== undefined && NUMERIC.test(type),
  );
  const line = (row: Grid['rows'][number]) => (
    <tr>
      {row.map((value, column) => (
        <td class={cellClass(value, numeric[column] === true)}>
          <Cell value={value} nullAs={nullAs} />
        </td>
      ))}
    </tr>
  );
  return (
    <>
      <Scroll label={caption}>
        <table>
          <caption class={titled ? 'kj-caption' : 'kj-hidden'}>{caption}</caption>
          <thead>
            <tr>
              {columns.map(({ name, type }, column) => (
                <th scope="col" class={numeric[column] ? 'kj-num' : undefined}>
                  {name}
                  {type && <small> {type}</small>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{rows.slice(0, SHOWN_ROWS).map(line)}</tbody>
          {rest > 0 && (
            <tbody data-rest hidden>
              {rows.slice(SHOWN_ROWS).map(line)}
            </tbody>
          )}
        </table>
      </Scroll>
      {rest > 0 && <ShowRest what={`all ${count(rows.length, 'row')}`} />}
    </>
  );
}

function cellClass(value: string | null | undefined, numeric: boolean): string | undefined {
  if (numeric) return 'kj-num';
  return value && value.length > LONG ? 'kj-long' : undefined;
}

function Cell({
  value,
  nullAs,
}: {
  value: string | null | undefined;
  nullAs?: string | undefined;
}) {
  if (value === undefined) return null;
  if (value === null) return <span class="kj-null">{nullAs ?? 'NULL'}</span>;
  return value === '' ? <span class="kj-null">empty text</span> : value;
}

/** The button that shows what is `data-rest` in the element before it; the lab's script does it. */
export function ShowRest({ what }: { what: string }) {
  return (
    <button type="button" class="kj-more" data-show-rest>
      Show {what}
    </button>
  );
}

/** Rows as a real table, in a scroll region of its own that a keyboard can reach. */
import type { Grid } from '../attributes.ts';
import { count } from '../names.ts';
import { Scroll } from './Scroll.tsx';

interface Props extends Grid {
  /** Names the table for a screen reader, and its scroll region. */
  caption: string;
}

/** Rows shown before the reader asks for the rest. */
const SHOWN_ROWS = 50;

const NUMERIC = new Set([
  'N',
  'int2',
  'int4',
  'int8',
  'numeric',
  'float4',
  'float8',
  'oid',
  'money',
]);

/** A table whose header cells carry name and type. NULL is a word; an absent attribute is an empty cell. */
export function DataTable({ caption, columns, rows }: Props) {
  const hidden = rows.length - SHOWN_ROWS;
  const numeric = columns.map(({ type }) => type !== undefined && NUMERIC.has(type));
  const line = (row: Grid['rows'][number], index: number) => (
    <tr key={index}>
      {row.map((value, column) => (
        <td key={column} class={numeric[column] ? 'kj-num' : undefined}>
          <Cell value={value} />
        </td>
      ))}
    </tr>
  );
  return (
    <Scroll label={caption}>
      <table>
        <caption class="kj-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ name, type }, column) => (
              <th key={column} scope="col" class={numeric[column] ? 'kj-num' : undefined}>
                {name}
                {type && <small> {type}</small>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{rows.slice(0, SHOWN_ROWS).map(line)}</tbody>
        {hidden > 0 && (
          <tbody data-rest hidden>
            {rows.slice(SHOWN_ROWS).map(line)}
          </tbody>
        )}
      </table>
      {hidden > 0 && <ShowRest what={`all ${count(rows.length, 'row')}`} />}
    </Scroll>
  );
}

function Cell({ value }: { value: string | null | undefined }) {
  if (value === undefined) return null;
  if (value === null) return <span class="kj-null">NULL</span>;
  return value === '' ? <span class="kj-null">empty text</span> : value;
}

/** The button that shows the `data-rest` elements beside it; the lab's script does it. */
export function ShowRest({ what }: { what: string }) {
  return (
    <button type="button" class="kj-more" data-show-rest>
      Show {what}
    </button>
  );
}

/** Rows of a result's table: NULL is a word, an absent attribute an empty cell, JSON is folded. */
import type { Grid } from '../attributes.ts';
import { unfolded } from '../json-view.ts';
import { isJson, isNumeric } from '../value-types.ts';

interface Props {
  grid: Grid;
  /** The rows to show, in order. */
  rows: readonly number[];
  /** What stands for NULL, where the reader has chosen it. */
  nullAs?: string | undefined;
}

/** A value of more characters is broken into lines; JSON of more than `FOLDED` is folded. */
const LONG = 32;
const FOLDED = 60;

/** The rows. `read-table.ts` reads the values from the cells again. */
export function Rows({ grid: { columns, rows }, rows: order, nullAs }: Props) {
  const atEnd = columns.map((_, column) => isAtEnd(columns, column));
  return (
    <>
      {order.map((row) => (
        <tr key={row}>
          {rows[row]?.map((value, column) => (
            <Cell
              key={column}
              value={value}
              type={columns[column]?.type}
              ownType={columns[column]?.types?.[row]}
              atEnd={atEnd[column] === true}
              nullAs={nullAs}
            />
          ))}
        </tr>
      ))}
    </>
  );
}

/** Figures stand under each other at the end of a column, unless there is nothing beside them. */
export function isAtEnd(columns: Grid['columns'], column: number): boolean {
  return columns.length > 1 && isNumeric(columns[column]?.type);
}

interface CellProps {
  value: string | null | undefined;
  type: string | undefined;
  /** The value's own type, where those of the column differ. */
  ownType: string | undefined;
  atEnd: boolean;
  nullAs: string | undefined;
}

function Cell({ value, type, ownType, atEnd, nullAs }: CellProps) {
  const end = atEnd ? 'kj-num' : undefined;
  if (value === undefined) return <td data-is="absent" class={end} />;
  if (value === null || value === '') {
    return (
      <td data-is={value === null ? 'null' : 'empty'} data-type={ownType} class={end}>
        <span class="kj-null">{value === null ? (nullAs ?? 'NULL') : 'empty text'}</span>
      </td>
    );
  }
  const isLong = value.length > LONG;
  if (value.length > FOLDED && isJson(type ?? ownType)) {
    return (
      <td data-text={value} data-type={ownType} class="kj-folded">
        <details>
          <summary>{value.slice(0, FOLDED)}…</summary>
          <pre>{unfolded(value)}</pre>
        </details>
      </td>
    );
  }
  return (
    <td data-type={ownType} class={end ?? (isLong ? 'kj-long' : undefined)}>
      {value}
    </td>
  );
}

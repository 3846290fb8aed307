/** How many rows of a long result are in the page: a first screenful, then more at each press. */
import type { Grid } from './attributes.ts';

/** Rows that are there before the reader asks for more. */
const FIRST = 50;
/** Rows that a press adds: a browser lays these out between two frames or three, thousands it does not. */
const MORE = 500;

/** The numbers of the rows that are shown at first. */
export function firstRows(all: number): number[] {
  return Array.from({ length: Math.min(FIRST, all) }, (_, row) => row);
}

/** How many are shown after a press, of `all`, when it were `shown` before. */
export function afterMore(shown: number, all: number): number {
  return Math.min(shown + MORE, all);
}

/** What the button says that shows more. */
export function moreWords(shown: number, all: number): string {
  const words = (number: number) => number.toLocaleString('en');
  const next = afterMore(shown, all);
  return next === all ? `Show all ${words(all)} rows` : `Show ${words(next)} of ${words(all)} rows`;
}

/** Rows that are not in the page yet, as they wait in an attribute; 0 stands for what is not there. */
interface Rest {
  rows: Array<Array<string | null | 0>>;
  /** The types of the values, of each column that has several. */
  types: Array<Array<string | null> | null>;
}

/** The rows beyond the first ones, as text; undefined when there are none. */
export function restOf({ columns, rows }: Grid): string | undefined {
  if (rows.length <= FIRST) return undefined;
  const rest: Rest = {
    rows: rows.slice(FIRST).map((row) => row.map((value) => (value === undefined ? 0 : value))),
    types: columns.map(({ types }) => types?.slice(FIRST).map((type) => type ?? null) ?? null),
  };
  return JSON.stringify(rest);
}

/** Adds to the rows that were in the page those that `restOf` put aside. */
export function withRest(grid: Grid, rest: string): Grid {
  const { rows, types } = JSON.parse(rest) as Rest;
  return {
    columns: grid.columns.map((column, at) => {
      const more = types[at];
      if (!more) return column;
      return {
        ...column,
        types: [...(column.types ?? []), ...more.map((type) => type ?? undefined)],
      };
    }),
    rows: [
      ...grid.rows,
      ...rows.map((row) => row.map((value) => (value === 0 ? undefined : value))),
    ],
  };
}

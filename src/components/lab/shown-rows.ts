/** Which rows of a long result are in the page: a first screenful, then a page of them at each press. */
import type { Grid } from './attributes.ts';

/** Rows that are there before the reader asks for more. */
const FIRST = 50;
/** Rows that are there at once, at most: these a browser lays out between two frames, thousands it does not. */
const PAGE = 250;

/** The numbers of the rows that are shown at first. */
export function firstRows(all: number): number[] {
  return Array.from({ length: Math.min(FIRST, all) }, (_, row) => row);
}

/** Rows of a page from row `from`, counted from 0. */
export interface RowPage {
  from: number;
  to: number;
}

/** The page that begins at `from`; undefined where there is none. */
export function pageAt(from: number, all: number): RowPage | undefined {
  return from < 0 || from >= all ? undefined : { from, to: Math.min(from + PAGE, all) };
}

/** The page after this one, which may be the first screenful. */
export function pageAfter({ from, to }: RowPage, all: number): RowPage | undefined {
  return pageAt(to - from < PAGE && to < all ? from : to, all);
}

/** The page before this one. */
export function pageBefore({ from }: RowPage, all: number): RowPage | undefined {
  return pageAt(from - PAGE, all);
}

/** What the button says that shows this page. */
export function pageWords({ from, to }: RowPage, all: number): string {
  const words = (number: number) => number.toLocaleString('en');
  return from === 0 && to === all
    ? `Show all ${words(all)} rows`
    : `Rows ${words(from + 1)} to ${words(to)} of ${words(all)}`;
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

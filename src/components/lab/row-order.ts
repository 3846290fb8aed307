/** The order of a table's rows by one of its columns. Pure. */
import type { Grid } from './attributes.ts';
import { isNumeric } from './value-types.ts';

/** A column, and which way; undefined for the order in which the rows came. */
export type Sorting = { column: number; direction: 'ascending' | 'descending' } | undefined;

/** What a press of a column's header asks for: up, then down, then as it was. */
export function nextSorting(sorting: Sorting, column: number): Sorting {
  if (sorting?.column !== column) return { column, direction: 'ascending' };
  return sorting.direction === 'ascending' ? { column, direction: 'descending' } : undefined;
}

/**
 * The rows' numbers in order. Numbers go by value and before texts, texts by their code units; NULL
 * comes last either way, and what is not there after it. Equal rows keep their order.
 */
export function rowOrder({ columns, rows }: Grid, sorting: Sorting): number[] {
  const order = rows.map((_, row) => row);
  if (!sorting) return order;
  const { type, types } = columns[sorting.column] ?? {};
  const sign = sorting.direction === 'ascending' ? 1 : -1;
  const keys = rows.map((row, at) => keyOf(row[sorting.column], type ?? types?.[at]));
  return order.sort((a, b) => {
    const [one, other] = [keys[a] as Key, keys[b] as Key];
    return one.rank === other.rank ? sign * compare(one, other) : one.rank - other.rank;
  });
}

interface Key {
  /** Values, NULL, nothing. */
  rank: 0 | 1 | 2;
  text: string;
  number?: number;
}

function keyOf(text: string | null | undefined, type: string | undefined): Key {
  if (text == null) return { rank: text === null ? 1 : 2, text: '' };
  if (!isNumeric(type)) return { rank: 0, text };
  // `money` is written with a sign and commas.
  return { rank: 0, text, number: Number(text.replace(/[$,]/g, '')) };
}

function compare(a: Key, b: Key): number {
  if (a.number !== undefined && b.number !== undefined) return compareNumbers(a, b);
  if (a.number !== undefined) return -1;
  if (b.number !== undefined) return 1;
  return a.text < b.text ? -1 : a.text > b.text ? 1 : 0;
}

/** By value; PostgreSQL's NaN is greater than all others. Integers that are equal as doubles go digit by digit. */
function compareNumbers(a: Key, b: Key): number {
  const [one, other] = [a.number as number, b.number as number];
  if (Number.isNaN(one) || Number.isNaN(other)) return +Number.isNaN(one) - +Number.isNaN(other);
  if (one !== other) return one < other ? -1 : 1;
  if (!INTEGER.test(a.text) || !INTEGER.test(b.text)) return 0;
  const difference = BigInt(a.text) - BigInt(b.text);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

const INTEGER = /^-?\d+$/;

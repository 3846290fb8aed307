/** Rows and items as a data browser shows them: page by page, at a moment of a run, with what became of them. */
import type { TableName } from './inspect.ts';
import type { Json } from './result.ts';

/** What became of something between two moments. */
export type Change = 'added' | 'changed' | 'removed';

/**
 * A moment of a run. States are those that were kept: 0 is the dataset, k what there was after the
 * k-th step. Without one, the state is the present.
 */
export interface Moment {
  state?: number | undefined;
  /** An earlier state: what has changed since then is marked, and what is gone is shown too. */
  since?: number | undefined;
}

/** A state that is not there: it was never kept, or a later run has taken its place. */
export class StateLostError extends Error {
  override readonly name = 'StateLostError';
  constructor() {
    super('This state of the data is not kept any more: run the code again to see it.');
  }
}

/** Which rows are wanted. */
export interface RowRange {
  /** Of DynamoDB: entries of this index in place of the table's items. */
  index?: string;
  /** The first, counted from 0; 0 without it. */
  from?: number;
  /** How many, at most 200; 50 without it. */
  count?: number;
  /** Only those that have changed; all without `since`. */
  changedOnly?: boolean;
}

/** A page of rows as it is asked for from afar. */
export interface RowsRequest {
  table: TableName;
  range: RowRange;
  moment: Moment;
}

/** A page of rows, in the order of the key. */
export interface TableRows {
  table: TableName;
  /** Of PostgreSQL all columns; of DynamoDB the attributes of these items, those of the key first. */
  columns: RowColumn[];
  rows: TableRow[];
  /** The first of these, counted from 0. */
  from: number;
  /** How many there are, removed ones included. Of a large table an estimate. */
  total: number;
  exact: boolean;
  notes: string[];
}

/** A column of a page of rows. */
export interface RowColumn {
  name: string;
  /** PostgreSQL's name of the type; DynamoDB's letter, where all values of the page have the same. */
  type?: string;
}

/** A row, or an item. */
export interface TableRow {
  change?: Change;
  /** By column. PostgreSQL: text or null. DynamoDB: an attribute value, or undefined where there is none. */
  values: Array<Json | undefined>;
  /** Of a changed row, the values that were others. */
  before?: Array<{ column: number; value: Json | undefined }>;
  /** Where it lies; of a removed row, where it was. */
  place: RowPlace;
}

/** PostgreSQL: the tuple's page and line pointer. DynamoDB: the partition by its number, and the size in bytes. */
export type RowPlace = { ctid: string } | { partition: number; bytes: number };

/** How many rows of a table became what. */
export interface RowChanges {
  added: number;
  changed: number;
  removed: number;
}

/** Rows that are answered at once, at most, and without `count`. */
const ROW_LIMIT = 200;
const ROW_COUNT = 50;

/** Where a page of rows begins and ends. */
export function rowBounds({ from = 0, count = ROW_COUNT }: RowRange): { from: number; to: number } {
  return { from, to: from + Math.min(count, ROW_LIMIT) };
}

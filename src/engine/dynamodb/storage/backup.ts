/** A backup on demand: the table as it was, and what is told of it. */
import type { Table } from './table.ts';

/** Never changed. */
export interface Backup {
  arn: string;
  name: string;
  /** Milliseconds of the engine's clock. */
  createdAt: number;
  /** A clone, which shares the items with the table until either is written to. */
  table: Table;
}

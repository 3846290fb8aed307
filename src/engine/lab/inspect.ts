/**
 * What is in a database, as a data browser shows it: one shape for both engines, so that one
 * component can show either. What only one engine has is under that engine's name.
 */
import type { DynamoDBIndex, DynamoDBTable } from './inspect-dynamodb.ts';
import type { Change, RowChanges } from './inspect-rows.ts';

/** A whole database: of PostgreSQL one database, of DynamoDB one Region of an account. */
export interface DatabaseDescription {
  engine: 'dynamodb' | 'postgres';
  /** PostgreSQL's name of the database; DynamoDB's Region. */
  name: string;
  /** Sorted by schema and name. */
  tables: TableDescription[];
  /** What refers to what. DynamoDB has none. */
  dependencies: Dependency[];
  /** What could not be found out or is otherwise than one may think, in sentences. */
  notes: string[];
  postgres?: PostgresObjects;
}

/** Which table is meant. */
export interface TableName {
  /** PostgreSQL's schema; of DynamoDB the Region, where there are several. */
  schema?: string;
  name: string;
}

/** A table: its columns, its key, its indexes, and how much is in it. */
export interface TableDescription extends TableName {
  /** PostgreSQL: all columns, in order. DynamoDB: the attributes that keys and indexes declare. */
  columns: ColumnDescription[];
  /** Columns of the primary key, in order; of DynamoDB the partition key, then the sort key. */
  key: string[];
  indexes: IndexDescription[];
  /** Absent where nothing can be counted, as in another server's table. */
  rows?: RowCount;
  bytes: TableBytes;
  /** A comment that somebody gave it. */
  comment?: string;
  /** What became of its definition since the state that it is compared with. */
  change?: Change;
  /** What became of its rows since then; absent when none has changed, or it is too large to be compared. */
  rowChanges?: RowChanges;
  postgres?: PostgresTable;
  dynamodb?: DynamoDBTable;
}

/** How many rows or items; large tables are estimated. */
export interface RowCount {
  count: number;
  exact: boolean;
}

/** Sizes in bytes: DynamoDB counts them by its rules for items, PostgreSQL by the pages it has taken. */
export interface TableBytes {
  table: number;
  indexes: number;
  /** PostgreSQL: large values that are kept outside of the rows. */
  toast?: number;
}

/** A column, or an attribute of DynamoDB. */
export interface ColumnDescription {
  name: string;
  /** As the engine writes it: `numeric(10,2)`, `S`. */
  type: string;
  nullable: boolean;
  /** The default, an expression. */
  default?: string;
  /** GENERATED ALWAYS or BY DEFAULT AS IDENTITY. */
  identity?: 'always' | 'by default';
  /** The expression of a generated column. */
  generated?: string;
  /** What it holds in rows that are older than the column; NULL without it. */
  missing?: string;
  comment?: string;
  change?: Change;
}

/** An index. The one of the primary key is among PostgreSQL's, while DynamoDB's is the table itself. */
export interface IndexDescription {
  name: string;
  /** PostgreSQL: `btree`, `gin`, `hnsw`. DynamoDB: `global`, `local`, `vector`. */
  kind: string;
  /** Columns or expressions that it sorts or finds by, in order. */
  keys: string[];
  /** Further columns that it holds; of DynamoDB the projected attributes, or `*` for all. */
  includes: string[];
  bytes: number;
  rows?: RowCount;
  change?: Change;
  postgres?: PostgresIndex;
  dynamodb?: DynamoDBIndex;
}

/** Something that refers to a table. */
export interface Dependency {
  kind: 'foreign key' | 'partition' | 'inheritance' | 'view';
  from: TableName;
  to: TableName;
  /** Of a foreign key: its name, and the columns on both sides, pair by pair. */
  constraint?: string;
  fromColumns?: string[];
  toColumns?: string[];
}

// ---------------------------------------------------------------- PostgreSQL

/** What a PostgreSQL database has beside tables. What belongs to extensions is left out. */
export interface PostgresObjects {
  schemas: string[];
  views: PostgresView[];
  sequences: PostgresSequence[];
  functions: PostgresFunction[];
  extensions: Array<{ name: string; version: string }>;
  /**
   * The session's transaction. When it has failed, what is shown is the database without what the
   * transaction had done: it can only be rolled back.
   */
  transaction: 'none' | 'open' | 'failed';
  /** The role that statements run as. */
  role: string;
}

/** What only PostgreSQL's tables have. */
export interface PostgresTable {
  kind: 'table' | 'partitioned table' | 'foreign table';
  persistence: 'permanent' | 'unlogged' | 'temporary';
  owner: string;
  constraints: PostgresConstraint[];
  triggers: PostgresTrigger[];
  /** Pages of 8 KiB that the rows take. */
  pages: number;
  rowSecurity: boolean;
  policies: PostgresPolicy[];
  /** Of a partitioned table: how rows are spread, as `RANGE (placed_at)`. */
  partitionKey?: string;
  /** Of a partition: which rows are in it, as `FOR VALUES FROM (1) TO (10)`. */
  partitionBound?: string;
}

/** A constraint, with its definition as PostgreSQL writes it. */
export interface PostgresConstraint {
  name: string;
  kind: 'primary key' | 'unique' | 'foreign key' | 'check' | 'exclusion' | 'not null' | 'trigger';
  columns: string[];
  definition: string;
  deferrable: boolean;
  /** False for one that was added NOT VALID, or is NOT ENFORCED. */
  validated: boolean;
  change?: Change;
}

/** What only PostgreSQL's indexes have. */
export interface PostgresIndex {
  /** CREATE INDEX. */
  definition: string;
  unique: boolean;
  primary: boolean;
  /** False while, and after, CREATE INDEX CONCURRENTLY has not come to its end. */
  valid: boolean;
  /** The condition of a partial index. */
  predicate?: string;
}

/** A trigger. */
export interface PostgresTrigger {
  name: string;
  definition: string;
  enabled: boolean;
}

/** A policy of row-level security. */
export interface PostgresPolicy {
  name: string;
  command: string;
  roles: string[];
  using?: string;
  withCheck?: string;
}

/** A view; a materialized one has rows of its own. */
export interface PostgresView {
  schema: string;
  name: string;
  materialized: boolean;
  columns: ColumnDescription[];
  definition: string;
  rows?: RowCount;
  bytes: number;
}

/** A sequence. */
export interface PostgresSequence {
  schema: string;
  name: string;
  type: string;
  increment: number;
  /** The last value that it gave; absent before the first. Text: it may be beyond what a number holds. */
  last?: string;
  /** The column that it serves, as `orders.order_id`. */
  ownedBy?: string;
}

/** A function or a procedure. */
export interface PostgresFunction {
  schema: string;
  name: string;
  kind: 'function' | 'procedure' | 'aggregate' | 'window';
  arguments: string;
  /** Absent for a procedure. */
  returns?: string;
  language: string;
  /** CREATE FUNCTION; absent for an aggregate. */
  definition?: string;
}

/** Which pages of a table are wanted. */
export interface PageRange {
  /** The first, counted from 0; 0 without it. */
  from?: number;
  /** How many, at most 32, which is also what is read without it. */
  count?: number;
}

/** Pages of a table as they lie in its file, with every version of every row. */
export interface TablePages {
  table: TableName;
  /** Pages that the table has. */
  pageCount: number;
  /** Those that were asked for. */
  pages: HeapPage[];
  columns: string[];
  notes: string[];
}

/** A page of a heap. Source: PostgreSQL documentation, "Database Page Layout". */
export interface HeapPage {
  number: number;
  /** Where free space begins and ends, in bytes of the page. */
  lower: number;
  upper: number;
  freeBytes: number;
  /** PD_HAS_FREE_LINES, PD_PAGE_FULL, PD_ALL_VISIBLE. */
  flags: string[];
  tuples: LinePointer[];
}

/** An entry in a page's array of line pointers, and what it points to. */
export type LinePointer =
  | { item: number; pointer: 'unused' | 'dead' }
  /** To another line pointer of the page: where the first version of a HOT chain has been. */
  | { item: number; pointer: 'redirect'; to: number }
  | { item: number; pointer: 'normal'; version: TupleVersion };

/** How a transaction ended; `frozen`: so long ago that its number no longer counts. */
export type TransactionStatus = 'committed' | 'aborted' | 'in progress' | 'frozen';

/** One version of a row. */
export interface TupleVersion {
  /** Its own place, `(page,item)`. */
  ctid: string;
  /** Where the next version is; its own place when there is none. */
  next: string;
  /** The transaction that wrote it. */
  xmin: number;
  xminStatus: TransactionStatus;
  /** The transaction that deleted, updated or locked it, or a group of them; 0 for none. */
  xmax: number;
  /** Absent when nobody has deleted or updated it. */
  xmaxStatus?: TransactionStatus;
  /**
   * - `live`: written for good, and not deleted.
   * - `inserting`, `deleting`: by a transaction that has not ended.
   * - `dead`: deleted for good, or never committed: VACUUM may remove it.
   */
  state: 'live' | 'inserting' | 'deleting' | 'dead';
  /** Whether the session sees it now. */
  visible: boolean;
  bytes: number;
  /** Names of the bits of t_infomask and t_infomask2, as pageinspect's `raw_flags`. */
  flags: string[];
  /** Its values as text, column by column, long ones cut short; absent when they could not be read. */
  values?: Array<string | null>;
}

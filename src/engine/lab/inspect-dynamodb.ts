/** What only DynamoDB's tables and indexes have, as a data browser shows them. */

/** What only DynamoDB's tables have. */
export interface DynamoDBTable {
  /** `ACTIVE`, or what it waits for. */
  status: string;
  billing: 'on-demand' | 'provisioned';
  /** Attributes of the key that spread items over partitions; the rest of the key sorts. */
  partitionKey: string[];
  /** Of the table itself and, under their names, of its global indexes. */
  partitions: DynamoDBPartition[];
  /** What records of its stream show, as `NEW_AND_OLD_IMAGES`. */
  stream?: string;
  /** The attribute by which items expire. */
  timeToLive?: string;
}

/** A partition of a table or of a global index: AWS never shows it, an emulator can. */
export interface DynamoDBPartition {
  /** The global index that it belongs to; absent for the table. */
  index?: string;
  /** Counted from 1; a partition that is split keeps its number. */
  id: number;
  /** The share of all hashes of partition keys that it holds, from 0 to 1. */
  from: number;
  to: number;
  items: number;
  bytes: number;
}

/** What only DynamoDB's indexes have. */
export interface DynamoDBIndex {
  status: string;
  /** As of a table. */
  partitionKey: string[];
  projection: 'ALL' | 'KEYS_ONLY' | 'INCLUDE';
  /** Of a vector index: the attribute that it is about, with its length and the distance it ranks by. */
  vector?: { attribute: string; dimensions: number; distance: string };
}

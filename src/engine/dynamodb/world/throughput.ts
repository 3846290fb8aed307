/** The throughput of one table and of each of its global indexes: limits, what is left of them, and partitions. */
import type { Units } from '../../lab/result.ts';
import type { Index, Table } from '../storage/table.ts';
import type { PartitionMap } from './partition-map.ts';
import type { WorldSettings } from './settings.ts';
import { TokenBucket } from './token-bucket.ts';
import { Traffic } from './traffic.ts';

/** What is exceeded, as ThrottlingReasons name it after `TableRead`, `IndexWrite` and the like. */
export type LimitType =
  | 'ProvisionedThroughputExceeded'
  | 'KeyRangeThroughputExceeded'
  | 'MaxOnDemandThroughputExceeded'
  | 'AccountLimitExceeded';

/** A limit of a whole table or index. */
export interface Limit {
  type: LimitType;
  /** Units a second. */
  rate: number;
  /** Seconds' worth of unused units that are kept. */
  seconds: number;
}

/**
 * Read and write units a second of one partition.
 * Source: DynamoDB Developer Guide, "Designing partition keys to distribute your workload in DynamoDB".
 */
const PARTITION: Units = { read: 3000, write: 1000 };

/** What on-demand tables serve at once. Source: DynamoDB Developer Guide, "DynamoDB on-demand capacity mode". */
const WARM: Units = { read: 12_000, write: 4000 };

/** Units a second of one table, by an account's quota. Source: "Quotas in Amazon DynamoDB", on-demand throughput. */
const ACCOUNT_QUOTA: Units = { read: 40_000, write: 40_000 };

/** How long on-demand tables take to serve twice their peak. Source: "DynamoDB on-demand capacity mode", scaling. */
const GROWS_WITHIN_MS = 30 * 60 * 1000;

/** How many seconds' worth of provisioned units are kept. Source: "DynamoDB burst and adaptive capacity". */
const BURST_SECONDS = 300;

/** The limits of a partition in this world. */
export function partitionLimits({ partitionLimits: limits = PARTITION }: WorldSettings): Units {
  return limits;
}

/** Whether the table has throughput provisioned, or serves on demand. */
export function isProvisioned({ description }: Table): boolean {
  return description.BillingModeSummary?.BillingMode !== 'PAY_PER_REQUEST';
}

/** What is left of the limits of a table or a global index, and what it serves. */
export class Throughput {
  readonly partitions: PartitionMap;
  #buckets = new Map<string, TokenBucket>();
  #traffic = new Traffic();
  /** The most units of any second so far, and when that was. */
  #peak = { read: 0, write: 0, at: 0 };

  constructor(partitions: PartitionMap) {
    this.partitions = partitions;
  }

  clone(): Throughput {
    const copy = new Throughput(this.partitions.clone());
    for (const [name, bucket] of this.#buckets) copy.#buckets.set(name, bucket.clone());
    copy.#traffic = this.#traffic.clone();
    copy.#peak = { ...this.#peak };
    return copy;
  }

  /** What is left of a limit at this moment. What was not used before the first request was not saved up. */
  bucket(kind: keyof Units, limit: Limit, now: number): TokenBucket {
    const name = kind + limit.type;
    let bucket = this.#buckets.get(name);
    if (bucket === undefined) {
      bucket = new TokenBucket(limit.rate, now);
      this.#buckets.set(name, bucket);
    }
    bucket.fill(limit.rate, limit.rate * limit.seconds, now);
    return bucket;
  }

  /** Writes down what was served. */
  served(kind: keyof Units, units: number, now: number): void {
    const second = this.#traffic.add(kind, units, now);
    if (second <= this.#peak[kind]) return;
    this.#peak[kind] = second;
    this.#peak.at = now;
  }

  /**
   * How many partitions an on-demand table needs by now to serve twice its peak; undefined while it need not have
   * grown yet.
   */
  neededForPeak(limits: Units, now: number): number | undefined {
    const { read, write, at } = this.#peak;
    if (at === 0 || now - at < GROWS_WITHIN_MS) return undefined;
    return Math.ceil(Math.max((2 * read) / limits.read, (2 * write) / limits.write));
  }
}

/** The throughput that was configured for a table or one of its global indexes. */
function configured(table: Table, index: Index | undefined) {
  const { description } = table;
  return index === undefined
    ? description
    : (description.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === index.name) ??
        description);
}

/** The limits of a whole table or index. */
export function limitsOf(
  table: Table,
  index: Index | undefined,
  kind: keyof Units,
  { burstSeconds = BURST_SECONDS }: WorldSettings,
): Limit[] {
  const { ProvisionedThroughput, OnDemandThroughput } = configured(table, index);
  if (isProvisioned(table)) {
    const { ReadCapacityUnits, WriteCapacityUnits } = ProvisionedThroughput;
    const rate = kind === 'read' ? ReadCapacityUnits : WriteCapacityUnits;
    return [{ type: 'ProvisionedThroughputExceeded', rate, seconds: burstSeconds }];
  }
  const { MaxReadRequestUnits = -1, MaxWriteRequestUnits = -1 } = OnDemandThroughput ?? {};
  const most = kind === 'read' ? MaxReadRequestUnits : MaxWriteRequestUnits;
  const quota: Limit = { type: 'AccountLimitExceeded', rate: ACCOUNT_QUOTA[kind], seconds: 1 };
  return most > 0
    ? [{ type: 'MaxOnDemandThroughputExceeded', rate: most, seconds: 1 }, quota]
    : [quota];
}

/**
 * How many partitions a new table or index has: as many as its throughput needs.
 * Source: DynamoDB Developer Guide, "Partitions and data distribution in DynamoDB".
 */
export function initialPartitions(
  table: Table,
  index: Index | undefined,
  settings: WorldSettings,
): number {
  if (settings.partitions !== undefined) return settings.partitions;
  const { ProvisionedThroughput, WarmThroughput } = configured(table, index);
  if (isProvisioned(table)) {
    const { ReadCapacityUnits, WriteCapacityUnits } = ProvisionedThroughput;
    const limits = partitionLimits(settings);
    return Math.ceil(ReadCapacityUnits / limits.read + WriteCapacityUnits / limits.write);
  }
  const { ReadUnitsPerSecond = WARM.read, WriteUnitsPerSecond = WARM.write } = WarmThroughput ?? {};
  return Math.ceil(
    Math.max(ReadUnitsPerSecond / PARTITION.read, WriteUnitsPerSecond / PARTITION.write),
  );
}

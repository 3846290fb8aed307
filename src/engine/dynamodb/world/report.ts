/** How full and how hot each partition is: data for those who want to see it. */
import type { Units } from '../../lab/result.ts';
import { encodeKey } from '../storage/keys.ts';
import type { Index, ItemTree, Table } from '../storage/table.ts';
import type { Item } from '../values/attribute.ts';
import type { Partition } from './partition.ts';
import { hashOf, isWithinHash } from './partition-map.ts';
import type { WorldSettings } from './settings.ts';
import { TableWorld } from './table-world.ts';
import { partitionLimits } from './throughput.ts';

/** One partition of a table or of one of its global indexes. */
export interface PartitionReport {
  /** The global index that it belongs to; absent for the table. */
  index?: string;
  /** Counted from 1; a partition that is split keeps its number. */
  id: number;
  /** The share of all hashes of partition keys, from 0 to 1, that the partition holds: `from` to before `to`. */
  from: number;
  to: number;
  /** Whether it shares an item collection with a neighbour, parted by the sort key. */
  sharesCollection: boolean;
  items: number;
  bytes: number;
  /** Units that it served, of the second that is going on and of the last minute. */
  lastSecond: Units;
  lastMinute: Units;
  /** Units a second that it can serve, and what is left of them now. */
  limit: Units;
  left: Units;
  /** Whether it was at its limit in the last two seconds. */
  hot: boolean;
}

/**
 * The partitions of a table and its global indexes at this moment, in the order of their keys. Counts their items,
 * which takes as long as there are items. Nothing is served or split by being looked at.
 */
export function reportPartitions(
  table: Table,
  settings: WorldSettings,
  now: number,
): PartitionReport[] {
  const world = table.world?.clone() ?? new TableWorld();
  const limit = partitionLimits(settings);
  const targets = [undefined, ...table.indexes.filter((index) => index.global)];
  return targets.flatMap((index) => {
    const { partitions } = world.throughput(table, index, settings, now);
    const tree = index?.tree ?? table.items;
    return partitions.all.map((partition) => report(partition, index, tree, limit, now));
  });
}

function report(
  partition: Partition,
  index: Index | undefined,
  tree: ItemTree,
  limit: Units,
  now: number,
): PartitionReport {
  const { id, from, to, buckets, traffic } = partition;
  const counted = { items: 0, bytes: 0 };
  tree.forRange(from, to, false, (_, { bytes }) => {
    counted.items++;
    counted.bytes += bytes;
  });
  for (const kind of ['read', 'write'] as const) buckets[kind].fill(limit[kind], limit[kind], now);
  return {
    ...(index && { index: index.name }),
    id,
    from: hashOf(from),
    to: hashOf(to),
    sharesCollection: isWithinHash(from) || isWithinHash(to),
    ...counted,
    lastSecond: traffic.during(1, now),
    lastMinute: traffic.during(60, now),
    limit: { ...limit },
    left: { read: Math.max(0, buckets.read.tokens), write: Math.max(0, buckets.write.tokens) },
    hot: partition.isHot(now),
  };
}

/** Where an item with that key lies: the partition's number, and the hash of the key, from 0 to 1. */
export function locate(
  table: Table,
  key: Item,
  settings: WorldSettings,
  now: number,
): { partition: number; hash: number } {
  const world = table.world?.clone() ?? new TableWorld();
  const at = encodeKey(key, table.keys);
  const { partitions } = world.throughput(table, undefined, settings, now);
  return { partition: partitions.of(at).id, hash: hashOf(at) };
}

/** Admission: whether there is throughput for what a request wants, and what heat does to partitions. */
import type { Units, WorldEvent } from '../../lab/result.ts';
import type { Index, Table } from '../storage/table.ts';
import type { Partition } from './partition.ts';
import { collectionOf } from './partition-map.ts';
import type { WorldSettings } from './settings.ts';
import { worldOf } from './table-world.ts';
import type { Charge, Refusal } from './throttling.ts';
import { isProvisioned, limitsOf, partitionLimits, type Throughput } from './throughput.ts';
import type { TokenBucket } from './token-bucket.ts';

/** How long a partition must be at its limit to be split, unless the settings say otherwise. */
const SPLIT_AFTER_MS = 60_000;

/** What admission needs of the world. */
export interface Gate {
  readonly settings: Readonly<WorldSettings>;
  readonly now: number;
  tell(kind: WorldEvent['kind'], text: string, facts: WorldEvent['facts']): void;
}

/** Whether the settings ask for anything that admission does. */
export function watchesThroughput({ throttling, splitForHeat, partitions }: WorldSettings) {
  return throttling === true || splitForHeat === true || partitions !== undefined;
}

/**
 * Uses throughput for all charges of a request, or for none. Answers which charge finds no room and why; nothing is
 * refused unless throttling is on.
 */
export function admit(gate: Gate, charges: readonly Charge[]): Refusal[] {
  const taken: Array<[TokenBucket, number]> = [];
  const refusals: Refusal[] = [];
  for (const charge of charges) {
    const throughput = throughputOf(gate, charge.table, charge.index);
    const partition = throughput.partitions.of(charge.key);
    partition.sample(charge.key, charge.units);
    const refused = use(gate, charge, throughput, partition, taken);
    if (refused.includes('KeyRangeThroughputExceeded')) partition.heat(gate.now);
    for (const limit of refused) refusals.push({ charge, limit });
  }
  if (refusals.length > 0) for (const [bucket, units] of taken) bucket.tokens += units;
  else for (const charge of charges) serve(gate, charge);
  for (const charge of charges) splitIfHot(gate, charge);
  return refusals;
}

/** Takes a charge's units from all limits that it counts against. Answers those that refuse it. */
function use(
  gate: Gate,
  charge: Charge,
  throughput: Throughput,
  partition: Partition,
  taken: Array<[TokenBucket, number]>,
): Array<Refusal['limit']> {
  const { table, index, kind, units } = charge;
  const { settings, now } = gate;
  const rate = partitionLimits(settings)[kind];
  partition.buckets[kind].fill(rate, rate, now);
  const limits = [
    ...limitsOf(table, index, kind, settings).map((limit) => ({
      ...limit,
      bucket: throughput.bucket(kind, limit, now),
      where: '',
    })),
    {
      type: 'KeyRangeThroughputExceeded' as const,
      rate,
      bucket: partition.buckets[kind],
      where: `partition ${partition.id} of `,
    },
  ];
  const refused: Array<Refusal['limit']> = [];
  for (const { type, rate, bucket, where } of limits) {
    if (settings.throttling && !bucket.admits(units, rate)) {
      refused.push(type);
      const left = Math.max(0, Math.floor(bucket.tokens));
      gate.tell(
        'throttled',
        `throttled: ${where}${nameOf(table, index)}, ${kind}: ${left} of ${rate.toLocaleString('en-US')} units left`,
        { ...factsOf(table, index), limit: type, kind, units, left, rate },
      );
    }
    bucket.tokens -= units;
    taken.push([bucket, units]);
  }
  return refused;
}

/** Writes down what was served. A partition that has served all it can is hot. */
function serve(gate: Gate, { table, index, kind, units, key }: Charge): void {
  const throughput = throughputOf(gate, table, index);
  const partition = throughput.partitions.of(key);
  const second = partition.traffic.add(kind, units, gate.now);
  if (second >= partitionLimits(gate.settings)[kind]) partition.heat(gate.now);
  throughput.served(kind, units, gate.now);
}

/**
 * Splits the partition of a charge that has been hot for long enough, where its traffic halves. One whose traffic is
 * all for one key stays whole, as does an item collection of a table with local indexes.
 */
function splitIfHot(gate: Gate, { table, index, key }: Charge): void {
  const { splitForHeat, splitAfter = SPLIT_AFTER_MS } = gate.settings;
  if (!splitForHeat) return;
  const partition = throughputOf(gate, table, index).partitions.of(key);
  if (partition.hotSeconds === 0 || partition.hotSeconds * 1000 < splitAfter) return;
  const { partitions } = throughputOf(gate, table, index);
  const whole = index === undefined && table.hasLocalIndexes;
  const parts = (index?.keys ?? table.keys).partition.length;
  const at = partition.median((one) => (whole ? collectionOf(one, parts) : one));
  const facts = { ...factsOf(table, index), partition: partition.id };
  const where = `partition ${partition.id} of ${nameOf(table, index)}`;
  if (at === undefined) {
    partition.cool();
    gate.tell('split', `${where} cannot be split: all of its traffic is for one key`, facts);
    return;
  }
  const added = partitions.split(partition, at, partitionLimits(gate.settings), gate.now);
  gate.tell('split', `${where} was hot and is split: partition ${added.id} takes a half`, {
    ...facts,
    added: added.id,
    partitions: partitions.all.length,
  });
}

/** The throughput of a table or index at this moment, grown if its peak asks for it. */
function throughputOf(gate: Gate, table: Table, index: Index | undefined): Throughput {
  const { settings, now } = gate;
  const throughput = worldOf(table).throughput(table, index, settings, now);
  if (isProvisioned(table)) return throughput;
  const limits: Units = partitionLimits(settings);
  const needed = throughput.neededForPeak(limits, now) ?? 0;
  const { partitions } = throughput;
  if (needed <= partitions.all.length) return throughput;
  partitions.grow(needed, limits, now);
  gate.tell(
    'split',
    `${nameOf(table, index)} has ${partitions.all.length} partitions now, enough for twice its peak`,
    { ...factsOf(table, index), partitions: partitions.all.length },
  );
  return throughput;
}

function nameOf(table: Table, index: Index | undefined): string {
  return index ? `index ${index.name} of table ${table.name}` : `table ${table.name}`;
}

function factsOf(table: Table, index: Index | undefined): WorldEvent['facts'] {
  return { table: table.name, ...(index && { index: index.name }) };
}

/** The world of a lab in words: what is switched on around DynamoDB, and when the clock goes on. */
import type { LabWorld } from '../../engine/lab/world.ts';
import { count } from './names.ts';

const UNITS = [
  [24 * 60 * 60 * 1000, 'day'],
  [60 * 60 * 1000, 'hour'],
  [60 * 1000, 'minute'],
  [1000, 'second'],
  [1, 'millisecond'],
] as const;

/** `48 hours`, `1.5 seconds`: in the largest unit of which there is at least one, days from three on. */
export function duration(milliseconds: number): string {
  const enough = (size: number, name: string) => milliseconds >= (name === 'day' ? 3 : 1) * size;
  const [size, name] = UNITS.find(([size, name]) => enough(size, name)) ?? [1, 'millisecond'];
  return count(Math.round((milliseconds / size) * 100) / 100, name);
}

const plural = (amount: number, what: string) => count(amount, what);

type Switches = Omit<LabWorld, 'advance'>;

/** Of each switch, what is the case when it is on. Those without words of their own belong to another. */
const WORDS: { [Name in keyof Switches]: (value: NonNullable<Switches[Name]>) => string } = {
  clock: (time) => `each request takes ${duration(time)}`,
  replicaLag: (time) => `replicas lag ${duration(time)}`,
  staleShare: (share) => `${Math.round(share * 100)} % of eventually consistent reads are stale`,
  indexLag: (time) => `global indexes lag ${duration(time)}`,
  throttling: () => 'throughput is limited',
  burstSeconds: (seconds) => `unused throughput is kept for ${duration(seconds * 1000)}`,
  partitions: (number) => `tables begin with ${plural(number, 'partition')}`,
  partitionLimits: ({ read, write }) =>
    `a partition serves ${read} read and ${write} write units a second`,
  splitForHeat: () => 'hot partitions are split',
  splitAfter: (time) => `after ${duration(time)} at their limit`,
  transactionConflicts: (held) =>
    typeof held === 'number'
      ? `${plural(held, 'transaction')} of others in the way`
      : `transactions of others hold ${plural(held.length, 'item')}`,
  faults: ({ rate, schedule = [] }) =>
    rate === undefined
      ? `${plural(schedule.length, 'request')} ${schedule.length === 1 ? 'meets' : 'meet'} a fault`
      : `${Math.round(rate * 100)} % of requests fail`,
  regions: (regions) => `Regions ${regions.join(', ')}`,
  regionLag: (time) => `${duration(time)} between Regions`,
  ttlDelay: (time) => `expired items are deleted after ${duration(time)}`,
  tableCreation: (time) => `tables are created in ${duration(time)}`,
  tableUpdate: (time) => `tables are changed in ${duration(time)}`,
  tableDeletion: (time) => `tables are deleted in ${duration(time)}`,
  tableRestore: (time) => `tables are restored in ${duration(time)}`,
  indexAllocation: (time) => `resources of an index take ${duration(time)}`,
  indexBackfill: (items) => `an index reads ${plural(items, 'item')} a second`,
  indexUpdate: (time) => `indexes are changed in ${duration(time)}`,
  indexDeletion: (time) => `indexes are deleted in ${duration(time)}`,
  users: (users) => `policies decide on requests of ${Object.keys(users).join(', ')}`,
};

/** A phrase for each switch that is on, and one for each step before which the clock goes on. */
export function worldWords({ advance, ...settings }: LabWorld): string[] {
  const words = WORDS as Record<string, ((value: unknown) => string) | undefined>;
  const on = Object.entries(settings).flatMap(([name, value]) =>
    value === undefined ? [] : (words[name]?.(value) ?? []),
  );
  const later = Object.entries(advance).map(
    ([step, time]) => `the clock goes on by ${duration(time)} at “${step}”`,
  );
  return [...on, ...later];
}

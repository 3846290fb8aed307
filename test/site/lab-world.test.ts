/** What a lab has switched on around DynamoDB is said in words. */
import { expect, test } from 'vitest';
import { duration, worldWords } from '../../src/components/lab/world.ts';
import { worldSchema } from '../../src/engine/lab/world.ts';

test.each([
  [1, '1 millisecond'],
  [1500, '1.5 seconds'],
  [60_000, '1 minute'],
  [48 * 3_600_000, '48 hours'],
  [3 * 86_400_000, '3 days'],
])('%i milliseconds are %s', (milliseconds, words) => {
  expect(duration(milliseconds)).toBe(words);
});

test('each switch is a phrase, and each step before which the clock goes on', () => {
  const world = worldSchema.parse({
    replicaLag: '2s',
    throttling: true,
    partitionLimits: { read: 3000, write: 10 },
    faults: { schedule: [{ request: 1 }] },
    advance: { 'Two days later': '48h' },
  });
  expect(worldWords(world)).toEqual([
    'replicas lag 2 seconds',
    'throughput is limited',
    'a partition serves 3000 read and 10 write units a second',
    '1 request meets a fault',
    'the clock goes on by 48 hours at “Two days later”',
  ]);
});

test('a world in which nothing is switched on says nothing', () => {
  expect(worldWords(worldSchema.parse({}))).toEqual([]);
});

test('every switch that there is has words', () => {
  const settings = {
    seed: 1,
    clock: 1,
    replicaLag: 1,
    staleShare: 0.5,
    indexLag: 1,
    throttling: true,
    burstSeconds: 60,
    partitions: 1,
    partitionLimits: { read: 1, write: 1 },
    splitForHeat: true,
    splitAfter: 1,
    transactionConflicts: 1,
    faults: { rate: 0.1 },
    regions: ['us-east-1'],
    regionLag: 1,
    ttlDelay: 1,
    tableCreation: 1,
    tableUpdate: 1,
    tableDeletion: 1,
    tableRestore: 1,
    indexAllocation: 1,
    indexBackfill: 1,
    indexUpdate: 1,
    indexDeletion: 1,
    users: { AKIA1: { user: 'ann', policies: [] } },
  };
  const { advance: _, ...shape } = worldSchema.shape;
  expect(Object.keys(settings)).toEqual(Object.keys(shape));
  // The seed is nothing that a reader sees.
  expect(worldWords(worldSchema.parse(settings))).toHaveLength(Object.keys(settings).length - 1);
});

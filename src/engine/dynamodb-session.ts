/** A DynamoDB that labs run on: the emulator with a dataset, a clock of its own and a seeded random source. */
import type { createDynamoDB, DynamoDB } from '../../.generated/dynamodb/engine.js';
import { loadDataset } from './datasets.ts';
import type { DynamoDBSession } from './lab/engines.ts';

/** Operations that a page loads when one of them is first called. */
export type LoadMore = () => Promise<Parameters<DynamoDB['add']>[0]>;

/**
 * The instant at which every run begins, on the emulator's clock. It goes on by a millisecond
 * whenever it is read, so that a run answers the same to the letter wherever and whenever it runs.
 */
export const RUN_BEGINS = Date.UTC(2026, 0, 1);

/** Opens a session on the emulator's bundle. Datasets are generated when first asked for, then kept. */
export function openDynamoDBSession(
  create: typeof createDynamoDB,
  loadMore?: LoadMore,
): DynamoDBSession {
  let ticks = 0;
  let seed = 0;
  let regions: string[] | undefined;
  const engine = create({
    now: () => {
      ticks += 1;
      return RUN_BEGINS + ticks;
    },
    random: () => {
      // mulberry32: small, and even enough for ids and tokens.
      seed = (seed + 0x6d2b79f5) | 0;
      let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
    },
  });
  const empty = engine.snapshot();
  const snapshots = new Map<string, Promise<ReturnType<DynamoDB['snapshot']>>>();

  async function seedDataset(name: string) {
    const { tables, items } = (await loadDataset(name)).generateDynamoDB();
    engine.restore(empty);
    engine.load(tables, items);
    return engine.snapshot();
  }

  return {
    async reset(dataset, world = {}) {
      const snapshot = snapshots.get(dataset) ?? seedDataset(dataset);
      snapshots.set(dataset, snapshot);
      engine.restore(await snapshot);
      ticks = 0;
      seed = 0;
      engine.configure(world);
      regions = world.regions;
    },
    async handle(operation, request, region) {
      if (loadMore && !engine.has(operation)) engine.add(await loadMore());
      return engine.handle(operation, request, region);
    },
    async advance(milliseconds) {
      return engine.advance(milliseconds);
    },
    async inspect(operation, request, region) {
      if (loadMore && !engine.has(operation)) engine.add(await loadMore());
      const fork = engine.fork();
      fork.configure(regions === undefined ? {} : { regions });
      return fork.handle(operation, request, region);
    },
  };
}

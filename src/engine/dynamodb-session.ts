/** A DynamoDB that labs run on: the emulator with a dataset, a clock of its own and a seeded random source. */
import type { createDynamoDB, DynamoDB } from '../../.generated/dynamodb/engine.js';
import { loadDataset } from './datasets.ts';
import { dumpTables, loadDump } from './dynamodb-dump.ts';
import type { InspectableDynamoDB, Kept } from './lab/engines.ts';
import { type Moment, StateLostError } from './lab/inspect-rows.ts';

/** Operations that a page loads when one of them is first called. */
export type LoadMore = () => Promise<Parameters<DynamoDB['add']>[0]>;

/** What looks into snapshots: loaded when a data browser is opened. */
export type LoadInspect = () => Promise<typeof import('../../.generated/dynamodb/inspect.js')>;

/**
 * The instant at which every run begins, on the emulator's clock. It goes on by a millisecond
 * whenever it is read, so that a run answers the same to the letter wherever and whenever it runs.
 */
export const RUN_BEGINS = Date.UTC(2026, 0, 1);

/** A state that was kept, and the time of the engine's clock. */
interface State {
  snapshot: ReturnType<DynamoDB['snapshot']>;
  now: number;
}

/** Opens a session on the emulator's bundle. Datasets are generated when first asked for, then kept. */
export function openDynamoDBSession(
  create: typeof createDynamoDB,
  loadInspect: LoadInspect,
  loadMore?: LoadMore,
): InspectableDynamoDB {
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
  /** States of the run that goes on, by their numbers. */
  const states = new Map<number, State>();
  // Without `engine.now()`, which would let a millisecond pass.
  const present = (): State => {
    const snapshot = engine.snapshot();
    return { snapshot, now: RUN_BEGINS + ticks + snapshot.ahead };
  };
  const stateOf = (state: number | undefined): State => {
    const found = state === undefined ? present() : states.get(state);
    if (!found) throw new StateLostError();
    return found;
  };

  /** Gets both states of a moment ready to be looked into. */
  async function open({ state, since }: Moment) {
    const inspect = await loadInspect();
    const opened = ({ snapshot, now }: State) => inspect.openSnapshot(snapshot, now);
    return {
      inspect,
      after: opened(stateOf(state)),
      before: since === undefined ? undefined : opened(stateOf(since)),
    };
  }

  async function seedDataset(name: string) {
    const { tables, items } = (await loadDataset(name)).generateDynamoDB();
    engine.restore(empty);
    engine.load(tables, items);
    return engine.snapshot();
  }

  /** The data that a run went on from last, to go on from again. */
  let lastKept: { revision: string; snapshot: ReturnType<DynamoDB['snapshot']> } | undefined;

  async function restoreKept({ revision, data }: Kept): Promise<void> {
    if (lastKept?.revision !== revision) {
      if (loadMore) engine.add(await loadMore());
      engine.restore(empty);
      loadDump(engine, await data.text());
      lastKept = { revision, snapshot: engine.snapshot() };
    }
    engine.restore(lastKept.snapshot);
  }

  return {
    async reset(dataset, world = {}, kept) {
      if (kept) await restoreKept(kept);
      else {
        const snapshot = snapshots.get(dataset) ?? seedDataset(dataset);
        snapshots.set(dataset, snapshot);
        engine.restore(await snapshot);
      }
      if (loadMore && world.users) engine.add(await loadMore());
      states.clear();
      ticks = 0;
      seed = 0;
      engine.configure(world);
      regions = world.regions;
    },
    async handle(operation, request, region, accessKeyId) {
      if (loadMore && !engine.has(operation)) engine.add(await loadMore());
      return engine.handle(operation, request, region, accessKeyId);
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
    async dump() {
      if (loadMore) engine.add(await loadMore());
      // A copy answers: neither the clock nor the meters of the engine notice.
      return new Blob([dumpTables(engine.fork())], { type: 'application/jsonl' });
    },
    async keepState(state) {
      states.set(state, present());
    },
    async describe(moment = {}) {
      const { inspect, after, before } = await open(moment);
      return inspect.describeState(after, before);
    },
    async readRows(table, range = {}, moment = {}) {
      const { inspect, after, before } = await open(moment);
      return inspect.readItems(table, range, after, before);
    },
  };
}

/** What requests act on: the tables of each Region, the clock, chance, and the world around them. */
import type { WorldEvent } from '../lab/result.ts';
import type { Meter } from './capacity.ts';
import { EXPIRY_DELAY } from './items/sweep.ts';
import type { Context } from './operations/operation.ts';
import { describeReplicas, inRegion } from './operations/update-replicas.ts';
import { validationError } from './request/errors.ts';
import { Store, type StoreSnapshot } from './storage/store.ts';
import { Random } from './world/random.ts';
import { endReplication, replicate } from './world/replication.ts';
import { WorldError } from './world/setting-readers.ts';
import type { WorldSettings } from './world/settings.ts';
import { World } from './world/world.ts';

/** The Region of an engine that is told of none. */
export const HOME_REGION = 'us-east-1';

/** The whole state, to come back to. Opaque: taken and given back whole. */
export interface Snapshot {
  readonly stores: ReadonlyMap<string, StoreSnapshot>;
  readonly home: string;
  /** Milliseconds by which the engine's clock is ahead of the one it was given. */
  readonly ahead: number;
  readonly chance: number;
  readonly world: World | undefined;
}

/** Where time and chance come from. */
export interface Sources {
  now(): number;
  random: (() => number) | undefined;
  seed: number | undefined;
}

/** One account of AWS. */
export class Account {
  readonly now: () => number;
  readonly #random: () => number;
  readonly #chance: Random;
  #stores = new Map([[HOME_REGION, new Store()]]);
  #home = HOME_REGION;
  #homeStore = this.#stores.get(HOME_REGION) as Store;
  #ahead = 0;
  #world: World | undefined;
  #worldTime = () => this.#world?.now ?? this.now();

  constructor({ now, random, seed }: Sources) {
    this.#chance = new Random(seed ?? 0);
    this.now = () => now() + this.#ahead;
    this.#random = random ?? (seed === undefined ? Math.random : () => this.#chance.next());
  }

  /** What an operation works with that acts on a Region; the home Region unless the world has others. */
  context(meter: Meter, region: string | undefined): Context {
    const world = this.#world;
    if (world !== undefined) return this.#contextIn(world, meter, region);
    this.#homeStore.begin(this.now);
    meter.names = this.#homeStore;
    return {
      store: this.#homeStore,
      region: this.#home,
      meter,
      world: undefined,
      now: this.now,
      random: this.#random,
    };
  }

  #contextIn(world: World, meter: Meter, asked: string | undefined): Context {
    this.#ahead += world.settings.clock ?? 0;
    world.begin(this.now());
    const region = this.#region(asked);
    const store = this.store(region);
    this.#settle(world);
    meter.names = store;
    return { store, region, meter, world, now: this.#worldTime, random: this.#random };
  }

  /** The Region that a request means that names one, or none. */
  #region(asked: string | undefined): string {
    return this.settings.regions === undefined ? this.#home : (asked ?? this.#home);
  }

  /** The tables of a Region. Throws ValidationException where the world has no such Region. */
  store(asked: string | undefined): Store {
    const store = this.#stores.get(this.#region(asked));
    if (store !== undefined) return store;
    throw validationError(
      `This emulator has no Region ${asked}. It has ${[...this.#stores.keys()].join(', ')}.`,
    );
  }

  /** The world's settings. */
  get settings(): Readonly<WorldSettings> {
    return this.#world?.settings ?? {};
  }

  /** What happens around the engine; undefined when nothing does. */
  get world(): World | undefined {
    return this.#world;
  }

  /** Turns the world's switches: those that are given are on, all others off. */
  configure(settings: WorldSettings): void {
    for (const store of this.#stores.values()) {
      for (const table of store.tables()) this.#world?.dismiss(table);
    }
    this.#setRegions(settings.regions ?? []);
    this.#world = Object.keys(settings).length === 0 ? undefined : new World(settings);
    this.#world?.begin(this.now());
    this.#watch();
    for (const store of this.#stores.values()) {
      for (const table of store.tables()) this.#world?.welcome(table);
    }
  }

  /** Sets the clock forward. What is due by then happens. */
  advance(milliseconds: number): WorldEvent[] {
    this.#ahead += milliseconds;
    // Without a world too, time to live and statuses of tables wait for the clock.
    const world = this.#world ?? new World({});
    world.begin(this.now());
    this.#settle(world);
    return world.events ?? [];
  }

  /** What has become due by now happens in every Region, and then between them. */
  #settle(world: World): void {
    for (const [region, store] of this.#stores) {
      const expired = store.begin(() => world.now);
      if (expired !== undefined && expired.length > 0) world.tellExpired(expired, region);
    }
    if (world.stores !== undefined) replicate(world.stores, world);
  }

  /**
   * Makes the Regions that a world has. Those that it had already stay as they are; otherwise only the home Region's
   * tables remain, and are replicas no longer. Throws WorldError when the home Region cannot be another.
   */
  #setRegions([home = HOME_REGION, ...others]: readonly string[]): void {
    const regions = [home, ...others];
    if (regions.join() === [...this.#stores.keys()].join()) return;
    const store = this.#homeStore;
    if (home !== this.#home && store.streams.size + store.backups.size > 0) {
      throw new WorldError(
        'world.regions',
        `a list that begins with ${this.#home}: streams or backups are there`,
      );
    }
    for (const table of store.tables()) {
      endReplication(table);
      describeReplicas(table);
      table.description = inRegion(table.description, this.#home, home);
    }
    this.#home = home;
    this.#stores = new Map([[home, store]]);
    for (const region of others) this.#stores.set(region, new Store());
  }

  /** Costs as much as there are tables and indexes, whatever they hold. */
  snapshot(): Snapshot {
    const stores = new Map<string, StoreSnapshot>();
    for (const [region, store] of this.#stores) stores.set(region, store.snapshot());
    return {
      stores,
      home: this.#home,
      ahead: this.#ahead,
      chance: this.#chance.state,
      world: this.#world?.clone(),
    };
  }

  /** Back to a snapshot, which can be restored again and again. */
  restore({ stores, home, ahead, chance, world }: Snapshot): void {
    this.#stores = new Map();
    for (const [region, snapshot] of stores) {
      const store = new Store();
      store.restore(snapshot);
      this.#stores.set(region, store);
    }
    this.#home = home;
    this.#homeStore = this.#stores.get(home) as Store;
    this.#ahead = ahead;
    this.#chance.state = chance;
    this.#world = world?.clone();
    this.#watch();
  }

  /** The world looks after tables from their first moment on. */
  #watch(): void {
    const world = this.#world;
    if (world) world.stores = this.#stores.size > 1 ? this.#stores : undefined;
    for (const store of this.#stores.values()) {
      store.onAdded = world && ((table) => world.welcome(table));
      store.expiryDelay = world?.settings.ttlDelay ?? EXPIRY_DELAY;
    }
  }
}

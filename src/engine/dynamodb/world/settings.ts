/** The switches of the world: what may happen around the engine. All are off until they are set. */
import type { LifecycleSettings } from '../storage/lifecycle.ts';
import type { Item } from '../values/attribute.ts';
import {
  anyObject,
  between,
  boolean,
  count,
  duration,
  listOf,
  mapOf,
  oneOf,
  positive,
  type Read,
  structure,
  text,
  WorldError,
} from './setting-readers.ts';

/** Another client's transaction that is going on while requests come. */
export interface OngoingTransaction {
  /** The table of the item that it holds. */
  table: string;
  /** The key of that item in DynamoDB JSON; without it any item of the table. */
  key?: Item;
  /** How many requests meet it before it ends; 1 unless said otherwise. */
  requests?: number;
}

/** A fault on cue. */
export interface ScheduledFault {
  /** Which request it meets, counted from 1 since the world was set. */
  request: number;
  /** Counts, and meets, requests of this operation only. */
  operation?: string;
  /** What the client sees. InternalServerError unless said otherwise. */
  error?: 'InternalServerError' | 'ThrottlingException';
  /**
   * `before`, the default: nothing is done. `after`: the request is done, but its answer is lost. Requests that are
   * throttled have done nothing.
   */
  when?: 'before' | 'after';
}

/** Faults by chance or on cue. */
export interface Faults {
  /** The share of requests, from 0 to 1, that end in InternalServerError; half of them have been done all the same. */
  rate?: number;
  /** Faults of single requests. */
  schedule?: ScheduledFault[];
}

/** One who asks: a user of IAM, or a session of a role. */
export interface WorldUser {
  /** The user's name. */
  user?: string;
  /** The role's name. */
  role?: string;
  /** The name of the role's session. */
  session?: string;
  /** Tags of the user or session, which policies see as `aws:PrincipalTag/...`. */
  tags?: Record<string, string>;
  /** Further values by condition key: what an identity provider tells of the user, or where requests come from. */
  values?: Record<string, string>;
  /** Identity-based policies. */
  policies?: object[];
}

/** What happens around the engine. A switch that is not set is off and costs nothing. Durations are milliseconds. */
export interface WorldSettings extends LifecycleSettings {
  /** From which all that is left to chance follows: the same seed gives the same run. 1 unless said otherwise. */
  seed?: number;
  /** How much time passes with each request. */
  clock?: number;

  /**
   * How long a write takes to reach the replicas that answer eventually consistent reads.
   * Source: DynamoDB Developer Guide, "DynamoDB read consistency".
   */
  replicaLag?: number;
  /**
   * The share of eventually consistent reads, from 0 to 1, that a lagging replica answers; 1, all of them, unless said
   * otherwise. With 2/3 it is as if each of a partition's three replicas, of which one leads, answered equally often.
   */
  staleShare?: number;
  /**
   * How long a write takes to reach global secondary indexes.
   * Source: DynamoDB Developer Guide, "Using Global Secondary Indexes in DynamoDB", data synchronization.
   */
  indexLag?: number;

  /**
   * Whether requests are refused that exceed the throughput of a table, an index or a partition.
   * Source: DynamoDB Developer Guide, "Diagnosing throttling".
   */
  throttling?: boolean;
  /**
   * For how many seconds unused provisioned throughput is kept; 300 unless said otherwise.
   * Source: DynamoDB Developer Guide, "DynamoDB burst and adaptive capacity".
   */
  burstSeconds?: number;
  /**
   * How many partitions a table begins with. Unless said otherwise 4 on demand, and as many as its throughput and size
   * need when provisioned.
   */
  partitions?: number;
  /**
   * Read and write units a second of one partition; 3,000 and 1,000 unless said otherwise.
   * Source: DynamoDB Developer Guide, "Designing partition keys to distribute your workload in DynamoDB".
   */
  partitionLimits?: { read: number; write: number };
  /**
   * Whether partitions are split in two that stay at their limit.
   * Source: DynamoDB Developer Guide, "DynamoDB burst and adaptive capacity".
   */
  splitForHeat?: boolean;
  /** How much time at its limit splits a partition; a minute unless said otherwise. AWS does not say how long. */
  splitAfter?: number;

  /**
   * Transactions of other clients: on the items named, or, as a number, on an item of each of the next so many
   * transactional requests.
   * Source: DynamoDB Developer Guide, "Amazon DynamoDB Transactions: How it works", transaction conflict handling.
   */
  transactionConflicts?: number | OngoingTransaction[];
  /** Requests that fail for no reason of their own. Source: DynamoDB Developer Guide, "Error handling with DynamoDB". */
  faults?: Faults;

  /** AWS Regions. The first is the one of requests that name none. */
  regions?: string[];
  /**
   * How long a write takes to reach the replicas of a global table; a second unless said otherwise.
   * Source: DynamoDB Developer Guide, "How DynamoDB global tables work".
   */
  regionLag?: number;

  /**
   * How long after their time items are deleted that have a time to live.
   * Source: DynamoDB Developer Guide, "Using time to live (TTL) in DynamoDB".
   */
  ttlDelay?: number;

  /**
   * Those whose requests are decided on by policies, by their access keys. All other requests are the administrator's.
   * Source: IAM User Guide, "Policy evaluation logic"; what of it is evaluated: see `iam/README.md`.
   */
  users?: Record<string, WorldUser>;
}

const key: Read<Item> = (value, name) => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Item;
  throw new WorldError(name, 'a key in DynamoDB JSON');
};

const regionName: Read<string> = (value, name) => {
  const region = text(value, name);
  if (/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) return region;
  throw new WorldError(name, 'a Region, as eu-west-1');
};

const distinctRegions: Read<string[]> = (value, name) => {
  const regions = listOf(regionName)(value, name);
  if (regions.length > 0 && new Set(regions).size === regions.length) return regions;
  throw new WorldError(name, 'different Regions, at least one');
};

const ongoing = listOf<OngoingTransaction>(
  structure({ table: text, key, requests: count }, ['table']),
);

const users = mapOf<WorldUser>(
  /^\w{1,128}$/,
  structure(
    {
      user: text,
      role: text,
      session: text,
      tags: mapOf(/./, text),
      values: mapOf(/^[\w.-]+:.+$/, text),
      policies: listOf(anyObject),
    },
    [],
  ),
);

const readers: { [Name in keyof WorldSettings]-?: Read<NonNullable<WorldSettings[Name]>> } = {
  seed: count,
  clock: duration,
  replicaLag: duration,
  staleShare: between(0, 1),
  indexLag: duration,
  throttling: boolean,
  burstSeconds: between(1, 300),
  partitions: positive,
  partitionLimits: structure({ read: positive, write: positive }, ['read', 'write']),
  splitForHeat: boolean,
  splitAfter: duration,
  transactionConflicts: (value, name) =>
    typeof value === 'number' ? count(value, name) : ongoing(value, name),
  faults: structure<Faults>(
    {
      rate: between(0, 1),
      schedule: listOf<ScheduledFault>(
        structure(
          {
            request: positive,
            operation: text,
            error: oneOf('InternalServerError', 'ThrottlingException'),
            when: oneOf('before', 'after'),
          },
          ['request'],
        ),
      ),
    },
    [],
  ),
  regions: distinctRegions,
  regionLag: duration,
  ttlDelay: duration,
  users,

  tableCreation: duration,
  tableUpdate: duration,
  tableDeletion: duration,
  tableRestore: duration,
  indexAllocation: duration,
  indexBackfill: positive,
  indexUpdate: duration,
  indexDeletion: duration,
};

/** Reads one setting. Throws WorldError for a value that does not fit. */
export function readWorldSetting<Name extends keyof WorldSettings>(
  name: Name,
  value: unknown,
): NonNullable<WorldSettings[Name]> {
  return readers[name](value, `world.${name}`) as NonNullable<WorldSettings[Name]>;
}

const readAll = structure<WorldSettings>(readers, []);

/**
 * Reads settings as a lab or a program writes them: durations also as `500ms`, `5s`, `10m`, `48h`, `2d`.
 * Throws WorldError for a name that is none and for a value that does not fit; it says which and what would.
 */
export function readWorld(value: unknown): WorldSettings {
  return readAll(value, 'world');
}

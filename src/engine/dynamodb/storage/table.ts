/** A table and its indexes: sorted maps that can be cloned in constant time. */
import BTree from 'sorted-btree';
import type { Recovery } from '../recovery/recovery.ts';
import { type AttributeValue, emptyItem, equal, type Item } from '../values/attribute.ts';
import {
  billedBytes,
  cloneVectorIndex,
  type VectorChange,
  type VectorIndex,
  writeVectors,
} from '../vectors/index.ts';
import type { Replica } from '../world/replication.ts';
import type { TableWorld } from '../world/table-world.ts';
import type { TableDescription } from './description.ts';
import type { Expiry } from './expiry.ts';
import { type ChangeIdentity, Journal } from './journal.ts';
import { encodeKey, encodeTie, fitsKey, type KeySchema, keyNames } from './keys.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { ResourcePolicy } from './resource-policy.ts';
import { StoredItem } from './stored-item.ts';

/** A sorted map of items. */
export type ItemTree = BTree<string, StoredItem>;

/** Texts by their code units, which the keys are made for. */
export function newTree<Value>(entries?: Array<[string, Value]>): BTree<string, Value> {
  return new BTree<string, Value>(entries, (a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** A secondary index: its entries are the projected parts of the table's items. */
export interface Index {
  name: string;
  global: boolean;
  keys: KeySchema;
  /** Names of all projected attributes, or all of them. */
  projected: 'ALL' | ReadonlySet<string>;
  tree: ItemTree;
  /** Sum of the entries' sizes. */
  bytes: number;
}

/** The change of one index that a write makes. */
export interface IndexChange {
  index: Index;
  before: { key: string; entry: StoredItem } | undefined;
  after: { key: string; entry: StoredItem } | undefined;
}

/** A table. Its description is replaced, never changed, so that snapshots can share it. */
export class Table {
  description: TableDescription;
  keys: KeySchema;
  indexes: Index[];
  items: ItemTree;
  /** Sum of the items' sizes as writes are billed. */
  bytes: number;
  /** Undefined when the table has none: writes then cost no more. */
  vectors: readonly VectorIndex[] | undefined;
  /** Those who follow the table's changes, by a name of theirs. Undefined when nobody does: writes then cost no more. */
  journals: Map<string, Journal> | undefined;
  /** What the world around the engine knows of the table; undefined when nothing is watched. */
  world: TableWorld | undefined;
  /** The other replicas of its global table; undefined when the table is in one Region alone. */
  replica: Replica | undefined;
  /** When items expire; undefined when the table has no time to live. */
  expiry: Expiry | undefined;
  /** When its time to live was last enabled or disabled, in milliseconds of the engine's clock. */
  expiryChangedAt: number | undefined;
  /** Point-in-time recovery, where it is enabled. */
  recovery: Recovery | undefined;
  /** By key. Replaced, never changed. */
  tags: ReadonlyMap<string, string> = new Map();
  /** Its resource-based policy. Replaced, never changed. */
  policy: ResourcePolicy | undefined;
  /** What the table and its indexes wait for; undefined when all are ACTIVE. */
  lifecycle: Lifecycle | undefined;

  constructor(
    description: TableDescription,
    keys: KeySchema,
    indexes: Index[],
    items: ItemTree,
    bytes: number,
  ) {
    this.description = description;
    this.keys = keys;
    this.indexes = indexes;
    this.items = items;
    this.bytes = bytes;
  }

  get name(): string {
    return this.description.TableName;
  }

  /** An independent copy, in time that depends on the number of indexes only. */
  clone(): Table {
    const copy = new Table(
      this.description,
      this.keys,
      this.indexes.map((index) => ({ ...index, tree: index.tree.clone() })),
      this.items.clone(),
      this.bytes,
    );
    copy.tags = this.tags;
    copy.policy = this.policy;
    copy.expiry = this.expiry?.clone();
    copy.expiryChangedAt = this.expiryChangedAt;
    copy.recovery = this.recovery;
    copy.lifecycle = this.lifecycle;
    copy.vectors = this.vectors?.map(cloneVectorIndex);
    copy.world = this.world?.clone();
    copy.replica = this.replica;
    if (this.journals !== undefined) {
      copy.journals = new Map();
      for (const [name, journal] of this.journals) copy.journals.set(name, journal.clone());
    }
    return copy;
  }

  /**
   * Begins a new journal under a name. It keeps each change for `lifetime`; its times begin with `now`. Both are
   * milliseconds of the engine's clock.
   */
  follow(name: string, lifetime: number, now = 0): Journal {
    const journal = new Journal(now, lifetime);
    this.journals ??= new Map();
    this.journals.set(name, journal);
    return journal;
  }

  /** Ends the journal of that name, if there is one. */
  unfollow(name: string): void {
    this.journals?.delete(name);
    if (this.journals?.size === 0) this.journals = undefined;
  }

  /** Tells those who follow the table of a write at that millisecond. One that changes nothing is no change. */
  record(
    before: StoredItem | undefined,
    after: StoredItem | undefined,
    at: number,
    identity: ChangeIdentity | undefined,
  ): void {
    const stored = after ?? before;
    if (this.journals === undefined || stored === undefined) return;
    if (before && after && equal({ M: before.item }, { M: after.item })) return;
    const key = encodeKey(stored.item, this.keys);
    for (const journal of this.journals.values())
      journal.append({ at, key, before, after, identity });
  }

  /** The index of that name. */
  index(name: string): Index | undefined {
    return this.indexes.find((index) => index.name === name);
  }

  /** Whether items that share a partition key form a collection that is limited to 10 GB. */
  get hasLocalIndexes(): boolean {
    return this.indexes.some((index) => !index.global);
  }

  /** The item under a key, which must hold the key's attributes. */
  get(key: Item): StoredItem | undefined {
    return this.items.get(encodeKey(key, this.keys));
  }

  /** What a write would change in each index; nothing is changed yet. */
  indexChanges(before: StoredItem | undefined, after: StoredItem | undefined): IndexChange[] {
    return this.indexes.map((index) => ({
      index,
      before: before && this.indexEntry(before, index),
      after: after && this.indexEntry(after, index),
    }));
  }

  /**
   * Puts `after` in the place of `before`, in the table and in every index. One of the two may be absent;
   * where both are there they have the same key. Answers what changed in the vector indexes, if there are any.
   */
  write(
    before: StoredItem | undefined,
    after: StoredItem | undefined,
    changes: readonly IndexChange[],
  ): VectorChange[] | undefined {
    const item = after ?? before;
    if (item === undefined) return undefined;
    const key = encodeKey(item.item, this.keys);
    if (after === undefined) this.items.delete(key);
    else this.items.set(key, after);
    this.bytes += this.billedBytes(after) - this.billedBytes(before);
    for (const change of changes) applyChange(change);
    this.expiry?.change(key, before, after);
    return this.vectors && writeVectors(this.vectors, before, after, this.keys);
  }

  /** Size of an item as writes of it are billed: vectors that an index reads are smaller than the lists they are. */
  billedBytes(stored: StoredItem | undefined): number {
    if (this.vectors === undefined) return stored?.bytes ?? 0;
    return billedBytes(stored, this.vectors);
  }

  /** Sets the vector indexes, by which items are billed otherwise. */
  setVectors(vectors: readonly VectorIndex[] | undefined): void {
    this.vectors = vectors;
    this.bytes = 0;
    for (const stored of this.items.values()) this.bytes += this.billedBytes(stored);
  }

  /** Lets items expire, or no longer. */
  setExpiry(expiry: Expiry | undefined): void {
    this.expiry = expiry;
    if (expiry === undefined) return;
    for (const [key, stored] of this.items.entries()) expiry.change(key, undefined, stored);
  }

  /** Gives a new index its entries, from the items that there are. Items whose key does not fit stay out. */
  fill(index: Index): void {
    for (const stored of this.items.values()) {
      if (!fitsKey(stored.item, index.keys)) continue;
      const after = this.indexEntry(stored, index);
      applyChange({ index, before: undefined, after });
    }
  }

  /** What an index holds of an item, and under which key; undefined for an item that lacks the index's key. */
  indexEntry(stored: StoredItem, index: Index): { key: string; entry: StoredItem } | undefined {
    const { item } = stored;
    for (const { name, type } of index.keys.partition)
      if (item[name]?.[type] === undefined) return undefined;
    for (const { name, type } of index.keys.sort)
      if (item[name]?.[type] === undefined) return undefined;
    return { key: this.indexKey(item, index), entry: projectEntry(stored, index) };
  }

  /** The key of an index entry: the index's own key, then the item's, which makes it unique. */
  indexKey(item: Item, index: Index): string {
    return encodeKey(item, index.keys) + encodeTie(item, this.keys);
  }

  /** The names of all attributes that are the table's key or the index's. */
  keyNames(index?: Index): string[] {
    const names = keyNames(this.keys);
    if (index) for (const name of keyNames(index.keys)) if (!names.includes(name)) names.push(name);
    return names;
  }
}

function applyChange({ index, before, after }: IndexChange): void {
  if (before && before.key !== after?.key) index.tree.delete(before.key);
  if (after) index.tree.set(after.key, after.entry);
  index.bytes += (after?.entry.bytes ?? 0) - (before?.entry.bytes ?? 0);
}

function projectEntry(stored: StoredItem, { projected }: Index): StoredItem {
  if (projected === 'ALL') return stored;
  const item = emptyItem();
  const whole = stored.item;
  for (const name in whole) {
    if (projected.has(name)) item[name] = whole[name] as AttributeValue;
  }
  return new StoredItem(item);
}

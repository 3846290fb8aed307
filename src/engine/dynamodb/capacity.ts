/** What requests cost, in read and write units. */
import type { Json, Metering, Units } from '../lab/result.ts';
import { encodePart, type KeySchema, partitionPart } from './storage/keys.ts';
import type { Index, IndexChange, Table } from './storage/table.ts';
import { type AttributeValue, equal, type Item } from './values/attribute.ts';
import { vectorWriteBytes } from './vectors/capacity.ts';
import type { VectorChange } from './vectors/index.ts';

/** ReturnConsumedCapacity. */
export type CapacityDetail = 'NONE' | 'TOTAL' | 'INDEXES';

const READ_BLOCK = 4096;
const WRITE_BLOCK = 1024;

/**
 * Read units of that many bytes: one for each 4 KB begun, at least one; half when eventually consistent,
 * twice in a transaction.
 * Source: DynamoDB Developer Guide, "DynamoDB provisioned capacity mode", read and write operations.
 */
export function readUnits(bytes: number, mode: 'eventual' | 'strong' | 'transactional'): number {
  const units = Math.max(1, Math.ceil(bytes / READ_BLOCK));
  return mode === 'eventual' ? units / 2 : mode === 'strong' ? units : units * 2;
}

/**
 * Write units of a change: one for each 1 KB begun of the larger of the two items, at least one.
 * Source: DynamoDB Developer Guide, "DynamoDB provisioned capacity mode", read and write operations.
 */
export function writeUnits(bytesBefore = 0, bytesAfter = 0): number {
  return Math.max(1, Math.ceil(Math.max(bytesBefore, bytesAfter) / WRITE_BLOCK));
}

/**
 * Write units that a change of an index costs: none when the entry stays as it is, one write to put, change or
 * delete an entry, two when its key changes (the old entry is deleted, a new one put).
 * Source: DynamoDB Developer Guide, "Using Global Secondary Indexes in DynamoDB", provisioned throughput.
 */
export function indexWriteUnits({ before, after }: IndexChange): number {
  if (before === undefined && after === undefined) return 0;
  if (before === undefined || after === undefined)
    return writeUnits((before ?? after)?.entry.bytes);
  if (before.key !== after.key)
    return writeUnits(before.entry.bytes) + writeUnits(after.entry.bytes);
  const same = equal({ M: before.entry.item }, { M: after.entry.item });
  return same ? 0 : writeUnits(before.entry.bytes, after.entry.bytes);
}

interface TableMeter {
  base: Units;
  indexes: Map<Index['name'], Units & { global: boolean }>;
  /** Bytes of vector indexes, by their names. Undefined when none was searched or written. */
  vectors?: Map<string, VectorBytes>;
}

/** Bytes that a request consumed of a vector index. */
interface VectorBytes {
  searched: number;
  written: number;
}

/** Counts what one request costs, for each table and index apart. */
export class Meter {
  itemsRead = 0;
  itemsReturned = 0;
  itemsWritten = 0;
  /** How the request spelled the tables that it named by their ARNs. */
  names: { readonly spellings: ReadonlyMap<string, string> | undefined } | undefined;
  readonly #tables = new Map<string, TableMeter>();
  /** Keys of single items that were read or written. */
  readonly #reached: Array<{ table: Table; key: Item }> = [];
  /** Partition keys that pages came through, and what the keys of the last one begin with. */
  #passed = 0;
  #passing: string | undefined;

  #meterOf(table: Table): TableMeter {
    let meter = this.#tables.get(table.name);
    if (meter === undefined) {
      meter = { base: { read: 0, write: 0 }, indexes: new Map() };
      this.#tables.set(table.name, meter);
    }
    return meter;
  }

  /** Units consumed from a table, or from one of its indexes. */
  add(table: Table, kind: keyof Units, units: number, index?: Index): void {
    const meter = this.#meterOf(table);
    if (index === undefined) {
      meter.base[kind] += units;
      return;
    }
    let share = meter.indexes.get(index.name);
    if (share === undefined) {
      share = { read: 0, write: 0, global: index.global };
      meter.indexes.set(index.name, share);
    }
    share[kind] += units;
  }

  /** The request has read or written, or would have, the item with that key. */
  reach(table: Table, key: Item): void {
    this.#reached.push({ table, key });
  }

  /** A page has come to an entry with that key in the tree. Those of one partition follow each other. */
  pass(key: string, keys: KeySchema): void {
    if (this.#passing !== undefined && key.startsWith(this.#passing)) return;
    this.#passing = partitionPart(key, keys);
    this.#passed++;
  }

  #partitionKeys(): number {
    if (this.#reached.length < 2) return this.#passed + this.#reached.length;
    const keys = this.#reached.map(
      ({ table, key }) =>
        `${table.name}/${table.keys.partition.map(({ name, type }) => encodePart(key[name] as AttributeValue, type))}`,
    );
    return this.#passed + new Set(keys).size;
  }

  /** Bytes consumed of a vector index, by its name. */
  addVectorBytes(table: Table, index: string, kind: keyof VectorBytes, bytes: number): void {
    const meter = this.#meterOf(table);
    meter.vectors ??= new Map();
    const share = meter.vectors.get(index) ?? { searched: 0, written: 0 };
    meter.vectors.set(index, share);
    share[kind] += bytes;
  }

  /** Bills what a write changed in the vector indexes; transactions pay no more for those than other writes. */
  addVectorChanges(table: Table, changes: readonly VectorChange[]): void {
    for (const change of changes) {
      const bytes = vectorWriteBytes(change);
      if (bytes > 0) this.addVectorBytes(table, change.index.name, 'written', bytes);
    }
  }

  /** What the request cost, for the engine's user. */
  metering(): Metering {
    const tables = [...this.#tables].map(([table, { base, indexes, vectors }]) => ({
      table,
      ...total(base, indexes),
      base: { ...base },
      indexes: [...indexes].map(([index, { read, write }]) => ({ index, read, write })),
      ...(vectors && {
        vectorIndexes: [...vectors].map(([index, bytes]) => ({ index, ...bytes })),
      }),
    }));
    const { itemsRead, itemsReturned, itemsWritten } = this;
    return {
      tables,
      itemsRead,
      itemsReturned,
      itemsWritten,
      partitionKeys: this.#partitionKeys(),
    };
  }

  /** ConsumedCapacity of each table, as the API gives it: undefined when it was not asked for. */
  consumed(
    detail: CapacityDetail | undefined,
    transactional = false,
  ): Array<{ [key: string]: Json }> | undefined {
    if (detail !== 'TOTAL' && detail !== 'INDEXES') return undefined;
    return [...this.#tables].map(([name, { base, indexes, vectors }]) => {
      const capacity: { [key: string]: Json } = {
        TableName: this.names?.spellings?.get(name) ?? name,
        ...print(total(base, indexes), transactional),
      };
      if (detail === 'TOTAL') return capacity;
      capacity.Table = print(base, transactional);
      for (const global of [false, true]) {
        const shares = [...indexes].filter(([, share]) => share.global === global);
        if (shares.length === 0) continue;
        capacity[global ? 'GlobalSecondaryIndexes' : 'LocalSecondaryIndexes'] = Object.fromEntries(
          shares.map(([name, share]) => [name, print(share, transactional)]),
        );
      }
      if (vectors) {
        capacity.VectorIndexes = Object.fromEntries(
          [...vectors].map(([name, { written }]) => [name, { VectorWriteRequestBytes: written }]),
        );
      }
      return capacity;
    });
  }
}

function total(base: Units, indexes: TableMeter['indexes']): Units {
  let { read, write } = base;
  for (const share of indexes.values()) {
    read += share.read;
    write += share.write;
  }
  return { read, write };
}

/** Transactions tell read and write units apart, other operations give one figure. */
function print({ read, write }: Units, transactional: boolean): { [key: string]: Json } {
  const capacity: { [key: string]: Json } = { CapacityUnits: read + write };
  if (transactional && read > 0) capacity.ReadCapacityUnits = read;
  if (transactional && write > 0) capacity.WriteCapacityUnits = write;
  return capacity;
}

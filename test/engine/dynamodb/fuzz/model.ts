/** A DynamoDB that is small enough to be seen to be right: a map of items, and everything else worked out from it. */

/** Values of the two types that the model knows: text, and whole numbers from 0 on. */
export type Value = { S: string } | { N: string };
export type Item = Record<string, Value>;

/** A key attribute and its type. */
type KeyAttribute = readonly [name: string, type: 'S' | 'N'];

export interface ModelIndex {
  name: string;
  local: boolean;
  keys: readonly KeyAttribute[];
  /** Attributes besides the keys; undefined for all. */
  projected?: readonly string[];
}

export interface ModelTable {
  name: string;
  keys: readonly KeyAttribute[];
  indexes: readonly ModelIndex[];
}

export const things: ModelTable = {
  name: 'Things',
  keys: [
    ['pk', 'S'],
    ['sk', 'N'],
  ],
  indexes: [
    {
      name: 'ByTag',
      local: false,
      keys: [
        ['tag', 'S'],
        ['grade', 'N'],
      ],
    },
    { name: 'ByGrade', local: false, keys: [['grade', 'N']], projected: [] },
    {
      name: 'ByOwnTag',
      local: true,
      keys: [
        ['pk', 'S'],
        ['tag', 'S'],
      ],
      projected: ['n'],
    },
  ],
};

export const plain: ModelTable = { name: 'Plain', keys: [['pk', 'S']], indexes: [] };

/** What a write costs: the table, and each index that it changes. */
export interface WriteCost {
  base: number;
  indexes: Record<string, number>;
}

/** Size in bytes: names and text by their UTF-8. */
export function bytesOf(item: Item | undefined): number {
  let bytes = 0;
  for (const [name, value] of Object.entries(item ?? {})) {
    bytes += Buffer.byteLength(name);
    bytes += 'S' in value ? Buffer.byteLength(value.S) : numberBytes(value.N);
  }
  return bytes;
}

/** A byte, and one for each two digits; zeros at the end count only up to a pair. */
function numberBytes(whole: string): number {
  const pairs = whole.padStart(whole.length + (whole.length % 2), '0').replace(/(00)+$/, '');
  return 1 + pairs.length / 2;
}

function writeUnits(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / 1024));
}

/** Read units of what one page or item read. */
export function readUnits(bytes: number, consistent: boolean): number {
  return Math.max(1, Math.ceil(bytes / 4096)) * (consistent ? 1 : 0.5);
}

/** The part of an item that an index holds; undefined when it lacks one of the index's keys. */
export function entryOf(table: ModelTable, index: ModelIndex, item: Item): Item | undefined {
  if (!index.keys.every(([name, type]) => item[name] && type in item[name])) return undefined;
  if (index.projected === undefined) return item;
  const kept = [...table.keys, ...index.keys].map(([name]) => name).concat(index.projected);
  return Object.fromEntries(Object.entries(item).filter(([name]) => kept.includes(name)));
}

/** The same item gives the same text. */
export function textOf(item: Item | undefined): string {
  return JSON.stringify(Object.entries(item ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Of the item, those attributes. */
export function pick(item: Item, keys: readonly KeyAttribute[]): Item {
  return Object.fromEntries(keys.map(([name]) => [name, item[name] as Value]));
}

/** What putting `after` in the place of `before` costs. */
export function writeCost(
  table: ModelTable,
  before: Item | undefined,
  after: Item | undefined,
): WriteCost {
  const indexes: Record<string, number> = {};
  for (const index of table.indexes) {
    const was = before && entryOf(table, index, before);
    const is = after && entryOf(table, index, after);
    const moved = was && is && textOf(pick(was, index.keys)) !== textOf(pick(is, index.keys));
    let units = 0;
    if (was && is && moved) units = writeUnits(bytesOf(was)) + writeUnits(bytesOf(is));
    else if (textOf(was) !== textOf(is)) units = writeUnits(Math.max(bytesOf(was), bytesOf(is)));
    if (units > 0) indexes[index.name] = units;
  }
  return { base: writeUnits(Math.max(bytesOf(before), bytesOf(after))), indexes };
}

/** All items of all tables. */
export class Model {
  readonly items: Map<string, Map<string, Item>>;

  constructor(items = new Map([things, plain].map((table) => [table.name, new Map()]))) {
    this.items = items;
  }

  /** An independent copy; items are never changed in place. */
  copy(): Model {
    return new Model(new Map([...this.items].map(([name, items]) => [name, new Map(items)])));
  }

  get(table: ModelTable, key: Item): Item | undefined {
    return this.items.get(table.name)?.get(textOf(pick(key, table.keys)));
  }

  /** Puts an item under the key, or takes it away. */
  set(table: ModelTable, key: Item, item: Item | undefined): void {
    const id = textOf(pick(key, table.keys));
    if (item === undefined) this.items.get(table.name)?.delete(id);
    else this.items.get(table.name)?.set(id, item);
  }

  /** The items of a table, or the entries of an index, in no order. */
  all(table: ModelTable, index?: ModelIndex): Item[] {
    const items = [...(this.items.get(table.name)?.values() ?? [])];
    if (index === undefined) return items;
    return items.map((item) => entryOf(table, index, item)).filter((entry) => entry !== undefined);
  }
}

/** Order of two sort keys: numbers by value, text by its bytes. */
export function compareValues(a: Value, b: Value): number {
  if ('N' in a && 'N' in b) return Number(a.N) - Number(b.N);
  if ('S' in a && 'S' in b) return Buffer.compare(Buffer.from(a.S), Buffer.from(b.S));
  throw new TypeError('the model compares values of one type');
}

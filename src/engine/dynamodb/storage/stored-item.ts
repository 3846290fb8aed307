/** An item as it is stored: as its text of JSON, a third of the memory of an object and ready to be sent. */
import {
  type AttributeValue,
  emptyItem,
  type Item,
  isItem,
  itemBytes,
} from '../values/attribute.ts';

/**
 * The items that are kept as objects too are those that were written or looked into last: at most so many, and so
 * many characters of text. A ring: the oldest lies at `first`.
 */
const MOST_KEPT = 16_384;
const MOST_CHARACTERS = 4_000_000;
const kept: Array<StoredItem | undefined> = new Array<undefined>(MOST_KEPT).fill(undefined);
let first = 0;
let count = 0;
let characters = 0;

/** An item with its size in bytes. It never changes: every write makes a new one. */
export class StoredItem {
  /** DynamoDB JSON, as answers carry it. */
  readonly text: string;
  /** Its size as DynamoDB counts it. */
  readonly bytes: number;
  #item: Item | undefined;

  constructor(item: Item, bytes = itemBytes(item)) {
    this.text = JSON.stringify(item);
    this.bytes = bytes;
    this.#keep(item);
  }

  /** The item itself, not to be changed. Hold on to it where it is asked for several times. */
  get item(): Item {
    if (this.#item === undefined) this.#keep(readItem(JSON.parse(this.text) as Item));
    return this.#item as Item;
  }

  #keep(item: Item): void {
    this.#item = item;
    kept[(first + count) % MOST_KEPT] = this;
    count++;
    characters += this.text.length;
    while (count === MOST_KEPT || (characters > MOST_CHARACTERS && count > 1)) StoredItem.#drop();
  }

  static #drop(): void {
    const oldest = kept[first] as StoredItem;
    kept[first] = undefined;
    first = (first + 1) % MOST_KEPT;
    count--;
    characters -= oldest.text.length;
    oldest.#item = undefined;
  }
}

/** A parsed item, or map, without inherited names; what it holds is taken over. */
function readItem(parsed: Item): Item {
  const item = emptyItem();
  for (const name in parsed) item[name] = readValue(parsed[name] as AttributeValue);
  return item;
}

function readValue(value: AttributeValue): AttributeValue {
  if (value.M !== undefined) value.M = readItem(value.M);
  else if (value.L !== undefined) for (const element of value.L) readValue(element);
  return value;
}

/** A body of an answer, or a part of one, as text. Stored items are not looked into. */
export function printAnswer(value: unknown): string {
  if (typeof value !== 'object' || value === null || isItem(value)) return JSON.stringify(value);
  if (value instanceof StoredItem) return value.text;
  if (Array.isArray(value)) return `[${value.map(printAnswer).join(',')}]`;
  const members = [];
  for (const name in value) {
    const member = (value as Record<string, unknown>)[name];
    if (member !== undefined) members.push(`${JSON.stringify(name)}:${printAnswer(member)}`);
  }
  return `{${members.join(',')}}`;
}

/** An item as it is stored: as its text of JSON, a third of the memory of an object and ready to be sent. */
import {
  type AttributeValue,
  emptyItem,
  type Item,
  isItem,
  itemBytes,
} from '../values/attribute.ts';

/** How many items are kept as objects too: those that were written or looked into last. */
const KEPT = 4096;
const kept: Array<StoredItem | undefined> = new Array<undefined>(KEPT).fill(undefined);
let next = 0;

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
    const oldest = kept[next];
    if (oldest) oldest.#item = undefined;
    kept[next] = this;
    next = (next + 1) % KEPT;
    this.#item = item;
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

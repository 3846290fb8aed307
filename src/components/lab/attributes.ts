/** DynamoDB JSON as a reader wants to see it: items as table rows, other JSON in few lines. */
import type { DynamoDBCall, Json } from '../../engine/lab/result.ts';

/** A table as it is shown. `null` is a NULL; `undefined` is an attribute that the item does not have. */
export interface Grid {
  columns: GridColumn[];
  rows: Array<Array<string | null | undefined>>;
}

/** A column; where its values differ in type, `types` has that of each row in place of `type`. */
export interface GridColumn {
  name: string;
  type?: string;
  types?: Array<string | undefined>;
}

/** Items of one answer that belong together, as those of one table of a BatchGetItem. */
export interface ItemGroup {
  /** What they are: `Items`, `Attributes`, or a table's name. */
  label: string;
  items: Item[];
}

/** An item in DynamoDB JSON: each value is `{S: ...}`, `{N: ...}` and so on. */
export type Item = Record<string, Json>;

type JsonObject = { [key: string]: Json };

/** More columns than this, or more than half of the cells empty, and a table no longer helps. */
const MOST_COLUMNS = 10;

/** Whether a JSON value is an object, neither list nor null. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * An attribute value as plain JSON: numbers that a double cannot hold stay text, sets become lists,
 * binary values stay Base64.
 */
export function plainValue(attribute: Json): Json {
  if (!isObject(attribute)) return attribute;
  const [type, value] = Object.entries(attribute)[0] ?? [];
  switch (type) {
    case 'N':
      return number(value ?? null);
    case 'NS':
      return Array.isArray(value) ? value.map(number) : [];
    case 'L':
      return Array.isArray(value) ? value.map(plainValue) : [];
    case 'M':
      return isObject(value) ? plainItem(value) : {};
    case 'NULL':
      return null;
    default:
      return value ?? null;
  }
}

/** An item as plain JSON. */
export function plainItem(item: Item): JsonObject {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plainValue(value)]));
}

function number(text: Json): Json {
  return typeof text === 'string' && String(Number(text)) === text ? Number(text) : text;
}

/**
 * Items as a table. The attributes of `first` (a key) come first; the others keep the order of the items.
 */
export function itemGrid(items: readonly Item[], first: readonly string[] = []): Grid {
  const names = [...new Set(items.flatMap((item) => Object.keys(item)))];
  names.sort((a, b) => rank(a, first) - rank(b, first));
  return {
    columns: names.map((name) => {
      const types = items.map((item) => typeOf(item[name]));
      const [type, other] = new Set(types.filter((one) => one !== undefined));
      return type !== undefined && other === undefined ? { name, type } : { name, types };
    }),
    rows: items.map((item) => names.map((name) => cell(item[name]))),
  };
}

/** Whether the items of a table have too little in common for one. */
export function isSparse({ columns, rows }: Grid): boolean {
  const filled = rows.flat().filter((value) => value !== undefined).length;
  return columns.length > MOST_COLUMNS || filled * 2 < columns.length * rows.length;
}

const rank = (name: string, first: readonly string[]) =>
  first.includes(name) ? first.indexOf(name) : first.length;

const typeOf = (attribute: Json | undefined) =>
  isObject(attribute) ? Object.keys(attribute)[0] : undefined;

/** An attribute as a cell's text; null is NULL, undefined an attribute that is not there. */
export function cell(attribute: Json | undefined): string | null | undefined {
  if (attribute === undefined) return undefined;
  const value = plainValue(attribute);
  if (value === null) return null;
  return typeof value === 'object' ? oneLine(value) : String(value);
}

/** The items that an answer carries, in groups. Operations that answer none have no group. */
export function answeredItems({ request, response }: DynamoDBCall): ItemGroup[] {
  if (!isObject(response)) return [];
  const groups: ItemGroup[] = [];
  const push = (label: string, items: Item[]) => {
    const group = groups.find((known) => known.label === label);
    if (group) group.items.push(...items);
    else groups.push({ label, items });
  };
  if (isObject(response['Item'])) push('Item', [response['Item']]);
  if (isObject(response['Attributes'])) push('Attributes', [response['Attributes']]);
  if (Array.isArray(response['Items'])) push('Items', response['Items'].filter(isObject));
  const responses = response['Responses'];
  if (isObject(responses)) {
    for (const [table, items] of Object.entries(responses)) {
      if (Array.isArray(items)) push(table, items.filter(isObject));
    }
  } else if (Array.isArray(responses)) {
    const actions = transactActions(request);
    for (const [index, answer] of responses.entries()) {
      const item = isObject(answer) ? answer['Item'] : undefined;
      if (isObject(item)) push(actions[index]?.table ?? 'Items', [item]);
    }
  }
  return groups.filter((group) => group.items.length > 0);
}

/** The names of the key attributes that a request or its answer gives away. */
export function keyNames({ request, response }: DynamoDBCall): string[] {
  const key = isObject(request) ? request['Key'] : undefined;
  const last = isObject(response) ? response['LastEvaluatedKey'] : undefined;
  if (isObject(key)) return Object.keys(key);
  return isObject(last) ? Object.keys(last) : [];
}

/** What a request is about: its tables, with the index where it asks one. */
export function targets({ request }: DynamoDBCall): string[] {
  if (!isObject(request)) return [];
  const { TableName: table, IndexName: index, RequestItems: batch } = request;
  if (typeof table === 'string')
    return [typeof index === 'string' ? `${table}, index ${index}` : table];
  if (isObject(batch)) return Object.keys(batch);
  return [...new Set(transactActions(request).map((action) => action.table))];
}

/** One action of a transaction: `Put` on `Orders`, and the key where the request has one. */
export interface TransactAction {
  action: string;
  table: string;
  key: string;
}

/** The actions of a TransactWriteItems or TransactGetItems, in order. */
export function transactActions(request: Json): TransactAction[] {
  const list = isObject(request) ? request['TransactItems'] : undefined;
  if (!Array.isArray(list)) return [];
  return list.map((entry) => {
    const [action, body] = isObject(entry) ? (Object.entries(entry)[0] ?? []) : [];
    const fields = isObject(body) ? body : {};
    const key = isObject(fields['Key']) ? fields['Key'] : {};
    return {
      action: action ?? '',
      table: String(fields['TableName'] ?? ''),
      key: Object.values(plainItem(key)).map(String).join(', '),
    };
  });
}

/** JSON on one line, with the spaces that a reader wants. */
export function oneLine(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const fields = Object.entries(value).map(
    ([name, inner]) => `${JSON.stringify(name)}: ${oneLine(inner)}`,
  );
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

/** JSON indented by two spaces; whatever fits into a line of `width` characters stays on it. */
export function prettyJson(value: Json, width = 64, indent = ''): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (roomAfter(value, width - indent.length) >= 0) return oneLine(value);
  const deeper = `${indent}  `;
  const inner = Array.isArray(value)
    ? value.map((entry) => deeper + prettyJson(entry, width, deeper))
    : Object.entries(value).map(
        ([name, entry]) => `${deeper}${JSON.stringify(name)}: ${prettyJson(entry, width, deeper)}`,
      );
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${inner.join(',\n')}\n${indent}${close}`;
}

/**
 * The room that is left after a value on one line; below 0 it does not fit. It looks no further than
 * the room goes: a response of megabytes is not written out at each of its depths.
 */
function roomAfter(value: Json, room: number): number {
  if (typeof value !== 'object' || value === null) return room - JSON.stringify(value).length;
  const isList = Array.isArray(value);
  const names = isList ? value.keys() : Object.keys(value);
  // A list has its brackets; an object has spaces inside its own, unless there is nothing in it.
  let left = room - 2;
  let first = true;
  for (const name of names) {
    if (!first) left -= 2;
    else if (!isList) left -= 2;
    first = false;
    if (!isList) left -= JSON.stringify(name).length + 2;
    left = roomAfter((value as Record<string | number, Json>)[name] as Json, left);
    if (left < 0) return left;
  }
  return left;
}

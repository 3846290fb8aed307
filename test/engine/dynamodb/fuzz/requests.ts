/** Random requests of every operation, along the shapes of AWS's own model. */
import type { Json } from '../../../../src/engine/lab/result.ts';
import { api, type Shape } from './api.ts';
import { condition, jumbled, keyCondition, projection, statement, update } from './expressions.ts';
import type { Random } from './random.ts';
import { anyJson, attributeNames, validValue, wrongValue } from './values.ts';

/** What earlier answers held, by the members' names: tokens, ARNs and the like. */
export type Found = Map<string, Json[]>;

/** What is known where a part of a request is made. */
interface Place {
  found: Found;
  depth: number;
  /** The table that the part is about. */
  table: string;
}

const tables = ['Plain', 'Plain', 'Orders', 'Orders', 'Orders'];
const indexes = ['ByTag', 'ByTag', 'ByRank', 'ByText', 'pk', '__proto__', 'constructor'];
const oddNames = [
  'Nowhere',
  'ab',
  '',
  '__proto__',
  'constructor',
  'x'.repeat(256),
  'é',
  'a/b',
  '\0',
];

/** Values of members by their names; a member that is not here gets anything of its type. */
const texts: Record<string, readonly string[]> = {
  IndexName: indexes,
  Select: ['ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES', 'SPECIFIC_ATTRIBUTES', 'COUNT'],
  ReturnValues: ['NONE', 'ALL_OLD', 'UPDATED_OLD', 'ALL_NEW', 'UPDATED_NEW'],
  ReturnConsumedCapacity: ['NONE', 'TOTAL', 'INDEXES'],
  ReturnItemCollectionMetrics: ['NONE', 'SIZE'],
  ReturnValuesOnConditionCheckFailure: ['NONE', 'ALL_OLD'],
  ConditionalOperator: ['AND', 'OR'],
  ComparisonOperator: [
    ...['EQ', 'NE', 'IN', 'LE', 'LT', 'GE', 'GT', 'BETWEEN', 'NOT_NULL', 'NULL'],
    ...['CONTAINS', 'NOT_CONTAINS', 'BEGINS_WITH'],
  ],
  Action: ['ADD', 'PUT', 'DELETE'],
  AttributeName: ['pk', 'sk', 'tag', 'grade', '__proto__'],
  AttributeType: ['S', 'N', 'B'],
  KeyType: ['HASH', 'RANGE'],
  ProjectionType: ['ALL', 'KEYS_ONLY', 'INCLUDE'],
  BillingMode: ['PROVISIONED', 'PAY_PER_REQUEST'],
  StreamViewType: ['NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES', 'KEYS_ONLY'],
  ShardIteratorType: ['TRIM_HORIZON', 'LATEST', 'AT_SEQUENCE_NUMBER', 'AFTER_SEQUENCE_NUMBER'],
  TableClass: ['STANDARD', 'STANDARD_INFREQUENT_ACCESS'],
  ClientRequestToken: ['one', 'two', 'three'],
  Key: ['owner', 'aws:x', ''],
  NextToken: ['', 'x', 'eyJ4IjoxfQ=='],
};

const expressions: Record<string, (random: Random) => string> = {
  ConditionExpression: condition,
  FilterExpression: condition,
  KeyConditionExpression: keyCondition,
  UpdateExpression: update,
  ProjectionExpression: projection,
  Statement: statement,
};

/** How often an optional member is there. */
const OFTEN = new Set(['TableName', 'Item', 'Key', 'Keys', 'KeyConditionExpression', 'Statement']);
const OLDER = new Set([
  ...['Expected', 'AttributesToGet', 'AttributeUpdates', 'KeyConditions', 'QueryFilter'],
  ...['ScanFilter', 'ConditionalOperator'],
]);

/** A random request of that operation; most are close to one that goes through. */
export function randomRequest(random: Random, operation: string, found: Found): Json {
  const shape = api.get(operation);
  if (shape === undefined) throw new TypeError(`DynamoDB has no operation ${operation}`);
  const request = fill(random, shape, operation, { found, depth: 0, table: random.pick(tables) });
  definePlaceholders(random, request);
  return request;
}

function fill(random: Random, shape: Shape, name: string, place: Place): Json {
  const { depth } = place;
  const inner = (next: Shape, its: string, table = place.table) =>
    fill(random, next, its, { ...place, depth: depth + 1, table });
  switch (shape.kind) {
    case 'boolean':
      return random.chance(0.5);
    case 'number':
      return random.pick([1, 1, 2, 3, 5, 10, 100, 0, -1, 2 ** 31 - 1, 2 ** 31, 2 ** 53, 1.5]);
    case 'time':
      return random.pick([0, 1, 1_700_000_000, 1.5, -1, 1e18]);
    case 'bytes':
      return 'YQ==';
    case 'text':
      return someText(random, name, place);
    case 'list': {
      const element = shape.element();
      const most = element.kind === 'structure' || element.kind === 'map' ? 3 : 4;
      const first = random.chance(0.95) ? [inner(element, name)] : [];
      return [...first, ...random.many(most, () => inner(element, name))];
    }
    case 'map': {
      const value = shape.value();
      if (value.kind === 'structure' && value.name === 'AttributeValue')
        return someItem(random, name, place.table);
      const keys = /RequestItems/.test(name) ? tables : attributeNames.slice(0, 10);
      const entry = (): [string, Json] => {
        const key = random.pick(keys);
        return [key, inner(value, name, key)];
      };
      return Object.fromEntries([entry(), ...random.many(2, entry)]);
    }
    case 'structure': {
      if (shape.name === 'AttributeValue')
        return random.chance(0.95) ? validValue(random) : wrongValue(random);
      if (depth > 8) return {};
      const names = Object.keys(shape.members);
      // Of the kinds of a transaction's or batch's actions there is one.
      const only = /^(TransactWriteItem|WriteRequest)$/.test(shape.name) ? random.pick(names) : '';
      const filled: { [member: string]: Json } = {};
      for (const member of names) {
        const often = only
          ? member === only
            ? 0.98
            : 0.01
          : OFTEN.has(member)
            ? 0.98
            : OLDER.has(member)
              ? 0.02
              : 0.2;
        const next = shape.members[member];
        if (next !== undefined && random.chance(often)) {
          filled[member] = inner(next(), member, tableOf(filled) ?? place.table);
        }
      }
      return filled;
    }
  }
}

/** The table that a structure names, once that member is there. */
function tableOf({ TableName }: { [member: string]: Json }): string | undefined {
  return typeof TableName === 'string' ? TableName : undefined;
}

function someText(random: Random, name: string, { found, table }: Place): string {
  const expression = expressions[name];
  if (expression !== undefined) {
    const text = expression(random);
    return random.chance(0.2) ? jumbled(random, text) : text;
  }
  const earlier = found.get(name);
  if (earlier !== undefined && random.chance(0.8)) return String(random.pick(earlier));
  if (random.chance(0.03)) return random.pick(oddNames);
  if (name === 'TableName') return table;
  if (/TableName$/.test(name)) return random.pick(tables);
  const known = texts[name];
  if (known !== undefined) return random.pick(known);
  return random.pick(/^AttributesToGet|NonKey/.test(name) ? attributeNames : oddNames);
}

/** A key or an item, mostly of that table. */
function someItem(random: Random, member: string, table: string): { [attribute: string]: Json } {
  const item: [string, Json][] = [['pk', { S: random.pick(['a', 'b', 'c']) }]];
  if (random.chance(table === 'Orders' ? 0.97 : 0.03)) {
    item.push(['sk', { N: String(random.below(5)) }]);
  }
  if (/Start/.test(member)) {
    if (random.chance(0.5)) item.push(['tag', { S: random.pick(['t', 'u']) }]);
    if (random.chance(0.3)) item.push(['grade', { N: random.pick(['1', '2']) }]);
  } else if (/Item/.test(member)) {
    if (random.chance(0.5)) item.push(['tag', { S: random.pick(['t', 'u']) }]);
    if (random.chance(0.5)) item.push(['grade', { N: random.pick(['1', '2', '3']) }]);
    const more = random.many(4, (): [string, Json] => [
      random.pick(attributeNames.slice(4)),
      validValue(random),
    ]);
    item.push(...more);
  }
  if (random.chance(0.03)) item.push([random.pick(attributeNames), wrongValue(random)]);
  return Object.fromEntries(item);
}

/** Names and values for the placeholders that the request's expressions use, seldom one too many or too few. */
function definePlaceholders(random: Random, request: Json): void {
  if (request === null || typeof request !== 'object') return;
  for (const member of Object.values(request)) definePlaceholders(random, member);
  if (Array.isArray(request)) return;
  const used = Object.keys(expressions)
    .map((name) => request[name])
    .filter((text) => typeof text === 'string')
    .join(' ');
  if (used === '' || 'Statement' in request) return;
  const placeholders = (sign: string) => {
    const all = new Set(used.match(new RegExp(`${sign}[a-z]+`, 'g')));
    if (random.chance(0.03)) all.add(`${sign}surplus`);
    return [...all].filter(() => random.chance(0.98));
  };
  const define = (member: string, sign: string, make: (placeholder: string) => Json) => {
    const names = placeholders(sign);
    delete request[member];
    if (names.length > 0)
      request[member] = Object.fromEntries(names.map((each) => [each, make(each)]));
  };
  const heads: Record<string, string> = { '#p': 'pk', '#r': 'sk' };
  define('ExpressionAttributeNames', '#', (name) => heads[name] ?? random.pick(attributeNames));
  const types: Record<string, string> = { ':s': 'SS', ':n': 'N', ':l': 'L', ':b': 'N', ':a': 'S' };
  define('ExpressionAttributeValues', ':', (name) =>
    random.chance(0.03) ? wrongValue(random) : validValue(random, types[name]),
  );
}

/** The request with one to three of its parts replaced by anything, taken out, wrapped or put elsewhere. */
export function mutated(random: Random, request: Json): Json {
  let changed = structuredClone(request);
  for (let times = random.below(3) + 1; times > 0; times--) {
    const ways = waysInto(changed);
    changed = replaced(changed, random.pick(ways), (old) =>
      random.pick<() => Json | undefined>([
        () => anyJson(random),
        () => anyJson(random),
        () => undefined,
        () => [old],
        () => ({ a: old }),
        () => at(changed, random.pick(ways)),
        () => JSON.stringify(old),
      ])(),
    );
  }
  return changed;
}

/** The way to a part of a JSON value. */
type Way = readonly string[];

/** The ways to every part of a JSON value, the whole included. */
export function waysInto(value: Json, way: Way = []): Way[] {
  if (value === null || typeof value !== 'object') return [way];
  return [way, ...Object.entries(value).flatMap(([key, inner]) => waysInto(inner, [...way, key]))];
}

function at(value: Json, way: Way): Json {
  let inner: Json = value;
  for (const key of way) inner = (inner as { [key: string]: Json })[key] as Json;
  return structuredClone(inner);
}

/** A copy in which that part is something else; undefined takes it out. */
export function replaced(
  value: Json,
  [key, ...rest]: Way,
  make: (old: Json) => Json | undefined,
): Json {
  if (key === undefined) return make(value) ?? null;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as {
    [key: string]: Json;
  };
  const old = copy[key] as Json;
  const next = rest.length > 0 ? replaced(old, rest, make) : make(old);
  if (next === undefined) delete copy[key];
  else Object.defineProperty(copy, key, { value: next, ...OWN });
  return Array.isArray(copy) ? copy.filter(() => true) : copy;
}

const OWN = { configurable: true, enumerable: true, writable: true };

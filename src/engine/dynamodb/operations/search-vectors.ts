/** SearchVectors: the items whose vectors are nearest to a given one. Exact, where DynamoDB's search is approximate. */
import { types } from 'dynalite/validations/query.js';
import type { CapacityDetail } from '../capacity.ts';
import type { ParsedCondition } from '../expressions/condition-tree.ts';
import type { ParsedProjection } from '../expressions/projection.ts';
import { validationError } from '../request/errors.ts';
import {
  type Expressions,
  validateExpressionParams,
  validateExpressions,
} from '../request/expressions.ts';
import { inputReader } from '../request/input.ts';
import type { Shape, Shapes } from '../request/shape.ts';
import { arnProblem, isArn } from '../storage/arn.ts';
import { AFTER_ALL } from '../storage/keys.ts';
import type { Table } from '../storage/table.ts';
import {
  type AttributeValue,
  emptyItem,
  equal,
  type Item,
  itemBytes,
} from '../values/attribute.ts';
import { parseDecimal } from '../values/number.ts';
import { project } from '../values/paths.ts';
import { vectorSearchBytes } from '../vectors/capacity.ts';
import { type Equality, equalitiesOf, type SearchScope, scopeOf } from '../vectors/condition.ts';
import { partitionPrefix, type VectorIndex } from '../vectors/index.ts';
import { Nearest, score } from '../vectors/nearest.ts';
import { checkMembers } from '../vectors/strict-input.ts';
import { floatsOf, listOf, product } from '../vectors/vector.ts';
import { json, type Operation, operation } from './operation.ts';

interface Input {
  TableName: string;
  IndexName: string;
  SearchVector: AttributeValue[];
  TopK: number;
  ReturnConsumedCapacity?: CapacityDetail;
  _searchCondition?: ParsedCondition;
  _projection?: ParsedProjection;
}

/** Most results of one search. Source: DynamoDB Developer Guide, "Quotas in Amazon DynamoDB", vector indexes. */
const MAX_RESULTS = 100;
const MAX_ELEMENTS = 4096;
/** Source: DynamoDB Developer Guide, "Requirements and limitations" of vector indexes. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

const shapes: Shapes = {
  TableName: 'String',
  IndexName: 'String',
  SearchVector: { type: 'List', children: 'AttrStruct<ValueStruct>' },
  TopK: 'Integer',
  SearchConditionExpression: 'String',
  ProjectionExpression: 'String',
  ReturnConsumedCapacity: 'String',
  ExpressionAttributeNames: types.ExpressionAttributeNames as Shape,
  ExpressionAttributeValues: types.ExpressionAttributeValues as Shape,
};

/** The constraints of single members, which this operation words otherwise than all others. */
function checkConstraints(input: Input): string | undefined {
  const breaks = (name: string, constraint: string) =>
    `1 validation error detected: Value at '${name}' failed to satisfy constraint: ${constraint}`;
  const broken = (name: string, message: string) => breaks(name, `Member must ${message}`);
  for (const [name, least] of [
    ['TableName', 1],
    ['IndexName', 3],
  ] as const) {
    const { [name]: text } = input;
    if (name === 'TableName' && isArn(text)) {
      const problem = arnProblem(text);
      if (problem) return breaks(name, problem);
      continue;
    }
    if (text.length < least) return broken(name, `have length greater than or equal to ${least}`);
    if (text.length > 255) return broken(name, 'have length less than or equal to 255');
    if (!/^[a-zA-Z0-9_.-]+$/.test(text)) {
      return broken(name, 'satisfy regular expression pattern: [a-zA-Z0-9_.-]+');
    }
  }
  const { SearchVector, TopK, ReturnConsumedCapacity: detail } = input;
  if (SearchVector.length < 1) {
    return broken('SearchVector', 'have length greater than or equal to 1');
  }
  if (SearchVector.length > MAX_ELEMENTS) {
    return broken('SearchVector', `have length less than or equal to ${MAX_ELEMENTS}`);
  }
  if (detail !== undefined && !['INDEXES', 'TOTAL', 'NONE'].includes(detail)) {
    return `Value '${detail}' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]`;
  }
  if (TopK < 1) return broken('TopK', 'have value greater than or equal to 1');
  return TopK > MAX_RESULTS
    ? `Provided TopK value '${TopK}' is out of valid range. The value must be between 1 and ${MAX_RESULTS} inclusive`
    : undefined;
}

function checkExpressions(input: Input): string | undefined {
  const expressions = ['ProjectionExpression', 'SearchConditionExpression'];
  return (
    validateExpressionParams(input as unknown as Record<string, unknown>, expressions, []) ??
    validateExpressions(input as Expressions)
  );
}

const search = operation(
  inputReader<Input>(shapes, checkConstraints, checkExpressions),
  (input, { store, meter }) => {
    const equalities = input._searchCondition && equalitiesOf(input._searchCondition.expression);
    const table = store.table(input.TableName);
    const index = readyIndex(input.IndexName, table);
    const query = queryOf(input.SearchVector, index);
    const scope = scopeOf(equalities, index);
    const { found, examined } = searchIndex(index, query, scope, input.TopK);
    const paths = input._projection?.paths;
    const withVectors =
      paths?.some(([head]) => head === index.attribute) === true && projectsVector(index);
    const results = found.map(({ entry, score: Score }) => ({
      Item: answerItem(entry.item, index, paths, withVectors ? entry.vector.floats : undefined),
      Score,
    }));
    requireSize(results);
    const bytes = vectorSearchBytes(
      index.dimensions,
      found.map(({ entry }) => entry),
      withVectors,
    );
    meter.addVectorBytes(table, index.name, 'searched', bytes);
    meter.itemsRead += examined;
    meter.itemsReturned += results.length;
    const detail = input.ReturnConsumedCapacity;
    return {
      SearchResults: results.map(({ Item, Score }) => ({ Item: json(Item), Score })),
      ConsumedCapacity:
        detail === 'TOTAL' || detail === 'INDEXES'
          ? { VectorSearchRequestBytes: bytes }
          : undefined,
    };
  },
);

/** SearchVectors. */
export const searchVectors: Operation = (request, context) => {
  checkMembers(request);
  return search(request, context);
};

/** An index that is being made is not there at first, then backfilling; neither can be searched. */
function readyIndex(name: string, { vectors, lifecycle }: Table): VectorIndex {
  const index = vectors?.find((one) => one.name === name);
  const phase = lifecycle?.indexes.get(name);
  if (index === undefined || phase?.backfilling === false) {
    throw validationError(`The table does not have the specified index: ${name}`);
  }
  if (phase?.backfilling) throw validationError(`Cannot search backfilling vector index: ${name}`);
  return index;
}

/** The vector to search for: elements are looked at before their number. */
function queryOf(vector: readonly AttributeValue[], { dimensions }: VectorIndex): Float32Array {
  const numbers = vector.every((one) => one?.N !== undefined && parseDecimal(one.N) !== undefined);
  const floats = numbers ? floatsOf(vector) : undefined;
  if (floats === undefined) {
    throw validationError(
      'Search vector contains invalid values. All values in the search vector must be a 32-bit floating-point number attribute',
    );
  }
  if (floats.length === dimensions) return floats;
  throw validationError(
    `Input search vector dimension ${floats.length} does not match vector index dimension ${dimensions}`,
  );
}

/** Looks at every entry that the scope selects. Entries equally near come in the order of their keys. */
function searchIndex(
  index: VectorIndex,
  query: Float32Array,
  { partition, filters }: SearchScope,
  count: number,
) {
  const { hash, tree, distance } = index;
  const nearest = new Nearest(count, distance);
  const squares = product(query, query);
  const from = hash && partition ? partitionPrefix(partition, hash) : '';
  let examined = 0;
  tree.forRange(from, from + AFTER_ALL, false, (_key, entry) => {
    if (!filters.every((filter) => passes(entry.item, filter))) return;
    examined++;
    const { floats, squares: own } = entry.vector;
    nearest.add(entry, score(distance, query, squares, floats, own));
  });
  return { found: nearest.found, examined };
}

function passes(item: Item, { name, value }: Equality): boolean {
  const stored = item[name];
  return stored !== undefined && equal(stored, value);
}

function projectsVector({ projected, attribute }: VectorIndex): boolean {
  return projected === 'ALL' || projected.has(attribute);
}

/** What the index projects, or the part of it that is asked for; the vector only when it is asked for by name. */
function answerItem(
  stored: Item,
  { attribute }: VectorIndex,
  paths: ParsedProjection['paths'] | undefined,
  floats: Float32Array | undefined,
): Item {
  const item = emptyItem();
  for (const name in stored) if (name !== attribute) item[name] = stored[name] as AttributeValue;
  if (floats !== undefined) item[attribute] = listOf(floats);
  return paths ? project(item, paths) : item;
}

function requireSize(results: ReadonlyArray<{ Item: Item }>): void {
  const bytes = results.reduce((sum, { Item }) => sum + itemBytes(Item), 0);
  if (bytes <= MAX_ANSWER_BYTES) return;
  throw validationError(
    `The answer of SearchVectors would be ${bytes} bytes long, more than the 16 MB that DynamoDB allows; this emulator does not know what DynamoDB answers then. Ask for fewer results or attributes`,
  );
}

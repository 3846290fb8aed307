/** Query. */
import { custom, types } from 'dynalite/validations/query.js';
import { attributesOf, checkKeyPaths } from '../items/checks.ts';
import type { LegacyCondition } from '../items/condition.ts';
import {
  checkProjected,
  checkSelect,
  indexOf,
  type KeyRange,
  type PageInput,
  readPage,
} from '../items/page.ts';
import { checkStartAttribute, requireStartSize, startKey } from '../items/start-key.ts';
import { validationError } from '../request/errors.ts';
import { inputReader, tableName } from '../request/input.ts';
import {
  AFTER_ALL,
  encodePart,
  encodePartition,
  encodePrefix,
  type KeySchema,
} from '../storage/keys.ts';
import type { AttributeValue, Item } from '../values/attribute.ts';
import { equal } from '../values/attribute.ts';
import { holds } from '../values/compare.ts';
import { refuseVectorRead } from '../vectors/checks.ts';
import { json, operation } from './operation.ts';

/** A condition on a key attribute; KeyConditionExpression becomes these too. */
interface KeyCondition {
  ComparisonOperator: string;
  AttributeValueList: AttributeValue[];
}

interface Input extends PageInput {
  KeyConditions: Record<string, KeyCondition>;
  QueryFilter?: Record<string, LegacyCondition>;
  ScanIndexForward?: boolean;
}

/** The message about Limit has a form of its own. */
const shapes = { ...types, TableName: tableName, Limit: 'Integer' };

function checkLimit({ Limit = 1 }: Input): string | undefined {
  return Limit < 1
    ? "1 validation error detected: Value at 'Limit' failed to satisfy constraint: Member must have value greater than or equal to 1"
    : undefined;
}

const TOO_MANY = 'Conditions can be of length 1 or 2 only';

/** dynalite knows keys of two attributes at most; how many the key has is known when the index is. */
function checkInput(input: never, limits: never): string | undefined {
  const message = custom?.(input, limits);
  const { KeyConditions } = input as Input;
  return message === TOO_MANY && Object.keys(KeyConditions).length > 0 ? undefined : message;
}

export const query = operation(
  inputReader<Input>(shapes, checkLimit, checkInput),
  (input, context) => {
    const { store, meter } = context;
    const table = store.table(input.TableName);
    if (table.vectors !== undefined) refuseVectorRead('Query', input, table);
    const index = indexOf(input, table);
    const keys = index?.keys ?? table.keys;
    const { ExclusiveStartKey } = input;
    if (ExclusiveStartKey) requireStartSize(ExclusiveStartKey, table, index, 'only that');
    checkKeyConditions(input.KeyConditions, keys, ExclusiveStartKey);
    checkSelect(input, index);
    const start = ExclusiveStartKey && startKey(ExclusiveStartKey, table, index);
    if (ExclusiveStartKey) checkStartMatches(ExclusiveStartKey, input.KeyConditions, keys);
    checkKeyPaths(input._projection?.nestedPaths, table);
    checkFilter(input, keys);
    checkProjected(input, index);
    checkKeyPaths(input._filter?.nestedPaths, table);

    const range = keyRange(input.KeyConditions, keys, input.ScanIndexForward === false);
    if (start !== undefined && range.backward) range.to = start;
    else if (start !== undefined) Object.assign(range, { from: start, afterFrom: true });
    // Also when no item is there.
    meter.pass(range.from, keys);
    const page = readPage(input, table, index, range, input.QueryFilter, context);
    return {
      Count: page.count,
      ScannedCount: page.scannedCount,
      Items: input.Select === 'COUNT' ? undefined : page.items.map((item) => json(item)),
      LastEvaluatedKey: json(page.lastEvaluatedKey),
      ConsumedCapacity: meter.consumed(input.ReturnConsumedCapacity)?.[0],
    };
  },
);

/**
 * Every partition attribute with `=`; sort attributes from the first on, without gaps, of which only the last may have
 * another comparison, one that a range can answer.
 * Source: DynamoDB Developer Guide, "Multi-attribute keys pattern".
 */
function checkKeyConditions(
  conditions: Record<string, KeyCondition>,
  keys: KeySchema,
  start: Item | undefined,
): void {
  const attributes = attributesOf(keys);
  const count = Object.keys(conditions).length;
  if (count > Math.max(2, attributes.length)) throw validationError(TOO_MANY);
  let met = 0;
  let ranged = false;
  for (const attribute of attributes) {
    const { name, type, partition } = attribute;
    if (start) checkStartAttribute(start, attribute);
    if (attributes.length === 1 && count > 1)
      throw validationError('Query key condition not supported');
    const condition = conditions[name];
    if (condition === undefined) {
      if (partition || count > met) {
        throw validationError(`Query condition missed key schema element: ${name}`);
      }
      continue;
    }
    met++;
    const { ComparisonOperator: operator, AttributeValueList: values } = condition;
    if (['NULL', 'NOT_NULL', 'NE', 'CONTAINS', 'NOT_CONTAINS', 'IN'].includes(operator)) {
      throw validationError('Attempted conditional constraint is not an indexable operation');
    }
    for (const value of values) {
      if (value[type] === undefined) {
        throw validationError(
          'One or more parameter values were invalid: Condition parameter type does not match schema type',
        );
      }
      if (value.S === '' || value.B === '') {
        const kind = value.S === '' ? 'string' : 'binary';
        throw validationError(
          `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${kind} value. Key: ${name}`,
        );
      }
    }
    if (ranged || (partition && operator !== 'EQ')) {
      throw validationError('Query key condition not supported');
    }
    ranged = operator !== 'EQ';
  }
}

/** The page to go on from must lie inside what is asked for. */
function checkStartMatches(
  start: Item,
  conditions: Record<string, KeyCondition>,
  keys: KeySchema,
): void {
  const outside = keys.partition.some(({ name }) => {
    const [wanted] = conditions[name]?.AttributeValueList ?? [];
    return wanted !== undefined && !equal(start[name] as AttributeValue, wanted);
  });
  const sorted = keys.sort.filter(({ name }) => conditions[name] !== undefined);
  for (const { name } of sorted) {
    const { ComparisonOperator, AttributeValueList } = conditions[name] as KeyCondition;
    if (!holds(ComparisonOperator, start[name], AttributeValueList)) {
      throw validationError('The provided starting key does not match the range key predicate');
    }
  }
  if (outside) {
    throw validationError(
      sorted.length > 0
        ? 'The query can return at most one row and cannot be restarted'
        : 'The provided starting key is outside query boundaries based on provided conditions',
    );
  }
}

/** Conditions on keys belong into the key condition. */
function checkFilter(input: Input, keys: KeySchema): void {
  const heads = input.QueryFilter ?? input._filter?.pathHeads;
  const key = attributesOf(keys).find(({ name }) => heads?.[name] !== undefined);
  if (key) {
    throw validationError(
      `${input.QueryFilter ? 'QueryFilter' : 'Filter Expression'} can only contain non-primary key attributes: Primary key attribute: ${key.name}`,
    );
  }
}

/** The range of tree keys that the conditions select. */
function keyRange(
  conditions: Record<string, KeyCondition>,
  keys: KeySchema,
  backward: boolean,
): KeyRange {
  const values = keys.partition.map(
    ({ name }) => conditions[name]?.AttributeValueList[0] as AttributeValue,
  );
  let prefix = encodePartition(values, keys.partition);
  for (const { name, type } of keys.sort) {
    const condition = conditions[name];
    if (condition === undefined) break;
    const [low, high] = condition.AttributeValueList as [AttributeValue, AttributeValue];
    const at = prefix + encodePart(low, type);
    switch (condition.ComparisonOperator) {
      case 'EQ':
        prefix = at;
        continue;
      case 'LT':
        return { from: prefix, afterFrom: false, to: at, backward };
      case 'LE':
        return { from: prefix, afterFrom: false, to: at + AFTER_ALL, backward };
      case 'GT':
        return { from: at + AFTER_ALL, afterFrom: false, to: prefix + AFTER_ALL, backward };
      case 'GE':
        return { from: at, afterFrom: false, to: prefix + AFTER_ALL, backward };
      case 'BETWEEN':
        return {
          from: at,
          afterFrom: false,
          to: prefix + encodePart(high, type) + AFTER_ALL,
          backward,
        };
      default: {
        const beginning = prefix + encodePrefix(low, type);
        return { from: beginning, afterFrom: false, to: beginning + AFTER_ALL, backward };
      }
    }
  }
  return { from: prefix, afterFrom: false, to: prefix + AFTER_ALL, backward };
}

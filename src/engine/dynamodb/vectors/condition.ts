/** SearchConditionExpression: equalities joined by AND, on the attributes of the index's search schema. */
import { type Condition, isCall, isTruth, type Operand } from '../expressions/condition-tree.ts';
import { validationError } from '../request/errors.ts';
import type { KeyAttribute } from '../storage/keys.ts';
import { type AttributeValue, typeOf } from '../values/attribute.ts';
import { emptyKind } from './checks.ts';
import type { VectorIndex } from './index.ts';

/** One `attribute = :value`. */
export interface Equality {
  name: string;
  value: AttributeValue;
}

/** Which entries a search looks at. */
export interface SearchScope {
  /** The value of the HASH attribute, where the index has one. */
  partition: AttributeValue | undefined;
  filters: Equality[];
}

const INVALID = 'Invalid SearchConditionExpression:';

/**
 * The equalities that a condition consists of. Throws ValidationException when there is anything else in it.
 * Source: DynamoDB Developer Guide, "Creating and searching vector indexes", filtering.
 */
export function equalitiesOf(condition: Condition): Equality[] {
  switch (condition.type) {
    case 'and':
      return condition.args.flatMap(equalitiesOf);
    case '=':
      return [equality(condition.args)];
    case '<>':
    case '<':
    case '<=':
    case '>':
    case '>=':
      throw validationError(`${INVALID} Invalid comparator used in SearchConditionExpression`);
    default:
      throw validationError(`${INVALID} Invalid operator used in SearchConditionExpression`);
  }
}

function equality([left, right]: Operand[]): Equality {
  const [path, value] = Array.isArray(left) ? [left, right] : [right, left];
  if (
    !Array.isArray(path) ||
    value === undefined ||
    Array.isArray(value) ||
    isCall(value) ||
    isTruth(value)
  ) {
    throw validationError(
      `${INVALID} this emulator does not know what DynamoDB answers to a comparison that is not of an attribute with a value`,
    );
  }
  if (path.length > 1) {
    throw validationError(
      `${INVALID} SearchConditionExpression cannot have conditions on nested attributes`,
    );
  }
  return { name: path[0] as string, value };
}

/** What the equalities select of an index. Throws ValidationException when they do not fit its search schema. */
export function scopeOf(equalities: Equality[] | undefined, index: VectorIndex): SearchScope {
  const { hash, filters } = index;
  if (equalities === undefined) {
    if (hash === undefined) return { partition: undefined, filters: [] };
    throw validationError(
      'SearchConditionExpression must be provided when SearchSchema has a HASH key',
    );
  }
  const schema = hash === undefined ? filters : [hash, ...filters];
  const attributes = equalities.map(({ name }) => {
    const attribute = schema.find((one) => one.name === name);
    if (attribute) return attribute;
    throw validationError(
      `SearchConditionExpression must not contain any attributes that is not in SearchSchema. Invalid attribute: ${name}`,
    );
  });
  if (new Set(attributes).size < attributes.length) {
    throw validationError(
      `${INVALID} SearchConditionExpression must only contain one condition per attribute`,
    );
  }
  if (hash !== undefined && !attributes.includes(hash)) {
    throw validationError(
      'SearchConditionExpression must have all HASH attributes in configured SearchSchema',
    );
  }
  for (const [position, { value }] of equalities.entries()) {
    checkOperand(value, attributes[position] as KeyAttribute, hash);
  }
  return {
    partition: equalities.find(({ name }) => name === hash?.name)?.value,
    filters: equalities.filter(({ name }) => name !== hash?.name),
  };
}

function checkOperand(
  value: AttributeValue,
  attribute: KeyAttribute,
  hash: KeyAttribute | undefined,
): void {
  const { name, type } = attribute;
  if (value[type] === undefined) {
    throw validationError(
      `Type of '${name}' attribute in SearchConditionExpression (${typeOf(value)}) does not match type in search schema (${type})`,
    );
  }
  const kind = attribute === hash && emptyKind(value);
  if (!kind) return;
  throw validationError(
    `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${kind} value. Key: ${name}`,
  );
}

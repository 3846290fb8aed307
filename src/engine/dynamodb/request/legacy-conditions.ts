/** The rules of the older conditions: Expected, and the maps of KeyConditions, QueryFilter and ScanFilter. */
import type { LegacyCondition } from '../items/condition.ts';
import { type AttributeValue, typeOf } from '../values/attribute.ts';
import { order } from '../values/compare.ts';
import { attributeValueProblem } from './attribute-values.ts';

const INVALID = 'One or more parameter values were invalid: ';
const MIXED = `${INVALID}AttributeValues inside AttributeValueList must be of same type`;
const REVERSED =
  'The BETWEEN condition was provided a range where the lower bound is greater than the upper bound';

/** How many values an operator takes, and of which types. IN takes one or more. */
const operators: Record<string, { values: number; types: string }> = {
  NULL: { values: 0, types: '' },
  NOT_NULL: { values: 0, types: '' },
  EQ: { values: 1, types: 'S N B SS NS BS L M BOOL NULL' },
  NE: { values: 1, types: 'S N B SS NS BS L M BOOL NULL' },
  LE: { values: 1, types: 'S N B' },
  LT: { values: 1, types: 'S N B' },
  GE: { values: 1, types: 'S N B' },
  GT: { values: 1, types: 'S N B' },
  CONTAINS: { values: 1, types: 'S N B' },
  NOT_CONTAINS: { values: 1, types: 'S N B' },
  BEGINS_WITH: { values: 1, types: 'S B' },
  IN: { values: Number.NaN, types: 'S N B' },
  BETWEEN: { values: 2, types: 'S N B' },
};

function takes(operator: string, count: number): boolean {
  return operator === 'IN' ? count > 0 : operators[operator]?.values === count;
}

function wrongCount(operator: string): string {
  return `${INVALID}Invalid number of argument(s) for the ${operator} ComparisonOperator`;
}

function listProblem(operator: string, values: AttributeValue[]): string | undefined {
  const [first, second] = values;
  if (first === undefined) return undefined;
  if (values.some((value) => typeOf(value) !== typeOf(first))) return MIXED;
  return operator === 'BETWEEN' && second && (order(first, second) ?? 0) > 0 ? REVERSED : undefined;
}

/** What is wrong with a map of conditions. */
export function validateConditions(
  conditions: Record<string, LegacyCondition> = {},
): string | undefined {
  for (const {
    ComparisonOperator: operator = '',
    AttributeValueList: values = [],
  } of Object.values(conditions)) {
    for (const value of values) {
      const problem = attributeValueProblem(value);
      if (problem) return problem;
    }
    const wrong = operandsProblem(operator, values);
    if (wrong) return wrong;
  }
  return undefined;
}

function operandsProblem(operator: string, values: AttributeValue[]): string | undefined {
  if (!takes(operator, values.length)) return wrongCount(operator);
  const mixed = listProblem('', values);
  if (mixed) return mixed;
  const types = operators[operator]?.types.split(' ') ?? [];
  const misplaced = values.find((value) => !types.includes(typeOf(value)));
  return misplaced
    ? `${INVALID}ComparisonOperator ${operator} is not valid for ${typeOf(misplaced)} AttributeValue type`
    : listProblem(operator, values);
}

/** What is wrong with the Expected of a request. */
export function validateAttributeConditions(data: {
  Expected?: Record<string, LegacyCondition>;
}): string | undefined {
  for (const [name, condition] of Object.entries(data.Expected ?? {})) {
    const problem = expectedProblem(name, condition);
    if (problem) return problem;
  }
  return undefined;
}

function expectedProblem(name: string, condition: LegacyCondition): string | undefined {
  const {
    AttributeValueList: list,
    Value: value,
    ComparisonOperator: operator,
    Exists: exists,
  } = condition;
  if (list && value) {
    return `${INVALID}Value and AttributeValueList cannot be used together for Attribute: ${name}`;
  }
  const values = list ?? (value ? [value] : []);
  for (const one of values) {
    const problem = attributeValueProblem(one);
    if (problem) return problem;
  }
  if (operator !== undefined) {
    if (exists !== undefined) {
      return `${INVALID}Exists and ComparisonOperator cannot be used together for Attribute: ${name}`;
    }
    if (operators[operator]?.values !== 0 && !list && !value) {
      return `${INVALID}Value or AttributeValueList must be used with ComparisonOperator: ${operator} for Attribute: ${name}`;
    }
    return operandsProblem(operator, values);
  }
  if (list) {
    return `${INVALID}AttributeValueList can only be used with a ComparisonOperator for Attribute: ${name}`;
  }
  if (exists !== false && !value) {
    return `${INVALID}Value must be provided when Exists is ${exists ?? 'null'} for Attribute: ${name}`;
  }
  return exists === false && value
    ? `${INVALID}Value cannot be used when Exists is false for Attribute: ${name}`
    : undefined;
}

/** KeyConditionExpression as the older KeyConditions. */
import { type Condition, isCall, type Operand } from '../expressions/condition-tree.ts';
import type { LegacyCondition } from '../items/condition.ts';
import type { AttributeValue, Path } from '../values/attribute.ts';

const names: Record<string, string> = {
  '=': 'EQ',
  '<': 'LT',
  '<=': 'LE',
  '>': 'GT',
  '>=': 'GE',
  between: 'BETWEEN',
  function: 'BEGINS_WITH',
};
/** The comparison with its operands exchanged. */
const mirrored: Record<string, string> = { '=': '=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

/**
 * The conditions by attribute, or the message about an expression that asks for more than a key can answer.
 * Source: DynamoDB Developer Guide, "Key condition expressions for the Query operation".
 */
export function convertKeyCondition(
  expression: Condition,
): Record<string, LegacyCondition> | string {
  const conditions = Object.create(null) as Record<string, LegacyCondition>;
  return addConditions(expression, conditions) ?? conditions;
}

function addConditions(
  condition: Condition,
  conditions: Record<string, LegacyCondition>,
): string | undefined {
  const { type, args } = condition;
  if (type === 'and') {
    return addConditions(args[0], conditions) ?? addConditions(args[1], conditions);
  }
  if (type === 'or' || type === 'not') return wrongOperator(type.toUpperCase());
  if (type === 'in' || type === '<>') return wrongOperator(type.toUpperCase());
  const called = type === 'function' ? condition.name : undefined;
  if (called !== undefined && called !== 'begins_with') return wrongOperator(called);
  const [first] = args;
  if ((type === 'between' || called) && !Array.isArray(first)) {
    return `Invalid condition in KeyConditionExpression: ${called ?? 'BETWEEN'} operator must have the key attribute as its first operand`;
  }
  return addComparison(type, args, conditions);
}

function wrongOperator(operator: string): string {
  return `Invalid operator used in KeyConditionExpression: ${operator}`;
}

function addComparison(
  type: string,
  operands: Operand[],
  conditions: Record<string, LegacyCondition>,
): string | undefined {
  let path: Path | undefined;
  for (const operand of operands) {
    if (isCall(operand)) return 'KeyConditionExpressions cannot contain nested operations';
    if (!Array.isArray(operand)) continue;
    if (path !== undefined) {
      return 'Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition';
    }
    if (operand.length > 1) {
      return 'KeyConditionExpressions cannot have conditions on nested attributes';
    }
    path = operand;
  }
  if (path === undefined)
    return 'Invalid condition in KeyConditionExpression: No key attribute specified';
  const name = path[0] as string;
  if (Object.hasOwn(conditions, name)) {
    return 'KeyConditionExpressions must only contain one condition per key';
  }
  const comparison = operands[0] === path ? type : mirrored[type];
  conditions[name] = {
    ComparisonOperator: names[comparison ?? type] as string,
    AttributeValueList: operands.filter((operand) => operand !== path) as AttributeValue[],
  };
  return undefined;
}

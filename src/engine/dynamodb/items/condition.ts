/** Conditions of writes, as ConditionExpression or as the older Expected. */
import type { ParsedCondition } from '../expressions/condition-tree.ts';
import { meets } from '../expressions/evaluate.ts';
import { type AttributeValue, emptyItem, type Item } from '../values/attribute.ts';
import { holds } from '../values/compare.ts';

/** One entry of Expected, QueryFilter or ScanFilter. */
export interface LegacyCondition {
  Exists?: boolean;
  Value?: AttributeValue;
  ComparisonOperator?: string;
  AttributeValueList?: AttributeValue[];
}

/** The members of a request that make it conditional. */
export interface Conditional {
  _condition?: ParsedCondition;
  Expected?: Record<string, LegacyCondition>;
  ConditionalOperator?: 'AND' | 'OR';
}

/** Whether the item, or its absence, meets the request's condition. */
export function meetsCondition(request: Conditional, item: Item | undefined): boolean {
  if (request._condition) return meets(item ?? emptyItem(), request._condition.expression);
  return meetsAll(item ?? emptyItem(), request.Expected, request.ConditionalOperator);
}

/** Whether an item meets the older filters: all of them, or any with OR. */
export function meetsAll(
  item: Item,
  filter: Record<string, LegacyCondition> | undefined,
  operator: 'AND' | 'OR' = 'AND',
): boolean {
  const entries = Object.entries(filter ?? {});
  if (entries.length === 0) return true;
  const test = ([name, condition]: [string, LegacyCondition]) => {
    const { Exists, Value, AttributeValueList } = condition;
    const comparison = condition.ComparisonOperator ?? (Exists === false ? 'NULL' : 'EQ');
    return holds(
      comparison,
      item[name],
      AttributeValueList ?? (Value === undefined ? [] : [Value]),
    );
  };
  return operator === 'OR' ? entries.some(test) : entries.every(test);
}

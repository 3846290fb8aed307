/** Conditions of writes, as ConditionExpression or as the older Expected. */
import type { ParsedCondition } from '../expressions/condition-tree.ts';
import { meets } from '../expressions/evaluate.ts';
import type { StoredItem } from '../storage/stored-item.ts';
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
export function meetsCondition(request: Conditional, stored: StoredItem | undefined): boolean {
  const { _condition, Expected, ConditionalOperator } = request;
  if (_condition) return meets(stored?.item ?? emptyItem(), _condition.expression);
  if (Expected) return meetsAll(stored?.item ?? emptyItem(), Expected, ConditionalOperator);
  return true;
}

/** Whether an item meets the older filters: all of them, or any with OR. */
export function meetsAll(
  item: Item,
  filter: Record<string, LegacyCondition>,
  operator: 'AND' | 'OR' = 'AND',
): boolean {
  const entries = Object.entries(filter);
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

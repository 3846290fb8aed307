/** Whether an item meets a condition. */
import { type AttributeValue, type Item, sizeOf } from '../values/attribute.ts';
import { holds } from '../values/compare.ts';
import { valueAt } from '../values/paths.ts';
import { type Condition, isCall, isTruth, type Operand } from './condition-tree.ts';

/** Evaluates a condition against an item; an item that does not exist has no attributes. */
export function meets(item: Item, condition: Condition): boolean {
  switch (condition.type) {
    case 'and':
      return meets(item, condition.args[0]) && meets(item, condition.args[1]);
    case 'or':
      return meets(item, condition.args[0]) || meets(item, condition.args[1]);
    case 'not':
      return !meets(item, condition.args[0]);
    default: {
      const [first, ...rest] = condition.args.map((operand) => resolve(operand, item));
      return holds(condition.type === 'function' ? condition.name : condition.type, first, rest);
    }
  }
}

function resolve(operand: Operand, item: Item): AttributeValue | undefined {
  if (Array.isArray(operand)) return valueAt(item, operand);
  if (isTruth(operand)) return { BOOL: meets(item, operand.condition) };
  if (!isCall(operand)) return operand;
  const [measured] = operand.args;
  const value = measured === undefined ? undefined : resolve(measured, item);
  const size = value === undefined ? undefined : sizeOf(value);
  return size === undefined ? undefined : { N: String(size) };
}

/** Stands in for dynalite's `db` module, of which its validations use these four functions. */

import { encodePrefix, type KeyType } from '../storage/keys.ts';
import { type AttributeValue, itemBytes, typeOf } from '../values/attribute.ts';
import { holds } from '../values/compare.ts';

export { validationError } from './errors.ts';

export { itemBytes as itemSize };

/** Whether `value comparison operand` holds, with the comparison's older name. */
export function compare(
  comparison: string,
  value: AttributeValue,
  operand: AttributeValue,
): boolean {
  return holds(comparison, value, [operand]);
}

/** A text that is the same for equal keys. */
export function toRangeStr(value: AttributeValue): string {
  const type = typeOf(value);
  return ['S', 'N', 'B'].includes(type)
    ? encodePrefix(value, type as KeyType)
    : JSON.stringify(value);
}

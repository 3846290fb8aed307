/** Stands in for dynalite's `db` module, of which its validations use these two functions. */
import { encodePrefix, type KeyType } from '../storage/keys.ts';
import { type AttributeValue, itemBytes, typeOf } from '../values/attribute.ts';

export { itemBytes as itemSize };

/** A text that is the same for equal key values. */
export function toRangeStr(value: AttributeValue): string {
  const type = typeOf(value);
  return ['S', 'N', 'B'].includes(type)
    ? encodePrefix(value, type as KeyType)
    : JSON.stringify(value);
}

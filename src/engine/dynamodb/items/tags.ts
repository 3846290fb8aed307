/** Tags of tables: what they may be. */
import { validationError } from '../request/errors.ts';

/** As in requests. */
export interface Tag {
  Key?: string;
  Value?: string;
}

/** Most tags of one table. Source: DynamoDB Developer Guide, "Tagging restrictions in DynamoDB". */
const MAX_TAGS = 50;

/** Letters and digits of any script, spaces, and a few signs. */
const KEY = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u;
const VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;

/** Throws ValidationException for a key that no tag may have. */
export function checkTagKey(key: string | null): void {
  if (/^aws:/i.test(key ?? '')) {
    throw validationError(`Tag Key cannot be prefixed with aws:, Key: ${key}`);
  }
  if (key === null || !KEY.test(key)) {
    throw validationError(`The Tag Key provided is invalid, Key: ${key}`);
  }
}

/**
 * The table's tags together with those of a request, which take the place of others with their keys.
 * Throws ValidationException for tags that may not be, and for too many.
 */
export function withTags(
  current: ReadonlyMap<string, string>,
  added: readonly Tag[],
): ReadonlyMap<string, string> {
  const keys = new Set<string>();
  const tags = new Map(current);
  for (const { Key = null, Value = null } of added) {
    checkTagKey(Key);
    if (Value === null || !VALUE.test(Value)) {
      throw validationError(`The Tag Value provided is invalid, Value: ${Value}`);
    }
    if (keys.has(Key as string)) {
      throw validationError(`Duplicate Tag Keys provided as input: Duplicate Tag Key found ${Key}`);
    }
    keys.add(Key as string);
    tags.set(Key as string, Value);
  }
  checkTagCount(tags.size);
  return tags;
}

/** Throws ValidationException for more tags, or keys of tags, than a table may have. */
export function checkTagCount(count: number): void {
  if (count > MAX_TAGS) {
    throw validationError('Number of Tags exceed the current limit for the provided ResourceArn');
  }
}

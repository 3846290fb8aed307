/** Conditions as they look to keys: comparisons of one attribute with values, and the item that they name. */
import type { Condition, Operand } from '../expressions/condition-tree.ts';
import { ApiError, VALIDATION, validationError } from '../request/errors.ts';
import { type KeyAttribute, type KeySchema, keyNames } from '../storage/keys.ts';
import { type AttributeValue, emptyItem, equal, type Item, typeOf } from '../values/attribute.ts';

/** A condition on one key attribute that a range can answer. */
export interface KeyTerm {
  name: string;
  operator: string;
  values: AttributeValue[];
}

/** The comparison with its operands exchanged. */
const mirrored: Record<string, string> = { '=': '=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

/** A comparison of one whole attribute with values; undefined for any other condition. */
export function termOf(condition: Condition): KeyTerm | undefined {
  switch (condition.type) {
    case '=':
    case '<':
    case '<=':
    case '>':
    case '>=': {
      const [first, second] = condition.args as [Operand, Operand];
      return (
        term(condition.type, first, [second]) ??
        term(mirrored[condition.type] as string, second, [first])
      );
    }
    case 'in':
    case 'between':
      return term(condition.type, condition.args[0] as Operand, condition.args.slice(1));
    case 'function':
      return condition.name === 'begins_with'
        ? term('begins_with', condition.args[0] as Operand, condition.args.slice(1))
        : undefined;
    default:
      return undefined;
  }
}

function term(operator: string, path: Operand, values: Operand[]): KeyTerm | undefined {
  if (!Array.isArray(path) || path.length > 1) return undefined;
  if (values.some((value) => Array.isArray(value) || 'type' in value)) return undefined;
  return { name: path[0] as string, operator, values: values as AttributeValue[] };
}

/** What the WHERE clause of a write says of the item that it names. */
export interface NamedItem {
  /** The key's attributes that are given by `=`. */
  key: Item;
  /** A key attribute that is given two values. */
  conflict: string | undefined;
  /** What is asked besides. */
  rest: Condition[];
}

/** The item that a write names: IN and OR name none. */
export function namedItem(where: Condition | undefined, keys: KeySchema): NamedItem {
  const named: NamedItem = { key: emptyItem(), conflict: undefined, rest: [] };
  const names = keyNames(keys);
  for (const part of conjuncts(where)) {
    const term = termOf(part);
    if (term?.operator !== '=' || !names.includes(term.name)) {
      named.rest.push(part);
      continue;
    }
    const [value] = term.values as [AttributeValue];
    const earlier = named.key[term.name];
    if (earlier === undefined) named.key[term.name] = value;
    else if (!equal(earlier, value)) {
      named.conflict ??= term.name;
      named.rest.push(part);
    }
  }
  return named;
}

function conjuncts(condition: Condition | undefined): Condition[] {
  if (condition === undefined) return [];
  return condition.type === 'and' ? condition.args.flatMap(conjuncts) : [condition];
}

/** A value cannot be a key attribute's; transactions say so in other words. */
export class KeyTypeError extends ApiError {}

/** Throws when a value cannot be that key attribute's. */
export function requireKeyType(value: AttributeValue, { name, type }: KeyAttribute): void {
  if (value[type] === undefined) {
    const actual = typeOf(value);
    throw new KeyTypeError(
      VALIDATION,
      ['S', 'N', 'B'].includes(actual)
        ? `Key attribute's data type should match its data type in table's schema: Key ${name}`
        : `Key value must be of type S, N, or B. Key name: ${name}, Key type: ${actual}`,
    );
  }
  if (value.S === '' || value.B === '') {
    throw validationError(
      `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${value.S === '' ? 'string' : 'binary'} value. Key: ${name}`,
    );
  }
}

/** The attributes that a condition looks at, as often as it does. */
export function pathHeads(condition: Condition): string[] {
  if (condition.type === 'and' || condition.type === 'or' || condition.type === 'not')
    return condition.args.flatMap(pathHeads);
  return condition.args.flatMap(operandHeads);
}

function operandHeads(operand: Operand): string[] {
  if (Array.isArray(operand)) return [operand[0] as string];
  if (!('type' in operand)) return [];
  return operand.type === 'truth'
    ? pathHeads(operand.condition)
    : operand.args.flatMap(operandHeads);
}

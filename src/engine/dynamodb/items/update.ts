/** What an update makes of an item. */
import { type Change, isComputation, type UpdateOperand } from '../expressions/update.ts';
import { validationError } from '../request/errors.ts';
import {
  type AttributeType,
  type AttributeValue,
  copyValue,
  emptyItem,
  type Item,
  type Path,
  typeOf,
} from '../values/attribute.ts';
import { addNumbers } from '../values/number.ts';
import { valueAt } from '../values/paths.ts';

/** The older AttributeUpdates, by attribute. */
export type AttributeUpdates = Record<string, { Action?: string; Value?: AttributeValue }>;

const WRONG_TYPE = 'An operand in the update expression has an incorrect data type';

/**
 * The item after the changes; the given one stays as it is. All values are worked out from the item as it was.
 * Throws ValidationException.
 * Source: DynamoDB Developer Guide, "Using update expressions".
 */
export function applyChanges(
  before: Item,
  changes: readonly Change[],
  wrongType = WRONG_TYPE,
): Item {
  const values = changes.map((change) =>
    change.type === 'set' ? evaluate(change.val, before) : undefined,
  );
  const after = copyAround(before, changes);
  const lists = new Set<AttributeValue[]>();
  for (const [index, change] of changes.entries()) {
    const container = containerOf(after, change.path);
    const step = change.path.at(-1) as string | number;
    const list = typeof step === 'number' ? container?.L : undefined;
    const map = typeof step === 'string' ? container?.M : undefined;
    if (list === undefined && map === undefined) {
      throw validationError(
        'The document path provided in the update expression is invalid for update',
      );
    }
    const slots = (list ?? map) as Record<string | number, AttributeValue | undefined>;
    const value =
      change.type === 'set'
        ? values[index]
        : change.type === 'remove'
          ? undefined
          : changeSet(slots[step], change.type, change.val, wrongType);
    if (list !== undefined) {
      // Positions are those of the list as it was: gaps close up when all changes are made.
      lists.add(list);
      if (value !== undefined) list[step as number] = value;
      else delete list[step as number];
    } else if (value !== undefined) slots[step] = value;
    else delete slots[step];
  }
  for (const list of lists) list.splice(0, list.length, ...list.filter(() => true));
  return after;
}

/** The older AttributeUpdates as changes. */
export function changesOf(updates: AttributeUpdates): Change[] {
  return Object.entries(updates).map(([name, { Action = 'PUT', Value }]): Change => {
    const path: Path = [name];
    if (Value === undefined) return { type: 'remove', path };
    const attrType = typeOf(Value);
    if (Action === 'PUT') return { type: 'set', path, val: Value, attrType };
    return { type: Action === 'ADD' ? 'add' : 'delete', path, val: Value, attrType };
  });
}

/** A copy in which everything that the changes reach into is copied too, and the rest is shared. */
function copyAround(item: Item, changes: readonly Change[]): Item {
  const copy = emptyItem();
  for (const name in item) copy[name] = item[name] as AttributeValue;
  const copied = new Set<string>();
  for (const { path } of changes) {
    const head = path[0] as string;
    const value = copy[head];
    if (path.length > 1 && value !== undefined && !copied.has(head)) {
      copied.add(head);
      copy[head] = copyValue(value);
    }
  }
  return copy;
}

function containerOf(item: Item, path: Path): AttributeValue | undefined {
  return path.length === 1 ? { M: item } : valueAt(item, path.slice(0, -1));
}

/** ADD and DELETE: undefined when nothing is left. */
function changeSet(
  existing: AttributeValue | undefined,
  action: 'add' | 'delete',
  operand: AttributeValue,
  wrongType: string,
): AttributeValue | undefined {
  const type = typeOf(operand);
  if (existing === undefined) return action === 'add' ? operand : undefined;
  if (typeOf(existing) !== type) throw validationError(wrongType);
  if (type === 'N') return { N: add(existing.N as string, operand.N as string) };
  if (type === 'L')
    return { L: [...(existing.L as AttributeValue[]), ...(operand.L as AttributeValue[])] };
  const setType = type as 'SS' | 'NS' | 'BS';
  const [members, others] = [existing[setType] as string[], operand[setType] as string[]];
  if (action === 'add') return { [setType]: [...new Set([...members, ...others])] };
  const rest = members.filter((member) => !others.includes(member));
  return rest.length > 0 ? { [setType]: rest } : undefined;
}

function evaluate(operand: UpdateOperand, item: Item): AttributeValue {
  if (Array.isArray(operand)) {
    const value = valueAt(item, operand);
    if (value !== undefined) return value;
    throw validationError(
      'The provided expression refers to an attribute that does not exist in the item',
    );
  }
  if (!isComputation(operand)) return operand;
  const [first, second] = operand.args;
  if (operand.type === 'if_not_exists')
    return valueAt(item, first as Path) ?? evaluate(second, item);
  if (operand.type === 'list_append') {
    return { L: [...wanted(evaluate(first, item), 'L'), ...wanted(evaluate(second, item), 'L')] };
  }
  return {
    N: add(
      wanted(evaluate(first, item), 'N'),
      wanted(evaluate(second, item), 'N'),
      operand.type === 'subtract',
    ),
  };
}

function wanted<Type extends AttributeType>(
  value: AttributeValue,
  type: Type,
): NonNullable<AttributeValue[Type]> {
  const inner = value[type];
  if (inner === undefined) throw validationError(WRONG_TYPE);
  return inner as NonNullable<AttributeValue[Type]>;
}

function add(a: string, b: string, subtract = false): string {
  try {
    return addNumbers(a, b, subtract);
  } catch (error) {
    if (error instanceof RangeError) throw validationError(error.message);
    throw error;
  }
}

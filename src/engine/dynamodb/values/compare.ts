/** The comparisons of conditions and filters, in expressions and in the older parameters alike. */
import { type AttributeType, type AttributeValue, equal, searchable, typeOf } from './attribute.ts';
import { base64ToBinary, utf8ToBinary } from './bytes.ts';
import { compareNumbers } from './number.ts';

const legacyNames: Record<string, string> = {
  EQ: '=',
  NE: '<>',
  LT: '<',
  LE: '<=',
  GT: '>',
  GE: '>=',
  IN: 'in',
  BETWEEN: 'between',
  CONTAINS: 'contains',
  BEGINS_WITH: 'begins_with',
  NOT_NULL: 'attribute_exists',
  NULL: 'attribute_not_exists',
};

/**
 * Order of two values of one scalar type: numbers by value, text and binary by their bytes;
 * undefined when the types differ or have no order.
 */
export function order(a: AttributeValue, b: AttributeValue): number | undefined {
  if (a.N !== undefined && b.N !== undefined) return compareNumbers(a.N, b.N);
  let left: string;
  let right: string;
  if (a.S !== undefined && b.S !== undefined)
    [left, right] = [utf8ToBinary(a.S), utf8ToBinary(b.S)];
  else if (a.B !== undefined && b.B !== undefined)
    [left, right] = [base64ToBinary(a.B), base64ToBinary(b.B)];
  else return undefined;
  return left < right ? -1 : left > right ? 1 : 0;
}

/**
 * Whether `value operator operands` holds. An absent attribute equals nothing and is in no order,
 * but is unequal to every value.
 * Source: DynamoDB Developer Guide, "Condition and filter expressions, operators, and functions".
 */
export function holds(
  operator: string,
  value: AttributeValue | undefined,
  operands: ReadonlyArray<AttributeValue | undefined>,
): boolean {
  const [operand] = operands;
  switch (legacyNames[operator] ?? operator) {
    case 'attribute_exists':
      return value !== undefined;
    case 'attribute_not_exists':
      return value === undefined;
    case '=':
      return value !== undefined && operand !== undefined && equal(value, operand);
    case '<>':
      return value === undefined || operand === undefined || !equal(value, operand);
    case '<':
      return ordered(value, operand, (difference) => difference < 0);
    case '<=':
      return ordered(value, operand, (difference) => difference <= 0);
    case '>':
      return ordered(value, operand, (difference) => difference > 0);
    case '>=':
      return ordered(value, operand, (difference) => difference >= 0);
    case 'between':
      return (
        ordered(value, operand, (difference) => difference >= 0) &&
        ordered(value, operands[1], (difference) => difference <= 0)
      );
    case 'in':
      return value !== undefined && operands.some((one) => one !== undefined && equal(value, one));
    case 'begins_with':
      return beginsWith(value, operand);
    case 'contains':
      return contains(value, operand);
    case 'NOT_CONTAINS':
      return !contains(value, operand);
    case 'attribute_type':
      return value !== undefined && typeOf(value) === (operand?.S as AttributeType | undefined);
    default:
      throw new TypeError(`unknown comparison: ${operator}`);
  }
}

function ordered(
  a: AttributeValue | undefined,
  b: AttributeValue | undefined,
  test: (difference: number) => boolean,
): boolean {
  if (a === undefined || b === undefined) return false;
  const difference = order(a, b);
  return difference !== undefined && test(difference);
}

function beginsWith(
  value: AttributeValue | undefined,
  prefix: AttributeValue | undefined,
): boolean {
  if (value === undefined || prefix === undefined || typeOf(value) !== typeOf(prefix)) return false;
  const [text, start] = [searchable(value), searchable(prefix)];
  return text !== undefined && start !== undefined && text.startsWith(start);
}

/** A part of a text or binary, a member of a set, or an element of a list. */
function contains(value: AttributeValue | undefined, part: AttributeValue | undefined): boolean {
  if (value === undefined || part === undefined) return false;
  if (value.L !== undefined) return value.L.some((element) => equal(element, part));
  if (value.SS !== undefined) return part.S !== undefined && value.SS.includes(part.S);
  if (value.NS !== undefined) return part.N !== undefined && value.NS.includes(part.N);
  if (value.BS !== undefined) return part.B !== undefined && value.BS.includes(part.B);
  if (typeOf(value) !== typeOf(part)) return false;
  const [text, searched] = [searchable(value), searchable(part)];
  return text !== undefined && searched !== undefined && text.includes(searched);
}

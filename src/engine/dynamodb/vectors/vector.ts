/** From the list of numbers that an item holds to the 32-bit floats that an index keeps, and back. */
import { type AttributeValue, typeOf, valueBytes } from '../values/attribute.ts';
import { decimalOf } from '../values/number.ts';

/** A vector as an index keeps it. Never changed. */
export interface Vector {
  floats: Float32Array;
  /** Sum of the squares of its elements. */
  squares: number;
  /** Size of the list that it was read from, as the item that holds it is read and limited by. */
  listBytes: number;
}

/** What keeps a value from being a vector; the index's name follows it in DynamoDB's message. */
type Problem = string;

/** Lists are never changed in place, so that each is read once however many indexes and writes see it. */
const known = new WeakMap<AttributeValue[], Vector>();

/**
 * The vector that a value is, with as many elements as the index has dimensions; undefined when it is none. Elements
 * keep the precision of a 32-bit float.
 * Source: DynamoDB Developer Guide, "Requirements and limitations" of vector indexes.
 */
export function vectorOf(
  value: AttributeValue | undefined,
  dimensions: number,
): Vector | undefined {
  const list = value?.L;
  if (list?.length !== dimensions) return undefined;
  const earlier = known.get(list);
  if (earlier !== undefined) return earlier;
  const floats = floatsOf(list);
  if (floats === undefined) return undefined;
  const vector = { floats, squares: product(floats, floats), listBytes: valueBytes({ L: list }) };
  known.set(list, vector);
  return vector;
}

/** The elements as 32-bit floats; undefined when one is no number or does not fit. */
export function floatsOf(list: readonly AttributeValue[]): Float32Array | undefined {
  const floats = new Float32Array(list.length);
  for (let index = 0; index < list.length; index++) {
    const text = list[index]?.N;
    if (text === undefined) return undefined;
    floats[index] = Number(text);
    if (!Number.isFinite(floats[index])) return undefined;
  }
  return floats;
}

/** The inner product, in double precision. */
export function product(a: Float32Array, b: Float32Array): number {
  // Four sums at a time, so that none waits for the one before it.
  let [first, second, third, fourth] = [0, 0, 0, 0];
  const whole = a.length & ~3;
  for (let index = 0; index < whole; index += 4) {
    first += (a[index] as number) * (b[index] as number);
    second += (a[index + 1] as number) * (b[index + 1] as number);
    third += (a[index + 2] as number) * (b[index + 2] as number);
    fourth += (a[index + 3] as number) * (b[index + 3] as number);
  }
  for (let index = whole; index < a.length; index++) {
    first += (a[index] as number) * (b[index] as number);
  }
  return first + second + third + fourth;
}

/** Why a value cannot be stored as the vector of an index; undefined when it can. */
export function vectorProblem(
  name: string,
  value: AttributeValue,
  dimensions: number,
): Problem | undefined {
  if (vectorOf(value, dimensions) !== undefined) return undefined;
  const list = value.L;
  if (list === undefined) {
    return `Invalid type for parameter ${name}, Expected: 32-bit floating point number list`;
  }
  if (list.length !== dimensions) {
    return `Invalid size for parameter ${name}, Expected: ${dimensions}, Actual: ${list.length}`;
  }
  const wrong = list.findIndex(({ N }) => N === undefined || !fits(N));
  const element = list[wrong] as AttributeValue;
  return element.N === undefined
    ? `Invalid type for parameter ${name}[${wrong}], Expected: 32-bit floating point number, Actual: ${typeOf(element)}.`
    : `Invalid value for parameter ${name}[${wrong}], Value: ${scientific(element.N)} is outside valid range [-3.4028235E38, 3.4028235E38].`;
}

function fits(text: string): boolean {
  return Number.isFinite(Math.fround(Number(text)));
}

/** A number that is too large for a float as Java's BigDecimal prints it: `1E+39`. */
function scientific(text: string): string {
  const { negative, digits, exponent } = decimalOf(text);
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
  return `${negative ? '-' : ''}${digits[0]}${fraction}E+${exponent}`;
}

/** The floats as an answer gives them: each with the fewest digits that tell it from its neighbours, as `1.0`. */
export function listOf(floats: Float32Array): AttributeValue {
  return { L: Array.from(floats, (float) => ({ N: shortest(float) })) };
}

function shortest(float: number): string {
  if (float === 0) return '0.0';
  let text = '';
  // A 32-bit float is told from all others by nine digits at most; fewer than six are six with zeros at their end.
  for (let precision = 6; precision <= 9; precision++) {
    text = float.toExponential(precision - 1);
    if (Math.fround(Number(text)) === float) break;
  }
  const [mantissa = '', power = '0'] = text.split('e');
  const exponent = Number(power);
  const sign = float < 0 ? '-' : '';
  const digits = mantissa.replace(/[-.]/g, '').replace(/0+$/, '');
  if (exponent < -5 || exponent > 12) {
    return `${sign}${digits[0]}${digits.length > 1 ? `.${digits.slice(1)}` : ''}e${exponent}`;
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.padEnd(exponent + 1, '0');
  return `${sign}${whole.slice(0, exponent + 1)}.${whole.slice(exponent + 1) || '0'}`;
}

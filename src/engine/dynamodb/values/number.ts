/** DynamoDB's numbers: decimals of up to 38 digits, exact, held as canonical text. */

/** A decimal taken apart: 0.d1d2d3... x 10^(exponent + 1), so that 1.5 has digits `15` and exponent 0. */
export interface Decimal {
  negative: boolean;
  /** Without leading or trailing zeros; empty for zero. */
  digits: string;
  /** Power of ten of the first digit. */
  exponent: number;
}

const MAX_DIGITS = 38;
const MAX_EXPONENT = 125;
const MIN_EXPONENT = -130;
/** Codes of characters. */
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const pattern = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;
/** Numbers of up to 15 digits before the point and 15 after it that are canonical as they stand. */
const shortCanonical = /^(?:0|-?(?:[1-9]\d{0,14}|0(?=\.))(?:\.\d{0,14}[1-9])?)$/;

/** Takes a number's text apart; undefined when it is not a number. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = pattern.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '', fraction = '', power] = match;
  const all = whole + fraction;
  if (all === '') return undefined;
  let first = 0;
  while (first < all.length && all[first] === '0') first++;
  let last = all.length;
  while (last > first && all[last - 1] === '0') last--;
  if (first === last) return { negative: false, digits: '', exponent: 0 };
  return {
    negative: sign === '-',
    digits: all.slice(first, last),
    exponent: whole.length - first - 1 + (power === undefined ? 0 : Number(power)),
  };
}

/** The decimal in plain notation, without exponent. */
export function formatDecimal({ negative, digits, exponent }: Decimal): string {
  if (digits === '') return '0';
  const sign = negative ? '-' : '';
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1)
    return sign + digits + '0'.repeat(exponent + 1 - digits.length);
  return `${sign}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

/**
 * The canonical text of a number: `1.50` and `15e-1` are both `1.5`, `-0` is `0`.
 * Throws a RangeError with DynamoDB's own message when it is no number or does not fit.
 * Source: DynamoDB Developer Guide, "Supported data types: Number".
 */
export function canonicalNumber(text: string): string {
  if (shortCanonical.test(text)) return text;
  const decimal = parseDecimal(text);
  if (decimal === undefined) {
    throw new RangeError(
      `The parameter cannot be converted to a numeric value${text === '' ? '' : `: ${text}`}`,
    );
  }
  return formatDecimal(inRange(decimal));
}

function inRange(decimal: Decimal): Decimal {
  const { digits, exponent } = decimal;
  if (exponent > MAX_EXPONENT) {
    throw new RangeError(
      'Number overflow. Attempting to store a number with magnitude larger than supported range',
    );
  }
  if (exponent < MIN_EXPONENT) {
    throw new RangeError(
      'Number underflow. Attempting to store a number with magnitude smaller than supported range',
    );
  }
  if (digits.length > MAX_DIGITS) {
    throw new RangeError('Attempting to store more than 38 significant digits in a Number');
  }
  return decimal;
}

/** Order of two canonical numbers: below, at or above zero. */
export function compareNumbers(a: string, b: string): number {
  if (a === b) return 0;
  // Up to 15 digits a double is exact; longer ones may round to the same double.
  if (a.length <= 15 && b.length <= 15) return Number(a) - Number(b);
  const [left, right] = [orderedNumber(a), orderedNumber(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** a + b or a - b, exact. Throws a RangeError with DynamoDB's message when the result does not fit. */
export function addNumbers(a: string, b: string, subtract = false): string {
  const [left, right] = [scaled(a), scaled(b)];
  const scale = Math.max(left.scale, right.scale);
  const x = left.units * 10n ** BigInt(scale - left.scale);
  const y = right.units * 10n ** BigInt(scale - right.scale);
  const sum = subtract ? x - y : x + y;
  return canonicalNumber(`${sum}e${-scale}`);
}

/** A number as a whole count of 10^-scale. */
function scaled(text: string): { units: bigint; scale: number } {
  const point = text.indexOf('.');
  if (point < 0) return { units: BigInt(text), scale: 0 };
  return {
    units: BigInt(text.slice(0, point) + text.slice(point + 1)),
    scale: text.length - point - 1,
  };
}

/**
 * Size of a canonical number in bytes: one for each two digits (counted from the decimal point), one for the
 * exponent and one for a minus sign.
 */
export function numberBytes(text: string): number {
  let point = text.length;
  let first = -1;
  let last = -1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === POINT) point = at;
    else if (code > ZERO) {
      if (first < 0) first = at;
      last = at;
    }
  }
  if (first < 0) return 1;
  const digits = last - first + (first < point && point < last ? 0 : 1);
  const exponent = first < point ? point - first - 1 : point - first;
  const straddles = digits % 2 === 0 && exponent % 2 === 0;
  const negative = text.charCodeAt(0) === MINUS;
  return 1 + Math.ceil(digits / 2) + (straddles ? 1 : 0) + (negative ? 1 : 0);
}

/** Text that `<` orders as the numbers are ordered. */
export function orderedNumber(text: string): string {
  const { negative, digits, exponent } = decimalOf(text);
  if (digits === '') return '1';
  const power = (negative ? MAX_EXPONENT - exponent : exponent - MIN_EXPONENT)
    .toString(16)
    .padStart(2, '0');
  if (!negative) return `2${power}${digits}`;
  let complement = '';
  for (const digit of digits) complement += 9 - Number(digit);
  // `:` comes after all digits: -1.2 (with one digit more) is below -1.
  return `0${power}${complement}:`;
}

/** Takes apart a number that is known to be canonical. */
export function decimalOf(text: string): Decimal {
  const decimal = parseDecimal(text);
  if (decimal === undefined) throw new TypeError(`not a canonical number: ${text}`);
  return decimal;
}

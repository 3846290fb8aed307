/** Random attribute values: ordinary ones, ones at the limits, and ones that cannot be. */
import type { Json } from '../../../../src/engine/lab/result.ts';
import type { Random } from './random.ts';

/** Names of attributes, those of the tables' keys first. */
export const attributeNames = [
  'pk',
  'sk',
  'tag',
  'grade',
  'n',
  'parts',
  'doc',
  'marks',
  'note',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'a.b',
  'a b',
  'é',
  '\u{1f511}',
  '\ud800',
  '\0',
];

const texts = ['a', 'b', 'c', 'ab', '', ' ', 'é', '\u{1f511}', '\ud83d', '\udd11x', '\0', 'a\0b'];
const numbers = [
  '0',
  '1',
  '2',
  '3',
  '-1',
  '10',
  '1.5',
  '-0',
  '1e3',
  '0.1',
  '123456789012345678901234567890',
  `${'9'.repeat(38)}`,
  `-${'9'.repeat(38)}e88`,
  '9.9999999999999999999999999999999999999e125',
  '1e-130',
];
const notNumbers = [
  '',
  'x',
  'NaN',
  'Infinity',
  '-Infinity',
  '0x10',
  '1_000',
  '1e',
  '--1',
  ' 1',
  '1e126',
  '1e-131',
  '1'.repeat(39),
  '1e999999999999999999999',
  `1${'0'.repeat(5000)}`,
];
const binaries = ['', 'YQ==', 'AAA=', '/+8=', 'AAAAAAAA'];
const notBinaries = ['YQ', 'YR==', '====', '!!!!', 'YQ=='.repeat(2)];

/** A value that DynamoDB takes, of that type or of any. */
export function validValue(random: Random, type?: string, depth = 0): { [type: string]: Json } {
  const chosen =
    type ?? random.pick(['S', 'S', 'N', 'N', 'B', 'BOOL', 'NULL', 'SS', 'NS', 'BS', 'L', 'M']);
  const inner = () => validValue(random, depth > 2 ? 'S' : undefined, depth + 1);
  const distinct = (values: readonly string[]) =>
    [...new Set([random.pick(values), ...random.many(3, () => random.pick(values))])] as Json[];
  switch (chosen) {
    case 'S':
      return { S: random.pick(texts) };
    case 'N':
      return { N: random.pick(numbers) };
    case 'B':
      return { B: random.pick(binaries) };
    case 'BOOL':
      return { BOOL: random.chance(0.5) };
    case 'NULL':
      return { NULL: true };
    case 'SS':
      return { SS: distinct(texts) };
    case 'NS':
      return { NS: distinct(['1', '2', '3', '-4.5', '1e20']) };
    case 'BS':
      return { BS: distinct(binaries) };
    case 'L':
      return { L: random.many(3, inner) };
    default:
      return {
        M: Object.fromEntries(random.many(3, () => [random.pick(attributeNames), inner()])),
      };
  }
}

/** A value that is wrong in one way or another. */
export function wrongValue(random: Random): Json {
  return random.pick<() => Json>([
    () => ({}),
    () => null,
    () => ({ S: 'a', N: '1' }),
    () => ({ N: random.pick(notNumbers) }),
    () => ({ NS: ['1', random.pick(notNumbers)] }),
    () => ({ B: random.pick(notBinaries) }),
    () => ({ SS: [] }),
    () => ({ NS: ['1', '1.0'] }),
    () => ({ SS: ['a', 'a'] }),
    () => ({ BS: ['YQ==', 'YQ=='] }),
    () => ({ NULL: false }),
    () => ({ X: 'a' }),
    () => ({ s: 'a' }),
    () => ({ L: [null, {}] }),
    () => ({ M: { a: null } }),
    () => ({ S: anyJson(random) }),
    () => ({ N: anyJson(random) }),
    () => ({ B: anyJson(random) }),
    () => ({ BOOL: anyJson(random) }),
    () => ({ SS: anyJson(random) }),
    () => ({ L: anyJson(random) }),
    () => ({ M: anyJson(random) }),
    () => nested(random.pick([31, 32, 33, 200])),
    () => ({ S: 'x'.repeat(random.pick([1024, 1025, 2048, 2049])) }),
  ])();
}

/** Lists within lists. */
export function nested(levels: number): Json {
  let value: Json = { S: 'in' };
  for (let level = 0; level < levels; level++)
    value = level % 2 ? { M: { m: value } } : { L: [value] };
  return value;
}

/** JSON of any type, small. */
export function anyJson(random: Random): Json {
  return random.pick<() => Json>([
    () => null,
    () => true,
    () => false,
    () => 0,
    () => -1,
    () => 1.5,
    () => 2 ** 31,
    () => 1e300,
    () => '',
    () => 'text',
    () => 'NONE',
    () => '\ud800',
    () => [],
    () => [null],
    () => [[]],
    () => [{}],
    () => ['a', 'a'],
    () => ({}),
    () => ({ S: 'a' }),
    () => ({ a: null }),
    () => ({ a: { S: 'a' } }),
    () => JSON.parse('{"__proto__":{"S":"a"}}') as Json,
    () => ({ constructor: { S: 'a' } }),
  ])();
}

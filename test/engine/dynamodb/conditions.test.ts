/** The language of conditions and filters. */
import { describe, expect, it } from 'vitest';
import { Bench, L, M, N, S } from './support.ts';

const bench = new Bench();
const pk = S('x');

describe('comparisons', () => {
  it('compare numbers by value, text and binary by their bytes', () => {
    const item = {
      pk,
      n: N('10'),
      big: N('12345678901234567890123456789012345678'),
      t: S('ﬀ'),
      b: { B: '/w==' },
    };
    expect(bench.meets(item, 'n > :v', { ':v': N('9') })).toBe(true);
    expect(
      bench.meets(item, 'big > :v', { ':v': N('12345678901234567890123456789012345677') }),
    ).toBe(true);
    // U+FB00 comes after U+1F642 in JavaScript's order of code units, and before it in UTF-8.
    expect(bench.meets(item, 't < :v', { ':v': S('🙂') })).toBe(true);
    expect(bench.meets(item, 'b > :v', { ':v': { B: 'fw==' } })).toBe(true);
  });

  it('never hold between types, save that different types are unequal', () => {
    const item = { pk, n: N(1) };
    expect(bench.meets(item, 'n < :v', { ':v': S('2') })).toBe(false);
    expect(bench.meets(item, 'n = :v', { ':v': S('1') })).toBe(false);
    expect(bench.meets(item, 'n <> :v', { ':v': S('1') })).toBe(true);
  });

  it('compare lists and maps by what they hold, sets whatever their order', () => {
    const item = {
      pk,
      l: L(N(1), M({ a: S('b') })),
      m: M({ x: N(1), y: L() }),
      s: { NS: ['1', '2'] },
    };
    expect(bench.meets(item, 'l = :v', { ':v': L(N('1.0'), M({ a: S('b') })) })).toBe(true);
    expect(bench.meets(item, 'l = :v', { ':v': L(M({ a: S('b') }), N(1)) })).toBe(false);
    expect(bench.meets(item, 'm = :v', { ':v': M({ y: L(), x: N(1) }) })).toBe(true);
    expect(bench.meets(item, 's = :v', { ':v': { NS: ['2', '1'] } })).toBe(true);
    expect(
      bench.meets(item, 'l IN (:v, :w)', { ':v': S('no'), ':w': L(N(1), M({ a: S('b') })) }),
    ).toBe(true);
    expect(bench.meets(item, 'contains(l, :v)', { ':v': M({ a: S('b') }) })).toBe(true);
  });

  it('are false of attributes that are not there, save <>', () => {
    const item = { pk, n: N(1) };
    expect(bench.meets(item, 'absent = none_either')).toBe(false);
    expect(bench.meets(item, 'absent < n')).toBe(false);
    expect(bench.meets(item, 'absent <> n')).toBe(true);
    expect(bench.meets(item, 'n IN (absent, :v)', { ':v': N(1) })).toBe(true);
    expect(bench.meets(item, 'absent IN (n, none_either)')).toBe(false);
    expect(bench.meets(item, 'NOT absent BETWEEN n AND n')).toBe(true);
  });
});

describe('functions', () => {
  const item = {
    pk,
    t: S('Hello'),
    n: N(5),
    s: { SS: ['red', 'blue'] },
    l: L(N(1), N(2)),
    u: S('é𝄞'),
    b: { B: 'AAEC' },
  };

  it.each([
    ['begins_with(t, :v)', S('Hel'), true],
    ['begins_with(t, :v)', S('hel'), false],
    ['contains(t, :v)', S('ell'), true],
    ['contains(s, :v)', S('red'), true],
    ['contains(s, :v)', S('re'), false],
    ['contains(l, :v)', N('2.0'), true],
    ['attribute_type(l, :v)', S('L'), true],
    ['attribute_type(absent, :v)', S('L'), false],
    ['size(t) = :v', N(5), true],
    ['size(s) = :v', N(2), true],
    ['size(b) = :v', N(3), true],
    ['size(n) = :v', N(1), false],
    ['size(u) = :v', N(3), true],
    ['size(absent) < :v', N(9), false],
  ])('%s with %j is %s', (condition, value, expected) => {
    expect(bench.meets(item, condition, { ':v': value })).toBe(expected);
  });
});

describe('logic', () => {
  const item = { pk, a: N(1), b: N(2) };

  it('binds NOT before AND before OR, and takes parentheses and doubled NOT', () => {
    expect(
      bench.meets(item, 'attribute_exists(a) OR attribute_exists(z) AND attribute_exists(y)'),
    ).toBe(true);
    expect(
      bench.meets(item, '(attribute_exists(a) OR attribute_exists(z)) AND attribute_exists(y)'),
    ).toBe(false);
    expect(bench.meets(item, 'NOT attribute_exists(z) AND attribute_exists(a)')).toBe(true);
    expect(bench.meets(item, 'NOT NOT attribute_exists(a)')).toBe(true);
    expect(bench.meets(item, '(a) = (b) OR (a > b)')).toBe(false);
  });

  it('grows in cost with its length only, however it is nested', () => {
    const nested = (depth: number) =>
      `${'NOT ('.repeat(depth)}attribute_exists(a) AND attribute_exists(b)${')'.repeat(depth)}`;
    const left = (depth: number) => `${'('.repeat(depth)}a = :v${' OR a = :v)'.repeat(depth)}`;
    const cost = (condition: string, values = {}) => {
      const begin = performance.now();
      for (let run = 0; run < 200; run++) bench.meets(item, condition, values);
      return performance.now() - begin;
    };
    cost(nested(5));
    // Ten times as long: an exponential parser would take millions of times as long.
    expect(cost(nested(200)) / cost(nested(20))).toBeLessThan(100);
    expect(cost(left(140), { ':v': N(1) }) / cost(left(14), { ':v': N(1) })).toBeLessThan(100);
  });
});

describe('what is refused', () => {
  it.each([
    ['a-b', 'Syntax error; token: "-", near: "a-b"'],
    ['attribute_exists(a) AND NOT b', 'Syntax error; token: "<EOF>", near: "b"'],
    ['a = ', 'Syntax error; token: "<EOF>", near: "="'],
    ['((attribute_exists(a)))', 'The expression has redundant parentheses;'],
    ['exists(a)', 'Invalid function name; function: exists'],
    ['size(a)', 'The function is not allowed to be used this way in an expression; function: size'],
    [
      'attribute_exists(a) = b',
      'The function is not allowed to be used this way in an expression; function: attribute_exists',
    ],
    [
      'contains(a)',
      'Incorrect number of operands for operator or function; operator or function: contains, number of operands: 1',
    ],
    [
      'a = a',
      'The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [a]',
    ],
    ['name = b', 'Attribute name is a reserved keyword; reserved keyword: name'],
    [
      '#n = b',
      'An expression attribute name used in the document path is not defined; attribute name: #n',
    ],
    [
      'a = :v',
      'An expression attribute value used in expression is not defined; attribute value: :v',
    ],
    [
      'begins_with(:v, #n)',
      'An expression attribute value used in expression is not defined; attribute value: :v',
    ],
    ['a > ((b))', 'The expression has redundant parentheses;'],
    ['a BETWEEN ((b.c)).d AND e', 'The expression has redundant parentheses;'],
    [
      ' '.repeat(4097),
      'Expression size has exceeded the maximum allowed size; expression size: 4097',
    ],
  ])('%s', (condition, message) => {
    expect(bench.problem(condition)).toBe(`Invalid ConditionExpression: ${message}`);
  });

  it('counts operators and functions: 300 and no more', () => {
    const condition = (count: number) => Array.from({ length: count }, () => 'a=b').join(' OR ');
    expect(bench.meets({ pk }, condition(150))).toBe(false);
    expect(bench.problem(condition(151))).toBe(
      'Invalid ConditionExpression: The expression contains too many operators; operator count: 301',
    );
  });

  it('wants operands that have an order where it asks for one', () => {
    const ask = (condition: string, value: object) =>
      bench.problem(condition, { ExpressionAttributeValues: { ':v': value } as never });
    for (const operator of ['<', '<=', '>', '>=']) {
      expect(ask(`a ${operator} :v`, { BOOL: true })).toBe(
        `Invalid ConditionExpression: Incorrect operand type for operator or function; operator or function: ${operator}, operand type: BOOL`,
      );
    }
    expect(ask('a BETWEEN b AND :v', { L: [] })).toMatch(/function: BETWEEN, operand type: L$/);
    expect(ask(':v BETWEEN a AND b', { SS: ['x'] })).toMatch(
      /function: BETWEEN, operand type: SS$/,
    );
    // Of an attribute the type is known only when the item is read.
    expect(bench.meets({ pk, a: { BOOL: true } }, 'a < :v', { ':v': N(1) })).toBe(false);
  });

  it('wants bounds in order and of one type', () => {
    const ask = (low: object, high: object) =>
      bench.problem('a BETWEEN :l AND :h', {
        ExpressionAttributeValues: { ':l': low, ':h': high } as never,
      });
    expect(ask(N(2), N(1))).toMatch(/upper bound to be greater than or equal to lower bound/);
    expect(ask(N(2), S('3'))).toMatch(/requires same data type for lower and upper bounds/);
  });

  it('wants every name and value to be used', () => {
    expect(
      bench.problem('attribute_exists(a)', { ExpressionAttributeNames: { '#unused': 'x' } }),
    ).toBe('Value provided in ExpressionAttributeNames unused in expressions: keys: {#unused}');
    expect(
      bench.problem('attribute_exists(a)', { ExpressionAttributeValues: { ':unused': N(1) } }),
    ).toBe('Value provided in ExpressionAttributeValues unused in expressions: keys: {:unused}');
  });
});

/** UpdateItem. */
import { describe, expect, it } from 'vitest';
import { Bench, L, M, N, S } from './support.ts';

const key = { pk: S('a') };
const values = (map: object) => ({ ExpressionAttributeValues: map as never });

describe('SET', () => {
  it('works out all values from the item as it was', () => {
    const bench = new Bench();
    bench.put({ ...key, x: N(1), y: N(2) });
    bench.update(key, 'SET x = y, y = x');
    expect(bench.get(key)).toEqual({ ...key, x: N(2), y: N(1) });
  });

  it('adds and subtracts exactly', () => {
    const bench = new Bench();
    bench.put({ ...key, n: N('0.1') });
    bench.update(key, 'SET n = n + :a', values({ ':a': N('0.2') }));
    expect(bench.get(key).n).toEqual(N('0.3'));
    bench.update(key, 'SET n = :a', values({ ':a': N('12345678901234567890123456789012345678') }));
    const error = bench.refused('UpdateItem', {
      TableName: 'Things',
      Key: key,
      UpdateExpression: 'SET n = n + :a',
      ...values({ ':a': N('0.01') }),
    });
    expect(error.message).toBe('Attempting to store more than 38 significant digits in a Number');
  });

  it('refuses sums that leave the range of numbers', () => {
    const bench = new Bench();
    bench.put({ ...key, n: N('9e125') });
    const error = bench.refused('UpdateItem', {
      TableName: 'Things',
      Key: key,
      UpdateExpression: 'SET n = n + :a',
      ...values({ ':a': N('9e125') }),
    });
    expect(error.message).toMatch(/^Number overflow/);
    expect(bench.get(key).n.N).toHaveLength(126);
  });

  it('knows if_not_exists and list_append, one inside the other', () => {
    const bench = new Bench();
    const append =
      'SET events = list_append(if_not_exists(events, :none), :new), seen = if_not_exists(seen, :new)';
    bench.update(key, append, values({ ':none': L(), ':new': L(N(1)) }));
    bench.update(key, append, values({ ':none': L(), ':new': L(N(2)) }));
    expect(bench.get(key)).toEqual({ ...key, events: L(N(1), N(2)), seen: L(N(1)) });
  });

  it('reaches into maps and lists, and appends what lies beyond a list', () => {
    const bench = new Bench();
    bench.put({ ...key, m: M({ l: L(N(0), N(1)) }) });
    bench.update(key, 'SET m.l[0] = :v, m.l[9] = :v, m.fresh = :v', values({ ':v': S('v') }));
    expect(bench.get(key).m).toEqual(M({ l: L(S('v'), N(1), S('v')), fresh: S('v') }));
    const error = bench.refused('UpdateItem', {
      TableName: 'Things',
      Key: key,
      UpdateExpression: 'SET absent.x = :v',
      ...values({ ':v': S('v') }),
    });
    expect(error.message).toBe(
      'The document path provided in the update expression is invalid for update',
    );
  });
});

describe('REMOVE', () => {
  it('counts the positions of a list as they were', () => {
    const bench = new Bench();
    bench.put({ ...key, l: L(N(0), N(1), N(2), N(3)), x: N(1) });
    bench.update(key, 'REMOVE l[0], l[1], x, absent');
    expect(bench.get(key)).toEqual({ ...key, l: L(N(2), N(3)) });
  });

  it('makes no item where there is none', () => {
    const bench = new Bench();
    const answer = bench.update(key, 'REMOVE x DELETE s :s', {
      ...values({ ':s': { SS: ['a'] } }),
      ReturnValues: 'ALL_NEW',
    });
    expect(answer).toEqual({});
    expect(bench.get(key)).toBeUndefined();
    expect(bench.metering.tables[0]?.read).toBe(0.5);
  });
});

describe('ADD and DELETE', () => {
  it('count, and change sets; a set without members is no attribute', () => {
    const bench = new Bench();
    bench.update(key, 'ADD n :n, s :s', values({ ':n': N(5), ':s': { SS: ['a', 'b'] } }));
    bench.update(key, 'ADD n :n, s :s', values({ ':n': N(-2), ':s': { SS: ['b', 'c'] } }));
    expect(bench.get(key)).toEqual({ ...key, n: N(3), s: { SS: ['a', 'b', 'c'] } });
    bench.update(key, 'DELETE s :s', values({ ':s': { SS: ['a', 'b', 'c', 'd'] } }));
    expect(bench.get(key)).toEqual({ ...key, n: N(3) });
  });

  it('refuse what has another type', () => {
    const bench = new Bench();
    bench.put({ ...key, n: S('text') });
    const error = bench.refused('UpdateItem', {
      TableName: 'Things',
      Key: key,
      UpdateExpression: 'ADD n :n',
      ...values({ ':n': N(1) }),
    });
    expect(error.message).toBe('An operand in the update expression has an incorrect data type');
  });
});

describe('an update as a whole', () => {
  it('makes the item when there is none, even without an expression', () => {
    const bench = new Bench();
    bench.ok('UpdateItem', { TableName: 'Things', Key: key });
    expect(bench.get(key)).toEqual(key);
  });

  it.each([
    ['ALL_OLD', { ...key, n: N(1), m: M({ x: N(1), y: N(1) }) }],
    ['UPDATED_OLD', { n: N(1), m: M({ x: N(1) }) }],
    ['ALL_NEW', { ...key, n: N(2), m: M({ x: N(2), y: N(1) }), fresh: N(2) }],
    ['UPDATED_NEW', { n: N(2), m: M({ x: N(2) }), fresh: N(2) }],
  ])('returns %s', (ReturnValues, expected) => {
    const bench = new Bench();
    bench.put({ ...key, n: N(1), m: M({ x: N(1), y: N(1) }) });
    const more = { ...values({ ':v': N(2) }), ReturnValues };
    const answer = bench.update(key, 'SET n = :v, m.x = :v, fresh = :v', more);
    expect(answer).toEqual({ Attributes: expected });
  });

  it('returns no Attributes where none were updated or old', () => {
    const bench = new Bench();
    bench.put(key);
    expect(bench.update(key, 'REMOVE n', { ReturnValues: 'UPDATED_OLD' })).toEqual({});
    expect(bench.update(key, 'REMOVE n', { ReturnValues: 'UPDATED_NEW' })).toEqual({});
  });

  it('must not touch the key, nor make an index key what it cannot be', () => {
    const bench = new Bench({ global: { byMail: { keys: 'mail:S' } } });
    bench.put({ ...key, mail: S('m'), n: N(1) });
    const message = (expression: string, map?: object) =>
      bench.refused('UpdateItem', {
        TableName: 'Things',
        Key: key,
        UpdateExpression: expression,
        ...(map && values(map)),
      }).message;
    expect(message('SET pk = :v', { ':v': S('b') })).toBe(
      'One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key',
    );
    expect(message('SET mail = :v', { ':v': N(1) })).toMatch(/Type mismatch for Index Key mail/);
    expect(message('SET mail = n')).toMatch(/secondary index key to unsupported type$/);
    expect(message('SET mail = :v', { ':v': S('') })).toMatch(/empty string value/);
  });

  it('keeps the stored item whole when it fails half-way', () => {
    const bench = new Bench();
    bench.put({ ...key, l: L(N(1)), s: S('text') });
    bench.refused('UpdateItem', {
      TableName: 'Things',
      Key: key,
      UpdateExpression: 'SET l[0] = :n ADD s :n',
      ...values({ ':n': N(2) }),
    });
    expect(bench.get(key)).toEqual({ ...key, l: L(N(1)), s: S('text') });
  });

  it('can be asked in the older form', () => {
    const bench = new Bench();
    bench.ok('UpdateItem', {
      TableName: 'Things',
      Key: key,
      AttributeUpdates: {
        n: { Action: 'ADD', Value: N(2) },
        t: { Value: S('put') },
        gone: { Action: 'DELETE' },
      },
    });
    expect(bench.get(key)).toEqual({ ...key, n: N(2), t: S('put') });
  });
});

describe('the language of updates', () => {
  const problem = (expression: string, map?: object) =>
    new Bench().refused('UpdateItem', {
      TableName: 'Things',
      Key: key,
      UpdateExpression: expression,
      ...(map && values(map)),
    }).message;

  it.each([
    ['INVALID SYNTAX HERE', 'Syntax error; token: "INVALID", near: "INVALID SYNTAX"'],
    ['SET x =', 'Syntax error; token: "<EOF>", near: "="'],
    ['ADD hits : incr', 'Syntax error; token: ":", near: "hits : incr"'],
    ['', 'The expression can not be empty;'],
    ['SET size = x', 'Attribute name is a reserved keyword; reserved keyword: size'],
    [
      'SET x = :v',
      'An expression attribute value used in expression is not defined; attribute value: :v',
    ],
    [
      'SET x = y, x = z',
      'Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [x], path two: [x]',
    ],
    [
      'SET x.y = z, x[0] = z',
      'Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [x, y], path two: [x, [0]]',
    ],
    ['SET x = y SET z = y', 'The "SET" section can only be used once in an update expression;'],
    ['SET x = upper(y)', 'Invalid function name; function: upper'],
    [
      'SET x = if_not_exists(y)',
      'Incorrect number of operands for operator or function; operator or function: if_not_exists, number of operands: 1',
    ],
    ['SET x = set', 'Syntax error; token: "set", near: "= set"'],
    ['SET add = x', 'Syntax error; token: "add", near: "SET add ="'],
  ])('%s', (expression, message) => {
    expect(problem(expression)).toBe(`Invalid UpdateExpression: ${message}`);
  });
});

/** Values and names meant to do harm: what JavaScript inherits, odd text, numbers and expressions at their limits. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/engine/lab/result.ts';
import { type Answer, Bench, L, M, N, S, tableRequest, timed } from './support.ts';

const key = { pk: S('a') };
const put = (item: Json): Json => ({ TableName: 'Things', Item: item });

describe('names that mean something to JavaScript', () => {
  const inherited = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];
  /** As a request that came over the wire: written out, `__proto__` would be no member. */
  const own = (name: string, value: Json) =>
    JSON.parse(`{${JSON.stringify(name)}:${JSON.stringify(value)}}`) as { [key: string]: Json };

  it.each(inherited)('are attributes like any other: %s', (name) => {
    const bench = new Bench({ global: { byName: { keys: `${name}:S` } } });
    const item = { ...own(name, S('v')), ...key, doc: M(own(name, N(1))) };
    Object.defineProperty(item, name, { value: S('v'), enumerable: true });
    bench.put(item);
    const written = JSON.stringify(item);
    expect(JSON.stringify(bench.get(key))).toBe(written);
    const names = { ExpressionAttributeNames: { '#n': name } };
    expect(JSON.stringify(bench.get(key, { ProjectionExpression: 'doc.#n', ...names }))).toBe(
      JSON.stringify({ doc: M(own(name, N(1))) }),
    );
    const found = bench.ok('Query', {
      TableName: 'Things',
      IndexName: 'byName',
      KeyConditionExpression: '#n = :v',
      ExpressionAttributeValues: { ':v': S('v') },
      ...names,
    });
    expect(found.Count).toBe(1);
    bench.update(key, 'SET doc.#n = doc.#n + :one REMOVE #n', {
      ExpressionAttributeValues: { ':one': N(1) },
      ...names,
    });
    expect(JSON.stringify(bench.get(key))).toBe(
      JSON.stringify({ ...key, doc: M(own(name, N(2))) }),
    );
  });

  it.each(inherited)('are not there until they are put: %s', (name) => {
    const bench = new Bench();
    bench.put(key);
    const condition = (text: string) =>
      bench.db.handle('PutItem', {
        ...(put(key) as object),
        ConditionExpression: text,
        ExpressionAttributeNames: { '#n': name },
      }).status;
    expect(condition('attribute_not_exists(#n)')).toBe(200);
    expect(condition('attribute_exists(#n)')).toBe(400);
    const expected = { ...(put(key) as object), Expected: own(name, { Exists: false }) };
    bench.ok('PutItem', expected);
    const updates = own(name, { Action: 'PUT', Value: N(1) });
    bench.ok('UpdateItem', { TableName: 'Things', Key: key, AttributeUpdates: updates });
    expect(bench.refused('PutItem', expected).name).toBe('ConditionalCheckFailedException');
  });

  it.each(inherited)('are tables and indexes like any other: %s', (name) => {
    const bench = new Bench();
    const batch = own(name, [{ PutRequest: { Item: { pk: S('a'), tag: S('t') } } }]);
    expect(bench.refused('Scan', { TableName: name }).name).toBe('ResourceNotFoundException');
    expect(bench.refused('BatchWriteItem', { RequestItems: batch }).name).toBe(
      'ResourceNotFoundException',
    );
    expect(bench.refused('Scan', { TableName: 'Things', IndexName: name }).message).toBe(
      `The table does not have the specified index: ${name}`,
    );
    bench.ok('CreateTable', tableRequest(name, { global: own(name, { keys: 'tag:S' }) as never }));
    bench.ok('BatchWriteItem', { RequestItems: batch });
    const { Responses } = bench.ok('BatchGetItem', {
      RequestItems: own(name, { Keys: [{ pk: S('a') }] }),
    });
    expect(Object.keys(Responses)).toEqual([name]);
    expect(bench.ok('Scan', { TableName: name, IndexName: name }).Count).toBe(1);
    const capacity = bench.ok('DeleteItem', {
      TableName: name,
      Key: { pk: S('a') },
      ReturnConsumedCapacity: 'INDEXES',
    }).ConsumedCapacity;
    expect(JSON.stringify(capacity.GlobalSecondaryIndexes)).toBe(
      JSON.stringify(own(name, { CapacityUnits: 1 })),
    );
  });

  it.each(inherited)('are not placeholders until they are defined: %s', (name) => {
    const bench = new Bench();
    expect(bench.problem(`a = :${name}`)).toMatch(/value used in expression is not defined/);
    expect(bench.problem(`#${name} = a`)).toMatch(/name used in the document path is not defined/);
    expect(bench.problem(`${name}(a)`)).toBe(
      `Invalid ConditionExpression: Invalid function name; function: ${name}`,
    );
  });
});

describe('text', () => {
  it.each([
    ['in a value', { ...key, v: S('\ud800') }],
    ['in a name', { ...key, '\udfff': S('v') }],
    ['in a set', { ...key, v: { SS: ['a', '\ud83dx'] } }],
    ['in a map within a list', { ...key, v: L(M({ '\udc00\ud800': S('v') })) }],
    ['in a key', { pk: S('a\ud800') }],
  ])('with half a surrogate pair is refused: %s', (_what, item) => {
    const bench = new Bench();
    expect(bench.refused('PutItem', put(item)).name).toBe('SerializationException');
    expect(bench.ok('Scan', { TableName: 'Things' }).Count).toBe(0);
  });

  it('of any other characters is kept and told apart', () => {
    const bench = new Bench({ keys: 'pk:S, sk:S' });
    const keys = [
      '\0',
      '\0\0',
      'a\0',
      'a\0b',
      'a',
      '\u0001',
      '\ufffd',
      '\u{10ffff}',
      'é',
      'e\u0301',
    ];
    for (const sk of keys) bench.put({ pk: S('\0'), sk: S(sk), [`name ${sk}`]: S(sk) });
    const { Items } = bench.ok('Query', {
      TableName: 'Things',
      KeyConditionExpression: 'pk = :p',
      ExpressionAttributeValues: { ':p': S('\0') },
    });
    const bytewise = keys
      .map((sk) => Buffer.from(sk))
      .sort(Buffer.compare)
      .map((bytes) => bytes.toString());
    expect(Items.map((item: Answer) => item.sk.S)).toEqual(bytewise);
    for (const sk of keys) {
      expect(bench.get({ pk: S('\0'), sk: S(sk) })[`name ${sk}`]).toEqual(S(sk));
    }
  });
});

describe('numbers', () => {
  it.each([
    ['9'.repeat(38), '9'.repeat(38)],
    [`-${'9'.repeat(38)}`, `-${'9'.repeat(38)}`],
    [`9.${'9'.repeat(37)}e125`, `${'9'.repeat(38)}${'0'.repeat(88)}`],
    ['1e-130', `0.${'0'.repeat(129)}1`],
    ['-0', '0'],
    ['0e999999999999', '0'],
    [`${'0'.repeat(1000)}7`, '7'],
    [`7.${'0'.repeat(1000)}`, '7'],
    ['+1.50', '1.5'],
  ])('at the limits are exact: %s', (given, stored) => {
    const bench = new Bench({ keys: 'pk:N' });
    bench.put({ pk: N(given) });
    expect(bench.get({ pk: N(stored) })).toEqual({ pk: N(stored) });
  });

  it.each([
    ...[
      '',
      'x',
      'NaN',
      'Infinity',
      '-Infinity',
      '0x10',
      '1_000',
      '1e',
      'e1',
      '--1',
      '1 ',
      '\u0661',
    ],
    ...[
      '1e126',
      '-1e126',
      '1e-131',
      '1'.repeat(39),
      '1e999999999999999999999',
      '1e-99999999999999',
    ],
  ])('that are none, or too large or long, are refused: %s', (given) => {
    const bench = new Bench();
    bench.put(key);
    for (const item of [
      { pk: S('b'), v: N(given) },
      { pk: S('b'), v: { NS: ['1', given] } },
    ]) {
      expect(bench.refused('PutItem', put(item)).name).toBe('ValidationException');
    }
    const request = {
      TableName: 'Things',
      Key: key,
      UpdateExpression: 'ADD n :n',
      ExpressionAttributeValues: { ':n': N(given) },
    };
    expect(bench.refused('UpdateItem', request).message).toMatch(
      /^ExpressionAttributeValues contains invalid value: /,
    );
    expect(bench.ok('Scan', { TableName: 'Things' }).Items).toEqual([key]);
  });

  it('as limits of pages must be positive', () => {
    const bench = new Bench();
    bench.put(key);
    for (const Limit of [0, -1, -(2 ** 31)]) {
      for (const operation of ['Query', 'Scan']) {
        const error = bench.refused(operation, {
          TableName: 'Things',
          Limit,
          ...(operation === 'Query' && {
            KeyConditionExpression: 'pk = :p',
            ExpressionAttributeValues: { ':p': S('a') },
          }),
        });
        expect(error.message).toMatch(/Member must have value greater than or equal to 1$/);
      }
    }
    expect(bench.ok('Scan', { TableName: 'Things', Limit: 2 ** 31 - 1 }).Count).toBe(1);
  });
});

describe('expressions at their limits', () => {
  const many = (count: number, make: (n: number) => string, separator: string) =>
    Array.from({ length: count }, (_, n) => make(n)).join(separator);
  const attempt = (bench: Bench, condition: string, values: Record<string, Json> = {}) =>
    bench.problem(condition, { ExpressionAttributeValues: values });

  it('have at most 4,096 bytes', () => {
    const bench = new Bench();
    const name = (bytes: number) => `attribute_not_exists(${'a'.repeat(bytes - 22)})`;
    bench.ok('PutItem', { ...(put(key) as object), ConditionExpression: name(4096) });
    expect(attempt(bench, name(4097), { ':v': N(1) })).toBe(
      'Invalid ConditionExpression: Expression size has exceeded the maximum allowed size; expression size: 4097',
    );
  });

  it('have at most 300 operators', () => {
    const bench = new Bench();
    const condition = (count: number) => many(count, () => 'a=:v', ' OR ');
    expect(bench.meets({ ...key, a: N(1) }, condition(150), { ':v': N(1) })).toBe(true);
    expect(attempt(bench, condition(151), { ':v': N(1) })).toBe(
      'Invalid ConditionExpression: The expression contains too many operators; operator count: 301',
    );
  });

  it('have at most 100 operands of IN', () => {
    const bench = new Bench();
    const condition = (count: number) => `a IN (${many(count, () => ':v', ', ')})`;
    expect(bench.meets({ ...key, a: N(1) }, condition(100), { ':v': N(1) })).toBe(true);
    expect(attempt(bench, condition(101), { ':v': N(1) })).toMatch(/too many operands/);
  });

  it('may come with a hundred thousand names and values, which are refused soon', () => {
    const bench = new Bench();
    const request = {
      ...(put(key) as object),
      ConditionExpression: 'a = :v1',
      ExpressionAttributeNames: Object.fromEntries(
        Array.from({ length: 100_000 }, (_, n) => [`#n${n}`, 'a']),
      ),
      ExpressionAttributeValues: Object.fromEntries(
        Array.from({ length: 100_000 }, (_, n) => [`:v${n}`, N(n)]),
      ),
    };
    const took = timed(() => bench.refused('PutItem', request));
    expect(took).toBeLessThan(2000);
  });

  it('cost no more than their length, whatever the item holds', () => {
    const bench = new Bench();
    const item = { ...key, v: S('a'.repeat(200_000)), w: S(`${'a'.repeat(100_000)}b`) };
    bench.put(item);
    const condition = many(140, () => 'contains(v, w)', ' OR ');
    const took = timed(() => expect(bench.meets(item, condition)).toBe(false));
    expect(took).toBeLessThan(3000);
  });
});

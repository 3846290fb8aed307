/** What writes cost: AWS's rules for write units, of tables, indexes and transactions, and for the sizes of items. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/engine/lab/result.ts';
import { cost, key, sized } from './capacity.support.ts';
import { Bench, N, S, type TableOptions, text } from './support.ts';

describe('writes', () => {
  it.each([
    [1024, 1],
    [1025, 2],
    [10_240, 10],
  ])('of %i bytes cost %i units', (bytes, units) => {
    const bench = new Bench();
    bench.put(sized(bytes));
    expect(cost(bench)).toEqual({ all: units, base: units });
  });

  it('cost the larger of the item before and after', () => {
    const bench = new Bench();
    bench.put(sized(3000));
    bench.put(sized(100));
    expect(cost(bench).all).toBe(3);
    bench.put(sized(3000));
    bench.update(key, 'REMOVE body');
    expect(cost(bench).all).toBe(3);
    bench.put(sized(3000));
    bench.ok('DeleteItem', { TableName: 'Things', Key: key });
    expect(cost(bench).all).toBe(3);
    bench.ok('DeleteItem', { TableName: 'Things', Key: key });
    expect(cost(bench).all).toBe(1);
  });

  it('are billed when their condition fails, and not when the request is invalid', () => {
    const bench = new Bench();
    bench.put(sized(3000));
    const request = { TableName: 'Things', ConditionExpression: 'attribute_not_exists(pk)' };
    bench.refused('PutItem', { ...request, Item: sized(100) });
    expect(cost(bench).all).toBe(3);
    bench.refused('PutItem', { ...request, Item: sized(5000) });
    expect(cost(bench).all).toBe(5);
    bench.refused('UpdateItem', {
      ...request,
      Key: key,
      UpdateExpression: 'SET more = :m',
      ExpressionAttributeValues: { ':m': text(2000) },
    });
    expect(cost(bench).all).toBe(5);
    expect(bench.metering.itemsWritten).toBe(0);
    bench.refused('PutItem', { ...request, Item: { ...key, n: N('x') } });
    expect(bench.metering.tables).toEqual([]);
  });

  it('are summed over a batch', () => {
    const bench = new Bench();
    const requests = [1, 2, 3].map((n) => ({
      PutRequest: { Item: { pk: S(`${n}`), body: text(n * 1000) } },
    }));
    const answer = bench.ok('BatchWriteItem', {
      RequestItems: { Things: requests },
      ReturnConsumedCapacity: 'TOTAL',
    });
    expect(answer.ConsumedCapacity).toEqual([{ TableName: 'Things', CapacityUnits: 1 + 2 + 3 }]);
    expect(bench.metering.itemsWritten).toBe(3);
  });
});

describe('index writes', () => {
  const options: TableOptions = {
    keys: 'pk:S, sk:S',
    global: { gsi: { keys: 'tag:S', projected: ['note'] } },
    local: { lsi: { keys: 'pk:S, grade:N', projected: 'KEYS_ONLY' } },
  };
  const id = { pk: S('p'), sk: S('1') };
  const setUp = (item: Record<string, Json>) => {
    const bench = new Bench(options);
    bench.put({ ...id, ...item });
    return bench;
  };
  const set = (bench: Bench, expression: string, values?: Record<string, Json>) => {
    bench.update(id, expression, values && { ExpressionAttributeValues: values });
    return cost(bench);
  };

  it('come on top, for each index that the item is in', () => {
    expect(cost(setUp({}))).toEqual({ all: 1, base: 1 });
    expect(cost(setUp({ tag: S('t') }))).toEqual({ all: 2, base: 1, gsi: 1 });
    expect(cost(setUp({ tag: S('t'), grade: N(1) }))).toEqual({ all: 3, base: 1, gsi: 1, lsi: 1 });
  });

  it('happen only when what the index holds changes', () => {
    const bench = setUp({ tag: S('t'), grade: N(1), note: S('n'), body: S('b') });
    expect(set(bench, 'SET body = :v', { ':v': S('x') })).toEqual({ all: 1, base: 1 });
    expect(set(bench, 'SET note = :v', { ':v': S('x') })).toEqual({ all: 2, base: 1, gsi: 1 });
    bench.put({ ...id, tag: S('t'), grade: N(1), note: S('x'), body: S('x') });
    expect(cost(bench)).toEqual({ all: 1, base: 1 });
  });

  it('are a delete and a put when the index key changes', () => {
    const bench = setUp({ tag: S('t'), grade: N(1) });
    expect(set(bench, 'SET tag = :v', { ':v': S('u') })).toEqual({ all: 3, base: 1, gsi: 2 });
    expect(set(bench, 'REMOVE tag')).toEqual({ all: 2, base: 1, gsi: 1 });
    expect(set(bench, 'SET tag = :v', { ':v': S('w') })).toEqual({ all: 2, base: 1, gsi: 1 });
    bench.ok('DeleteItem', { TableName: 'Things', Key: id });
    expect(cost(bench)).toEqual({ all: 3, base: 1, gsi: 1, lsi: 1 });
  });

  it('are sized by what is projected: the larger entry, or each of the two when the key moves', () => {
    const bench = setUp({ tag: S('t'), note: text(2900), body: text(8000) });
    expect(cost(bench)).toEqual({ all: 11 + 3, base: 11, gsi: 3 });
    expect(set(bench, 'SET note = :v', { ':v': S('short') })).toEqual({
      all: 11 + 3,
      base: 11,
      gsi: 3,
    });
    set(bench, 'SET note = :v REMOVE body', { ':v': text(1500) });
    expect(set(bench, 'SET tag = :v', { ':v': S('u') })).toEqual({ all: 2 + 4, base: 2, gsi: 4 });
  });

  it('cost in a transaction what they cost outside, while the table costs twice', () => {
    const bench = setUp({});
    const Item = { ...id, sk: S('2'), tag: S('t'), grade: N(1) };
    bench.ok('TransactWriteItems', { TransactItems: [{ Put: { TableName: 'Things', Item } }] });
    expect(cost(bench)).toEqual({ all: 4, base: 2, gsi: 1, lsi: 1 });
  });
});

describe('transactions', () => {
  const check = (pk: string) => ({
    ConditionCheck: {
      TableName: 'Things',
      Key: { pk: S(pk) },
      ConditionExpression: 'attribute_exists(pk)',
    },
  });
  const put = (pk: string, bytes: number) => ({
    Put: { TableName: 'Things', Item: { pk: S(pk), body: text(bytes - 7) } },
  });

  it('write every item twice, a check included', () => {
    const bench = new Bench();
    bench.put(sized(3000));
    bench.ok('TransactWriteItems', { TransactItems: [check('a'), put('b', 1500)] });
    expect(cost(bench).all).toBe(2 * 3 + 2 * 2);
  });

  it('are billed in full when they are cancelled', () => {
    const bench = new Bench();
    bench.put(sized(3000));
    bench.refused('TransactWriteItems', { TransactItems: [check('nobody'), put('a', 1500)] });
    expect(cost(bench).all).toBe(2 * 1 + 2 * 3);
    expect(bench.metering.itemsWritten).toBe(0);
  });

  it('read every item twice, also one that is not there', () => {
    const bench = new Bench();
    bench.put(sized(5000));
    const get = (pk: string) => ({ Get: { TableName: 'Things', Key: { pk: S(pk) } } });
    bench.ok('TransactGetItems', { TransactItems: [get('a'), get('nobody')] });
    expect(cost(bench).all).toBe(2 * 2 + 2 * 1);
  });
});

describe('sizes', () => {
  /** Bytes of an attribute's value, seen by the units that an item of just 1,024 bytes or one more costs. */
  const bytesOf = (value: Json): number => {
    for (let bytes = 0; bytes <= 100; bytes++) {
      const bench = new Bench();
      // pk and its value: 3, the name v: 1, the name fill: 4.
      bench.put({ ...key, v: value, fill: text(1024 - 8 - bytes) });
      if (cost(bench).all === 1) return bytes;
    }
    throw new Error('larger than 100 bytes');
  };

  it.each([
    ['text in UTF-8', S('é🙂'), 6],
    ['a number: one byte for two digits, and one', N('1234'), 2 + 1],
    ['a number of an odd number of digits', N('123'), 2 + 1],
    ['a negative number', N('-123'), 3 + 1],
    ['zero', N(0), 1],
    ['binary', { B: 'AAEC' }, 3],
    ['true', { BOOL: true }, 1],
    ['null', { NULL: true }, 1],
    ['a set', { SS: ['a', 'bc'] }, 3],
    ['a list: 3, and 1 for each element', { L: [S('a'), S('bc')] }, 3 + 2 + 3],
    ['a map: 3, and 1 for each member', { M: { a: S('x'), bc: S('y') } }, 3 + 2 + 5],
    ['an empty list', { L: [] }, 3],
  ])('%s', (_what, value, bytes) => {
    expect(bytesOf(value)).toBe(bytes);
  });
});

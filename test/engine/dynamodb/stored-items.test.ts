/** Items are stored as text; those that were not looked into for long are read from it again. */
import { describe, expect, it } from 'vitest';
import { Bench, M, N, S } from './support.ts';

/** More than are held as objects at a time. */
const MANY = 17_000;

describe('an item that was stored long ago', () => {
  const bench = new Bench({ keys: 'pk:S', global: { 'by-city': { keys: 'city:S' } } });
  const old = {
    pk: S('old'),
    city: S('Zürich'),
    constructor: S('an attribute'),
    address: M(
      JSON.parse('{ "__proto__": { "S": "a name like any other" }, "zip": { "N": "8000" } }'),
    ),
  };
  bench.put(old);
  for (let index = 0; index < MANY; index++) {
    bench.db.handle('PutItem', { TableName: 'Things', Item: { pk: S(`item ${index}`) } });
  }

  it('is answered as it was', () => {
    expect(bench.get({ pk: S('old') })).toEqual(old);
  });

  it('meets conditions, also on attributes that JavaScript objects inherit', () => {
    const condition = {
      TableName: 'Things',
      Item: old,
      ConditionExpression: '#c = :c AND address.zip = :zip AND attribute_not_exists(#t)',
      ExpressionAttributeNames: { '#c': 'constructor', '#t': 'toString' },
      ExpressionAttributeValues: { ':c': S('an attribute'), ':zip': N(8000) },
    };
    bench.ok('PutItem', condition);
  });

  it('is updated from what it was, and leaves its place in an index', () => {
    bench.update({ pk: S('old') }, 'SET address.zip = address.zip + :one, city = :city', {
      ExpressionAttributeValues: { ':one': N(1), ':city': S('Genève') },
    });
    const byCity = (city: string) =>
      bench.ok('Query', {
        TableName: 'Things',
        IndexName: 'by-city',
        KeyConditionExpression: 'city = :city',
        ExpressionAttributeValues: { ':city': S(city) },
      }).Items;
    expect(byCity('Zürich')).toEqual([]);
    expect(byCity('Genève')[0].address.M.zip).toEqual(N(8001));
    expect(Object.keys(byCity('Genève')[0].address.M)).toEqual(['__proto__', 'zip']);
  });
});

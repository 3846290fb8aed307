/** SearchConditionExpression: which items a search considers. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/engine/lab/result.ts';
import { N, S } from './support.ts';
import { defined, index, query, V, VectorBench, vectorTable } from './vectors.support.ts';

describe('SearchConditionExpression', () => {
  const schema = [
    { AttributeName: 'tenant', SearchSchemaElementType: 'HASH' },
    { AttributeName: 'kind', SearchSchemaElementType: 'INLINE_FILTER' },
    { AttributeName: 'width', SearchSchemaElementType: 'INLINE_FILTER' },
  ];
  const bench = new VectorBench(
    [index(), index({ IndexName: 'tenants', SearchSchema: schema })],
    ['tenant', 'kind', 'width'],
  );
  for (const [pk, tenant, kind, width] of [
    ['1', 't', 'x', 'small'],
    ['2', 't', 'x', 'large'],
    ['3', 't', 'y', 'small'],
    ['4', 'u', 'x', 'small'],
  ] as const) {
    bench.put({ pk: S(pk), tenant: S(tenant), kind: S(kind), width: S(width), v: V(1, 0, 0) });
  }
  const values = { ':t': S('t'), ':x': S('x'), ':s': S('small') };
  const where = (condition: string, ...used: Array<keyof typeof values>) => ({
    IndexName: 'tenants',
    SearchConditionExpression: condition,
    ExpressionAttributeValues: Object.fromEntries(used.map((name) => [name, values[name]])),
  });
  const keys = (...request: Parameters<typeof where>) =>
    bench.keys(query(1, 0, 0), where(...request)).sort();

  it('narrows a search to one value of HASH, and by filters within it', () => {
    expect(keys('tenant = :t', ':t')).toEqual(['1', '2', '3']);
    expect(keys('tenant = :t AND kind = :x', ':t', ':x')).toEqual(['1', '2']);
    expect(keys('(:s = width AND (kind = :x)) AND tenant = :t', ':s', ':x', ':t')).toEqual(['1']);
    expect(
      bench.keys(query(1, 0, 0), {
        ...where('#t = :t', ':t'),
        ExpressionAttributeNames: { '#t': 'tenant' },
      }),
    ).toHaveLength(3);
  });

  it('compares numbers by their values', () => {
    const numbers = new VectorBench();
    numbers.ok('CreateTable', {
      ...vectorTable('Tiers', [
        index({
          SearchSchema: [{ AttributeName: 'tier', SearchSchemaElementType: 'INLINE_FILTER' }],
        }),
      ]),
      AttributeDefinitions: [...defined('pk'), { AttributeName: 'tier', AttributeType: 'N' }],
    });
    for (const tier of [1, 2]) {
      const Item = { pk: S(`tier ${tier}`), tier: N(tier), v: V(1, 0, 0) };
      numbers.ok('PutItem', { TableName: 'Tiers', Item });
    }
    numbers.ok('PutItem', { TableName: 'Tiers', Item: { pk: S('none'), v: V(1, 0, 0) } });
    const search = { TableName: 'Tiers' };
    expect(numbers.keys(query(1, 0, 0), search)).toHaveLength(3);
    expect(
      numbers.keys(query(1, 0, 0), {
        ...search,
        SearchConditionExpression: 'tier = :t',
        ExpressionAttributeValues: { ':t': N('1.0') },
      }),
    ).toEqual(['tier 1']);
  });

  it('is needed, with the HASH attribute, where there is one', () => {
    expect(bench.searchProblem({ IndexName: 'tenants' })).toBe(
      'SearchConditionExpression must be provided when SearchSchema has a HASH key',
    );
    expect(bench.searchProblem(where('kind = :x', ':x'))).toBe(
      'SearchConditionExpression must have all HASH attributes in configured SearchSchema',
    );
  });

  it('knows equality only', () => {
    const opening = 'Invalid SearchConditionExpression: ';
    for (const operator of ['<>', '<', '<=', '>', '>=']) {
      expect(bench.searchProblem(where(`tenant ${operator} :t`, ':t'))).toBe(
        `${opening}Invalid comparator used in SearchConditionExpression`,
      );
    }
    for (const condition of [
      'tenant = :t AND kind IN (:x, :s)',
      'tenant = :t AND kind BETWEEN :s AND :x',
      'tenant = :t OR kind = :x OR kind = :s',
      'NOT tenant = :t AND kind = :x AND width = :s',
    ]) {
      expect(bench.searchProblem(where(condition, ':t', ':x', ':s'))).toBe(
        `${opening}Invalid operator used in SearchConditionExpression`,
      );
    }
    expect(bench.searchProblem(where('bucket = :t', ':t'))).toBe(
      `${opening}Attribute name is a reserved keyword; reserved keyword: bucket`,
    );
    expect(bench.searchProblem(where('tenant = :t AND kind = :x', ':t'))).toBe(
      `${opening}An expression attribute value used in expression is not defined; attribute value: :x`,
    );
  });

  it('takes attributes of the search schema only, of their types', () => {
    expect(bench.searchProblem({ ...where('tenant = :t', ':t'), IndexName: 'near' })).toBe(
      'SearchConditionExpression must not contain any attributes that is not in SearchSchema. Invalid attribute: tenant',
    );
    const ofTenant = (value: Json) => ({
      ...where('tenant = :t', ':t'),
      ExpressionAttributeValues: { ':t': value },
    });
    expect(bench.searchProblem(ofTenant(N(1)))).toBe(
      "Type of 'tenant' attribute in SearchConditionExpression (N) does not match type in search schema (S)",
    );
    expect(bench.searchProblem(ofTenant(S('')))).toBe(
      'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: tenant',
    );
  });
});

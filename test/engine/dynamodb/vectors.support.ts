/** What the tests of vector indexes share: a table with such indexes, and short forms of requests. */
import { expect } from 'vitest';
import type { Json } from '../../../src/engine/lab/result.ts';
import { type Answer, Bench, N, tableRequest } from './support.ts';

/** A list of numbers, as an item holds a vector. */
export const V = (...numbers: Array<number | string>) => ({ L: numbers.map(N) });

/** The same as a request of SearchVectors names it. */
export const query = (...numbers: Array<number | string>) => numbers.map(N);

export const index = (more: Record<string, Json> = {}) => ({
  IndexName: 'near',
  VectorAttribute: { AttributeName: 'v' },
  Dimensions: 3,
  DistanceFunction: 'COSINE',
  Projection: { ProjectionType: 'ALL' },
  ...more,
});

export const byTenant = index({
  IndexName: 'tenants',
  SearchSchema: [
    { AttributeName: 'tenant', SearchSchemaElementType: 'HASH' },
    { AttributeName: 'kind', SearchSchemaElementType: 'INLINE_FILTER' },
  ],
});

export const defined = (...names: string[]) =>
  names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' }));

/** `Things` with vector indexes; `defining` are the attributes that search schemas name. */
export class VectorBench extends Bench {
  constructor(indexes: Json[] = [index()], defining: string[] = []) {
    super();
    this.ok('DeleteTable', { TableName: 'Things' });
    this.ok('CreateTable', vectorTable('Things', indexes, defining));
  }

  search(vector: Json[], more: Record<string, Json> = {}): Answer {
    const request = { TableName: 'Things', IndexName: 'near', SearchVector: vector, TopK: 10 };
    return this.ok('SearchVectors', { ...request, ...more });
  }

  /** Keys and scores, nearest first. */
  ranking(vector: Json[], more: Record<string, Json> = {}): Array<[string, number]> {
    const { SearchResults } = this.search(vector, more);
    return SearchResults.map(({ Item, Score }: Answer) => [Item.pk.S, Score]);
  }

  keys(vector: Json[], more: Record<string, Json> = {}): string[] {
    return this.ranking(vector, more).map(([key]) => key);
  }

  searchProblem(more: Record<string, Json>): string {
    const request = {
      TableName: 'Things',
      IndexName: 'near',
      SearchVector: query(1, 0, 0),
      TopK: 1,
    };
    const error = this.refused('SearchVectors', { ...request, ...more });
    expect(error.name).toBe('ValidationException');
    return error.message;
  }

  putProblem(item: Record<string, Json>): string {
    const error = this.refused('PutItem', { TableName: 'Things', Item: item });
    expect(error.name).toBe('ValidationException');
    return error.message;
  }

  described(): Answer {
    return this.ok('DescribeTable', { TableName: 'Things' }).Table;
  }
}

export function vectorTable(name: string, indexes: Json[], defining: string[] = []) {
  const request = tableRequest(name, {});
  return {
    ...request,
    AttributeDefinitions: [...request.AttributeDefinitions, ...defined(...defining)],
    VectorIndexes: indexes,
  };
}

/** What vector indexes cost: bytes searched and written, and units. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/engine/lab/result.ts';
import { type Bench, S, text } from './support.ts';
import { index, query, V, VectorBench } from './vectors.support.ts';

describe('what vector indexes cost', () => {
  const consumed = (bench: Bench, item: Record<string, Json>) =>
    bench.put(item, { ReturnConsumedCapacity: 'INDEXES' }).ConsumedCapacity;
  const written = (bench: Bench, item: Record<string, Json>) => consumed(bench, item).VectorIndexes;

  it('writes: bytes beside the units, four for each dimension, 1 KB at least', () => {
    const bench = new VectorBench();
    expect(consumed(bench, { pk: S('a'), v: V(1, 0, 0) })).toEqual({
      TableName: 'Things',
      CapacityUnits: 1,
      Table: { CapacityUnits: 1 },
      VectorIndexes: { near: { VectorWriteRequestBytes: 1024 } },
    });
    expect(bench.metering.tables[0]).toMatchObject({
      write: 1,
      vectorIndexes: [{ index: 'near', searched: 0, written: 1024 }],
    });
    // pk + b, v + three floats, blob + 1,500 bytes.
    const item = { pk: S('b'), v: V(1, 0, 0), blob: text(1500) };
    expect(written(bench, item).near.VectorWriteRequestBytes).toBe(3 + 13 + 1504);
    // The larger of the entry before and after counts.
    const smaller = written(bench, { pk: S('b'), v: V(1, 0, 0) });
    expect(smaller.near.VectorWriteRequestBytes).toBe(3 + 13 + 1504);
  });

  it('TOTAL says nothing of vector indexes', () => {
    const { ConsumedCapacity } = new VectorBench().put(
      { pk: S('a'), v: V(1, 0, 0) },
      { ReturnConsumedCapacity: 'TOTAL' },
    );
    expect(ConsumedCapacity).toEqual({ TableName: 'Things', CapacityUnits: 1 });
  });

  it('a write that leaves what the index keeps as it was costs the index nothing', () => {
    const bench = new VectorBench([
      index(),
      index({ IndexName: 'keys', Projection: { ProjectionType: 'KEYS_ONLY' } }),
    ]);
    written(bench, { pk: S('a'), note: S('x'), v: V(1, 0, 0) });
    expect(written(bench, { pk: S('a'), note: S('x'), v: V(1, 0, 0) })).toBeUndefined();
    expect(Object.keys(written(bench, { pk: S('a'), note: S('y'), v: V(1, 0, 0) }))).toEqual([
      'near',
    ]);
    expect(Object.keys(written(bench, { pk: S('a'), note: S('y'), v: V(0, 1, 0) }))).toEqual([
      'near',
      'keys',
    ]);
    expect(written(bench, { pk: S('b') })).toBeUndefined();
  });

  it('deletes cost what is taken out; a batch is the sum; a transaction pays once', () => {
    const bench = new VectorBench();
    const INDEXES = { ReturnConsumedCapacity: 'INDEXES' };
    const put = (pk: string) => ({ Item: { pk: S(pk), v: V(1, 0, 0) } });
    const batch = bench.ok('BatchWriteItem', {
      RequestItems: { Things: [{ PutRequest: put('a') }, { PutRequest: put('b') }] },
      ...INDEXES,
    });
    expect(batch.ConsumedCapacity[0].VectorIndexes.near.VectorWriteRequestBytes).toBe(2048);
    const transaction = bench.ok('TransactWriteItems', {
      TransactItems: [{ Put: { TableName: 'Things', ...put('c') } }],
      ...INDEXES,
    });
    expect(transaction.ConsumedCapacity[0]).toMatchObject({
      CapacityUnits: 2,
      VectorIndexes: { near: { VectorWriteRequestBytes: 1024 } },
    });
    const remove = { TableName: 'Things', Key: { pk: S('a') }, ...INDEXES };
    const deleted = bench.ok('DeleteItem', remove);
    expect(deleted.ConsumedCapacity.VectorIndexes.near.VectorWriteRequestBytes).toBe(1024);
    expect(bench.ok('DeleteItem', remove).ConsumedCapacity.VectorIndexes).toBeUndefined();
  });

  it('the table bills a vector by its dimensions when it is written, by its numbers when it is read', () => {
    const bench = new VectorBench();
    // 20 bytes each as numbers.
    const wide = '12345678901234567890123456789012345678';
    const item = (bytes: number) => ({
      pk: S('a'),
      v: V(wide, wide, wide),
      pad: text(bytes - 3 - 13 - 3),
    });
    expect(consumed(bench, item(1024)).CapacityUnits).toBe(1);
    expect(consumed(bench, item(1025)).CapacityUnits).toBe(2);
    consumed(bench, item(4096));
    expect(bench.described().TableSizeBytes).toBe(4096);
    const read = bench.ok('GetItem', {
      TableName: 'Things',
      Key: { pk: S('a') },
      ConsistentRead: true,
      ReturnConsumedCapacity: 'TOTAL',
    });
    expect(read.ConsumedCapacity.CapacityUnits).toBe(2);
  });

  it('searches: bytes alone, no units, the same for TOTAL and INDEXES', () => {
    const bench = new VectorBench();
    bench.put({ pk: S('a'), v: V(1, 0, 0) });
    for (const detail of ['TOTAL', 'INDEXES']) {
      const answer = bench.search(query(1, 0, 0), { ReturnConsumedCapacity: detail });
      expect(answer.ConsumedCapacity).toEqual({ VectorSearchRequestBytes: 1024 });
    }
    expect(bench.search(query(1, 0, 0), { ReturnConsumedCapacity: 'NONE' })).not.toHaveProperty(
      'ConsumedCapacity',
    );
    expect(bench.metering).toMatchObject({
      itemsRead: 1,
      itemsReturned: 1,
      tables: [{ read: 0, vectorIndexes: [{ index: 'near', searched: 1024, written: 0 }] }],
    });
  });

  it('searches: more with dimensions, results, what is projected, and vectors in the answer', () => {
    const bench = new VectorBench([
      index({ Dimensions: 512 }),
      index({ IndexName: 'keys', Dimensions: 512, Projection: { ProjectionType: 'KEYS_ONLY' } }),
    ]);
    const vector = Array.from({ length: 512 }, (_, place) => place);
    for (const pk of ['a', 'b']) bench.put({ pk: S(pk), note: text(1000), v: V(...vector) });
    const bytes = (more: Record<string, Json>) =>
      bench.search(query(...vector), { ReturnConsumedCapacity: 'TOTAL', ...more }).ConsumedCapacity
        .VectorSearchRequestBytes;
    const one = bytes({ TopK: 1 });
    expect(bytes({ TopK: 2 })).toBeGreaterThan(one + 1000);
    expect(bytes({ TopK: 1, IndexName: 'keys' })).toBe(one - 1004);
    expect(bytes({ TopK: 1, ProjectionExpression: 'v' })).toBe(one + 4 * 512);
  });
});

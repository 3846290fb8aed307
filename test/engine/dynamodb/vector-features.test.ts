/** Vector indexes beside other features of DynamoDB. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/engine/lab/result.ts';
import { Bench, S } from './support.ts';
import { byTenant, index, query, V, VectorBench } from './vectors.support.ts';

describe('vector indexes beside other features', () => {
  const indexed = () => {
    const bench = new VectorBench([index(), byTenant], ['tenant', 'kind']);
    bench.put({ pk: S('a'), tenant: S('t'), v: V(1, 0, 0) });
    return bench;
  };

  it('PartiQL writes them and cannot read them', () => {
    const bench = indexed();
    const inserted = bench.ok('ExecuteStatement', {
      Statement: `INSERT INTO "Things" VALUE {'pk': 'b', 'v': [0, 1, 0]}`,
      ReturnConsumedCapacity: 'INDEXES',
    });
    expect(inserted.ConsumedCapacity.VectorIndexes).toEqual({
      near: { VectorWriteRequestBytes: 1024 },
    });
    expect(bench.keys(query(0, 1, 0))).toEqual(['b', 'a']);
    const select = { Statement: `SELECT * FROM "Things"."near" WHERE pk = 'a'` };
    expect(bench.refused('ExecuteStatement', select).message).toBe(
      'Scan operation not supported on this index type',
    );
  });

  it('backups hold them, and a restored table has those that it is not told to leave out', () => {
    const bench = indexed();
    const backup = { TableName: 'Things', BackupName: 'first' };
    const { BackupArn } = bench.ok('CreateBackup', backup).BackupDetails;
    const { SourceTableFeatureDetails } = bench.ok('DescribeBackup', {
      BackupArn,
    }).BackupDescription;
    expect(SourceTableFeatureDetails.VectorIndexes).toEqual([index(), byTenant]);
    bench.put({ pk: S('later'), tenant: S('t'), v: V(1, 0, 0) });
    const restored = (TargetTableName: string, more: Record<string, Json> = {}) => {
      bench.ok('RestoreTableFromBackup', { TargetTableName, BackupArn, ...more });
      return bench.ok('DescribeTable', { TableName: TargetTableName }).Table;
    };
    restored('Whole');
    expect(bench.keys(query(1, 0, 0), { TableName: 'Whole' })).toEqual(['a']);
    const part = restored('Part', { VectorIndexOverride: [byTenant] });
    expect(part.VectorIndexes).toMatchObject([{ IndexName: 'tenants', ItemCount: 1 }]);
    expect(part.AttributeDefinitions).toHaveLength(3);
    const bare = restored('Bare', { VectorIndexOverride: [] });
    expect(bare).not.toHaveProperty('VectorIndexes');
    expect(bare.AttributeDefinitions).toHaveLength(1);
    // Billed as the list that it is: 3 bytes, and of each element 1 and its number, 2 bytes for 1 and 1 for 0.
    expect(bare.TableSizeBytes - part.TableSizeBytes).toBe(3 + 3 + 2 + 1 + 1 - 12);
    const other = {
      TargetTableName: 'Other',
      BackupArn,
      VectorIndexOverride: [index({ Dimensions: 4 })],
    };
    expect(bench.refused('RestoreTableFromBackup', other).message).toMatch(
      'Index near does not match a secondary index that existed in the source table',
    );
  });

  it('are made in two phases where the world has it take time', () => {
    const clock = { now: 0 };
    const bench = new Bench(
      {},
      {
        now: () => clock.now,
        world: { indexAllocation: 1000, indexBackfill: 1, indexDeletion: 1000 },
      },
    );
    bench.put({ pk: S('a'), v: V(1, 0, 0) });
    const update = (change: Json) => ({ TableName: 'Things', VectorIndexUpdates: [change] });
    const search = {
      TableName: 'Things',
      IndexName: 'near',
      SearchVector: query(1, 0, 0),
      TopK: 1,
    };
    const status = () => {
      const { TableStatus, VectorIndexes } = bench.ok('DescribeTable', {
        TableName: 'Things',
      }).Table;
      const [{ IndexStatus, Backfilling }] = VectorIndexes;
      return [TableStatus, IndexStatus, Backfilling];
    };
    bench.ok('UpdateTable', update({ Create: index() }));
    expect(status()).toEqual(['UPDATING', 'CREATING', false]);
    expect(bench.refused('SearchVectors', search).message).toBe(
      'The table does not have the specified index: near',
    );
    expect(bench.refused('UpdateTable', update({ Delete: { IndexName: 'near' } }))).toEqual({
      name: 'ResourceInUseException',
      message:
        'Attempt to change a resource which is still in use: Index creation is in resource allocation phase. Retry deletion during backfilling phase or when the index is active. Table: Things Index: near',
    });
    const second = update({ Create: index({ IndexName: 'other' }) });
    expect(bench.refused('UpdateTable', second).name).toBe('LimitExceededException');

    clock.now = 1500;
    expect(status()).toEqual(['ACTIVE', 'CREATING', true]);
    expect(bench.refused('SearchVectors', search).message).toBe(
      'Cannot search backfilling vector index: near',
    );
    expect(bench.refused('DeleteTable', { TableName: 'Things' }).message).toBe(
      'Attempt to change a resource which is still in use: Cannot delete table while indexes are being created, updated, or deleted.',
    );

    clock.now = 2000;
    expect(status()).toEqual(['ACTIVE', 'ACTIVE', undefined]);
    expect(bench.ok('SearchVectors', search).SearchResults).toHaveLength(1);
    bench.ok('UpdateTable', update({ Delete: { IndexName: 'near' } }));
    expect(status()).toEqual(['UPDATING', 'DELETING', undefined]);
    clock.now = 3000;
    expect(bench.ok('DescribeTable', { TableName: 'Things' }).Table).not.toHaveProperty(
      'VectorIndexes',
    );
  });
});

/** A table's ARN in the place of its name. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/engine/lab/result.ts';
import { Bench, S } from './support.ts';

const ARN = 'arn:aws:dynamodb:us-east-1:123456789012:table/Things';
const key = { pk: S('a') };

describe('A table may be named by its ARN', () => {
  it('in operations on items, whose ConsumedCapacity then says the ARN too', () => {
    const bench = new Bench();
    const TOTAL = { ReturnConsumedCapacity: 'TOTAL' };
    const put = bench.ok('PutItem', { TableName: ARN, Item: key, ...TOTAL });
    expect(put.ConsumedCapacity).toEqual({ TableName: ARN, CapacityUnits: 1 });
    const get = bench.ok('GetItem', { TableName: 'Things', Key: key, ...TOTAL });
    expect(get).toEqual({
      Item: key,
      ConsumedCapacity: { TableName: 'Things', CapacityUnits: 0.5 },
    });
    const query = {
      TableName: ARN,
      KeyConditionExpression: 'pk = :a',
      ExpressionAttributeValues: { ':a': S('a') },
    };
    expect(bench.ok('Query', query).Count).toBe(1);
    expect(bench.ok('Scan', { TableName: ARN }).Count).toBe(1);
    bench.ok('UpdateItem', { TableName: ARN, Key: key, UpdateExpression: 'REMOVE x' });
    bench.ok('DeleteItem', { TableName: ARN, Key: key });
  });

  it('in batches, which answer under the name that was asked for', () => {
    const bench = new Bench();
    bench.ok('BatchWriteItem', { RequestItems: { [ARN]: [{ PutRequest: { Item: key } }] } });
    const read = bench.ok('BatchGetItem', { RequestItems: { [ARN]: { Keys: [key] } } });
    expect(read.Responses).toEqual({ [ARN]: [key] });
  });

  it('in transactions', () => {
    const bench = new Bench();
    bench.ok('TransactWriteItems', { TransactItems: [{ Put: { TableName: ARN, Item: key } }] });
    const read = bench.ok('TransactGetItems', {
      TransactItems: [{ Get: { TableName: ARN, Key: key } }],
    });
    expect(read.Responses).toEqual([{ Item: key }]);
  });

  it('in operations on tables, which answer with its name', () => {
    const bench = new Bench();
    expect(bench.ok('DescribeTable', { TableName: ARN }).Table.TableName).toBe('Things');
    bench.ok('UpdateTable', { TableName: ARN, DeletionProtectionEnabled: false });
    bench.ok('CreateBackup', { TableName: ARN, BackupName: 'nightly' });
    expect(bench.ok('ListBackups', { TableName: ARN }).BackupSummaries).toHaveLength(1);
    bench.ok('DeleteTable', { TableName: ARN });
    expect(bench.refused('CreateTable', { TableName: ARN }).name).toBe('ValidationException');
    expect(bench.ok('ListTables', {}).TableNames).toEqual([]);
  });

  it.each<[string, string, Json]>([
    ['that is not there', 'ResourceNotFoundException', `${ARN}2`],
    ['of another account', 'AccessDeniedException', ARN.replace('1234', '0000')],
    ['of another Region', 'ValidationException', ARN.replace('us-east-1', 'eu-west-1')],
    ['of an index', 'ValidationException', `${ARN}/index/gsi`],
    ['that is none', 'ValidationException', 'arn:aws:dynamodb'],
  ])('but not by one %s', (_what, name, TableName) => {
    const bench = new Bench();
    expect(bench.refused('GetItem', { TableName, Key: key }).name).toBe(name);
    expect(bench.refused('DescribeTable', { TableName }).name).toBe(name);
  });

  it('and what is wrong with an ARN is said', () => {
    const bench = new Bench();
    const west = ARN.replace('us-east-1', 'eu-west-1');
    expect(bench.refused('Scan', { TableName: west }).message).toBe(
      `1 validation error detected: Invalid AWS region in '${west}'`,
    );
    expect(bench.refused('Scan', { TableName: `${ARN}/index/gsi` }).message).toBe(
      `1 validation error detected: Value '${ARN}/index/gsi' at 'tableName' failed to satisfy constraint: Valid ARN format is 'arn:<awsPartition>:<vendor>:<region>:<subscriber>:resourceType/resourceName', where Resource name must have length less than or equal to 255, Resource name must have length greater than or equal to 3, Resource name must satisfy regular expression pattern: [a-zA-Z0-9_.-]+`,
    );
  });
});

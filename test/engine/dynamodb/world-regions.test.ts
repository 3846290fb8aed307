/** A global table: its Regions and replicas. */
import { describe, expect, test } from 'vitest';
import type { Json } from '../../../src/engine/lab/result.ts';
import { type Answer, Bench, S } from './support.ts';
import { AWAY, HOME, regions, requests, THIRD } from './world-regions.support.ts';

describe('Regions', () => {
  test('have tables of their own, whose ARNs name them', () => {
    const one = regions();
    expect(one.table(HOME).TableArn).toBe(`arn:aws:dynamodb:${HOME}:123456789012:table/Things`);
    expect(one.ask(AWAY, 'ListTables', {})).toEqual({ TableNames: [] });
    expect(one.put(AWAY, { pk: S('a') }).name).toBe('ResourceNotFoundException');
  });

  test('that the world does not have are refused by name', () => {
    const { ask } = regions();
    expect(ask('sa-east-1', 'ListTables', {})).toEqual({
      name: 'ValidationException',
      message: `This emulator has no Region sa-east-1. It has ${HOME}, ${AWAY}, ${THIRD}.`,
    });
  });

  test('are one, whatever requests name, unless the world has several', () => {
    const { db } = new Bench();
    expect(db.handle('ListTables', {}, 'mars-1').body).toEqual({ TableNames: ['Things'] });
  });

  test('may begin with another than us-east-1: tables that are there move', () => {
    const { db } = new Bench({ global: { byColour: { keys: 'colour:S' } } });
    db.configure({ regions: [AWAY, HOME] });
    const { Table } = db.handle('DescribeTable', { TableName: 'Things' }).body as Answer;
    expect(Table.TableArn).toMatch(`:${AWAY}:`);
    expect(Table.GlobalSecondaryIndexes[0].IndexArn).toMatch(`:${AWAY}:`);
  });
});

describe('ReplicaUpdates', () => {
  test('make a replica: same name, key, indexes and items; a stream is turned on', () => {
    const one = regions({}, { global: { byColour: { keys: 'colour:S' } } });
    one.put(HOME, { pk: S('a'), colour: S('red') });
    expect(one.table(HOME).StreamSpecification).toBeUndefined();
    // The answer tells of the global table and its stream, not yet of the replica.
    expect(one.replicate(AWAY).TableDescription).toMatchObject({
      TableStatus: 'UPDATING',
      GlobalTableVersion: '2019.11.21',
      Replicas: [],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    });
    expect(one.get(AWAY, 'a')).toEqual({ pk: S('a'), colour: S('red') });
    for (const [region, other] of [
      [HOME, AWAY],
      [AWAY, HOME],
    ] as const) {
      expect(one.table(region)).toMatchObject({
        TableArn: `arn:aws:dynamodb:${region}:123456789012:table/Things`,
        TableStatus: 'ACTIVE',
        GlobalTableVersion: '2019.11.21',
        Replicas: [{ RegionName: other, ReplicaStatus: 'ACTIVE' }],
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
        GlobalSecondaryIndexes: [{ IndexName: 'byColour', ItemCount: 1 }],
      });
    }
    expect(one.table(AWAY).TableId).not.toBe(one.table(HOME).TableId);
    expect(one.table(AWAY).LatestStreamArn).toMatch(`:${AWAY}:`);
  });

  test('add a third from any of the others', () => {
    const one = regions();
    one.replicate(AWAY);
    one.put(HOME, { pk: S('late') });
    one.replicate(THIRD, AWAY);
    const names = (region: string) =>
      one.table(region).Replicas.map(({ RegionName }: { RegionName: string }) => RegionName);
    expect(names(HOME)).toEqual([AWAY, THIRD]);
    expect(names(AWAY)).toEqual([HOME, THIRD]);
    expect(names(THIRD)).toEqual([AWAY, HOME]);
    expect(one.get(THIRD, 'late')).toBeUndefined();
    one.db.advance(1000);
    expect(one.get(THIRD, 'late')).toBeDefined();
  });

  test('are refused in DynamoDB’s words where they cannot be made', () => {
    const one = regions();
    const refused = (updates: Json) =>
      one.ask(HOME, 'UpdateTable', { TableName: 'Things', ReplicaUpdates: updates }).message;
    const create = (RegionName: string) => ({ Create: { RegionName } });
    expect(refused([create(HOME)])).toMatch(/^Cannot add or delete the local region through/);
    expect(refused([create('mars-1')])).toMatch(/^Region mars-1 is not supported\./);
    expect(refused([{}])).toMatch(/^There are no actions specified/);
    expect(refused([{ ...create(AWAY), Delete: { RegionName: THIRD } }])).toMatch(
      /more than one type of replica actions/,
    );
    expect(refused([create(AWAY), create(THIRD)])).toMatch(/more than one create or delete/);
    const alone = one.ask(HOME, 'UpdateTable', {
      ...{ TableName: 'Things', ReplicaUpdates: [create(AWAY)], DeletionProtectionEnabled: true },
    });
    expect(alone.message).toBe(
      'One or more parameter values were invalid: Replica modification must be the only operation in the request',
    );
    expect(refused([{ Delete: { RegionName: AWAY } }])).toBe(
      `Update global table operation failed because one or more replicas were not part of the global table. Please retry the request without these replicas: [${AWAY}].`,
    );
    one.replicate(AWAY);
    expect(refused([create(AWAY)])).toBe(
      'Failed to create a the new replica of table with name: ‘Things’ because one or more replicas already existed as tables.',
    );
  });

  test('want a table on demand, because nothing scales provisioned ones', () => {
    const one = regions();
    one.ask(HOME, 'UpdateTable', {
      TableName: 'Things',
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
    });
    expect(one.replicate(AWAY).message).toBe(
      'Table write capacity should either be Pay-Per-Request or AutoScaled.',
    );
  });

  test('are refused by name in one Region, and strong consistency between Regions in any', () => {
    const { db } = new Bench();
    const one = requests(db);
    expect(one.replicate(AWAY).message).toMatch(/does not have the parameter ReplicaUpdates/);
    expect(
      regions().ask(HOME, 'UpdateTable', {
        TableName: 'Things',
        MultiRegionConsistency: 'STRONG',
        ReplicaUpdates: [{ Create: { RegionName: AWAY } }],
      }).message,
    ).toBe('This emulator does not have the parameter MultiRegionConsistency.');
  });

  test.each([
    ['KMSMasterKeyId', 'alias/mine'],
    ['TableClassOverride', 'STANDARD'],
    ['ProvisionedThroughputOverride', { ReadCapacityUnits: 5 }],
    ['OnDemandThroughputOverride', { MaxReadRequestUnits: 5 }],
    ['GlobalSecondaryIndexes', [{ IndexName: 'by-status' }]],
  ])('refuse by name what a replica may have otherwise than its table: %s', (name, value) => {
    const refused = regions().ask(HOME, 'UpdateTable', {
      TableName: 'Things',
      ReplicaUpdates: [{ Create: { RegionName: AWAY, [name]: value } }],
    });
    expect(refused.message).toBe(
      `This emulator does not have the parameter ReplicaUpdates.Create.${name}.`,
    );
  });

  test('remove a replica, but not within a day one that another was copied from', () => {
    const one = regions();
    one.replicate(AWAY);
    one.replicate(THIRD, AWAY);
    expect(one.remove(AWAY).message).toMatch(/^Replica cannot be deleted because it has acted/);
    expect(one.ask(HOME, 'DeleteTable', { TableName: 'Things' }).message).toMatch(
      /acted as a source/,
    );
    one.remove(THIRD);
    expect(one.table(THIRD)).toBeUndefined();
    one.remove(AWAY);
    expect(one.table(HOME).Replicas).toBeUndefined();
    expect(one.table(HOME).GlobalTableVersion).toBeUndefined();
    one.put(HOME, { pk: S('alone') });
    one.db.advance(10_000);
    expect(one.table(AWAY)).toBeUndefined();
  });
});

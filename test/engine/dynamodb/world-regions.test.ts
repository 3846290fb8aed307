/** A global table: replicas in several Regions, writes that arrive later, and the last writer that wins. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { DynamoDB, DynamoDBOptions } from '../../../.generated/dynamodb/engine.js';
import type { Json } from '../../../src/engine/lab/result.ts';
import { type Answer, Bench, N, S, type TableOptions } from './support.ts';

const HOME = 'us-east-1';
const AWAY = 'eu-west-1';
const THIRD = 'ap-south-1';

type World = NonNullable<DynamoDBOptions['world']>;

/** A world of three Regions with the table Things in the first. */
function regions(world: World = {}, table: TableOptions = {}) {
  const { db, ...bench } = new Bench(table, {
    now: () => 1_000_000,
    world: { regions: [HOME, AWAY, THIRD], regionLag: 1000, ...world },
  });
  return { db, ...bench, ...requests(db) };
}

function requests(db: DynamoDB) {
  const ask = (region: string, operation: string, request: Json): Answer => {
    const { status, body } = db.handle(operation, request, region);
    return status === 200
      ? body
      : { name: String(body.__type).split('#')[1], message: body.message };
  };
  return {
    ask,
    put: (region: string, item: Record<string, Json>): Answer =>
      ask(region, 'PutItem', { TableName: 'Things', Item: item }),
    get: (region: string, pk: string): Answer =>
      ask(region, 'GetItem', { TableName: 'Things', Key: { pk: S(pk) }, ConsistentRead: true })
        .Item,
    replicate: (region: string, from = HOME): Answer =>
      ask(from, 'UpdateTable', {
        TableName: 'Things',
        ReplicaUpdates: [{ Create: { RegionName: region } }],
      }),
    remove: (region: string, from = HOME): Answer =>
      ask(from, 'UpdateTable', {
        TableName: 'Things',
        ReplicaUpdates: [{ Delete: { RegionName: region } }],
      }),
    table: (region: string): Answer => ask(region, 'DescribeTable', { TableName: 'Things' }).Table,
  };
}

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

describe('Writes to a global table', () => {
  let one: ReturnType<typeof regions>;
  beforeEach(() => {
    one = regions();
    one.replicate(AWAY);
  });

  test('reach the other Region after a while, and say so', () => {
    one.put(HOME, { pk: S('a'), v: N(1) });
    one.db.advance(999);
    expect(one.get(AWAY, 'a')).toBeUndefined();
    expect(one.db.advance(1)).toEqual([
      {
        kind: 'replicated',
        text: `replicated to ${AWAY}: 1 write to table Things`,
        facts: { table: 'Things', from: HOME, to: AWAY, items: 1, units: 1 },
      },
    ]);
    expect(one.get(AWAY, 'a')).toEqual({ pk: S('a'), v: N(1) });
  });

  test('go both ways, deletions too, and never in circles', () => {
    one.put(AWAY, { pk: S('a') });
    one.db.advance(1000);
    expect(one.get(HOME, 'a')).toBeDefined();
    one.ask(HOME, 'DeleteItem', { TableName: 'Things', Key: { pk: S('a') } });
    expect(one.db.advance(1000)).toHaveLength(1);
    expect(one.get(AWAY, 'a')).toBeUndefined();
    expect(one.db.advance(60_000)).toEqual([]);
  });

  test('to one item in two Regions: the last one wins everywhere, the other is discarded', () => {
    one.put(AWAY, { pk: S('a'), from: S('Ireland') });
    one.db.advance(10);
    one.put(HOME, { pk: S('a'), from: S('Virginia') });
    const events = one.db.advance(2000);
    for (const region of [HOME, AWAY]) expect(one.get(region, 'a').from).toEqual(S('Virginia'));
    expect(events.map(({ kind }) => kind).sort()).toEqual(['replicated', 'write-lost']);
    expect(events.find(({ kind }) => kind === 'write-lost')).toEqual({
      kind: 'write-lost',
      text: `conflict: ${HOME} wrote an item of table Things later, the write of ${AWAY} is discarded`,
      facts: { table: 'Things', key: { pk: S('a') }, from: AWAY, to: HOME, laterMs: 10 },
    });
  });

  test('to one item within one millisecond end alike in all Regions', () => {
    one.replicate(THIRD);
    for (const region of [THIRD, HOME, AWAY]) one.put(region, { pk: S('a'), from: S(region) });
    one.db.advance(5000);
    const seen = [HOME, AWAY, THIRD].map((region) => one.get(region, 'a').from.S);
    expect(new Set(seen).size).toBe(1);
  });

  test('are conditional on what their own Region holds', () => {
    const once = {
      TableName: 'Things',
      Item: { pk: S('a') },
      ConditionExpression: 'attribute_not_exists(pk)',
    };
    expect(one.ask(HOME, 'PutItem', once).name).toBeUndefined();
    expect(one.ask(AWAY, 'PutItem', once).name).toBeUndefined();
    expect(one.ask(AWAY, 'PutItem', once).name).toBe('ConditionalCheckFailedException');
  });

  test('are atomic in their own Region alone: a transaction arrives, but other Regions may see a part of it', () => {
    const put = (pk: string) => ({ Put: { TableName: 'Things', Item: { pk: S(pk) } } });
    one.ask(HOME, 'TransactWriteItems', { TransactItems: [put('a'), put('b')] });
    expect(one.get(HOME, 'b')).toBeDefined();
    expect(one.get(AWAY, 'a')).toBeUndefined();
    one.db.advance(1000);
    expect(one.get(AWAY, 'b')).toBeDefined();
  });

  test('appear in the stream of the Region that they reach', () => {
    one.put(HOME, { pk: S('a') });
    one.db.advance(1000);
    const StreamArn = one.table(AWAY).LatestStreamArn;
    const { Shards } = one.ask(AWAY, 'DescribeStream', { StreamArn }).StreamDescription;
    const { ShardIterator } = one.ask(AWAY, 'GetShardIterator', {
      StreamArn,
      ShardId: Shards[0].ShardId,
      ShardIteratorType: 'TRIM_HORIZON',
    });
    const { Records } = one.ask(AWAY, 'GetRecords', { ShardIterator });
    expect(Records).toMatchObject([
      { eventName: 'INSERT', awsRegion: AWAY, dynamodb: { NewImage: { pk: S('a') } } },
    ]);
  });

  test('leave changes of the table itself to both Regions or to none', () => {
    const update = (more: Record<string, Json>) =>
      one.ask(HOME, 'UpdateTable', { TableName: 'Things', ...more });
    expect(update({ StreamSpecification: { StreamEnabled: false } }).message).toBe(
      'One or more parameter values were invalid: Disabling Stream is not allowed for a Global Table replica.',
    );
    expect(update({ TableClass: 'STANDARD_INFREQUENT_ACCESS' }).message).toBe(
      'This emulator does not have the parameter TableClass for a table with replicas.',
    );
    update({ DeletionProtectionEnabled: true });
    expect(one.table(HOME).DeletionProtectionEnabled).toBe(true);
    expect(one.table(AWAY).DeletionProtectionEnabled).toBe(false);
  });

  test('that are on their way belong to a snapshot', () => {
    one.put(HOME, { pk: S('a') });
    const snapshot = one.db.snapshot();
    one.db.advance(1000);
    one.db.restore(snapshot);
    expect(one.get(AWAY, 'a')).toBeUndefined();
    const fork = requests(one.db.fork());
    one.db.advance(1000);
    expect(one.get(AWAY, 'a')).toBeDefined();
    expect(fork.get(AWAY, 'a')).toBeUndefined();
  });
});

describe('Time to live', () => {
  const set = (Enabled: boolean) => ({
    TableName: 'Things',
    TimeToLiveSpecification: { Enabled, AttributeName: 'ends' },
  });

  test('is one for all Regions, whichever sets it, and a new replica has it too', () => {
    const one = regions();
    const status = (region: string) =>
      one.ask(region, 'DescribeTimeToLive', { TableName: 'Things' }).TimeToLiveDescription
        .TimeToLiveStatus;
    one.replicate(AWAY);
    one.ask(AWAY, 'UpdateTimeToLive', set(true));
    one.replicate(THIRD);
    expect([HOME, AWAY, THIRD].map(status)).toEqual(['ENABLED', 'ENABLED', 'ENABLED']);
    expect(one.ask(HOME, 'UpdateTimeToLive', set(false)).message).toBe(
      'Time to live has been modified multiple times within a fixed interval',
    );
    one.db.advance(3_600_000);
    one.ask(THIRD, 'UpdateTimeToLive', set(false));
    expect([HOME, AWAY, THIRD].map(status)).toEqual(['DISABLED', 'DISABLED', 'DISABLED']);
  });

  test('deletes in every Region, and no write is lost by that', () => {
    const one = regions({ ttlDelay: 0 });
    one.replicate(AWAY);
    one.ask(HOME, 'UpdateTimeToLive', set(true));
    one.put(HOME, { pk: S('a'), ends: N(1005) });
    one.db.advance(2000);
    expect(one.get(AWAY, 'a')).toBeDefined();
    const events = one.db.advance(10_000).map(({ kind }) => kind);
    expect(one.get(HOME, 'a')).toBeUndefined();
    expect(one.get(AWAY, 'a')).toBeUndefined();
    expect(events.filter((kind) => kind === 'expired')).toHaveLength(2);
    expect(events).not.toContain('write-lost');
  });
});

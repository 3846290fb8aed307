/** A global table: writes that arrive later, and the last writer that wins. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Json } from '../../../src/engine/lab/result.ts';
import { N, S } from './support.ts';
import { AWAY, HOME, regions, requests, THIRD } from './world-regions.support.ts';

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

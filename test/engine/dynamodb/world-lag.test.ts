/** Reads that do not see the newest: replicas that lag, and indexes that have not caught up. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { DynamoDBOptions } from '../../../.generated/dynamodb/engine.js';
import { Bench, N, S, type TableOptions } from './support.ts';

/** A bench whose clock stands still unless it is set forward. */
const still = (world: NonNullable<DynamoDBOptions['world']>, table: TableOptions = {}) =>
  new Bench(table, { now: () => 1_000_000, world });

describe('Eventually consistent reads, where replicas lag by a second,', () => {
  let bench: Bench;
  const strong = { ConsistentRead: true };
  const scan = (more = {}) => bench.ok('Scan', { TableName: 'Things', ...more }).Items;

  beforeEach(() => {
    bench = still({ replicaLag: 1000 });
    bench.put({ pk: S('a'), v: N(1) });
    bench.db.advance(5000);
    bench.put({ pk: S('a'), v: N(2) });
  });

  test('do not see a write until a second has passed', () => {
    expect(bench.get({ pk: S('a') }).v).toEqual(N(1));
    bench.db.advance(999);
    expect(bench.get({ pk: S('a') }).v).toEqual(N(1));
    bench.db.advance(1);
    expect(bench.get({ pk: S('a') }).v).toEqual(N(2));
  });

  test('are told from strongly consistent ones, which see it at once', () => {
    expect(bench.get({ pk: S('a') }, strong).v).toEqual(N(2));
    expect(scan(strong)).toEqual([{ pk: S('a'), v: N(2) }]);
    expect(
      bench.ok('BatchGetItem', {
        RequestItems: { Things: { Keys: [{ pk: S('a') }], ConsistentRead: true } },
      }).Responses.Things,
    ).toEqual([{ pk: S('a'), v: N(2) }]);
    expect(
      bench.ok('TransactGetItems', {
        TransactItems: [{ Get: { TableName: 'Things', Key: { pk: S('a') } } }],
      }).Responses,
    ).toEqual([{ Item: { pk: S('a'), v: N(2) } }]);
  });

  test('are GetItem, BatchGetItem, Query and Scan alike', () => {
    const batch = bench.ok('BatchGetItem', {
      RequestItems: { Things: { Keys: [{ pk: S('a') }] } },
    });
    const query = bench.ok('Query', {
      TableName: 'Things',
      KeyConditionExpression: 'pk = :a',
      ExpressionAttributeValues: { ':a': S('a') },
    });
    expect(batch.Responses.Things).toEqual([{ pk: S('a'), v: N(1) }]);
    expect(query.Items).toEqual([{ pk: S('a'), v: N(1) }]);
    expect(scan()).toEqual([{ pk: S('a'), v: N(1) }]);
  });

  test('miss what is new and still show what is deleted', () => {
    bench.put({ pk: S('b') });
    bench.ok('DeleteItem', { TableName: 'Things', Key: { pk: S('a') } });
    expect(scan()).toEqual([{ pk: S('a'), v: N(1) }]);
    expect(bench.get({ pk: S('b') })).toBeUndefined();
    bench.db.advance(1000);
    expect(scan()).toEqual([{ pk: S('b') }]);
  });

  test('never show half of what was written in the same moment twice', () => {
    bench.put({ pk: S('a'), v: N(3) });
    bench.put({ pk: S('a'), v: N(4) });
    expect(scan()).toEqual([{ pk: S('a'), v: N(1) }]);
    bench.db.advance(1000);
    expect(scan()).toEqual([{ pk: S('a'), v: N(4) }]);
  });

  test('say that they are stale, and by how much', () => {
    bench.db.advance(400);
    const key = { TableName: 'Things', Key: { pk: S('a') } };
    expect(bench.db.handle('GetItem', key).world).toEqual([
      {
        kind: 'stale-read',
        text: 'stale read: 400 ms behind, 1 item changed',
        facts: { table: 'Things', behindMs: 400, entries: 1 },
      },
    ]);
    expect(bench.db.handle('GetItem', { ...key, ...strong }).world).toBeUndefined();
    bench.db.advance(600);
    expect(bench.db.handle('GetItem', key).world).toBeUndefined();
  });

  test('are billed by what they saw', () => {
    bench.put({ pk: S('a'), v: S('x'.repeat(9000)) });
    bench.get({ pk: S('a') });
    expect(bench.metering.tables[0]?.read).toBe(0.5);
    bench.db.advance(1000);
    bench.get({ pk: S('a') });
    expect(bench.metering.tables[0]?.read).toBe(1.5);
  });

  test('see conditions of writes decided by the newest item', () => {
    const refused = bench.refused('PutItem', {
      TableName: 'Things',
      Item: { pk: S('a'), v: N(9) },
      ConditionExpression: 'v = :old',
      ExpressionAttributeValues: { ':old': bench.get({ pk: S('a') }).v },
    });
    expect(refused.name).toBe('ConditionalCheckFailedException');
  });
});

test('A share of stale reads is drawn from the seed: the same in every run, another with another seed', () => {
  const drawn = (seed: number) => {
    const bench = still({ replicaLag: 1000, staleShare: 2 / 3, seed });
    bench.put({ pk: S('a') });
    return Array.from({ length: 60 }, () => (bench.get({ pk: S('a') }) ? 'n' : 'o')).join('');
  };
  expect(drawn(1)).toBe(drawn(1));
  expect(drawn(1)).not.toBe(drawn(2));
  const stale = [...drawn(1)].filter((read) => read === 'o').length;
  expect(stale).toBeGreaterThan(30);
  expect(stale).toBeLessThan(50);
});

describe('Global secondary indexes that lag by two seconds', () => {
  const table: TableOptions = {
    keys: 'pk:S, sk:S',
    global: { byColour: { keys: 'colour:S' } },
    local: { byAge: { keys: 'pk:S, age:N' } },
  };
  let bench: Bench;
  const coloured = (colour: string) =>
    bench.ok('Query', {
      TableName: 'Things',
      IndexName: 'byColour',
      KeyConditionExpression: 'colour = :c',
      ExpressionAttributeValues: { ':c': S(colour) },
    }).Items;

  beforeEach(() => {
    bench = still({ indexLag: 2000 }, table);
    bench.put({ pk: S('a'), sk: S('1'), colour: S('red'), age: N(1) });
    bench.db.advance(5000);
    bench.put({ pk: S('a'), sk: S('1'), colour: S('blue'), age: N(2) });
  });

  test('show an item under its old key until then, and only there', () => {
    expect(coloured('red')).toHaveLength(1);
    expect(coloured('blue')).toHaveLength(0);
    bench.db.advance(2000);
    expect(coloured('red')).toHaveLength(0);
    expect(coloured('blue')).toHaveLength(1);
  });

  test('leave reads of the table and of local indexes as they are', () => {
    expect(bench.get({ pk: S('a'), sk: S('1') }).colour).toEqual(S('blue'));
    const local = bench.ok('Query', {
      TableName: 'Things',
      IndexName: 'byAge',
      KeyConditionExpression: 'pk = :p AND age = :two',
      ExpressionAttributeValues: { ':p': S('a'), ':two': N(2) },
    });
    expect(local.Items).toHaveLength(1);
  });

  test('say what has not arrived yet', () => {
    bench.db.advance(500);
    const answer = bench.db.handle('Scan', { TableName: 'Things', IndexName: 'byColour' });
    expect(answer.world).toEqual([
      {
        kind: 'index-lag',
        text: 'index byColour has not caught up: 2 changes of the last 500 ms missing',
        facts: { table: 'Things', index: 'byColour', behindMs: 500, entries: 2 },
      },
    ]);
  });

  test('add their lag to that of replicas', () => {
    bench.db.configure({ indexLag: 2000, replicaLag: 1000 });
    bench.put({ pk: S('a'), sk: S('2'), colour: S('green') });
    bench.db.advance(2999);
    expect(coloured('green')).toHaveLength(0);
    bench.db.advance(1);
    expect(coloured('green')).toHaveLength(1);
  });
});

test('A local index that lags fetches the item of the same moment', () => {
  const bench = still(
    { replicaLag: 1000 },
    { keys: 'pk:S, sk:S', local: { byAge: { keys: 'pk:S, age:N', projected: 'KEYS_ONLY' } } },
  );
  bench.put({ pk: S('a'), sk: S('1'), age: N(1), name: S('old') });
  bench.db.advance(1000);
  bench.put({ pk: S('a'), sk: S('1'), age: N(1), name: S('new') });
  const named = (consistent: boolean) =>
    bench.ok('Query', {
      TableName: 'Things',
      IndexName: 'byAge',
      Select: 'ALL_ATTRIBUTES',
      ConsistentRead: consistent,
      KeyConditionExpression: 'pk = :p',
      ExpressionAttributeValues: { ':p': S('a') },
    }).Items[0].name;
  expect(named(false)).toEqual(S('old'));
  expect(named(true)).toEqual(S('new'));
});

describe('Snapshots and forks', () => {
  test('hold the clock and what has not arrived yet', () => {
    const bench = still({ replicaLag: 1000 });
    bench.put({ pk: S('a') });
    bench.db.advance(400);
    const snapshot = bench.db.snapshot();
    const at = bench.db.now();
    bench.db.advance(600);
    expect(bench.get({ pk: S('a') })).toBeDefined();
    bench.db.restore(snapshot);
    expect(bench.db.now()).toBe(at);
    expect(bench.get({ pk: S('a') })).toBeUndefined();
    bench.db.advance(600);
    expect(bench.get({ pk: S('a') })).toBeDefined();
  });

  test('go their own ways', () => {
    const bench = still({ replicaLag: 1000 });
    bench.put({ pk: S('a') });
    const fork = bench.db.fork();
    fork.advance(1000);
    fork.handle('PutItem', { TableName: 'Things', Item: { pk: S('b') } });
    expect(fork.handle('GetItem', { TableName: 'Things', Key: { pk: S('a') } }).body.Item).toEqual({
      pk: S('a'),
    });
    bench.db.advance(999);
    expect(bench.get({ pk: S('a') })).toBeUndefined();
    bench.db.advance(5000);
    expect(bench.get({ pk: S('b') })).toBeUndefined();
  });
});

describe('Settings', () => {
  test('that do not exist or do not fit are refused by name', () => {
    const { db } = new Bench();
    expect(() => db.configure({ replicaLga: 5 } as object)).toThrow(
      /world\.replicaLga is no setting/,
    );
    expect(() => db.configure({ replicaLag: '5 years' } as object)).toThrow(
      'world.replicaLag must be a duration: milliseconds, or as 500ms, 5s, 10m, 48h, 2d',
    );
    expect(() => db.configure({ staleShare: 2 })).toThrow('world.staleShare must be a number');
    expect(() => db.configure({ regions: ['eu-west-1', 'eu-west-1'] })).toThrow('world.regions');
    expect(() => db.configure({ faults: { schedule: [{ request: 0 }] } })).toThrow(
      'world.faults.schedule[0].request must be a whole number above 0',
    );
  });

  test('that are turned off leave nothing behind', () => {
    const bench = still({ replicaLag: 1000, clock: 10 });
    bench.put({ pk: S('a') });
    bench.db.configure({});
    expect(bench.get({ pk: S('a') })).toBeDefined();
    const at = bench.db.now();
    bench.get({ pk: S('a') });
    expect(bench.db.now()).toBe(at);
  });

  test('let time pass with each request', () => {
    const bench = still({ replicaLag: 30, clock: 10 });
    bench.put({ pk: S('a') });
    const seen = Array.from({ length: 4 }, () => bench.get({ pk: S('a') }) !== undefined);
    expect(seen).toEqual([false, false, true, true]);
  });
});

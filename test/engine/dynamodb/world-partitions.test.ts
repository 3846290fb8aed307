/** Partitions: which key is in which, how full and how hot each is, and what heat does to them. */
import { describe, expect, test } from 'vitest';
import type { DynamoDBOptions, PartitionReport } from '../../../.generated/dynamodb/engine.js';
import { Bench, N, S, type TableOptions } from './support.ts';

type World = NonNullable<DynamoDBOptions['world']>;

const bench = (world: World = {}, table: TableOptions = { keys: 'pk:S, sk:N' }) =>
  new Bench(table, { now: () => 1_000_000, world });

const sum = (partitions: PartitionReport[], of: (partition: PartitionReport) => number) =>
  partitions.reduce((total, partition) => total + of(partition), 0);

describe('The partitions of a table', () => {
  test('hold all keys between them, each once', () => {
    const one = bench({ partitions: 5 });
    for (let at = 0; at < 100; at++) one.put({ pk: S(`${at}`), sk: N(1) });
    const partitions = one.db.partitions('Things');
    expect(partitions.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5]);
    expect(partitions[0]?.from).toBe(0);
    expect(partitions.at(-1)?.to).toBe(1);
    expect(partitions.slice(1).map(({ from }) => from)).toEqual(
      partitions.slice(0, -1).map(({ to }) => to),
    );
    expect(sum(partitions, ({ items }) => items)).toBe(100);
    expect(sum(partitions, ({ bytes }) => bytes)).toBe(
      one.ok('DescribeTable', { TableName: 'Things' }).Table.TableSizeBytes,
    );
  });

  test('can be asked where a key is, before there is an item', () => {
    const { db } = bench({ partitions: 8 });
    for (const pk of ['a', 'b', 'c', 'd']) {
      const { partition, hash } = db.partitionOf('Things', { pk: S(pk), sk: N(1) });
      const { from = 1, to = 0 } = db.partitions('Things')[partition - 1] ?? {};
      expect(hash).toBeGreaterThanOrEqual(from);
      expect(hash).toBeLessThan(to);
    }
    expect(() => db.partitionOf('Things', { pk: N(1) })).toThrow(/key element does not match/);
    expect(() => db.partitions('Nothings')).toThrow(/Nothings not found/);
  });

  test('keep an item collection together', () => {
    const { db } = bench({ partitions: 64 });
    const places = [1, 2, 3, 4].map((sk) => db.partitionOf('Things', { pk: S('a'), sk: N(sk) }));
    expect(new Set(places.map(({ partition }) => partition)).size).toBe(1);
  });

  test('are four on demand, and as many as its throughput needs when provisioned; no world is needed', () => {
    const one = bench();
    expect(one.db.partitions('Things')).toHaveLength(4);
    one.ok('UpdateTable', {
      TableName: 'Things',
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: { ReadCapacityUnits: 4000, WriteCapacityUnits: 1500 },
    });
    expect(one.db.partitions('Things')).toHaveLength(3);
  });

  test('are told for each global index too', () => {
    const one = bench({ partitions: 2 }, { global: { byColour: { keys: 'colour:S' } } });
    one.put({ pk: S('a'), colour: S('red') });
    const index = one.db.partitions('Things').filter((partition) => partition.index === 'byColour');
    expect(index).toHaveLength(2);
    expect(sum(index, ({ items }) => items)).toBe(1);
    expect(sum(index, ({ lastSecond }) => lastSecond.write)).toBe(1);
  });

  test('show what they served, what is left, and that they are hot', () => {
    const one = bench({
      throttling: true,
      partitions: 1,
      partitionLimits: { read: 30, write: 10 },
    });
    for (let at = 0; at < 10; at++) one.put({ pk: S('a'), sk: N(at) });
    one.get({ pk: S('a'), sk: N(1) });
    expect(one.db.partitions('Things')).toEqual([
      {
        id: 1,
        from: 0,
        to: 1,
        sharesCollection: false,
        items: 10,
        bytes: 69,
        lastSecond: { read: 0.5, write: 10 },
        lastMinute: { read: 0.5, write: 10 },
        limit: { read: 30, write: 10 },
        left: { read: 29.5, write: 0 },
        hot: true,
      },
    ]);
    one.db.advance(30_000);
    const [later] = one.db.partitions('Things');
    expect(later).toMatchObject({
      hot: false,
      lastSecond: { write: 0 },
      lastMinute: { write: 10 },
    });
    one.db.advance(60_000);
    expect(one.db.partitions('Things')[0]?.lastMinute.write).toBe(0);
  });
});

describe('Adaptive capacity', () => {
  test('lets one partition use the throughput of its whole table', () => {
    const one = bench({ throttling: true, partitions: 4 });
    one.ok('UpdateTable', {
      TableName: 'Things',
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: { ReadCapacityUnits: 10, WriteCapacityUnits: 40 },
    });
    for (let at = 0; at < 40; at++) one.put({ pk: S('a'), sk: N(at) });
    expect(
      one.refused('PutItem', { TableName: 'Things', Item: { pk: S('b'), sk: N(1) } }).name,
    ).toBe('ProvisionedThroughputExceededException');
  });
});

describe('A partition that stays at its limit', () => {
  const world: World = {
    throttling: true,
    splitForHeat: true,
    splitAfter: 3000,
    partitions: 1,
    partitionLimits: { read: 30, write: 10 },
  };
  /** Writes to items in turn, more than the partition takes, for that many seconds. Answers what the world did. */
  const heat = (one: Bench, items: Array<[pk: string, sk: number]>, seconds: number) => {
    const events: string[] = [];
    for (let second = 0; second < seconds; second++) {
      for (let write = 0; write < 12; write++) {
        const [pk, sk] = items[write % items.length] as [string, number];
        const Item = { pk: S(pk), sk: N(sk) };
        const { world: told = [] } = one.db.handle('PutItem', { TableName: 'Things', Item });
        for (const { kind, text } of told) if (kind === 'split') events.push(text);
      }
      one.db.advance(1000);
    }
    return events;
  };

  test('is split where its traffic halves, and both halves then serve', () => {
    const one = bench(world);
    expect(
      heat(
        one,
        [
          ['a', 1],
          ['b', 1],
        ],
        2,
      ),
    ).toEqual([]);
    expect(
      heat(
        one,
        [
          ['a', 1],
          ['b', 1],
        ],
        1,
      ),
    ).toEqual(['partition 1 of table Things was hot and is split: partition 2 takes a half']);
    const places = ['a', 'b'].map((pk) => one.db.partitionOf('Things', { pk: S(pk), sk: N(1) }));
    expect(new Set(places.map(({ partition }) => partition))).toEqual(new Set([1, 2]));
    expect(
      heat(
        one,
        [
          ['a', 1],
          ['b', 1],
        ],
        10,
      ),
    ).toEqual([]);
  });

  test('is split within an item collection too, by the sort key', () => {
    const one = bench(world);
    heat(
      one,
      [
        ['a', 1],
        ['a', 2],
      ],
      3,
    );
    const [first, second] = one.db.partitions('Things');
    expect(first).toMatchObject({ items: 1, sharesCollection: true });
    expect(second).toMatchObject({ items: 1, sharesCollection: true });
    expect(
      one.ok('Query', {
        TableName: 'Things',
        KeyConditionExpression: 'pk = :a',
        ExpressionAttributeValues: { ':a': S('a') },
      }).Count,
    ).toBe(2);
  });

  test('is not, where local indexes keep collections together', () => {
    const one = bench(world, { keys: 'pk:S, sk:N', local: { byAge: { keys: 'pk:S, age:N' } } });
    expect(
      heat(
        one,
        [
          ['a', 1],
          ['a', 2],
        ],
        3,
      ),
    ).toEqual(['partition 1 of table Things cannot be split: all of its traffic is for one key']);
  });

  test('cannot be split for a single hot item', () => {
    const one = bench(world);
    expect(heat(one, [['a', 1]], 3)).toEqual([
      'partition 1 of table Things cannot be split: all of its traffic is for one key',
    ]);
    expect(one.db.partitions('Things')).toHaveLength(1);
  });

  test('is not split for heat that comes and goes', () => {
    const one = bench(world);
    for (let time = 0; time < 4; time++) {
      expect(
        heat(
          one,
          [
            ['a', 1],
            ['b', 1],
          ],
          2,
        ),
      ).toEqual([]);
      one.db.advance(120_000);
    }
  });
});

test('A run repeats to the letter, and a snapshot goes on as the run did', () => {
  const run = (from?: Bench) => {
    const one =
      from ??
      bench({
        seed: 3,
        clock: 20,
        throttling: true,
        splitForHeat: true,
        splitAfter: 2000,
        partitionLimits: { read: 30, write: 10 },
        replicaLag: 500,
        staleShare: 0.5,
        faults: { rate: 0.05 },
      });
    const told: unknown[] = [];
    for (let at = 0; at < 600; at++) {
      const key = { pk: S(`${at % 7}`), sk: N(1) };
      told.push(one.db.handle('PutItem', { TableName: 'Things', Item: { ...key, v: N(at) } }));
      told.push(one.db.handle('GetItem', { TableName: 'Things', Key: key }));
    }
    return JSON.stringify([told, one.db.partitions('Things')]);
  };
  expect(run()).toBe(run());
  const half = bench({
    clock: 20,
    throttling: true,
    splitForHeat: true,
    splitAfter: 2000,
    partitionLimits: { read: 30, write: 10 },
    faults: { rate: 0.05 },
  });
  run(half);
  const snapshot = half.db.snapshot();
  const on = run(half);
  half.db.restore(snapshot);
  expect(run(half)).toBe(on);
  const other = bench();
  other.db.restore(snapshot);
  expect(run(other)).toBe(on);
});

/** What the tests of throughput share: tables with a bench whose clock stands still. */
import type { DynamoDBOptions } from '../../../.generated/dynamodb/engine.js';
import type { Json } from '../../../src/engine/lab/result.ts';
import { Bench, S, type TableOptions, tableRequest } from './support.ts';

export type World = NonNullable<DynamoDBOptions['world']>;

/** A bench whose clock stands still unless it is set forward, with a table of that throughput. */
export function provisioned(
  read: number,
  write: number,
  {
    world = {},
    table = {},
    index = { read: 100, write: 100 },
  }: {
    world?: World;
    table?: TableOptions;
    index?: { read: number; write: number };
  } = {},
): Bench {
  const bench = new Bench({}, { now: () => 1_000_000, world: { throttling: true, ...world } });
  bench.ok('DeleteTable', { TableName: 'Things' });
  const {
    BillingMode: _,
    GlobalSecondaryIndexes = [],
    ...request
  } = tableRequest('Things', table) as {
    BillingMode: string;
    GlobalSecondaryIndexes?: Array<Record<string, Json>>;
  };
  const units = (r: number, w: number) => ({ ReadCapacityUnits: r, WriteCapacityUnits: w });
  bench.ok('CreateTable', {
    ...request,
    ProvisionedThroughput: units(read, write),
    ...(GlobalSecondaryIndexes.length > 0 && {
      GlobalSecondaryIndexes: GlobalSecondaryIndexes.map((one) => ({
        ...one,
        ProvisionedThroughput: units(index.read, index.write),
      })),
    }),
  } as Json);
  return bench;
}

export const put = (bench: Bench, item: Record<string, Json>) =>
  bench.db.handle('PutItem', { TableName: 'Things', Item: item });

/** How many puts of different items go through, one after the other, until one is refused. */
export function putsUntilRefused(bench: Bench, most = 10_000): number {
  for (let count = 0; count < most; count++) {
    if (put(bench, { pk: S(`${count}`) }).status !== 200) return count;
  }
  return most;
}

export const arn = (index = '') =>
  `arn:aws:dynamodb:us-east-1:123456789012:table/Things${index && `/index/${index}`}`;

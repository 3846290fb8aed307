/** What the tests of global tables share: a world of three Regions. */
import type { DynamoDB, DynamoDBOptions } from '../../../.generated/dynamodb/engine.js';
import type { Json } from '../../../src/engine/lab/result.ts';
import { type Answer, Bench, S, type TableOptions } from './support.ts';

export const HOME = 'us-east-1';

export const AWAY = 'eu-west-1';

export const THIRD = 'ap-south-1';

type World = NonNullable<DynamoDBOptions['world']>;

/** A world of three Regions with the table Things in the first. */
export function regions(world: World = {}, table: TableOptions = {}) {
  const { db, ...bench } = new Bench(table, {
    now: () => 1_000_000,
    world: { regions: [HOME, AWAY, THIRD], regionLag: 1000, ...world },
  });
  return { db, ...bench, ...requests(db) };
}

export function requests(db: DynamoDB) {
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

/** What the tests of UpdateTable share: tables to be changed, and what became of them. */
import { type Answer, Bench } from './support.ts';

export const INVALID = 'One or more parameter values were invalid: ';

export const units = (ReadCapacityUnits: number, WriteCapacityUnits = ReadCapacityUnits) => ({
  ReadCapacityUnits,
  WriteCapacityUnits,
});

export const Create = (IndexName: string, more: object = {}) => ({
  Create: {
    IndexName,
    KeySchema: [{ AttributeName: 'tag', KeyType: 'HASH' }],
    Projection: { ProjectionType: 'ALL' },
    ...more,
  },
});

export const withTag = { AttributeDefinitions: [{ AttributeName: 'tag', AttributeType: 'S' }] };

export function update(bench: Bench, request: object): Answer {
  return bench.ok('UpdateTable', { TableName: 'Things', ...request }).TableDescription;
}

export function refusal(bench: Bench, request: object): Answer {
  return bench.refused('UpdateTable', { TableName: 'Things', ...request });
}

export function described(bench: Bench): Answer {
  return bench.ok('DescribeTable', { TableName: 'Things' }).Table;
}

/** An on-demand table with an index; or a provisioned one, both with five units. */
export function onDemand(): Bench {
  const bench = new Bench();
  update(bench, { ...withTag, GlobalSecondaryIndexUpdates: [Create('byTag')] });
  return bench;
}

export function provisioned(now = () => 0): Bench {
  const bench = new Bench({}, { now });
  update(bench, { BillingMode: 'PROVISIONED', ProvisionedThroughput: units(5) });
  const index = Create('byTag', { ProvisionedThroughput: units(5) });
  update(bench, { ...withTag, GlobalSecondaryIndexUpdates: [index] });
  return bench;
}

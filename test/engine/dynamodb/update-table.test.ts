/** UpdateTable: what can be changed, alone or together. */
import { describe, expect, it } from 'vitest';
import { type Answer, Bench } from './support.ts';
import {
  described,
  INVALID,
  onDemand,
  provisioned,
  refusal,
  units,
  update,
} from './update-table.support.ts';

describe('UpdateTable changes', () => {
  it('deletion protection, which DeleteTable then respects', () => {
    const bench = new Bench();
    expect(update(bench, { DeletionProtectionEnabled: true })).toMatchObject({
      TableStatus: 'ACTIVE',
      DeletionProtectionEnabled: true,
    });
    expect(bench.refused('DeleteTable', { TableName: 'Things' })).toEqual({
      name: 'ValidationException',
      message:
        'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
    });
    update(bench, { DeletionProtectionEnabled: false });
    bench.ok('DeleteTable', { TableName: 'Things' });
  });

  it('table class and encryption', () => {
    const bench = new Bench();
    update(bench, { TableClass: 'STANDARD_INFREQUENT_ACCESS' });
    update(bench, { SSESpecification: { Enabled: true } });
    expect(described(bench)).toMatchObject({
      TableClassSummary: { TableClass: 'STANDARD_INFREQUENT_ACCESS' },
      SSEDescription: { Status: 'ENABLED', SSEType: 'KMS' },
    });
    update(bench, { SSESpecification: { Enabled: false } });
    expect(described(bench)).not.toHaveProperty('SSEDescription');
  });

  it('ceilings of on-demand throughput, of which -1 takes one away', () => {
    const bench = onDemand();
    update(bench, { OnDemandThroughput: { MaxReadRequestUnits: 20, MaxWriteRequestUnits: 10 } });
    update(bench, { OnDemandThroughput: { MaxReadRequestUnits: -1 } });
    const index = { IndexName: 'byTag', OnDemandThroughput: { MaxReadRequestUnits: 7 } };
    update(bench, { GlobalSecondaryIndexUpdates: [{ Update: index }] });
    expect(described(bench)).toMatchObject({
      OnDemandThroughput: { MaxWriteRequestUnits: 10 },
      GlobalSecondaryIndexes: [{ OnDemandThroughput: { MaxReadRequestUnits: 7 } }],
    });
    expect(described(bench).OnDemandThroughput).not.toHaveProperty('MaxReadRequestUnits');
    expect(refusal(bench, { OnDemandThroughput: { MaxReadRequestUnits: 0 } }).message).toBe(
      `${INVALID}Requested MaxReadRequestUnits for OnDemandThroughput for table is outside of valid range`,
    );
  });

  it('warm throughput, upwards only', () => {
    const bench = onDemand();
    expect(described(bench)).toMatchObject({
      WarmThroughput: { ReadUnitsPerSecond: 12000, WriteUnitsPerSecond: 4000, Status: 'ACTIVE' },
      GlobalSecondaryIndexes: [{ WarmThroughput: { ReadUnitsPerSecond: 12000 } }],
    });
    update(bench, { WarmThroughput: { ReadUnitsPerSecond: 13000 } });
    expect(described(bench).WarmThroughput).toMatchObject({
      ReadUnitsPerSecond: 13000,
      WriteUnitsPerSecond: 4000,
    });
    expect(refusal(bench, { WarmThroughput: { ReadUnitsPerSecond: 12999 } }).message).toBe(
      `${INVALID}Requested ReadUnitsPerSecond for WarmThroughput for table is lower than current WarmThroughput, decreasing WarmThroughput is not supported`,
    );
  });

  it('billing, which takes the units of every index with it', () => {
    const bench = onDemand();
    const table = { BillingMode: 'PROVISIONED', ProvisionedThroughput: units(5) };
    expect(refusal(bench, { BillingMode: 'PROVISIONED' }).message).toBe(
      `${INVALID}ProvisionedThroughput must be specified when BillingMode is PROVISIONED`,
    );
    expect(refusal(bench, table).message).toBe(
      `${INVALID}ProvisionedThroughput must be specified for index: byTag`,
    );
    const index = { Update: { IndexName: 'byTag', ProvisionedThroughput: units(3) } };
    update(bench, { ...table, GlobalSecondaryIndexUpdates: [index] });
    expect(described(bench)).toMatchObject({
      BillingModeSummary: { BillingMode: 'PROVISIONED' },
      ProvisionedThroughput: units(5),
      GlobalSecondaryIndexes: [{ ProvisionedThroughput: units(3) }],
    });
    update(bench, { BillingMode: 'PAY_PER_REQUEST' });
    expect(described(bench)).toMatchObject({
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      ProvisionedThroughput: units(0),
      GlobalSecondaryIndexes: [{ ProvisionedThroughput: units(0) }],
    });
    expect(refusal(bench, { ProvisionedThroughput: units(5) }).message).toBe(
      `${INVALID}Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST`,
    );
  });

  it('throughput, in which something must change', () => {
    const bench = provisioned();
    update(bench, { ProvisionedThroughput: units(5, 6) });
    expect(refusal(bench, { ProvisionedThroughput: units(5, 6) }).message).toMatch(
      /^The provisioned throughput for the table will not change\. The requested value equals/,
    );
    const same = { Update: { IndexName: 'byTag', ProvisionedThroughput: units(5) } };
    expect(refusal(bench, { GlobalSecondaryIndexUpdates: [same] }).message).toBe(
      'The provisioned throughput for the index byTag will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for index byTag: 5. Requested ReadCapacityUnits: 5. Current WriteCapacityUnits provisioned for index byTag: 5. Requested WriteCapacityUnits: 5. Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.',
    );
    expect(refusal(bench, { ProvisionedThroughput: units(40_001) })).toMatchObject({
      name: 'LimitExceededException',
      message: expect.stringMatching(
        /^The requested ReadCapacityUnits, 40001, is above the per table maximum for the account in us-east-1\. Per table maximum: 40000\./,
      ),
    });
  });

  it('throughput, whose change has a time at once and units when it is done', () => {
    let now = 1_000_000;
    const bench = provisioned(() => now);
    bench.db.configure({ tableUpdate: 2000, indexUpdate: 2000 });
    const index = { Update: { IndexName: 'byTag', ProvisionedThroughput: units(2) } };
    const more = { ProvisionedThroughput: units(7), GlobalSecondaryIndexUpdates: [index] };
    const announced = update(bench, more);
    expect(announced.ProvisionedThroughput).toEqual({
      ...units(5),
      NumberOfDecreasesToday: 0,
      LastIncreaseDateTime: 1000,
    });
    expect(announced.GlobalSecondaryIndexes[0].ProvisionedThroughput).toEqual({
      ...units(5),
      NumberOfDecreasesToday: 0,
      LastDecreaseDateTime: 1000,
    });
    now += 2000;
    const done = described(bench);
    expect(done.ProvisionedThroughput).toEqual({
      ...units(7),
      NumberOfDecreasesToday: 0,
      LastIncreaseDateTime: 1002,
    });
    expect(done.GlobalSecondaryIndexes[0].ProvisionedThroughput).toEqual({
      ...units(2),
      NumberOfDecreasesToday: 1,
      LastDecreaseDateTime: 1002,
    });
  });

  it('billing, whose answer tells the new mode and not yet since when', () => {
    const bench = provisioned(() => 1_000_000);
    const { BillingModeSummary, ProvisionedThroughput } = update(bench, {
      BillingMode: 'PAY_PER_REQUEST',
    });
    expect(BillingModeSummary.BillingMode).toBe('PAY_PER_REQUEST');
    expect(ProvisionedThroughput).toEqual({
      ...units(0),
      NumberOfDecreasesToday: 0,
      LastDecreaseDateTime: 1000,
    });
    expect(described(bench).BillingModeSummary).toEqual({
      BillingMode: 'PAY_PER_REQUEST',
      LastUpdateToPayPerRequestDateTime: 1000,
    });
  });

  it('throughput downwards four times a day, then once an hour', () => {
    let now = Date.parse('2026-03-24T09:07:28Z');
    const bench = provisioned(() => now);
    const lower = (read: number) => ({ ProvisionedThroughput: units(read, 9) });
    update(bench, lower(9));
    for (const read of [8, 7, 6, 5]) update(bench, lower(read));
    expect(described(bench).ProvisionedThroughput.NumberOfDecreasesToday).toBe(4);
    expect(refusal(bench, lower(4))).toEqual({
      name: 'LimitExceededException',
      message:
        'Subscriber limit exceeded: Provisioned throughput decreases are limited within a given UTC day. After the first 4 decreases, each subsequent decrease in the same UTC day can be performed at most once every 3600 seconds. Number of decreases today: 4. Last decrease at Tuesday, March 24, 2026 9:07:28 AM UTC. Next decrease can be made at Tuesday, March 24, 2026 10:07:28 AM UTC',
    });
    update(bench, { ProvisionedThroughput: units(10) });
    now += 3_600_000;
    update(bench, lower(4));
    now += 86_400_000;
    update(bench, lower(3));
    expect(described(bench).ProvisionedThroughput.NumberOfDecreasesToday).toBe(1);
  });

  it('definitions with the indexes that need them', () => {
    const bench = onDemand();
    const names = () =>
      described(bench).AttributeDefinitions.map((one: Answer) => one.AttributeName);
    expect(names()).toEqual(['pk', 'tag']);
    update(bench, { GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'byTag' } }] });
    expect(names()).toEqual(['pk']);
    expect(described(bench)).not.toHaveProperty('GlobalSecondaryIndexes');
  });
});

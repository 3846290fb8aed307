/** A lab names the differences from AWS that its recorded requests touch, and no others. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { touchedBy } from '../../src/components/difference/touched.ts';
import { type Difference, differencesSchema } from '../../src/config/difference.ts';
import { listLabs, loadLab } from '../../src/engine/lab/load.ts';
import type { DynamoDBCall, LabRun } from '../../src/engine/lab/result.ts';

const metering = { tables: [], itemsRead: 0, itemsReturned: 0, itemsWritten: 0, partitionKeys: 0 };

function run(...calls: Array<Partial<DynamoDBCall>>): Pick<LabRun, 'dynamodb'> {
  const whole = calls.map((call) => ({
    operation: 'GetItem',
    request: {},
    status: 200,
    response: {},
    metering,
    ...call,
  }));
  return { dynamodb: { steps: [{ name: '', status: 'ok', calls: whole, console: [] }] } };
}

const difference = (touches: Difference['touches']): Difference => ({
  id: 'one',
  title: 'One',
  kind: 'unknown',
  there: '',
  here: '',
  touches,
  checked: '2026-01-01',
  sources: [],
});

test('an operation, an exception and a member must all be there', () => {
  const scan = difference([{ operation: 'Scan' }]);
  const cancelled = difference([
    { operation: 'TransactWriteItems', error: 'TransactionCanceledException' },
  ]);
  const check = difference([{ operation: 'TransactWriteItems', member: 'ConditionCheck' }]);
  const all = [scan, cancelled, check];
  expect(touchedBy(run({}), all)).toEqual([]);
  expect(touchedBy(run({ operation: 'Scan' }), all)).toEqual([scan]);
  const operation = 'TransactWriteItems';
  expect(touchedBy(run({ operation }), all)).toEqual([]);
  const __type = 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException';
  expect(touchedBy(run({ operation, status: 400, response: { __type } }), all)).toEqual([
    cancelled,
  ]);
  const request = { TransactItems: [{ ConditionCheck: { TableName: 'Orders' } }] };
  expect(touchedBy(run({ operation, request }), all)).toEqual([check]);
});

test('the differences that are written down have ids of their own, and labs touch some', async () => {
  const file = 'src/content/differences/dynamodb.yaml';
  const { differences } = differencesSchema.parse(parse(readFileSync(file, 'utf8')));
  const ids = differences.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const touched = new Set<string>();
  for (const lab of await listLabs()) {
    const { expected } = await loadLab(lab);
    for (const { id } of touchedBy(expected, differences)) touched.add(id);
  }
  expect([...touched]).toContain('units-of-a-cancelled-transaction');
});

/** The estimates of the chapter on costs: from the dated prices, and the same in its text and its labs. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { chosenPrices, priceText } from '@/components/price/chosen.ts';
import {
  breakEven,
  cents,
  DYNAMO_SCENARIOS,
  dynamoMonth,
  RDS_SCENARIOS,
  rdsMonth,
  usdOf,
} from '@/components/price/scenarios.ts';
import { type Prices, pricesSchema } from '@/config/price.ts';

const all = pricesSchema.parse(parse(readFileSync('src/content/prices.yaml', 'utf8'))) as Prices;
const chapter = readFileSync('src/content/docs/guide/costs-pricing.mdx', 'utf8');
const lab = (name: string, file: string) =>
  readFileSync(`examples/costs-pricing/${name}/${file}`, 'utf8');

/** Every scenario's totals as printed. */
const dynamo = DYNAMO_SCENARIOS.map((scenario) => {
  const { provisioned, free, onDemand } = dynamoMonth(scenario, all);
  return [cents(provisioned), cents(free), cents(onDemand)];
});
const rds = RDS_SCENARIOS.map((scenario) => cents(rdsMonth(scenario, all).total));

test('the three tables of the guide cost other than it says', () => {
  expect(dynamo).toEqual([
    ['$5.35', '$0.00', '$12.36'],
    ['$45.72', '$24.96', '$127.48'],
    ['$457.15', '$436.39', '$1,274.75'],
  ]);
});

test('two of the three databases of the guide cost what it says', () => {
  expect(rds).toEqual(['$15.44', '$282.88', '$2,362.50']);
});

test('both modes cost the same at 28.9% of the units in use', () => {
  expect((breakEven(all) * 100).toFixed(1)).toBe('28.9');
  const read = usdOf(all, 'dynamodb-on-demand-read') * 0.0036;
  expect(usdOf(all, 'dynamodb-provisioned-read') / read).toBeCloseTo(breakEven(all), 4);
});

test('the text of the chapter has these numbers', () => {
  for (const amount of [
    ...dynamo.map(([first]) => first),
    ...dynamo.map((row) => row[2]),
    ...rds,
  ]) {
    expect(chapter, amount).toContain(amount as string);
  }
  expect(chapter).toContain('28.9%');
});

test('the labs calculate with the prices of the table', () => {
  const typed = [
    ['unit-meter', 'dynamodb.ts', 'dynamodb-on-demand-read', 'read: 0.125'],
    ['unit-meter', 'dynamodb.ts', 'dynamodb-on-demand-write', 'write: 0.625'],
    ['unit-meter', 'postgres.sql', 'rds-t4g-micro-single-zone', '0.016'],
    ['six-bills', 'dynamodb.ts', 'dynamodb-provisioned-read', 'read: 0.00013'],
    ['six-bills', 'dynamodb.ts', 'dynamodb-provisioned-write', 'write: 0.00065'],
    ['six-bills', 'dynamodb.ts', 'dynamodb-on-demand-read', 'read: 0.125'],
    ['six-bills', 'dynamodb.ts', 'dynamodb-on-demand-write', 'write: 0.625'],
    ['six-bills', 'dynamodb.ts', 'dynamodb-storage-standard', 'storage = 0.25'],
    ['six-bills', 'postgres.sql', 'rds-t3-micro-single-zone', "('db.t3.micro', 0.018)"],
    ['six-bills', 'postgres.sql', 'rds-m5-large-single-zone', "('db.m5.large', 0.178)"],
    ['six-bills', 'postgres.sql', 'rds-r5-2xlarge-single-zone', "('db.r5.2xlarge', 1)"],
    ['six-bills', 'postgres.sql', 'rds-gp3-single-zone', '0.115'],
    ['idle-and-growth', 'dynamodb.ts', 'dynamodb-storage-standard', 'storage = 0.25'],
    ['idle-and-growth', 'postgres.sql', 'rds-t4g-micro-single-zone', "('db.t4g.micro', 0.016)"],
    ['idle-and-growth', 'postgres.sql', 'rds-t4g-medium-single-zone', "('db.t4g.medium', 0.065)"],
    ['idle-and-growth', 'postgres.sql', 'rds-m6g-large-single-zone', "('db.m6g.large', 0.159)"],
    ['idle-and-growth', 'postgres.sql', 'rds-m6g-2xlarge-single-zone', "('db.m6g.2xlarge', 0.636)"],
    ['idle-and-growth', 'postgres.sql', 'aurora-capacity-unit', '0.12 / 2'],
    ['idle-and-growth', 'postgres.sql', 'aurora-storage', '10, 0.1)'],
    ['idle-and-growth', 'postgres.sql', 'rds-gp3-single-zone', '20, 0.115)'],
    ['idle-and-growth', 'dynamodb.ts', 'dynamodb-on-demand-write', 'million: 0.625'],
    ['idle-and-growth', 'dynamodb.ts', 'dynamodb-provisioned-write', 'unitHour: 0.00065'],
    ['storage', 'dynamodb.ts', 'dynamodb-storage-standard', 'storage = 0.25'],
    ['storage', 'postgres.sql', 'rds-gp3-single-zone', '0.115'],
  ] as const;
  for (const [name, file, id, piece] of typed) {
    expect(lab(name, file), `${name}/${file}`).toContain(piece);
    expect(piece, id).toContain(String(usdOf(all, id)));
  }
});

test('a price without a date, or without an entry, is not shown', () => {
  expect(() => chosenPrices(all, ['aurora-nothing'])).toThrow('aurora-nothing');
  expect(() => chosenPrices(all, ['dsql-storage'])).toThrow('no date');
  expect(chosenPrices(all, ['rds-gp3-single-zone'])[0]?.source.url).toContain('aws.amazon.com');
});

test('list prices keep all their figures', () => {
  expect([0.00013, 0.115, 0.2, 150, 1].map(priceText)).toEqual([
    '$0.00013',
    '$0.115',
    '$0.20',
    '$150',
    '$1.00',
  ]);
});

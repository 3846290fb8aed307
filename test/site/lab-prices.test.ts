/** Dollars per million: metered units times dated list prices. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { dateWords, dollars, perMillion, unitPrices } from '@/components/lab/prices.ts';
import { type Prices, pricesSchema } from '@/config/price.ts';

const all = () =>
  pricesSchema.parse(parse(readFileSync('src/content/prices.yaml', 'utf8'))) as Prices;
const prices = {
  region: 'here',
  regionName: 'Somewhere',
  asOf: { onDemand: '2026-09', provisioned: '2026-07' },
  url: 'https://example.com/',
  onDemand: { read: 0.125, write: 0.625 },
  provisioned: { read: 0.00013, write: 0.00065 },
};

test('the file holds dated prices of what labs use, read on demand and provisioned', () => {
  const picked = unitPrices(all());
  expect(picked.regionName).toBe('US East (N. Virginia)');
  expect(picked.asOf).toEqual({ onDemand: '2026-09-29', provisioned: '2026-07-30' });
  expect(picked.onDemand).toEqual({ read: 0.125, write: 0.625 });
  expect(picked.provisioned).toEqual({ read: 0.00013, write: 0.00065 });
});

test('no price without a source, and none that says it was checked without a date', () => {
  for (const { id, evidence, asOf } of all().prices) {
    if (evidence === 'aws' || evidence === 'price-list') expect(asOf, id).toBeDefined();
  }
  const broken = { ...all(), sources: [] };
  expect(pricesSchema.safeParse(broken).error?.message).toContain('not in `sources`');
});

test('a price that labs need and that is missing is named', () => {
  const rest = all().prices.filter(({ id }) => id !== 'dynamodb-provisioned-read');
  expect(() => unitPrices({ ...all(), prices: rest })).toThrow('dynamodb-provisioned-read');
});

test('a million of an operation, on demand', () => {
  expect(perMillion({ read: 0.5, write: 0 }, prices).onDemand).toBe(0.0625);
  expect(perMillion({ read: 1, write: 12 }, prices).onDemand).toBe(7.625);
  expect(perMillion({ read: 0, write: 0 }, prices).onDemand).toBe(0);
});

test('the same with provisioned capacity that is always in use: units by the second, prices by the hour', () => {
  // One write each second for an hour is 3,600 writes for the price of one unit for an hour.
  expect(perMillion({ read: 0, write: 1 }, prices).provisioned).toBeCloseTo(0.18056, 5);
  expect(perMillion({ read: 2, write: 0 }, prices).provisioned).toBeCloseTo(0.07222, 5);
});

test('dollars have cents, and small amounts three figures', () => {
  expect([0, 0.0625, 0.125, 7.5, 12.34567, 1250].map(dollars)).toEqual([
    '$0.00',
    '$0.0625',
    '$0.125',
    '$7.50',
    '$12.35',
    '$1,250.00',
  ]);
});

test('a date says no more than is known', () => {
  expect(['2026-09-29', '2026-09', '2026'].map(dateWords)).toEqual([
    '29 September 2026',
    'September 2026',
    '2026',
  ]);
});

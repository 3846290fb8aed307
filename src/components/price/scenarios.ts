/** The six monthly estimates of the guide, worked out from dated list prices. */
import type { Prices } from '../../config/price.ts';

/** Read and write units a second, and gigabytes, as the guide gives them. */
export interface DynamoScenario {
  name: string;
  rcu: number;
  wcu: number;
  gb: number;
  /** The guide's estimate in dollars a month, as it prints it. */
  guide: string;
}

/** An instance class with its storage, as the guide gives it. */
export interface RdsScenario {
  name: string;
  /** The id of its price for an hour in one zone. */
  instance: string;
  className: string;
  gb: number;
  zones: 1 | 2;
  replicas: number;
  guide: string;
}

export const DYNAMO_SCENARIOS: readonly DynamoScenario[] = [
  { name: 'Small', rcu: 5, wcu: 5, gb: 10, guide: '$10-15' },
  { name: 'Medium', rcu: 100, wcu: 50, gb: 50, guide: '$100-150' },
  { name: 'Large', rcu: 1000, wcu: 500, gb: 500, guide: '$1000-1500' },
];

export const RDS_SCENARIOS: readonly RdsScenario[] = [
  {
    name: 'Small',
    instance: 'rds-t3-micro-single-zone',
    className: 'db.t3.micro',
    gb: 20,
    zones: 1,
    replicas: 0,
    guide: '$15-25',
  },
  {
    name: 'Medium',
    instance: 'rds-m5-large-single-zone',
    className: 'db.m5.large',
    gb: 100,
    zones: 2,
    replicas: 0,
    guide: '$250-350',
  },
  {
    name: 'Large',
    instance: 'rds-r5-2xlarge-single-zone',
    className: 'db.r5.2xlarge',
    gb: 500,
    zones: 2,
    replicas: 1,
    guide: '$1500-2000',
  },
];

/** Always free in a Region of an account, of provisioned Standard tables: unit-hours a month, gigabytes. */
const FREE = { unitHours: 18_600, gb: 25 };
const SECONDS_PER_HOUR = 3600;
const MILLION = 1_000_000;

/** Finds a price by its id. Throws an Error that names one that is missing. */
export function usdOf({ prices }: Prices, id: string): number {
  const price = prices.find((one) => one.id === id);
  if (!price) throw new Error(`src/content/prices.yaml has no price '${id}'`);
  return price.usd;
}

/**
 * Dollars a month of a table: provisioned, the same under the free tier, and on demand with every unit
 * used in every second of the month.
 */
export function dynamoMonth(
  { rcu, wcu, gb }: Pick<DynamoScenario, 'rcu' | 'wcu' | 'gb'>,
  all: Prices,
) {
  const hours = all.hoursPerMonth;
  const read = usdOf(all, 'dynamodb-provisioned-read');
  const write = usdOf(all, 'dynamodb-provisioned-write');
  const storage = usdOf(all, 'dynamodb-storage-standard');
  const charged = (units: number) => Math.max(0, units * hours - FREE.unitHours);
  const requests = (units: number) => (units * hours * SECONDS_PER_HOUR) / MILLION;
  return {
    provisioned: rcu * hours * read + wcu * hours * write + gb * storage,
    free: charged(rcu) * read + charged(wcu) * write + Math.max(0, gb - FREE.gb) * storage,
    onDemand:
      requests(rcu) * usdOf(all, 'dynamodb-on-demand-read') +
      requests(wcu) * usdOf(all, 'dynamodb-on-demand-write') +
      gb * storage,
  };
}

/** Dollars a month of an RDS database: the primary in its zones, and replicas in one zone each. */
export function rdsMonth(scenario: Omit<RdsScenario, 'name' | 'className' | 'guide'>, all: Prices) {
  const { instance, gb, zones, replicas } = scenario;
  const hourly = usdOf(all, instance);
  const gp3 = usdOf(all, 'rds-gp3-single-zone');
  const one = hourly * all.hoursPerMonth + gb * gp3;
  return { primary: one * zones, replicas: one * replicas, total: one * (zones + replicas) };
}

/** The share of provisioned units in use at which both modes cost the same. */
export function breakEven(all: Prices): number {
  const hour = (usdOf(all, 'dynamodb-on-demand-write') / MILLION) * SECONDS_PER_HOUR;
  return usdOf(all, 'dynamodb-provisioned-write') / hour;
}

/** Cents, rounded as a bill is: half a cent up, whatever a binary fraction makes of it. */
export function cents(usd: number): string {
  const rounded = Math.round(usd * 100 + 1e-6) / 100;
  return rounded.toLocaleString('en', { style: 'currency', currency: 'USD' });
}

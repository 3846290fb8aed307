/** What an operation costs in dollars: from metered units and dated list prices. */
import type { Prices } from '../../config/price.ts';
import type { Units } from '../../engine/lab/result.ts';

/** The list prices of reads and writes of DynamoDB, Standard table class. */
export interface UnitPrices {
  /** The Region whose prices these are: `us-east-1`, `US East (N. Virginia)`. */
  region: string;
  regionName: string;
  /** The day, month or year of the older of two prices. */
  asOf: { onDemand: string; provisioned: string };
  /** Where AWS shows its prices. */
  url: string;
  /** Dollars for a million request units. */
  onDemand: Units;
  /** Dollars for one capacity unit for an hour. */
  provisioned: Units;
}

const SECONDS_PER_HOUR = 3600;
const MILLION = 1_000_000;

/** Picks what the lab needs out of all prices. Throws an Error that names a price that is missing or has no date. */
export function unitPrices({ prices, region, regionName }: Prices): UnitPrices {
  const find = (id: string) => {
    const price = prices.find((one) => one.id === id);
    if (price?.asOf === undefined)
      throw new Error(`src/content/prices.yaml has no dated price ${id}: labs need it`);
    return { usd: price.usd, asOf: price.asOf };
  };
  const picked = {
    onDemand: {
      read: find('dynamodb-on-demand-read'),
      write: find('dynamodb-on-demand-write'),
    },
    provisioned: {
      read: find('dynamodb-provisioned-read'),
      write: find('dynamodb-provisioned-write'),
    },
  };
  const dollars = ({ read, write }: Record<keyof Units, { usd: number }>) => ({
    read: read.usd,
    write: write.usd,
  });
  const older = ({ read, write }: Record<keyof Units, { asOf: string }>) =>
    [read.asOf, write.asOf].sort()[0] as string;
  return {
    region,
    regionName,
    asOf: { onDemand: older(picked.onDemand), provisioned: older(picked.provisioned) },
    url: 'https://aws.amazon.com/dynamodb/pricing/',
    onDemand: dollars(picked.onDemand),
    provisioned: dollars(picked.provisioned),
  };
}

/**
 * Dollars for doing this a million times: on demand, and with provisioned capacity that is in use all
 * the time, which no real table reaches. A capacity unit is good for one request unit a second.
 * Storage, backups and data transfer are apart from it, and so are bytes of vector indexes and the
 * writes that a global table makes in its other Regions.
 * Source: DynamoDB Developer Guide, "DynamoDB throughput capacity".
 */
export function perMillion(
  { read, write }: Units,
  { onDemand, provisioned }: UnitPrices,
): { onDemand: number; provisioned: number } {
  const sum = (prices: Units) => read * prices.read + write * prices.write;
  return { onDemand: sum(onDemand), provisioned: (sum(provisioned) / SECONDS_PER_HOUR) * MILLION };
}

/** `$7.50`, `$0.0625`: cents at least, and three figures of what is less than a dollar. */
export function dollars(amount: number): string {
  const places = amount > 0 && amount < 1 ? 2 - Math.floor(Math.log10(amount)) : 2;
  return amount.toLocaleString('en', {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: 2,
    maximumFractionDigits: places,
  });
}

/** `29 September 2026` of `2026-09-29`; a month or a year alone where no more is known. */
export function dateWords(asOf: string): string {
  const [year, month, day] = asOf.split('-');
  return new Date(`${year}-${month ?? '01'}-${day ?? '01'}T00:00:00Z`).toLocaleDateString('en-GB', {
    year: 'numeric',
    ...(month !== undefined && { month: 'long' }),
    ...(day !== undefined && { day: 'numeric' }),
    timeZone: 'UTC',
  });
}

/** Rules about throughput, in its three forms: provisioned, on demand with a ceiling, and warm. */
import { limitExceeded } from '../request/errors.ts';
import type {
  BillingMode,
  OnDemandThroughput,
  Throughput,
  WarmThroughput,
} from '../storage/description.ts';

const INVALID = 'One or more parameter values were invalid: ';

/** The largest number that a request may name at all. */
const LARGEST = 1_000_000_000_000;

/**
 * What an account may provision in a Region, and what one table may, in read and in write units a second.
 * Source: DynamoDB Developer Guide, "Quotas", default throughput quotas.
 */
export const ACCOUNT_UNITS = 80_000;
export const TABLE_UNITS = 40_000;

/**
 * What a new table or index on demand serves at once, in read and write units a second.
 * Source: DynamoDB Developer Guide, "Understanding DynamoDB warm throughput".
 */
export const ON_DEMAND_WARM: Required<WarmThroughput> = {
  ReadUnitsPerSecond: 12_000,
  WriteUnitsPerSecond: 4_000,
};

/** The warm throughput of what serves so much when provisioned, or on demand. It never becomes less. */
export function warmThroughput(
  provisioned: Throughput | undefined,
  before: WarmThroughput = {},
): Required<WarmThroughput> {
  const given =
    provisioned === undefined
      ? ON_DEMAND_WARM
      : {
          ReadUnitsPerSecond: provisioned.ReadCapacityUnits,
          WriteUnitsPerSecond: provisioned.WriteCapacityUnits,
        };
  const { ReadUnitsPerSecond: read = 0, WriteUnitsPerSecond: write = 0 } = before;
  return {
    ReadUnitsPerSecond: Math.max(given.ReadUnitsPerSecond, read),
    WriteUnitsPerSecond: Math.max(given.WriteUnitsPerSecond, write),
  };
}

/** What is wrong with provisioned throughput of any size. */
export function outOfBoundsProblem(throughput: Throughput | undefined): string | undefined {
  for (const name of ['ReadCapacityUnits', 'WriteCapacityUnits'] as const) {
    const units = throughput?.[name] ?? 0;
    if (units > LARGEST) return `Given value ${units} for ${name} is out of bounds`;
  }
  return undefined;
}

/** Throws LimitExceededException for more than a table of this account may provision. */
export function requireWithinQuota(throughput: Throughput | undefined, region: string): void {
  for (const name of ['ReadCapacityUnits', 'WriteCapacityUnits'] as const) {
    const units = throughput?.[name] ?? 0;
    if (units > TABLE_UNITS) {
      throw limitExceeded(
        `The requested ${name}, ${units}, is above the per table maximum for the account in ${region}. Per table maximum: ${TABLE_UNITS}. Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.`,
      );
    }
  }
}

/** What is wrong with the ceiling of a table or index; `cleared` allows -1, which takes a ceiling away. */
export function onDemandProblem(
  throughput: OnDemandThroughput | undefined,
  billing: BillingMode,
  index?: string,
  cleared = false,
): string | undefined {
  const of = index === undefined ? '' : ` for index : ${index}`;
  for (const name of ['MaxReadRequestUnits', 'MaxWriteRequestUnits'] as const) {
    const units = throughput?.[name];
    if (units === undefined) continue;
    if (billing === 'PROVISIONED') {
      return `${INVALID}${name} for OnDemandThroughput${of} cannot be specified when the table BillingMode is PROVISIONED`;
    }
    if (units < 1 && !(cleared && units === -1)) {
      return `${INVALID}Requested ${name} for OnDemandThroughput${of || ' for table'} is outside of valid range`;
    }
  }
  return undefined;
}

/** What is wrong with the warm throughput of a new table or index: less than it has anyway. */
export function warmProblem(
  throughput: WarmThroughput | undefined,
  billing: BillingMode,
  provisioned: Throughput | undefined,
  index?: string,
): string | undefined {
  const of = index === undefined ? 'table' : `index ${index}`;
  const least = warmThroughput(billing === 'PROVISIONED' ? provisioned : undefined);
  for (const name of ['ReadUnitsPerSecond', 'WriteUnitsPerSecond'] as const) {
    if ((throughput?.[name] ?? least[name]) >= least[name]) continue;
    const lower = `${INVALID}Requested ${name} for WarmThroughput for ${of} is lower than`;
    return billing === 'PROVISIONED'
      ? `${lower} ${name.startsWith('Read') ? 'ReadCapacityUnits' : 'WriteCapacityUnits'} of ProvisionedThroughput`
      : `${lower} initial throughput for OnDemand`;
  }
  return undefined;
}

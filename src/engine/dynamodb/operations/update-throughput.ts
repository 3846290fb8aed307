/** Changes of throughput and billing mode by UpdateTable. */
import {
  outOfBoundsProblem,
  requireWithinQuota,
  warmThroughput,
} from '../items/throughput-rules.ts';
import { limitExceeded, validationError } from '../request/errors.ts';
import {
  type BillingMode,
  billingMode,
  type GlobalIndexDescription,
  type TableDescription,
  type Throughput,
  type ThroughputDescription,
} from '../storage/description.ts';
import { throughput } from './describe.ts';
import type { Context } from './operation.ts';

/** The members of a request that are about throughput. */
export interface ThroughputInput {
  BillingMode?: BillingMode;
  ProvisionedThroughput?: Throughput;
}

const INVALID = 'One or more parameter values were invalid: ';
const MORE =
  'Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.';

/** So many decreases of a UTC day are free; further ones must lie an hour apart. */
const FREE_DECREASES = 4;
const BETWEEN_DECREASES = 3_600_000;
const DAY = 86_400_000;

/** What is wrong with the request itself. */
export function throughputInputProblem(input: ThroughputInput): string | undefined {
  if (input.BillingMode === 'PROVISIONED' && !input.ProvisionedThroughput) {
    return `${INVALID}ProvisionedThroughput must be specified when BillingMode is PROVISIONED`;
  }
  return outOfBoundsProblem(input.ProvisionedThroughput);
}

/** A change of a description, to be made when its time has come. */
export type Change = (description: TableDescription) => TableDescription;

/** What a change of throughput makes of a description. */
export interface ThroughputChange {
  /** What is shown while the table is UPDATING: the old units, and already when they were changed. */
  shown: Change;
  finish: Change;
}

/**
 * The change that the request asks for; undefined when it is none. `indexes` are those that get throughput of their
 * own in the same request. The change holds from `until` on, in milliseconds of the engine's clock.
 */
export function throughputChange(
  description: TableDescription,
  input: ThroughputInput,
  indexes: ReadonlySet<string>,
  { now, region }: Context,
  until: number,
): ThroughputChange | undefined {
  const current = billingMode(description);
  const mode = input.BillingMode ?? current;
  const { ProvisionedThroughput: wanted } = input;
  if (mode === 'PAY_PER_REQUEST') {
    if (wanted) {
      throw validationError(
        `${INVALID}Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST`,
      );
    }
    return current === mode ? undefined : toOnDemand(now() / 1000, until / 1000);
  }
  if (!wanted) return undefined;
  requireWithinQuota(wanted, region);
  if (current === 'PAY_PER_REQUEST') {
    const forgotten = description.GlobalSecondaryIndexes?.find(
      ({ IndexName }) => !indexes.has(IndexName),
    );
    if (forgotten) {
      throw validationError(
        `${INVALID}ProvisionedThroughput must be specified for index: ${forgotten.IndexName}`,
      );
    }
    return toProvisioned(wanted);
  }
  const changed = changedThroughput(description.ProvisionedThroughput, wanted, now(), until);
  return {
    shown: (one) => ({ ...one, ProvisionedThroughput: changed.shown }),
    finish: (one) => ({
      ...one,
      ProvisionedThroughput: changed.finished,
      WarmThroughput: warmThroughput(wanted, one.WarmThroughput),
    }),
  };
}

/** Counts as a decrease. When the table went on demand is not shown before it is. */
function toOnDemand(seconds: number, until: number): ThroughputChange {
  const none = throughput();
  return {
    shown: (description) => ({
      ...description,
      ProvisionedThroughput: { ...none, LastDecreaseDateTime: seconds },
      BillingModeSummary: { ...description.BillingModeSummary, BillingMode: 'PAY_PER_REQUEST' },
    }),
    finish: (description) => ({
      ...description,
      ProvisionedThroughput: { ...none, LastDecreaseDateTime: until },
      WarmThroughput: warmThroughput(undefined, description.WarmThroughput),
      BillingModeSummary: {
        BillingMode: 'PAY_PER_REQUEST',
        LastUpdateToPayPerRequestDateTime: until,
      },
      ...mapIndexes(description, (index) => ({
        ...index,
        ProvisionedThroughput: throughput(),
        WarmThroughput: warmThroughput(undefined, index.WarmThroughput),
      })),
    }),
  };
}

/** Ceilings of on-demand throughput are gone with it. */
function toProvisioned(wanted: Throughput): ThroughputChange {
  const shown: Change = (description) => ({
    ...description,
    BillingModeSummary: { ...description.BillingModeSummary, BillingMode: 'PROVISIONED' },
  });
  return {
    shown,
    finish: ({ OnDemandThroughput: _, ...description }) => ({
      ...shown(description),
      ProvisionedThroughput: throughput(wanted),
      WarmThroughput: warmThroughput(wanted, description.WarmThroughput),
      ...mapIndexes(description, ({ OnDemandThroughput: __, ...index }) => index),
    }),
  };
}

/** The member GlobalSecondaryIndexes with each index changed; nothing where there are none. */
export function mapIndexes(
  { GlobalSecondaryIndexes }: TableDescription,
  change: (index: GlobalIndexDescription) => GlobalIndexDescription,
): Pick<TableDescription, 'GlobalSecondaryIndexes'> {
  return GlobalSecondaryIndexes
    ? { GlobalSecondaryIndexes: GlobalSecondaryIndexes.map(change) }
    : {};
}

/**
 * Throughput of a table, or of the index named, as it is shown from `now` on and when the change is finished, both in
 * milliseconds. Until then only the time of the change is new. Throws ValidationException when it changes nothing,
 * and LimitExceededException when it has been decreased too often.
 * Source: DynamoDB Developer Guide, "Quotas", decreasing provisioned throughput.
 */
export function changedThroughput(
  current: ThroughputDescription,
  wanted: Throughput,
  now: number,
  until: number,
  index?: string,
): { shown: ThroughputDescription; finished: ThroughputDescription } {
  const read = wanted.ReadCapacityUnits - current.ReadCapacityUnits;
  const write = wanted.WriteCapacityUnits - current.WriteCapacityUnits;
  if (read === 0 && write === 0) throw validationError(unchanged(wanted, index));
  const last = (current.LastDecreaseDateTime ?? 0) * 1000;
  const sameDay = Math.floor(last / DAY) === Math.floor(now / DAY);
  const decreases = sameDay ? current.NumberOfDecreasesToday : 0;
  const decreased = read < 0 || write < 0;
  if (decreased && decreases >= FREE_DECREASES && now < last + BETWEEN_DECREASES) {
    throw limitExceeded(
      `Subscriber limit exceeded: Provisioned throughput decreases are limited within a given UTC day. After the first ${FREE_DECREASES} decreases, each subsequent decrease in the same UTC day can be performed at most once every ${BETWEEN_DECREASES / 1000} seconds. Number of decreases today: ${decreases}. Last decrease at ${printTime(last)}. Next decrease can be made at ${printTime(last + BETWEEN_DECREASES)}`,
    );
  }
  const times = (at: number) => ({
    ...(decreased && { LastDecreaseDateTime: at / 1000 }),
    ...((read > 0 || write > 0) && { LastIncreaseDateTime: at / 1000 }),
  });
  const NumberOfDecreasesToday = decreases + (decreased ? 1 : 0);
  return {
    shown: { ...current, ...times(now) },
    finished: { ...current, ...wanted, NumberOfDecreasesToday, ...times(until) },
  };
}

function unchanged(
  { ReadCapacityUnits: read, WriteCapacityUnits: write }: Throughput,
  index?: string,
) {
  const [what, of] =
    index === undefined ? ['the table', 'the table'] : [`the index ${index}`, `index ${index}`];
  return `The provisioned throughput for ${what} will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for ${of}: ${read}. Requested ReadCapacityUnits: ${read}. Current WriteCapacityUnits provisioned for ${of}: ${write}. Requested WriteCapacityUnits: ${write}. ${MORE}`;
}

/** As `Sunday, March 24, 2019 9:07:28 AM UTC`. */
function printTime(milliseconds: number): string {
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' }).format(milliseconds);
  const date = part({ weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' });
  const time = part({ hour: 'numeric', minute: '2-digit', second: '2-digit' });
  return `${date} ${time.replace('\u202f', ' ')} UTC`;
}

/** What DynamoDB answers to requests for which no throughput is left. */
import type { Units } from '../../lab/result.ts';
import { ApiError } from '../request/errors.ts';
import type { Index, Table } from '../storage/table.ts';
import { isProvisioned, type LimitType } from './throughput.ts';

/** Units that a request wants of a table, or of one of its global indexes. */
export interface Charge {
  table: Table;
  index: Index | undefined;
  kind: keyof Units;
  units: number;
  /** The tree key that is read or written. */
  key: string;
}

/** A limit that leaves no room for a charge. */
export interface Refusal {
  charge: Charge;
  limit: LimitType;
}

const SERVICE = 'com.amazonaws.dynamodb.v20120810#';

const CONSIDER = 'Consider increasing your provisioning level';
const PROVISIONED = `The level of configured provisioned throughput for the table was exceeded. ${CONSIDER} with the UpdateTable API.`;
const PROVISIONED_INDEXES = `The level of configured provisioned throughput for one or more global secondary indexes of the table was exceeded. ${CONSIDER} for the under-provisioned global secondary indexes with the UpdateTable API`;
const PROVISIONED_INDEX =
  'The level of configured provisioned throughput for the index was exceeded';
const SCALING =
  'Throughput exceeds the current capacity of your table or index. DynamoDB is automatically scaling your table or index so please try again shortly. If exceptions persist, check if you have a hot key: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html';
const SCALING_INDEX =
  'Throughput exceeds the current capacity for one or more global secondary indexes. DynamoDB is automatically scaling your index so please try again shortly.';
const MAXIMUM = 'Throughput exceeds the maximum OnDemandThroughput configured on table or index';
const ACCOUNT =
  'Throughput exceeds the current throughput limit for your account. Please contact AWS Support at https://aws.amazon.com/support request a limit increase';

/** The reasons as ThrottlingReasons lists them, each once. Source: Developer Guide, "Diagnosing throttling". */
export function throttlingReasons(
  refusals: readonly Refusal[],
): Array<{ reason: string; resource: string }> {
  const reasons = new Map<string, { reason: string; resource: string }>();
  for (const { charge, limit } of refusals) {
    const { table, index, kind } = charge;
    const what = (index ? 'Index' : 'Table') + (kind === 'read' ? 'Read' : 'Write');
    const arn = table.description.TableArn;
    const resource = index ? `${arn}/index/${index.name}` : arn;
    reasons.set(`${what}${limit} ${resource}`, { reason: what + limit, resource });
  }
  return [...reasons.values()];
}

/**
 * The error of a request that was throttled, named after the first reason. Hot partitions of on-demand tables are
 * reported by ThrottlingException when written, and by ProvisionedThroughputExceededException when read.
 */
export function throttled(refusals: readonly Refusal[]): ApiError {
  const [{ charge, limit }] = refusals as [Refusal, ...Refusal[]];
  const { table, index, kind } = charge;
  const reasons = throttlingReasons(refusals);
  if (limit === 'AccountLimitExceeded') {
    return new ApiError(`${SERVICE}RequestLimitExceeded`, ACCOUNT, { ThrottlingReasons: reasons });
  }
  const scales = limit === 'KeyRangeThroughputExceeded' && !isProvisioned(table);
  if (limit === 'MaxOnDemandThroughputExceeded' || (scales && kind === 'write')) {
    const scaling = index ? SCALING_INDEX : SCALING;
    return throttlingException(scales ? scaling : MAXIMUM, reasons);
  }
  const ofIndex = kind === 'write' ? PROVISIONED_INDEXES : PROVISIONED_INDEX;
  return new ApiError(
    `${SERVICE}ProvisionedThroughputExceededException`,
    index ? ofIndex : PROVISIONED,
    { ThrottlingReasons: reasons },
  );
}

/** ThrottlingException, which spells its list of reasons with a small letter. */
export function throttlingException(
  message: string,
  reasons: Array<{ reason: string; resource: string }>,
): ApiError {
  return new ApiError('com.amazon.coral.availability#ThrottlingException', message, {
    throttlingReasons: reasons,
  });
}

/** Whether an error says that a request was throttled: a batch leaves such a request unprocessed. */
export function isThrottling(error: unknown): error is ApiError {
  return (
    error instanceof ApiError &&
    ('ThrottlingReasons' in error.details || 'throttlingReasons' in error.details)
  );
}

/** The reason with which throttling cancels a transaction. Source: API Reference, TransactWriteItems, errors. */
export function cancellationBy(error: ApiError): { Code: string; Message: string } {
  const provisioned = error.code === 'ProvisionedThroughputExceededException';
  return {
    Code: provisioned ? 'ProvisionedThroughputExceeded' : 'ThrottlingError',
    Message: error.message,
  };
}

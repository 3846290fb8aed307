/** The table or stream that the operations on resource-based policies name by its ARN. */

import type { ApiError } from '../request/errors.ts';
import { exception, resourceInUse, resourceNotFound, validationError } from '../request/errors.ts';
import { ACCOUNT, isArn } from '../storage/arn.ts';
import { tableStatus } from '../storage/lifecycle.ts';
import type { ResourcePolicy } from '../storage/resource-policy.ts';
import type { Context } from './operation.ts';

/** What has a policy, or may have one. */
export interface PolicyOwner {
  tableName: string;
  policy: ResourcePolicy | undefined;
  /** Puts another policy in its place. Throws ResourceInUseException for a table that is being deleted. */
  replace(policy: ResourcePolicy): void;
}

const INVALID = 'One or more parameter values were invalid: ';

/**
 * Refuses what is no ARN of a table or stream here.
 * Sources of the texts, and of those below: measurements of AWS's answers that others published in October 2026.
 */
export function checkOwnerArn(arn: string, { region }: Context): void {
  if (!isArn(arn)) throw validationError(`${INVALID}ARNs must start with 'arn:': ${arn}`);
  const [, partition, own, account, resource = ''] =
    /^arn:([\w-]+):dynamodb:([\w-]*):(\d*):(.*)$/.exec(arn) ?? [];
  if (/^table\/[\w.-]+\/index\/.+$/.test(resource)) {
    throw validationError(
      `${INVALID}Invalid resource arn provided, only table or stream is accepted. Provided resource arn: ${arn}`,
    );
  }
  if (!/^table\/[\w.-]+(\/stream\/[^/]+)?$/.test(resource)) {
    throw validationError(`${INVALID}Provided Arn is not a DynamoDB resource arn: ${arn}`);
  }
  if (account !== ACCOUNT) {
    throw validationError(
      'This action is only supported by accounts that match the resource owner’s account.',
    );
  }
  if (partition !== 'aws' || own !== region) {
    throw validationError(`${INVALID}Invalid resource Arn: ${arn}`);
  }
}

/** The owner of an ARN that has been checked. Throws ResourceNotFoundException. */
export function policyOwner(arn: string, { store }: Context): PolicyOwner {
  const [, tableName = '', label] = /table\/([^/]+)(?:\/stream\/(.+))?$/.exec(arn) ?? [];
  if (label !== undefined) {
    const stream = store.streams.get(arn);
    if (stream === undefined) {
      throw resourceNotFound(
        `Requested resource not found: Stream: ${label} not found for Table: ${tableName}`,
      );
    }
    const replace = (policy: ResourcePolicy) => void store.streams.set(arn, { ...stream, policy });
    return { tableName, policy: stream.policy, replace };
  }
  const table = store.describedTable(tableName);
  if (tableStatus(table) === 'CREATING')
    throw resourceNotFound(`Requested resource not found: Table: ${tableName} not found`);
  return {
    tableName,
    policy: table.policy,
    replace(policy) {
      if (tableStatus(table) === 'DELETING') {
        throw resourceInUse(
          `Attempt to change a resource which is still in use: Table is being deleted: ${tableName}`,
        );
      }
      table.policy = policy;
    },
  };
}

/** Throws PolicyNotFoundException unless the policy is the one that the request expects. */
export function requireRevision(expected: string | undefined, owner: PolicyOwner): void {
  const { tableName, policy } = owner;
  const current = policy?.document === undefined ? undefined : policy.revisionId;
  if (expected === undefined || expected === (current ?? 'NO_POLICY')) return;
  if (expected === 'NO_POLICY') {
    throw policyNotFound(
      `Requested policy update expecting none to be present for table ${tableName}, but a policy exists with revision id ${current}.`,
    );
  }
  throw policyNotFound(
    current === undefined
      ? `Requested update for policy with revision id ${expected}, but table ${tableName} has no associated policy.`
      : `Requested update for policy with revision id ${expected}, but the policy associated to target table ${tableName} has revision id ${current}.`,
  );
}

/** There is no policy, or not the one that was expected. */
export function policyNotFound(what: string): ApiError {
  return exception(
    'PolicyNotFoundException',
    `Resource-based policy not found for the provided ResourceArn: ${what}`,
  );
}

/** The time of a change, later than the one before it. */
export function nextRevision({ policy }: PolicyOwner, { now }: Context): string {
  return String(Math.max(Math.floor(now()), Number(policy?.revisionId ?? 0) + 1));
}

/** GetResourcePolicy. */
import { inputReader } from '../request/input.ts';
import { operation } from './operation.ts';
import { checkOwnerArn, policyNotFound, policyOwner } from './policy-owner.ts';
import { resourceArn } from './tagged-table.ts';

export const getResourcePolicy = operation(
  inputReader<{ ResourceArn: string }>({ ResourceArn: resourceArn }),
  ({ ResourceArn }, context) => {
    checkOwnerArn(ResourceArn, context);
    const { policy } = policyOwner(ResourceArn, context);
    if (policy?.document === undefined) throw policyNotFound(ResourceArn);
    return { Policy: JSON.stringify(policy.document), RevisionId: policy.revisionId };
  },
);

/** PutResourcePolicy. It holds at once; in AWS it takes from seconds to minutes until every request is decided by it. */
import { openGuard } from '../iam/guard.ts';
import { readAttachable } from '../iam/resource-policy.ts';
import { ApiError } from '../request/errors.ts';
import { inputReader } from '../request/input.ts';
import { operation } from './operation.ts';
import { checkOwnerArn, nextRevision, policyOwner, requireRevision } from './policy-owner.ts';
import { expectedRevision } from './policy-shapes.ts';
import { resourceArn } from './tagged-table.ts';

interface Input {
  ResourceArn: string;
  Policy: string;
  ExpectedRevisionId?: string;
  ConfirmRemoveSelfResourceAccess?: boolean;
}

const shapes = {
  ResourceArn: resourceArn,
  Policy: { type: 'String', notNull: true },
  ExpectedRevisionId: expectedRevision,
  ConfirmRemoveSelfResourceAccess: 'Boolean',
};

export const putResourcePolicy = operation(
  inputReader<Input>(shapes),
  ({ ResourceArn, Policy, ExpectedRevisionId, ConfirmRemoveSelfResourceAccess }, context) => {
    checkOwnerArn(ResourceArn, context);
    const guard = openGuard(context.world?.settings.users ?? {});
    const { statements, document, identity } = readAttachable(Policy, ResourceArn, guard.keys);
    const owner = policyOwner(ResourceArn, context);
    requireRevision(ExpectedRevisionId, owner);
    const locked = () => guard.locksOut(context.caller, statements, ResourceArn, context);
    if (ConfirmRemoveSelfResourceAccess !== true && locked()) {
      throw new ApiError(
        'com.amazon.coral.service#AccessDeniedException',
        'The new resource policy will not allow you to update the resource policy in the future.',
      );
    }
    const { policy } = owner;
    if (policy?.document !== undefined && policy.identity === identity) {
      return { RevisionId: policy.revisionId };
    }
    const revisionId = nextRevision(owner, context);
    owner.replace({ document, identity, revisionId });
    return { RevisionId: revisionId };
  },
);

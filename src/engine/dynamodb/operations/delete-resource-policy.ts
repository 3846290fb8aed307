/** DeleteResourcePolicy. Where there is no policy, nothing is done. */
import { inputReader } from '../request/input.ts';
import { operation } from './operation.ts';
import { checkOwnerArn, nextRevision, policyOwner, requireRevision } from './policy-owner.ts';
import { expectedRevision } from './policy-shapes.ts';
import { resourceArn } from './tagged-table.ts';

const shapes = { ResourceArn: resourceArn, ExpectedRevisionId: expectedRevision };

export const deleteResourcePolicy = operation(
  inputReader<{ ResourceArn: string; ExpectedRevisionId?: string }>(shapes),
  ({ ResourceArn, ExpectedRevisionId }, context) => {
    checkOwnerArn(ResourceArn, context);
    const owner = policyOwner(ResourceArn, context);
    requireRevision(ExpectedRevisionId, owner);
    const { policy } = owner;
    // Of a policy that is gone already, the moment of its deletion is told.
    if (policy?.document !== undefined) {
      const revisionId = nextRevision(owner, context);
      owner.replace({ document: undefined, identity: undefined, revisionId });
    }
    return { RevisionId: policy?.revisionId };
  },
);

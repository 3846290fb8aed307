/** ListTagsOfResource. All tags come at once: AWS does not say how many a page has, and a table has 50 at most. */
import { validationError } from '../request/errors.ts';
import { inputReader } from '../request/input.ts';
import { operation } from './operation.ts';
import { resourceArn, taggedTable } from './tagged-table.ts';

const members = { ResourceArn: resourceArn, NextToken: 'String' };

export const listTagsOfResource = operation(
  inputReader<{ ResourceArn: string; NextToken?: string }>(members),
  ({ ResourceArn, NextToken }, context) => {
    const { tags } = taggedTable(ResourceArn, context, () => {
      // None is ever given out.
      if (NextToken !== undefined) throw validationError('Invalid NextToken');
    });
    return { Tags: [...tags].map(([Key, Value]) => ({ Key, Value })) };
  },
);

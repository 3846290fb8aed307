/** UntagResource. Keys that no tag has are no error. */
import { checkTagCount, checkTagKey } from '../items/tags.ts';
import { validationError } from '../request/errors.ts';
import { inputReader } from '../request/input.ts';
import { operation } from './operation.ts';
import { resourceArn, taggedTable } from './tagged-table.ts';

const members = {
  ResourceArn: resourceArn,
  TagKeys: { type: 'List', notNull: true, children: 'String' },
};

export const untagResource = operation(
  inputReader<{ ResourceArn: string; TagKeys: string[] }>(members),
  ({ ResourceArn, TagKeys }, context) => {
    const table = taggedTable(ResourceArn, context, () => {
      if (TagKeys.length === 0) {
        throw validationError('Atleast one Tag Key needs to be provided as Input.');
      }
      checkTagCount(TagKeys.length);
      for (const key of TagKeys) checkTagKey(key);
    });
    const left = new Map(table.tags);
    for (const key of TagKeys) left.delete(key);
    table.tags = left;
    return {};
  },
);

/** TagResource. */
import { type Tag, withTags } from '../items/tags.ts';
import { validationError } from '../request/errors.ts';
import { inputReader } from '../request/input.ts';
import { tags } from '../request/table-shapes.ts';
import { operation } from './operation.ts';
import { resourceArn, taggedTable } from './tagged-table.ts';

const members = { ResourceArn: resourceArn, Tags: { ...tags, notNull: true } };

export const tagResource = operation(
  inputReader<{ ResourceArn: string; Tags: Tag[] }>(members),
  ({ ResourceArn, Tags }, context) => {
    const table = taggedTable(ResourceArn, context, () => {
      if (Tags.length === 0) {
        throw validationError('Atleast one Tag needs to be provided as Input.');
      }
      withTags(new Map(), Tags);
    });
    table.tags = withTags(table.tags, Tags);
    return {};
  },
);

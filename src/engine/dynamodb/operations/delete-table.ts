/** DeleteTable. */
import { validationError } from '../request/errors.ts';
import { existingTable, inputReader } from '../request/input.ts';
import { closeStream } from '../streams/stream.ts';
import { describe } from './describe.ts';
import { operation } from './operation.ts';

export const deleteTable = operation(
  inputReader<{ TableName: string }>({ TableName: existingTable }),
  ({ TableName }, context) => {
    const { store } = context;
    const table = store.describedTable(TableName);
    if (table.description.DeletionProtectionEnabled) {
      throw validationError(
        'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
      );
    }
    closeStream(table, context);
    store.delete(TableName);
    const { AttributeDefinitions, KeySchema, ...rest } = describe(table, 'DELETING');
    return { TableDescription: rest };
  },
);

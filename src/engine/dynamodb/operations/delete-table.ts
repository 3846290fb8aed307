/** DeleteTable. */
import { validationError } from '../request/errors.ts';
import { existingTable, inputReader } from '../request/input.ts';
import { describe } from './describe.ts';
import { operation } from './operation.ts';

export const deleteTable = operation(
  inputReader<{ TableName: string }>({ TableName: existingTable }),
  ({ TableName }, { store }) => {
    const table = store.describedTable(TableName);
    if (table.description.DeletionProtectionEnabled) {
      throw validationError(
        'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
      );
    }
    store.delete(TableName);
    const { AttributeDefinitions, KeySchema, ...rest } = describe(table, 'DELETING');
    return { TableDescription: rest };
  },
);

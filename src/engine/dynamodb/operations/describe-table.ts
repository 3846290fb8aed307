/** DescribeTable. */
import { existingTable, inputReader } from '../request/input.ts';
import { describe } from './describe.ts';
import { operation } from './operation.ts';

export const describeTable = operation(
  inputReader<{ TableName: string }>({ TableName: existingTable }),
  ({ TableName }, { store }) => ({ Table: describe(store.describedTable(TableName)) }),
);

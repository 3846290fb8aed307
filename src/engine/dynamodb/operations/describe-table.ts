/** DescribeTable. */
import { custom, types } from 'dynalite/validations/describeTable.js';
import { inputReader } from '../request/input.ts';
import { describe } from './describe.ts';
import { operation } from './operation.ts';

export const describeTable = operation(
  inputReader<{ TableName: string }>(types, custom),
  ({ TableName }, { store }) => ({
    Table: describe(store.describedTable(TableName), 'ACTIVE'),
  }),
);

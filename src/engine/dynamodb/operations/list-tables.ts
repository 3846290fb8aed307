/** ListTables. */
import { custom, types } from 'dynalite/validations/listTables.js';
import { inputReader } from '../request/input.ts';
import { operation } from './operation.ts';

interface Input {
  Limit?: number;
  ExclusiveStartTableName?: string;
}

export const listTables = operation(
  inputReader<Input>(types, custom),
  ({ Limit = 100, ExclusiveStartTableName: start = '' }, { store }) => {
    const names = store.names().filter((name) => name > start);
    const page = names.slice(0, Limit);
    return {
      TableNames: page,
      LastEvaluatedTableName: names.length > page.length ? page.at(-1) : undefined,
    };
  },
);

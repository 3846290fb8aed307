/** DeleteItem. */

import { custom, types } from 'dynalite/validations/deleteItem.js';
import { checkKey } from '../items/checks.ts';
import { commit, planDelete } from '../items/write.ts';
import { inputReader, tableName } from '../request/input.ts';
import { StoredItem } from '../storage/stored-item.ts';
import type { Item } from '../values/attribute.ts';
import { operation, returnValuesOnConditionCheckFailure } from './operation.ts';
import { oldItem, requireCondition, type WriteInput, writeAnswer } from './write-answer.ts';

interface Input extends WriteInput {
  Key: Item;
}

const shapes = {
  ...types,
  TableName: tableName,
  ReturnValuesOnConditionCheckFailure: returnValuesOnConditionCheckFailure,
};

/** DeleteItem has no updated attributes to give back. */
function checkReturnValues({ ReturnValues }: Input): string | undefined {
  return ReturnValues !== undefined && ReturnValues !== 'ALL_OLD' && ReturnValues !== 'NONE'
    ? 'ReturnValues can only be ALL_OLD or NONE'
    : undefined;
}

export const deleteItem = operation(
  inputReader<Input>(shapes, custom, checkReturnValues),
  (input, context) => {
    const { store, meter } = context;
    const table = store.table(input.TableName);
    checkKey(input.Key, table.keys);
    const write = planDelete(table, input.Key);
    requireCondition(input, write, context);
    commit(write, context);
    return writeAnswer(
      input,
      { ...write, before: write.before ?? new StoredItem(input.Key, 0) },
      oldItem(input, write),
      meter,
    );
  },
);

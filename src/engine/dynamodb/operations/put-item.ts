/** PutItem. */
import { custom, types } from 'dynalite/validations/putItem.js';
import { checkItem } from '../items/checks.ts';
import { commit, planPut } from '../items/write.ts';
import { inputReader, tableName } from '../request/input.ts';
import type { Item } from '../values/attribute.ts';
import { operation, returnValuesOnConditionCheckFailure } from './operation.ts';
import { oldItem, requireCondition, type WriteInput, writeAnswer } from './write-answer.ts';

interface Input extends WriteInput {
  Item: Item;
}

const shapes = {
  ...types,
  TableName: tableName,
  ReturnValuesOnConditionCheckFailure: returnValuesOnConditionCheckFailure,
};

export const putItem = operation(inputReader<Input>(shapes, custom), (input, context) => {
  const { store, meter } = context;
  const table = store.table(input.TableName);
  checkItem(input.Item, table);
  const write = planPut(table, input.Item);
  requireCondition(input, write, context);
  commit(write, context);
  return writeAnswer(input, write, oldItem(input, write), meter);
});

/** UpdateItem. */

import { custom, types } from 'dynalite/validations/updateItem.js';
import type { ParsedUpdate } from '../expressions/update.ts';
import { checkKey, checkUpdate } from '../items/checks.ts';
import { meetsCondition } from '../items/condition.ts';
import { type AttributeUpdates, changesOf } from '../items/update.ts';
import { commit, type PlannedWrite, planRefusedUpdate, planUpdate } from '../items/write.ts';
import { inputReader, tableName } from '../request/input.ts';
import { StoredItem } from '../storage/stored-item.ts';
import type { Item, Path } from '../values/attribute.ts';
import { project } from '../values/paths.ts';
import { operation, returnValuesOnConditionCheckFailure } from './operation.ts';
import { oldItem, requireCondition, type WriteInput, writeAnswer } from './write-answer.ts';

interface Input extends WriteInput {
  Key: Item;
  AttributeUpdates?: AttributeUpdates;
  _updates?: ParsedUpdate;
}

const shapes = {
  ...types,
  TableName: tableName,
  ReturnValuesOnConditionCheckFailure: returnValuesOnConditionCheckFailure,
};

export const updateItem = operation(inputReader<Input>(shapes, custom), (input, context) => {
  const { store, meter } = context;
  const table = store.table(input.TableName);
  const update = input._updates ?? legacyUpdate(input.AttributeUpdates);
  checkKey(input.Key, table.keys);
  checkUpdate(update, table);
  const before = table.get(input.Key);
  if (!meetsCondition(input, before)) {
    requireCondition(input, planRefusedUpdate(table, input.Key, update.sections, before), context);
  }
  const wrongType = input._updates ? undefined : 'Type mismatch for attribute to update';
  const write = planUpdate(table, input.Key, update.sections, before, wrongType);
  commit(write, context);
  return writeAnswer(
    input,
    { ...write, before: before ?? new StoredItem(input.Key, 0) },
    returned(input, write, update.paths),
    meter,
  );
});

function legacyUpdate(updates: AttributeUpdates = {}): ParsedUpdate {
  const sections = changesOf(updates);
  return { sections, paths: sections.map((change) => change.path), nestedPaths: {} };
}

function returned(input: Input, write: PlannedWrite, paths: Path[]): Item | undefined {
  const { before, after } = write;
  switch (input.ReturnValues) {
    case 'ALL_NEW':
      return after?.item;
    case 'UPDATED_NEW':
      return after && project(after.item, paths);
    case 'UPDATED_OLD':
      return before && project(before.item, paths);
    default:
      return oldItem(input, write);
  }
}

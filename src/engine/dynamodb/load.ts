/** Filling tables from a dataset: the checks of PutItem without the cost of a request each. */
import * as putRequest from 'dynalite/validations/putItem.js';
import type { Json } from '../lab/result.ts';
import { checkItem } from './items/checks.ts';
import { createTable } from './operations/create-table.ts';
import type { Context } from './operations/operation.ts';
import { inputReader } from './request/input.ts';
import type { Shape } from './request/shape.ts';
import { StoredItem } from './storage/stored-item.ts';
import type { Item } from './values/attribute.ts';

/** The parameters of CreateTable. */
export interface TableRequest {
  TableName: string;
}

/** An item in DynamoDB JSON. */
export type ItemRequest = Record<string, unknown>;

const readItem = inputReader<{ Item: Item }>(
  { Item: putRequest.types.Item as Shape },
  putRequest.custom,
);

/**
 * Makes the tables and puts the items. Throws an Error that names the table and the item that was refused; nothing
 * of the load then remains.
 */
export function loadTables(
  tables: readonly TableRequest[],
  items: Readonly<Record<string, readonly ItemRequest[]>>,
  context: Context,
): void {
  const before = context.store.snapshot();
  try {
    for (const request of tables) {
      const make = () => createTable(request as unknown as Json, { ...context, world: undefined });
      attempt(`table ${request.TableName}`, make);
    }
    for (const [name, list] of Object.entries(items)) {
      for (const [index, given] of list.entries()) {
        attempt(`item ${index + 1} of table ${name}`, () => loadItem(name, given, context));
      }
    }
  } catch (error) {
    context.store.restore(before);
    throw error;
  }
}

/** Puts an item, checked as PutItem checks it, without a request. Throws ApiError. */
export function loadItem(tableName: string, given: ItemRequest, { store }: Context): void {
  const table = store.table(tableName);
  const { Item: item } = readItem({ Item: given as { [attribute: string]: Json } });
  checkItem(item, table);
  const [before, after] = [table.get(item), new StoredItem(item)];
  table.write(before, after, table.indexChanges(before, after));
}

function attempt(what: string, act: () => void): void {
  try {
    act();
  } catch (error) {
    throw new Error(`cannot load ${what}: ${(error as Error).message}`, { cause: error });
  }
}

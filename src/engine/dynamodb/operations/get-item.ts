/** GetItem. */
import { custom, types } from 'dynalite/validations/getItem.js';
import type { CapacityDetail } from '../capacity.ts';
import type { ParsedProjection } from '../expressions/projection.ts';
import { checkKey, checkKeyPaths } from '../items/checks.ts';
import { consistencyOf, readItem } from '../items/read.ts';
import { inputReader, tableName } from '../request/input.ts';
import type { StoredItem } from '../storage/stored-item.ts';
import type { Item, Path } from '../values/attribute.ts';
import { project } from '../values/paths.ts';
import { json, operation } from './operation.ts';

interface Input extends Projecting {
  TableName: string;
  Key: Item;
  ConsistentRead?: boolean;
  ReturnConsumedCapacity?: CapacityDetail;
}

/** The members of a request that choose attributes. */
export interface Projecting {
  AttributesToGet?: string[];
  _projection?: ParsedProjection;
}

export const getItem = operation(
  inputReader<Input>({ ...types, TableName: tableName }, custom),
  (input, context) => {
    const { store, meter } = context;
    const table = store.table(input.TableName);
    checkKey(input.Key, table.keys);
    checkKeyPaths(input._projection?.nestedPaths, table);
    const stored = readItem(table, input.Key, consistencyOf(input), context);
    if (stored) meter.itemsReturned = 1;
    return {
      ConsumedCapacity: meter.consumed(input.ReturnConsumedCapacity)?.[0],
      Item: json(stored && projected(stored, input)),
    };
  },
);

/** The paths that a request chooses; undefined for all attributes. */
export function chosenPaths({ _projection, AttributesToGet }: Projecting): Path[] | undefined {
  return _projection?.paths ?? AttributesToGet?.map((name) => [name]);
}

/** The item, or what was chosen of it. */
export function projected(stored: StoredItem, projecting: Projecting): Item | StoredItem {
  const paths = chosenPaths(projecting);
  return paths ? project(stored.item, paths) : stored;
}

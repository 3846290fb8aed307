/** TransactGetItems. */
import { custom, types } from 'dynalite/validations/getItem.js';
import type { Json } from '../../lab/result.ts';
import type { CapacityDetail } from '../capacity.ts';
import { checkKey, checkKeyPaths } from '../items/checks.ts';
import { billItem, findItem } from '../items/read.ts';
import { ApiError, transactionCancelled, validationError } from '../request/errors.ts';
import { inputReader, tableName } from '../request/input.ts';
import type { Shape, Shapes } from '../request/shape.ts';
import { encodeKey } from '../storage/keys.ts';
import type { Item } from '../values/attribute.ts';
import { type Projecting, projected } from './get-item.ts';
import { json, operation } from './operation.ts';
import {
  DUPLICATE_ITEM,
  MAX_ACTIONS,
  MAX_TRANSACTION_BYTES,
  TRANSACTION_TOO_LARGE,
} from './transaction.ts';

interface Get extends Projecting {
  TableName: string;
  Key: Item;
}

interface Input {
  TransactItems: Array<{ Get: Get }>;
  ReturnConsumedCapacity?: CapacityDetail;
}

const { Key, ProjectionExpression, ExpressionAttributeNames } = types;
const shapes: Shapes = {
  ReturnConsumedCapacity: types.ReturnConsumedCapacity as Shape,
  TransactItems: {
    type: 'List',
    notNull: true,
    lengthGreaterThanOrEqual: 1,
    lengthLessThanOrEqual: MAX_ACTIONS,
    children: {
      type: 'ValueStruct<TransactGetItem>',
      children: {
        Get: {
          type: 'FieldStruct<Get>',
          notNull: true,
          children: {
            TableName: tableName,
            Key,
            ProjectionExpression,
            ExpressionAttributeNames,
          } as Shapes,
        },
      },
    },
  },
};

function checkGets({ TransactItems }: Input): string | undefined {
  for (const { Get } of TransactItems) {
    const message = custom?.(Get as never, {} as never);
    if (message) return message;
  }
  return undefined;
}

export const transactGetItems = operation(
  inputReader<Input>(shapes, checkGets),
  (input, context) => {
    const { store, meter } = context;
    const gets = input.TransactItems.map(({ Get }) => ({
      get: Get,
      table: store.table(Get.TableName),
    }));
    const problems = gets.map(({ get, table }) => {
      try {
        checkKey(get.Key, table.keys);
        checkKeyPaths(get._projection?.nestedPaths, table);
        return undefined;
      } catch (error) {
        if (error instanceof ApiError) return error;
        throw error;
      }
    });
    if (problems.some((problem) => problem !== undefined)) {
      throw transactionCancelled(
        problems.map((problem) =>
          problem ? { Code: 'ValidationError', Message: problem.message } : { Code: 'None' },
        ),
      );
    }
    const seen = new Set<string>();
    let bytes = 0;
    const found = gets.map(({ get, table }) => {
      const id = `${table.name}/${encodeKey(get.Key, table.keys)}`;
      if (seen.has(id)) throw validationError(DUPLICATE_ITEM);
      seen.add(id);
      const stored = findItem(table, get.Key, 'transactional', context);
      bytes += stored?.bytes ?? 0;
      return { get, table, stored };
    });
    if (bytes > MAX_TRANSACTION_BYTES) throw validationError(TRANSACTION_TOO_LARGE);
    const responses: Json[] = [];
    for (const { get, table, stored } of found) {
      billItem(table, get.Key, stored, 'transactional', context);
      responses.push(stored ? { Item: json(projected(stored.item, get)) } : {});
    }
    meter.itemsReturned = meter.itemsRead;
    return {
      Responses: responses,
      ConsumedCapacity: meter.consumed(input.ReturnConsumedCapacity, true),
    };
  },
);

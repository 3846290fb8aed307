/** TransactGetItems. */
import { custom, types } from 'dynalite/validations/getItem.js';
import type { CapacityDetail } from '../capacity.ts';
import { checkKey, checkKeyPaths } from '../items/checks.ts';
import { inputReader, tableName } from '../request/input.ts';
import type { Shape, Shapes } from '../request/shape.ts';
import type { Item } from '../values/attribute.ts';
import { type Projecting, projected } from './get-item.ts';
import { operation } from './operation.ts';
import { runReadTransaction } from './read-transaction.ts';
import { MAX_ACTIONS } from './transaction.ts';
import { cancelFor, validationReason } from './write-transaction.ts';

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
    cancelFor(
      gets.map(({ get, table }) =>
        validationReason(() => {
          checkKey(get.Key, table.keys);
          checkKeyPaths(get._projection?.nestedPaths, table);
        }),
      ),
    );
    const responses = runReadTransaction(
      gets.map(({ get, table }) => ({
        table,
        key: get.Key,
        chosen: (item) => projected(item, get),
      })),
      context,
    );
    return {
      Responses: responses,
      ConsumedCapacity: meter.consumed(input.ReturnConsumedCapacity, true),
    };
  },
);

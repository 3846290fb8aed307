/** TransactWriteItems. */
import * as deleteRequest from 'dynalite/validations/deleteItem.js';
import * as putRequest from 'dynalite/validations/putItem.js';
import * as updateRequest from 'dynalite/validations/updateItem.js';
import type { Json } from '../../lab/result.ts';
import type { CapacityDetail } from '../capacity.ts';
import { inputReader, tableName } from '../request/input.ts';
import type { Shape, Shapes } from '../request/shape.ts';
import type { Store } from '../storage/store.ts';
import type { Item } from '../values/attribute.ts';
import { jsonMap, operation, returnValuesOnConditionCheckFailure } from './operation.ts';
import { MAX_ACTIONS } from './transaction.ts';
import { collectionMetrics } from './write-answer.ts';
import {
  type ActionKind,
  runWriteTransaction,
  type Target,
  type Action as TransactionAction,
} from './write-transaction.ts';

interface Action extends TransactionAction {
  TableName: string;
}

interface Input {
  TransactItems: Array<Partial<Record<ActionKind, Action>>>;
  ClientRequestToken?: string;
  ReturnConsumedCapacity?: CapacityDetail;
  ReturnItemCollectionMetrics?: 'SIZE' | 'NONE';
}

const kinds: ActionKind[] = ['ConditionCheck', 'Put', 'Delete', 'Update'];

/** Members of an action: those of the operation that it stands for, and some that it must have. */
function actionShape(
  kind: ActionKind,
  types: Shapes,
  members: string[],
  required: string[],
): Shape {
  const shared = ['ConditionExpression', 'ExpressionAttributeNames', 'ExpressionAttributeValues'];
  const children: Shapes = {
    TableName: tableName,
    ReturnValuesOnConditionCheckFailure: returnValuesOnConditionCheckFailure,
  };
  for (const member of [...shared, ...members]) children[member] = types[member] as Shape;
  for (const member of required) children[member] = { ...(types[member] as Shape), notNull: true };
  return { type: `FieldStruct<${kind}>`, children };
}

const shapes: Shapes = {
  ClientRequestToken: { type: 'String', lengthGreaterThanOrEqual: 1, lengthLessThanOrEqual: 36 },
  ReturnConsumedCapacity: putRequest.types.ReturnConsumedCapacity as Shape,
  ReturnItemCollectionMetrics: putRequest.types.ReturnItemCollectionMetrics as Shape,
  TransactItems: {
    type: 'List',
    notNull: true,
    lengthGreaterThanOrEqual: 1,
    lengthLessThanOrEqual: MAX_ACTIONS,
    children: {
      type: 'ValueStruct<TransactWriteItem>',
      children: {
        ConditionCheck: actionShape(
          'ConditionCheck',
          deleteRequest.types,
          ['Key'],
          ['ConditionExpression'],
        ),
        Put: actionShape('Put', putRequest.types, ['Item'], []),
        Delete: actionShape('Delete', deleteRequest.types, ['Key'], []),
        Update: actionShape('Update', updateRequest.types, ['Key'], ['UpdateExpression']),
      },
    },
  },
};

const rules: Record<ActionKind, typeof putRequest.custom> = {
  ConditionCheck: deleteRequest.custom,
  Put: putRequest.custom,
  Delete: deleteRequest.custom,
  Update: updateRequest.custom,
};

function checkActions({ TransactItems }: Input, limits: never): string | undefined {
  for (const item of TransactItems) {
    const [kind, ...others] = kinds.filter((one) => item[one] !== undefined);
    if (kind === undefined || others.length > 0) {
      return 'TransactItems can only contain one of Check, Put, Update or Delete';
    }
    const message = rules[kind]?.(item[kind] as never, limits);
    if (message) return message;
  }
  return undefined;
}

export const transactWriteItems = operation(
  inputReader<Input>(shapes, checkActions),
  (input, context) => {
    const { store, meter } = context;
    const targets = input.TransactItems.map((item): Target => {
      const kind = kinds.find((one) => item[one] !== undefined) as ActionKind;
      const action = item[kind] as Action;
      return { kind, action, table: store.table(action.TableName) };
    });
    const idempotency = {
      token: input.ClientRequestToken,
      request: JSON.stringify(input.TransactItems),
    };
    const made = runWriteTransaction(targets, idempotency, context);
    return {
      ConsumedCapacity: meter.consumed(input.ReturnConsumedCapacity, true),
      ItemCollectionMetrics: made ? metricsOf(input, targets, store) : undefined,
    };
  },
);

function metricsOf(
  input: Input,
  targets: Target[],
  store: Store,
): { [table: string]: Json } | undefined {
  const metrics = jsonMap<Json[]>();
  for (const { kind, action, table } of targets) {
    const item = (action.Item ?? action.Key) as Item;
    const metric =
      kind === 'ConditionCheck'
        ? undefined
        : collectionMetrics(input.ReturnItemCollectionMetrics, table, { item });
    const name = store.spelled(table);
    if (metric) metrics[name] = [...(metrics[name] ?? []), metric];
  }
  return Object.keys(metrics).length > 0 ? metrics : undefined;
}

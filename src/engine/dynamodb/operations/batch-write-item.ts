/** BatchWriteItem. */
import { custom, types } from 'dynalite/validations/batchWriteItem.js';
import type { Json } from '../../lab/result.ts';
import type { CapacityDetail } from '../capacity.ts';
import { checkItem, checkKey } from '../items/checks.ts';
import { commit, planDelete, planPut } from '../items/write.ts';
import { validationError } from '../request/errors.ts';
import { inputReader } from '../request/input.ts';
import type { Shape, Shapes } from '../request/shape.ts';
import { encodeKey } from '../storage/keys.ts';
import type { Item } from '../values/attribute.ts';
import { jsonMap, operation } from './operation.ts';
import { collectionMetrics } from './write-answer.ts';

interface WriteRequest {
  PutRequest?: { Item: Item };
  DeleteRequest?: { Key: Item };
}

interface Input {
  RequestItems: Record<string, WriteRequest[]>;
  ReturnConsumedCapacity?: CapacityDetail;
  ReturnItemCollectionMetrics?: 'SIZE' | 'NONE';
}

/** Most requests of one batch, over all tables. */
const MAX_REQUESTS = 25;

const { lengthGreaterThanOrEqual: _, ...requestItems } = types.RequestItems as Shape;
const shapes: Shapes = { ...types, RequestItems: requestItems };

function checkCount({ RequestItems }: Input): string | undefined {
  if (Object.keys(RequestItems).length === 0) {
    return 'The requestItems parameter is required for BatchWriteItem';
  }
  const count = Object.values(RequestItems).reduce((sum, requests) => sum + requests.length, 0);
  return count > MAX_REQUESTS ? 'Too many items requested for the BatchWriteItem call' : undefined;
}

export const batchWriteItem = operation(
  inputReader<Input>(shapes, checkCount, custom),
  (input, context) => {
    const { store, meter } = context;
    const requests = Object.entries(input.RequestItems).flatMap(([name, list]) => {
      const table = store.table(name);
      const seen = new Set<string>();
      return list.map(({ PutRequest, DeleteRequest }) => {
        if (PutRequest) checkItem(PutRequest.Item, table);
        else if (DeleteRequest) checkKey(DeleteRequest.Key, table.keys);
        const item = (PutRequest?.Item ?? DeleteRequest?.Key) as Item;
        const key = encodeKey(item, table.keys);
        if (seen.has(key)) throw validationError('Provided list of item keys contains duplicates');
        seen.add(key);
        return { table, item, put: PutRequest !== undefined };
      });
    });
    const metrics = jsonMap<Json[]>();
    for (const { table, item, put } of requests) {
      commit(put ? planPut(table, item) : planDelete(table, item), context);
      const metric = collectionMetrics(input.ReturnItemCollectionMetrics, table, { item });
      if (metric) metrics[table.name] = [...(metrics[table.name] ?? []), metric];
    }
    return {
      UnprocessedItems: {},
      ItemCollectionMetrics: Object.keys(metrics).length > 0 ? metrics : undefined,
      ConsumedCapacity: meter.consumed(input.ReturnConsumedCapacity),
    };
  },
);

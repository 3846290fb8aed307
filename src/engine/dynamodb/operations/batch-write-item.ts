/** BatchWriteItem. */
import { custom, types } from 'dynalite/validations/batchWriteItem.js';
import type { Json } from '../../lab/result.ts';
import type { CapacityDetail } from '../capacity.ts';
import { attributesOf, checkItem, checkKey, KEY_MISMATCH } from '../items/checks.ts';
import { commit, planDelete, planPut } from '../items/write.ts';
import { type ApiError, validationError } from '../request/errors.ts';
import { inputReader } from '../request/input.ts';
import type { Shape, Shapes } from '../request/shape.ts';
import { encodeKey } from '../storage/keys.ts';
import type { Table } from '../storage/table.ts';
import type { Item } from '../values/attribute.ts';
import { isTransactionConflict } from '../world/conflicts.ts';
import { isThrottling } from '../world/throttling.ts';
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
const shapes: Shapes = {
  ...types,
  RequestItems: { ...requestItems, keys: { ...(requestItems.keys as Shape), orArn: true } },
};

function checkCount({ RequestItems }: Input): string | undefined {
  if (Object.keys(RequestItems).length === 0) {
    return 'The requestItems parameter is required for BatchWriteItem';
  }
  const count = Object.values(RequestItems).reduce((sum, requests) => sum + requests.length, 0);
  return count > MAX_REQUESTS ? 'Too many items requested for the BatchWriteItem call' : undefined;
}

/** An item without its key is not told from a wrong key here; PutItem names the attribute. */
function checkPut(item: Item, table: Table): void {
  for (const { name, type } of attributesOf(table.keys)) {
    if (item[name]?.[type] === undefined) throw validationError(KEY_MISMATCH);
  }
  checkItem(item, table);
}

export const batchWriteItem = operation(
  inputReader<Input>(shapes, checkCount, custom),
  (input, context) => {
    const { store, meter } = context;
    const requests = Object.entries(input.RequestItems).flatMap(([name, list]) => {
      const table = store.table(name);
      const seen = new Set<string>();
      return list.map((request) => {
        const { PutRequest, DeleteRequest } = request;
        if (PutRequest) checkPut(PutRequest.Item, table);
        else if (DeleteRequest) checkKey(DeleteRequest.Key, table.keys);
        const item = (PutRequest?.Item ?? DeleteRequest?.Key) as Item;
        const key = encodeKey(item, table.keys);
        if (seen.has(key)) throw validationError('Provided list of item keys contains duplicates');
        seen.add(key);
        return { table, item, put: PutRequest !== undefined, request };
      });
    });
    const metrics = jsonMap<Json[]>();
    const unprocessed = jsonMap<Json[]>();
    let processed = 0;
    let refusal: ApiError | undefined;
    for (const { table, item, put, request } of requests) {
      const name = store.spelled(table);
      try {
        commit(put ? planPut(table, item) : planDelete(table, item), context);
      } catch (error) {
        if (isThrottling(error)) refusal = error;
        else if (!isTransactionConflict(error)) throw error;
        unprocessed[name] = [...(unprocessed[name] ?? []), request as Json];
        continue;
      }
      processed++;
      const metric = collectionMetrics(input.ReturnItemCollectionMetrics, table, { item });
      if (metric) metrics[name] = [...(metrics[name] ?? []), metric];
    }
    // Only a batch fails of which nothing at all could be written for want of throughput. TransactionConflictException
    // is none of the errors of BatchWriteItem (Amazon DynamoDB API Reference): what conflicts is left unprocessed.
    if (refusal && processed === 0) throw refusal;
    return {
      UnprocessedItems: unprocessed,
      ItemCollectionMetrics: Object.keys(metrics).length > 0 ? metrics : undefined,
      ConsumedCapacity: meter.consumed(input.ReturnConsumedCapacity),
    };
  },
);

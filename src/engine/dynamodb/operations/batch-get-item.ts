/** BatchGetItem. */
import { custom, types } from 'dynalite/validations/batchGetItem.js';
import type { Json } from '../../lab/result.ts';
import type { CapacityDetail } from '../capacity.ts';
import { checkKey, checkKeyPaths } from '../items/checks.ts';
import { billItem, consistencyOf, findItem } from '../items/read.ts';
import type { ApiError } from '../request/errors.ts';
import { inputReader } from '../request/input.ts';
import type { Shape, Shapes } from '../request/shape.ts';
import type { Item } from '../values/attribute.ts';
import { isThrottling } from '../world/throttling.ts';
import { type Projecting, projected } from './get-item.ts';
import { json, jsonMap, operation } from './operation.ts';

interface KeysAndAttributes extends Projecting {
  Keys: Item[];
  ConsistentRead?: boolean;
  ProjectionExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
}

interface Input {
  RequestItems: Record<string, KeysAndAttributes>;
  ReturnConsumedCapacity?: CapacityDetail;
}

/** Most keys of one table. */
const MAX_KEYS = 100;

/** Bytes of items that one answer carries; further keys come back unprocessed. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

const { lengthGreaterThanOrEqual: _, ...requestItems } = types.RequestItems as Shape;
const { children } = requestItems.children as Shape;
const shapes: Shapes = {
  ...types,
  RequestItems: {
    ...requestItems,
    keys: { ...(requestItems.keys as Shape), orArn: true },
    children: {
      ...(requestItems.children as Shape),
      children: {
        ...(children as Shapes),
        Keys: withoutMaximum((children as Shapes).Keys as Shape),
      },
    },
  },
};

function withoutMaximum({ lengthLessThanOrEqual: _, ...shape }: Shape): Shape {
  return shape;
}

/** Two limits whose messages have a form of their own. */
function checkRequests({ RequestItems }: Input): string | undefined {
  const entries = Object.entries(RequestItems);
  if (entries.length === 0) return 'The requestItems parameter is required for BatchGetItem';
  const [name] = entries.find(([, { Keys }]) => Keys.length > MAX_KEYS) ?? [];
  return name === undefined
    ? undefined
    : `1 validation error detected: Value at 'RequestItems.${name}.member.Keys' failed to satisfy constraint: Member must have length less than or equal to ${MAX_KEYS}`;
}

export const batchGetItem = operation(
  inputReader<Input>(shapes, checkRequests, custom),
  (input, context) => {
    const { store, meter } = context;
    const requests = Object.entries(input.RequestItems).map(([name, request]) => {
      const table = store.table(name);
      for (const key of request.Keys) checkKey(key, table.keys);
      checkKeyPaths(request._projection?.nestedPaths, table);
      return { table, request };
    });
    const responses = jsonMap();
    const unprocessed = jsonMap();
    let bytes = 0;
    let processed = 0;
    let refusal: ApiError | undefined;
    for (const { table, request } of requests) {
      const items: Json[] = [];
      const left: Item[] = [];
      for (const key of request.Keys) {
        const stored = findItem(table, key, consistencyOf(request), context);
        if (bytes + (stored?.bytes ?? 0) > MAX_ANSWER_BYTES) {
          left.push(key);
          continue;
        }
        try {
          billItem(table, key, stored, consistencyOf(request), context);
        } catch (error) {
          if (!isThrottling(error)) throw error;
          refusal = error;
          left.push(key);
          continue;
        }
        processed++;
        if (stored === undefined) continue;
        bytes += stored.bytes;
        meter.itemsReturned++;
        items.push(json(projected(stored, request)));
      }
      responses[store.spelled(table)] = items;
      if (left.length > 0) unprocessed[store.spelled(table)] = withKeys(request, left);
    }
    // Only a batch of which nothing at all could be read fails.
    if (refusal && processed === 0) throw refusal;
    return {
      Responses: responses,
      UnprocessedKeys: unprocessed,
      ConsumedCapacity: meter.consumed(input.ReturnConsumedCapacity),
    };
  },
);

/** The request for one table again, for the keys that are left. */
function withKeys(request: KeysAndAttributes, keys: Item[]): { [key: string]: Json } {
  const { ConsistentRead, AttributesToGet, ProjectionExpression, ExpressionAttributeNames } =
    request;
  const again = {
    Keys: keys,
    ConsistentRead,
    AttributesToGet,
    ProjectionExpression,
    ExpressionAttributeNames,
  };
  return JSON.parse(JSON.stringify(again)) as { [key: string]: Json };
}

/** Requests that belong together: the pages of one read, and the rest of a batch that was not all done. */
import type { DynamoDBCall, Json } from './result.ts';

/** One read or write as the reader means it: its requests in order, at least one. */
export type LogicalCall = readonly [DynamoDBCall, ...DynamoDBCall[]];

/** Where the answer of each operation says how to go on, and where the next request says it. */
const CONTINUATIONS: Record<string, { answered: string; asked: string }> = {
  Query: { answered: 'LastEvaluatedKey', asked: 'ExclusiveStartKey' },
  Scan: { answered: 'LastEvaluatedKey', asked: 'ExclusiveStartKey' },
  ExecuteStatement: { answered: 'NextToken', asked: 'NextToken' },
  BatchGetItem: { answered: 'UnprocessedKeys', asked: 'RequestItems' },
  BatchWriteItem: { answered: 'UnprocessedItems', asked: 'RequestItems' },
};

/**
 * Requests put together that follow each other where the answer before left off: as the paginators of
 * the SDK send them, or a loop over LastEvaluatedKey, NextToken, UnprocessedKeys or UnprocessedItems.
 * Source: DynamoDB Developer Guide, "Paginating table query results"; API Reference, BatchGetItem.
 */
export function logicalCalls(calls: readonly DynamoDBCall[]): LogicalCall[] {
  const logical: Array<[DynamoDBCall, ...DynamoDBCall[]]> = [];
  for (const call of calls) {
    const group = logical.at(-1);
    const last = group?.at(-1);
    if (group && last && goesOn(last, call)) group.push(call);
    else logical.push([call]);
  }
  return logical;
}

function goesOn(before: DynamoDBCall, call: DynamoDBCall): boolean {
  const how = CONTINUATIONS[call.operation];
  if (!how || before.operation !== call.operation || before.region !== call.region) return false;
  const left = member(before.response, how.answered);
  if (before.status !== 200 || left === undefined || text(left) === '{}') return false;
  return (
    text(left) === text(member(call.request, how.asked)) &&
    text(without(before.request, how.asked)) === text(without(call.request, how.asked))
  );
}

/** A member of a JSON object; undefined where there is none. */
export function member(value: Json | undefined, name: string): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? value[name]
    : undefined;
}

function without(value: Json, name: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
}

/** JSON in which the order of an object's members does not matter. */
function text(value: Json | undefined): string | undefined {
  return JSON.stringify(value, (_, inner: Json) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

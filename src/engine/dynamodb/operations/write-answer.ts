/** What the answers and failures of PutItem, UpdateItem and DeleteItem have in common. */
import type { Json } from '../../lab/result.ts';
import type { CapacityDetail, Meter } from '../capacity.ts';
import { type Conditional, meetsCondition } from '../items/condition.ts';
import { baseWriteUnits, type PlannedWrite } from '../items/write.ts';
import { conditionFailed } from '../request/errors.ts';
import type { Table } from '../storage/table.ts';
import { type AttributeValue, emptyItem, type Item } from '../values/attribute.ts';
import { type Body, type Context, json } from './operation.ts';

/** The members that all three requests have. */
export interface WriteInput extends Conditional {
  TableName: string;
  ReturnValues?: 'NONE' | 'ALL_OLD' | 'UPDATED_OLD' | 'ALL_NEW' | 'UPDATED_NEW';
  ReturnConsumedCapacity?: CapacityDetail;
  ReturnItemCollectionMetrics?: 'SIZE' | 'NONE';
  ReturnValuesOnConditionCheckFailure?: 'ALL_OLD' | 'NONE';
}

/**
 * Throws ConditionalCheckFailedException when the condition does not hold. It is billed as if the write had been
 * made, without indexes.
 * Source: DynamoDB Developer Guide, "DynamoDB provisioned capacity mode", conditional writes.
 */
export function requireCondition(
  input: WriteInput,
  write: PlannedWrite,
  { meter, world }: Context,
): void {
  if (meetsCondition(input, write.before)) return;
  world?.admitWrite(write, []);
  meter.add(write.table, 'write', baseWriteUnits(write));
  meter.reach(write.table, write.key);
  const before = input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' ? write.before : undefined;
  throw conditionFailed(json(before));
}

/** The answer: the attributes that were asked for, and what the write cost. */
export function writeAnswer(
  input: WriteInput,
  write: PlannedWrite,
  attributes: Item | undefined,
  meter: Meter,
): Body {
  return {
    Attributes: attributes && Object.keys(attributes).length > 0 ? json(attributes) : undefined,
    ConsumedCapacity: meter.consumed(input.ReturnConsumedCapacity)?.[0],
    ItemCollectionMetrics: collectionMetrics(
      input.ReturnItemCollectionMetrics,
      write.table,
      write.after ?? write.before,
    ),
  };
}

/** The item as it was, when ALL_OLD asks for it. */
export function oldItem(input: WriteInput, write: PlannedWrite): Item | undefined {
  return input.ReturnValues === 'ALL_OLD' ? write.before?.item : undefined;
}

/**
 * ItemCollectionMetrics of a table with local secondary indexes. The estimate is of whole gigabytes, and no
 * collection that fits into memory here reaches the first.
 */
export function collectionMetrics(
  asked: 'SIZE' | 'NONE' | undefined,
  table: Table,
  written: { item: Item } | undefined,
): { [key: string]: Json } | undefined {
  if (asked !== 'SIZE' || !table.hasLocalIndexes || written === undefined) return undefined;
  const key = emptyItem();
  for (const { name } of table.keys.partition) key[name] = written.item[name] as AttributeValue;
  return { ItemCollectionKey: json(key), SizeEstimateRangeGB: [0, 1] };
}

/** BatchExecuteStatement: reads by key or single writes, each of which succeeds or fails for itself. */
import type { Json } from '../../lab/result.ts';
import type { CapacityDetail } from '../capacity.ts';
import { consistencyOf, readItem } from '../items/read.ts';
import { namedItem } from '../partiql/key-terms.ts';
import { keyOfRead, rowOf } from '../partiql/select.ts';
import {
  checkParameters,
  readStatement,
  type Select,
  type Statement,
  type StatementInput,
} from '../partiql/statements.ts';
import { runWrite, type WriteOptions } from '../partiql/writes.ts';
import { ApiError, validationError } from '../request/errors.ts';
import { inputReader } from '../request/input.ts';
import type { Shapes } from '../request/shape.ts';
import { encodeKey } from '../storage/keys.ts';
import type { StoredItem } from '../storage/stored-item.ts';
import type { Table } from '../storage/table.ts';
import type { Item } from '../values/attribute.ts';
import { type Context, json, operation, returnValuesOnConditionCheckFailure } from './operation.ts';
import { consumedCapacity, parameters, statement } from './statement-shapes.ts';

interface Member extends StatementInput, WriteOptions {
  ConsistentRead?: boolean;
}

interface Input {
  Statements: Member[];
  ReturnConsumedCapacity?: CapacityDetail;
}

/** Most statements of one batch. */
const MAX_STATEMENTS = 25;

const shapes: Shapes = {
  ReturnConsumedCapacity: consumedCapacity,
  Statements: {
    type: 'List',
    notNull: true,
    lengthGreaterThanOrEqual: 1,
    lengthLessThanOrEqual: MAX_STATEMENTS,
    children: {
      type: 'ValueStruct<BatchStatementRequest>',
      children: {
        Statement: statement,
        Parameters: parameters,
        ConsistentRead: 'Boolean',
        ReturnValuesOnConditionCheckFailure: returnValuesOnConditionCheckFailure,
      },
    },
  },
};

export const batchExecuteStatement = operation(inputReader<Input>(shapes), (input, context) => {
  const read = input.Statements.map(readOrError);
  const kinds = new Set(
    read.flatMap((one) => (one instanceof ApiError ? [] : [one.type === 'select'])),
  );
  if (kinds.size > 1) {
    throw validationError('Read and write requests together in the same batch is not supported.');
  }
  requireDistinct(read, context);
  return {
    Responses: read.map((one, index) =>
      one instanceof ApiError
        ? { Error: errorOf(one) }
        : answer(one, input.Statements[index] as Member, context),
    ),
    ConsumedCapacity: context.meter.consumed(input.ReturnConsumedCapacity),
  };
});

/** No two statements may be about one item; what names no item fails for itself. */
function requireDistinct(read: ReadonlyArray<Statement | ApiError>, context: Context): void {
  const seen = new Set<string>();
  for (const one of read) {
    if (one instanceof ApiError || !context.store.has(one.table)) continue;
    const table = context.store.table(one.table);
    const key = keyOf(one, table);
    if (key === undefined) continue;
    const id = `${table.name}/${encodeKey(key, table.keys)}`;
    if (seen.has(id)) throw validationError('Provided list of item keys contains duplicates');
    seen.add(id);
  }
}

function keyOf(one: Statement, table: Table): Item | undefined {
  const item = one.type === 'insert' ? one.item : namedItem(one.where, table.keys).key;
  const { partition, sort } = table.keys;
  const whole = [...partition, ...sort].every(({ name, type }) => item[name]?.[type] !== undefined);
  return whole ? item : undefined;
}

function readOrError(member: Member): Statement | ApiError {
  try {
    checkParameters(member);
    return readStatement(member);
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
}

function answer(one: Statement, member: Member, context: Context): { [key: string]: Json } {
  try {
    context.authorize?.(member);
    const [row] =
      one.type === 'select' ? readRow(one, member, context) : runWrite(one, member, context);
    return row ? { TableName: one.table, Item: json(row) } : { TableName: one.table };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const ran = ['ConditionalCheckFailed', 'DuplicateItem'].includes(codeOf(error));
    return ran ? { Error: errorOf(error), TableName: one.table } : { Error: errorOf(error) };
  }
}

function readRow(select: Select, member: Member, context: Context): Array<Item | StoredItem> {
  const table = context.store.table(select.table);
  const key = select.index === undefined ? keyOfRead(select, table) : undefined;
  if (key === undefined) {
    throw validationError(
      'Select statements within BatchExecuteStatement must specify the primary key in the where clause.',
    );
  }
  const stored = readItem(table, key, consistencyOf(member), context);
  if (stored === undefined) return [];
  context.meter.itemsReturned++;
  return [rowOf(stored, select)];
}

/** The names of errors are shorter in batches. Source: DynamoDB API Reference, BatchStatementError. */
function codeOf({ code }: ApiError): string {
  switch (code) {
    case 'ValidationException':
      return 'ValidationError';
    case 'ThrottlingException':
      return 'ThrottlingError';
    case 'InternalServerError':
    case 'AccessDenied':
      return code;
    default:
      return code.replace(/Exception$/, '');
  }
}

function errorOf(error: ApiError): { [key: string]: Json } {
  const { Item } = error.details;
  return {
    Code: codeOf(error),
    Message: error.message,
    ...(Item === undefined ? {} : { Item }),
  };
}

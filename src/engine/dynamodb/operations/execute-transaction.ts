/** ExecuteTransaction: statements of PartiQL that all read or all write, together or not at all. */
import type { Json } from '../../lab/result.ts';
import type { CapacityDetail } from '../capacity.ts';
import { KeyTypeError } from '../partiql/key-terms.ts';
import { keyOfRead, rowOf } from '../partiql/select.ts';
import {
  checkParameters,
  readStatement,
  type Select,
  type StatementInput,
  type Write,
} from '../partiql/statements.ts';
import { targetOf, type WriteOptions } from '../partiql/writes.ts';
import { ApiError, VALIDATION, validationError } from '../request/errors.ts';
import { inputReader } from '../request/input.ts';
import type { Shapes } from '../request/shape.ts';
import type { StoredItem } from '../storage/stored-item.ts';
import type { Table } from '../storage/table.ts';
import type { Item } from '../values/attribute.ts';
import { type Context, operation, returnValuesOnConditionCheckFailure } from './operation.ts';
import { runReadTransaction } from './read-transaction.ts';
import { consumedCapacity, parameters, statement } from './statement-shapes.ts';
import { MAX_ACTIONS } from './transaction.ts';
import { cancelFor, type Reason, runWriteTransaction } from './write-transaction.ts';

interface Member extends StatementInput, WriteOptions {}

interface Input {
  TransactStatements: Member[];
  ClientRequestToken?: string;
  ReturnConsumedCapacity?: CapacityDetail;
}

const shapes: Shapes = {
  ReturnConsumedCapacity: consumedCapacity,
  ClientRequestToken: { type: 'String', lengthGreaterThanOrEqual: 1, lengthLessThanOrEqual: 36 },
  TransactStatements: {
    type: 'List',
    notNull: true,
    lengthGreaterThanOrEqual: 1,
    lengthLessThanOrEqual: MAX_ACTIONS,
    children: {
      type: 'ValueStruct<ParameterizedStatement>',
      children: {
        Statement: statement,
        Parameters: parameters,
        ReturnValuesOnConditionCheckFailure: returnValuesOnConditionCheckFailure,
      },
    },
  },
};

export const executeTransaction = operation(inputReader<Input>(shapes), (input, context) => {
  const members = input.TransactStatements;
  for (const member of members) checkParameters(member);
  const read = members.map((member, index) => inMember(index, () => readStatement(member)));
  const selects = read.filter((one) => one.type === 'select');
  const writes = read.filter((one) => one.type !== 'select');
  if (selects.length > 0 && writes.length > 0) {
    throw validationError(
      'ExecuteTransaction API does not support both read and write operations in the same request.',
    );
  }
  const Responses =
    writes.length > 0 ? runWrites(writes, input, context) : runReads(selects, context);
  return {
    Responses,
    ConsumedCapacity: context.meter.consumed(input.ReturnConsumedCapacity, true),
  };
});

/** Says which statement is refused. */
function inMember<Value>(index: number, run: () => Value): Value {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof ApiError) || error.type !== VALIDATION) throw error;
    throw validationError(`Validation failed in TransactStatements[${index}]: ${error.message}`);
  }
}

/** The tables of all statements; those that are not there cancel when nothing worse is wrong. */
function tablesOf(
  statements: ReadonlyArray<Select | Write>,
  { store }: Context,
): Array<Table | undefined> {
  return statements.map(({ table }) => (store.has(table) ? store.table(table) : undefined));
}

const notFound: Reason = { Code: 'ResourceNotFound', Message: 'Requested resource not found' };

function runWrites(writes: readonly Write[], input: Input, context: Context): Json[] {
  const tables = tablesOf(writes, context);
  const targets = writes.map((write, index) => {
    const table = tables[index];
    const options = input.TransactStatements[index] as Member;
    return table && inMember(index, () => targetOf(write, options, table));
  });
  cancelFor(targets.map((target) => (target ? undefined : notFound)));
  const idempotency = {
    token: input.ClientRequestToken,
    request: JSON.stringify(input.TransactStatements),
  };
  runWriteTransaction(
    targets.filter((target) => target !== undefined),
    idempotency,
    context,
  );
  return writes.map(() => ({}));
}

const mismatch: Reason = {
  Code: 'ValidationError',
  Message: 'The provided key element does not match the schema',
};

function runReads(selects: readonly Select[], context: Context): Json[] {
  const tables = tablesOf(selects, context);
  const keys = selects.map((select, index) => {
    const table = tables[index];
    return table && inMember(index, () => keyOrReason(select, table));
  });
  cancelFor(keys.map((key) => (key === undefined ? notFound : isReason(key) ? key : undefined)));
  const reads = selects.map((select, index) => ({
    table: tables[index] as Table,
    key: keys[index] as Item,
    chosen: (stored: StoredItem) => rowOf(stored, select),
  }));
  return runReadTransaction(reads, context);
}

function keyOrReason(select: Select, table: Table): Item | typeof mismatch {
  if (select.index !== undefined)
    throw validationError('Reads on indices are not supported within transactions.');
  let key: Item | undefined;
  try {
    key = keyOfRead(select, table);
  } catch (error) {
    if (error instanceof KeyTypeError) return mismatch;
    throw error;
  }
  if (key === undefined) {
    throw validationError(
      'Select statements within ExecuteTransaction must specify the primary key in the where clause.',
    );
  }
  return key;
}

function isReason(key: Item | Reason): key is Reason {
  return key === mismatch;
}

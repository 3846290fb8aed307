/** ExecuteStatement: one statement of PartiQL. */
import type { CapacityDetail } from '../capacity.ts';
import { runSelect } from '../partiql/select.ts';
import { checkParameters, readStatement, type StatementInput } from '../partiql/statements.ts';
import { runWrite, type WriteOptions } from '../partiql/writes.ts';
import { inputReader } from '../request/input.ts';
import type { Shapes } from '../request/shape.ts';
import { json, operation, returnValuesOnConditionCheckFailure } from './operation.ts';
import { consumedCapacity, parameters, statement } from './statement-shapes.ts';

interface Input extends StatementInput, WriteOptions {
  ConsistentRead?: boolean;
  Limit?: number;
  NextToken?: string;
  ReturnConsumedCapacity?: CapacityDetail;
}

const shapes: Shapes = {
  ReturnConsumedCapacity: consumedCapacity,
  Statement: statement,
  Parameters: parameters,
  ConsistentRead: 'Boolean',
  NextToken: { type: 'String', lengthGreaterThanOrEqual: 1, lengthLessThanOrEqual: 32768 },
  Limit: { type: 'Integer', greaterThanOrEqual: 1 },
  ReturnValuesOnConditionCheckFailure: returnValuesOnConditionCheckFailure,
};

export const executeStatement = operation(inputReader<Input>(shapes), (input, context) => {
  checkParameters(input);
  const read = readStatement(input);
  const rows =
    read.type === 'select'
      ? runSelect(read, input, context)
      : {
          items: runWrite(read, input, context),
          nextToken: undefined,
          lastEvaluatedKey: undefined,
        };
  return {
    Items: rows.items.map((item) => json(item)),
    NextToken: rows.nextToken,
    LastEvaluatedKey: json(rows.lastEvaluatedKey),
    ConsumedCapacity: context.meter.consumed(input.ReturnConsumedCapacity)?.[0],
  };
});

/** ListStreams. */
import { inputReader } from '../request/input.ts';
import { streamArn, streamArnProblem, streamTableName } from '../streams/shapes.ts';
import { findableStreams } from '../streams/stream.ts';
import { operation } from './operation.ts';

interface Input {
  TableName?: string;
  Limit?: number;
  ExclusiveStartStreamArn?: string;
}

const shapes = {
  TableName: streamTableName,
  Limit: { type: 'Integer', greaterThanOrEqual: 1, lessThanOrEqual: 100 },
  ExclusiveStartStreamArn: streamArn,
};

export const listStreams = operation(
  inputReader<Input>(shapes, (input: Input) => streamArnProblem(input.ExclusiveStartStreamArn)),
  ({ TableName, Limit = 100, ExclusiveStartStreamArn: start = '' }, context) => {
    const streams = findableStreams(context).filter(
      ({ arn, tableName }) => arn > start && (TableName === undefined || tableName === TableName),
    );
    const page = streams.slice(0, Limit);
    return {
      Streams: page.map(({ arn, tableName, label }) => ({
        StreamArn: arn,
        TableName: tableName,
        StreamLabel: label,
      })),
      LastEvaluatedStreamArn: streams.length > page.length ? page.at(-1)?.arn : undefined,
    };
  },
);

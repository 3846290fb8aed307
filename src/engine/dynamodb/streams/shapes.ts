/** Members that the operations of DynamoDB Streams share. */
import type { Shape } from '../request/shape.ts';

/** The ARN of a stream. */
export const streamArn: Shape = {
  type: 'String',
  lengthGreaterThanOrEqual: 37,
  lengthLessThanOrEqual: 1024,
};

/** The name of the table that streams are of. */
export const streamTableName: Shape = {
  type: 'String',
  lengthGreaterThanOrEqual: 3,
  lengthLessThanOrEqual: 255,
  regex: '[a-zA-Z0-9_.-]+',
};

/** The identifier of a shard. */
export const shardId: Shape = {
  type: 'String',
  lengthGreaterThanOrEqual: 28,
  lengthLessThanOrEqual: 65,
};

/** What is wrong with the ARN of a stream, if anything. */
export function streamArnProblem(arn: string | undefined): string | undefined {
  const wellFormed =
    arn === undefined || /^arn:[\w-]+:dynamodb:[\w-]+:\d{12}:table\/[\w.-]+\/stream\/.+$/.test(arn);
  return wellFormed ? undefined : `Invalid StreamArn: ${arn}`;
}

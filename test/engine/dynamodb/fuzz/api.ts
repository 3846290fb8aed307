/** DynamoDB's API as the SDK's own model describes it: the input of every operation, as shapes to walk. */
import * as sdk from '@aws-sdk/client-dynamodb';

/** What a place of a request may hold. */
export type Shape =
  | { kind: 'text' | 'number' | 'boolean' | 'bytes' | 'time' }
  | { kind: 'list'; element: () => Shape }
  | { kind: 'map'; value: () => Shape }
  | { kind: 'structure'; name: string; members: Record<string, () => Shape> };

/** The SDK writes shapes as numbers for simple types and as arrays that begin with their kind. */
type Written = number | string | readonly unknown[] | (() => Written);

const simple: Record<number, 'text' | 'number' | 'boolean' | 'bytes' | 'time'> = {
  0: 'text',
  1: 'number',
  2: 'boolean',
  4: 'time',
  21: 'bytes',
};
const [LIST, MAP, STRUCTURE, UNION, OPERATION] = [1, 2, 3, 4, 9];
/** Added to a simple type's number: a list of it, or a map to it. */
const [LIST_OF, MAP_TO] = [64, 128];

function read(written: Written): Shape {
  if (typeof written === 'function') return read(written());
  if (written === 'unit') return { kind: 'structure', name: 'Unit', members: {} };
  if (typeof written === 'number') {
    if (written & MAP_TO) return { kind: 'map', value: () => read(written & ~MAP_TO) };
    if (written & LIST_OF) return { kind: 'list', element: () => read(written & ~LIST_OF) };
    const kind = simple[written];
    if (kind === undefined)
      throw new TypeError(`the SDK's model has a new simple type: ${written}`);
    return { kind };
  }
  const [kind, , name, , fourth, fifth] = written as [
    number,
    string,
    string,
    unknown,
    never,
    never,
  ];
  switch (kind) {
    case LIST:
      return { kind: 'list', element: () => read(member(fourth)) };
    case MAP:
      return { kind: 'map', value: () => read(member(fifth)) };
    case STRUCTURE:
    case UNION: {
      const [names, shapes] = [fourth as string[], fifth as Written[]];
      return {
        kind: 'structure',
        name,
        members: Object.fromEntries(
          names.map((each, index) => [each, () => read(member(shapes[index] as Written))]),
        ),
      };
    }
    default:
      throw new TypeError(`the SDK's model has a new kind of shape: ${JSON.stringify(written)}`);
  }
}

/** A member with traits of its own is written as a pair. */
function member(written: Written): Written {
  return Array.isArray(written) && written.length === 2 ? (written[0] as Written) : written;
}

const text = (): Shape => ({ kind: 'text' });
const number = (): Shape => ({ kind: 'number' });
const streams = (name: string, members: Record<string, () => Shape>): Shape => ({
  kind: 'structure',
  name,
  members,
});

/** DynamoDB Streams is an API of its own, which the SDK for DynamoDB does not describe. */
const streamsApi: Array<[name: string, input: Shape]> = [
  [
    'ListStreams',
    streams('ListStreamsInput', { TableName: text, Limit: number, ExclusiveStartStreamArn: text }),
  ],
  [
    'DescribeStream',
    streams('DescribeStreamInput', {
      StreamArn: text,
      Limit: number,
      ExclusiveStartShardId: text,
      ShardFilter: () => streams('ShardFilter', { Type: text, ShardId: text }),
    }),
  ],
  [
    'GetShardIterator',
    streams('GetShardIteratorInput', {
      StreamArn: text,
      ShardId: text,
      ShardIteratorType: text,
      SequenceNumber: text,
    }),
  ],
  ['GetRecords', streams('GetRecordsInput', { ShardIterator: text, Limit: number })],
];

/** The input of every operation of DynamoDB and DynamoDB Streams, by the operation's name. */
export const api: ReadonlyMap<string, Shape> = new Map([
  ...Object.values(sdk as Record<string, unknown>)
    .filter((value): value is readonly unknown[] => Array.isArray(value) && value[0] === OPERATION)
    .map(([, , name, , input]): [string, Shape] => [name as string, read(input as Written)]),
  ...streamsApi,
]);

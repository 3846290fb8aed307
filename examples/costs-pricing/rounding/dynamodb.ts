import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const TableName = 'Sessions';
const ReturnConsumedCapacity = 'TOTAL' as const;

/** Names count too: SessionID, S, Body and its text. */
const write = async (bytes: number) => {
  const { ConsumedCapacity } = await db.send(
    new PutCommand({
      TableName,
      Item: { SessionID: 'S', Body: 'x'.repeat(bytes - 14) },
      ReturnConsumedCapacity,
    }),
  );
  console.log(bytes, 'bytes:', ConsumedCapacity?.CapacityUnits);
};
const read = async (ProjectionExpression?: string) => {
  const { ConsumedCapacity } = await db.send(
    new GetCommand({
      TableName,
      Key: { SessionID: 'S' },
      ConsistentRead: true,
      ProjectionExpression,
      ReturnConsumedCapacity,
    }),
  );
  console.log('Read:', ConsumedCapacity?.CapacityUnits);
};

// step: A write
await write(1024);
await write(1025);

// step: A read
await write(4096);
await read();
await write(4097);
await read();

// step: One attribute of many
await write(300 * 1024 - 100);
const { ConsumedCapacity } = await db.send(
  new UpdateCommand({
    TableName,
    Key: { SessionID: 'S' },
    UpdateExpression: 'ADD Edits :one',
    ExpressionAttributeValues: { ':one': 1 },
    ReturnConsumedCapacity,
  }),
);
console.log('Update:', ConsumedCapacity?.CapacityUnits);

// step: Ask for less
await read();
await read('SessionID');

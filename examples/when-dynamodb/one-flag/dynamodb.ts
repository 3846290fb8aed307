import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = 'App';
const body = 'x'.repeat(299 * 1024); // with its keys about 300 KB

const publish = (PK: string, SK: string) =>
  db.send(
    new UpdateCommand({
      TableName,
      Key: { PK, SK },
      UpdateExpression: 'SET Published = :yes',
      ExpressionAttributeValues: { ':yes': true },
    }),
  );

// step: Store an article of 300 KB
await db.send(
  new PutCommand({
    TableName,
    Item: {
      PK: 'ARTICLE#1',
      SK: 'ARTICLE',
      Title: 'On ink',
      Published: false,
      Body: body,
    },
  }),
);

// step: Publish it
await publish('ARTICLE#1', 'ARTICLE');

// step: Store another in two items
await db.send(
  new BatchWriteCommand({
    RequestItems: {
      [TableName]: [
        {
          PutRequest: {
            Item: {
              PK: 'ARTICLE#2',
              SK: 'ABOUT',
              Title: 'On paper',
              Published: false,
            },
          },
        },
        {
          PutRequest: {
            Item: { PK: 'ARTICLE#2', SK: 'BODY', Body: body },
          },
        },
      ],
    },
  }),
);

// step: Publish the other
await publish('ARTICLE#2', 'ABOUT');

// step: Read both titles
for (const Key of [
  { PK: 'ARTICLE#1', SK: 'ARTICLE' },
  { PK: 'ARTICLE#2', SK: 'ABOUT' },
]) {
  const { Item, ConsumedCapacity } = await db.send(
    new GetCommand({
      TableName,
      Key,
      ProjectionExpression: 'Title',
      ReturnConsumedCapacity: 'TOTAL',
    }),
  );
  console.log(Item?.Title, ConsumedCapacity?.CapacityUnits);
}

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

// step: Rename it
const { Items = [] } = await db.send(
  new ScanCommand({ TableName: 'Inventory' }), // = whole
);
for (const { ProductID } of Items) {
  await db.send(
    new UpdateCommand({
      TableName: 'Inventory',
      Key: { ProductID },
      UpdateExpression: 'SET Title = #old REMOVE #old', // = rename
      ExpressionAttributeNames: { '#old': 'Name' },
    }),
  );
}

// step: A program of yesterday
const { Item } = await db.send(
  new GetCommand({
    TableName: 'Inventory', // = table
    Key: { ProductID: 'P9012' }, // = key
  }),
);
console.log('Name:', Item?.Name); // = name "Item?.Name"

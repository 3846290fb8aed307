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
  new ScanCommand({ TableName: 'Inventory' }),
);
for (const { ProductID } of Items) {
  await db.send(
    new UpdateCommand({
      TableName: 'Inventory',
      Key: { ProductID },
      UpdateExpression: 'SET Title = #old REMOVE #old',
      ExpressionAttributeNames: { '#old': 'Name' },
    }),
  );
}

// step: A program of yesterday
const { Item } = await db.send(
  new GetCommand({
    TableName: 'Inventory',
    Key: { ProductID: 'P9012' },
  }),
);
console.log('Name:', Item?.Name);

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const { Items: products = [] } = await db.send(
  new ScanCommand({ TableName: 'Inventory' }),
);

// step: New columns
// Nothing to declare. A value for those that are there:
for (const { ProductID } of products) {
  await db.send(
    new UpdateCommand({
      TableName: 'Inventory',
      Key: { ProductID },
      UpdateExpression: 'SET Tier = if_not_exists(Tier, :free)',
      ExpressionAttributeValues: { ':free': 'free' },
    }),
  );
}

// step: Names and types
// A number becomes a text. The program converts it.
for (const { ProductID, Price } of products) {
  await db.send(
    new UpdateCommand({
      TableName: 'Inventory',
      Key: { ProductID },
      UpdateExpression: 'SET Price = :text',
      ConditionExpression: 'Price = :seen',
      ExpressionAttributeValues: {
        ':text': Number(Price).toFixed(2),
        ':seen': Price,
      },
    }),
  );
}

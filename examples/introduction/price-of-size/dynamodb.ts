import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

// step: By key, of 20
const product = await db.send(
  new GetCommand({
    TableName: 'Inventory',
    Key: { ProductID: 'P9012' },
  }),
);
console.log(product.Item?.Name);

// step: By key, of 10,000
const view = await db.send(
  new GetCommand({
    TableName: 'PageViews',
    Key: { DeviceID: 'D001', At: '2024-12-29T16:00:14Z' },
  }),
);
console.log('post', view.Item?.PostID);

// step: By something else, of 20
const dear = await db.send(
  new ScanCommand({
    TableName: 'Inventory',
    FilterExpression: 'Price > :price',
    ExpressionAttributeValues: { ':price': 70 },
  }),
);
console.log(`${dear.Count} found, ${dear.ScannedCount} read`);

// step: By something else, of 10,000
const seen = await db.send(
  new ScanCommand({
    TableName: 'PageViews',
    FilterExpression: 'PostID = :post',
    ExpressionAttributeValues: { ':post': 500 },
  }),
);
console.log(`${seen.Count} found, ${seen.ScannedCount} read`);

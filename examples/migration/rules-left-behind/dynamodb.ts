import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const order = (Item: Record<string, unknown>) =>
  db.send(new PutCommand({ TableName: 'Orders', Item }));

// step: An order of nobody
await order({
  OrderID: 'O8801',
  CustomerID: 'C9999',
  Amount: 12.5,
  Status: 'Pending',
});

// step: An address that is taken
await db.send(
  new PutCommand({
    TableName: 'Users',
    Item: {
      UserID: 'U99001',
      Username: 'johnny',
      Email: 'john@example.com',
    },
  }),
);

// step: An amount that is no number
await order({
  OrderID: 'O8802',
  CustomerID: 'C5678',
  Amount: '12,50',
  Status: 'Pending',
});

// step: An order without a status
await order({
  OrderID: 'O8803',
  CustomerID: 'C5678',
  Amount: 12.5,
});

// step: A number that is taken
await order({
  OrderID: 'O1233',
  CustomerID: 'C5678',
  Amount: 1,
  Status: 'Pending',
});

// step: What is there now
const { Count } = await db.send(
  new ScanCommand({
    TableName: 'Orders',
    FilterExpression: 'OrderID > :last',
    ExpressionAttributeValues: { ':last': 'O8800' },
    Select: 'COUNT',
  }),
);
console.log('bad orders:', Count);
const { Item } = await db.send(
  new GetCommand({
    TableName: 'Orders',
    Key: { OrderID: 'O1233' },
  }),
);
console.log('O1233:', Item?.CustomerID, Item?.Amount);

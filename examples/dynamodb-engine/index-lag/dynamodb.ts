import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

/** The open orders of the new year. */
const pending = {
  TableName: 'Orders',
  IndexName: 'OrdersByStatus',
  KeyConditionExpression:
    '#status = :status AND CreatedAt >= :from',
  ExpressionAttributeNames: { '#status': 'Status' },
  ExpressionAttributeValues: {
    ':status': 'Pending',
    ':from': '2025-01-01',
  },
};
const order = {
  TableName: 'Orders',
  Key: { OrderID: 'O1234' },
};

async function compare() {
  const { Count } = await db.send(new QueryCommand(pending));
  const { Item } = await db.send(new GetCommand(order));
  console.log('Pending in the index:', Count);
  console.log('Status in the table:', Item?.Status);
}

// step: Place an order
await db.send(
  new PutCommand({
    TableName: 'Orders',
    Item: {
      OrderID: 'O1234',
      CustomerID: 'C5678',
      Amount: 99.95,
      Status: 'Pending',
      CreatedAt: '2025-01-01T09:30:00Z',
    },
  }),
);
await compare();

// step: Ask the index consistently
await db.send(
  new QueryCommand({ ...pending, ConsistentRead: true }),
);

// step: A second later
await compare();

// step: Ship it
await db.send(
  new UpdateCommand({
    ...order,
    UpdateExpression: 'SET #status = :status',
    ExpressionAttributeNames: { '#status': 'Status' },
    ExpressionAttributeValues: { ':status': 'Shipped' },
  }),
);
await compare();

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  TransactGetCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const put = (
  OrderID: string,
  more: Record<string, string> = {},
) => ({
  TableName: 'Orders',
  Item: { OrderID, CustomerID: 'C5678', Amount: 8.9, ...more },
  ConditionExpression: 'attribute_not_exists(OrderID)',
});

// step: One write
await db.send(new PutCommand(put('O1234')));

// step: The same in a transaction
await db.send(
  new TransactWriteCommand({
    TransactItems: [{ Put: put('O1235') }],
  }),
);

// step: With an index
// Status and CreatedAt are the key of the index OrdersByStatus.
const indexed = {
  Status: 'Paid',
  CreatedAt: '2025-01-01T09:00:00Z',
};
await db.send(new PutCommand(put('O1236', indexed)));
await db.send(
  new TransactWriteCommand({
    TransactItems: [{ Put: put('O1237', indexed) }],
  }),
);

// step: A write that is refused
await db.send(
  new TransactWriteCommand({
    TransactItems: [{ Put: put('O1234') }],
  }),
);

// step: Read it again
const key = { TableName: 'Orders', Key: { OrderID: 'O1234' } };
await db.send(new GetCommand({ ...key, ConsistentRead: true }));
await db.send(
  new TransactGetCommand({ TransactItems: [{ Get: key }] }),
);

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

/** As many products as asked for: L001, L002, ... */
const products = (count: number) =>
  Array.from(
    { length: count },
    (_, i) => `L${String(i + 1).padStart(3, '0')}`,
  );

const line = (OrderID: string, ProductID: string) => ({
  Put: {
    TableName: 'App',
    Item: {
      PK: `ORDER#${OrderID}`,
      SK: `ITEM#${ProductID}`,
      Qty: 1,
    },
  },
});
const takeOne = (ProductID: string) => ({
  Update: {
    TableName: 'Inventory',
    Key: { ProductID },
    UpdateExpression: 'SET Stock = Stock - :one',
    ConditionExpression: 'Stock >= :one',
    ExpressionAttributeValues: { ':one': 1 },
  },
});
const order = (OrderID: string, Status: string) => ({
  Put: {
    TableName: 'Orders',
    Item: { OrderID, CustomerID: 'C5678', Status },
    ConditionExpression: 'attribute_not_exists(OrderID)',
  },
});
const countOne = {
  Update: {
    TableName: 'Customers',
    Key: { CustomerID: 'C5678' },
    UpdateExpression: 'SET OrderCount = OrderCount + :one',
    ExpressionAttributeValues: { ':one': 1 },
  },
};

async function look(when: string) {
  const { Item } = await db.send(
    new GetCommand({
      TableName: 'Orders',
      Key: { OrderID: 'O1235' },
    }),
  );
  const { Item: last } = await db.send(
    new GetCommand({
      TableName: 'Inventory',
      Key: { ProductID: 'L060' },
    }),
  );
  console.log(
    `${when}: ${Item?.Status}, stock of L060 is ${last?.Stock}`,
  );
}

// step: Nine each of 60 products
for (let n = 0; n < 60; n += 20) {
  await db.send(
    new BatchWriteCommand({
      RequestItems: {
        Inventory: products(60)
          .slice(n, n + 20)
          .map((ProductID) => ({
            PutRequest: {
              Item: { ProductID, Stock: 9 },
            },
          })),
      },
    }),
  );
}

// step: 40 lines
await db.send(
  new TransactWriteCommand({
    TransactItems: [
      order('O1234', 'Pending'),
      countOne,
      ...products(40).map((id) => line('O1234', id)),
      ...products(40).map(takeOne),
    ],
  }),
);

// step: 60 lines
await db.send(
  new TransactWriteCommand({
    TransactItems: [
      order('O1235', 'Pending'),
      countOne,
      ...products(60).map((id) => line('O1235', id)),
      ...products(60).map(takeOne),
    ],
  }),
);

// step: 60 lines, in two
await db.send(
  new TransactWriteCommand({
    TransactItems: [
      order('O1235', 'Draft'),
      ...products(60).map((id) => line('O1235', id)),
    ],
  }),
);
await look('In between');
await db.send(
  new TransactWriteCommand({
    TransactItems: [
      {
        Update: {
          TableName: 'Orders',
          Key: { OrderID: 'O1235' },
          UpdateExpression: 'SET #status = :pending',
          ConditionExpression: '#status = :draft',
          ExpressionAttributeNames: { '#status': 'Status' },
          ExpressionAttributeValues: {
            ':pending': 'Pending',
            ':draft': 'Draft',
          },
        },
      },
      countOne,
      ...products(60).map(takeOne),
    ],
  }),
);
await look('Afterwards');

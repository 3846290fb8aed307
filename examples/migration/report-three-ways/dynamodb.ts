import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

type Line = { ProductID: string; Qty: number };

/** The keys of the ten latest orders that are pending. */
async function latestTen() {
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName: 'Orders',
      IndexName: 'OrdersByStatus',
      KeyConditionExpression: '#status = :pending',
      ExpressionAttributeNames: { '#status': 'Status' },
      ExpressionAttributeValues: { ':pending': 'Pending' },
      ScanIndexForward: false,
      Limit: 10,
    }),
  );
  return Items.map(({ OrderID }) => ({ OrderID }));
}

// step: Ask for each
const lines: string[] = [];
for (const Key of await latestTen()) {
  const order = await db.send(
    new GetCommand({ TableName: 'Orders', Key }),
  );
  const bought: Line[] = order.Item?.Items ?? [];
  for (const { ProductID, Qty } of bought) {
    const { Item: product } = await db.send(
      new GetCommand({
        TableName: 'Inventory',
        Key: { ProductID },
      }),
    );
    lines.push(`${Key.OrderID}: ${Qty} x ${product?.Name}`);
  }
}
console.log(lines.length, 'lines');
console.log(lines[0]);

// step: Ask in batches
const { Responses: found } = await db.send(
  new BatchGetCommand({
    RequestItems: { Orders: { Keys: await latestTen() } },
  }),
);
const orders = found?.Orders ?? [];
const wanted = new Set(
  orders.flatMap(({ Items }) =>
    (Items as Line[]).map(({ ProductID }) => ProductID),
  ),
);
const { Responses: named } = await db.send(
  new BatchGetCommand({
    RequestItems: {
      Inventory: {
        Keys: [...wanted].map((ProductID) => ({ ProductID })),
      },
    },
  }),
);
const names = new Map(
  named?.Inventory?.map((item) => [item.ProductID, item.Name]),
);
const joined = orders
  .flatMap(({ OrderID, Items }) =>
    (Items as Line[]).map(
      ({ ProductID, Qty }) =>
        `${OrderID}: ${Qty} x ${names.get(ProductID)}`,
    ),
  )
  .sort();
console.log(joined.length, 'lines');
console.log(joined.length === lines.length);

// step: Write the report beforehand
await db.send(
  new BatchWriteCommand({
    RequestItems: {
      App: orders.map(({ OrderID, Items }) => ({
        PutRequest: {
          Item: {
            PK: 'REPORT#PENDING',
            SK: OrderID,
            Lines: (Items as Line[]).map(
              ({ ProductID, Qty }) =>
                `${Qty} x ${names.get(ProductID)}`,
            ),
          },
        },
      })),
    },
  }),
);

// step: Read the report
const report = await db.send(
  new QueryCommand({
    TableName: 'App',
    KeyConditionExpression: 'PK = :report',
    ExpressionAttributeValues: { ':report': 'REPORT#PENDING' },
    ScanIndexForward: false,
  }),
);
const [first] = report.Items ?? [];
console.log(first?.SK, first?.Lines);

import {
  DynamoDBClient,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';

const virginia = DynamoDBDocumentClient.from(
  new DynamoDBClient({ region: 'us-east-1' }),
);
const ireland = DynamoDBDocumentClient.from(
  new DynamoDBClient({ region: 'eu-west-1' }),
);

const pen = {
  TableName: 'Inventory',
  Key: { ProductID: 'P9012' },
};

const order = (OrderID: string, CustomerID: string) =>
  new TransactWriteCommand({
    TransactItems: [
      {
        Put: {
          TableName: 'Orders',
          Item: { OrderID, CustomerID, Amount: 99.95 },
          ConditionExpression: 'attribute_not_exists(OrderID)',
        },
      },
      {
        Update: {
          ...pen,
          UpdateExpression: 'SET Stock = Stock - :one',
          ConditionExpression: 'Stock >= :one',
          ExpressionAttributeValues: { ':one': 1 },
        },
      },
    ],
  });

async function look(name: string, db: DynamoDBDocumentClient) {
  const { Item } = await db.send(
    new GetCommand({ ...pen, ConsistentRead: true }),
  );
  const found: string[] = [];
  for (const OrderID of ['O1234', 'O1235']) {
    const { Item } = await db.send(
      new GetCommand({ TableName: 'Orders', Key: { OrderID } }),
    );
    if (Item) found.push(OrderID);
  }
  const orders = found.join(' ') || 'none';
  console.log(
    `${name}: stock ${Item?.Stock}, orders ${orders}`,
  );
}

// step: Two tables in two Regions
for (const TableName of ['Inventory', 'Orders']) {
  await virginia.send(
    new UpdateTableCommand({
      TableName,
      ReplicaUpdates: [{ Create: { RegionName: 'eu-west-1' } }],
    }),
  );
}

// step: Virginia sells it
await virginia.send(order('O1234', 'C5678'));
await look('Virginia', virginia);

// step: Ireland sells it
await ireland.send(order('O1235', 'C5677'));
await look('Ireland', ireland);

// step: Two seconds later
await look('Virginia', virginia);
await look('Ireland', ireland);

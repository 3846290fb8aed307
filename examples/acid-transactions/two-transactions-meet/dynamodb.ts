import {
  DynamoDBClient,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  TransactGetCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const pen = {
  TableName: 'Inventory',
  Key: { ProductID: 'P9012' },
};
const takeOne = {
  ...pen,
  UpdateExpression: 'SET Stock = Stock - :one',
  ExpressionAttributeValues: { ':one': 1 },
};
const order = new TransactWriteCommand({
  TransactItems: [
    {
      Put: {
        TableName: 'Orders',
        Item: { OrderID: 'O1234', CustomerID: 'C5678' },
      },
    },
    { Update: takeOne },
  ],
});

// step: A plain write
await db.send(new UpdateCommand(takeOne));

// step: A plain read
const { Item } = await db.send(
  new GetCommand({ ...pen, ConsistentRead: true }),
);
console.log('Stock:', Item?.Stock);

// step: Another transaction
await db.send(order);

// step: A transaction that reads
await db.send(
  new TransactGetCommand({ TransactItems: [{ Get: pen }] }),
);

// step: Try until it works
let attempts = 0;
for (let done = false; !done && attempts < 5; ) {
  attempts += 1;
  try {
    await db.send(order);
    done = true;
  } catch (error) {
    if (!(error instanceof TransactionCanceledException))
      throw error;
    const codes = error.CancellationReasons?.map((r) => r.Code);
    if (!codes?.includes('TransactionConflict')) throw error;
  }
}
console.log(`${attempts} attempts`);

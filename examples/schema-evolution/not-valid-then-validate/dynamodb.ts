import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const setStock = (ProductID: string, stock: number) => ({
  TableName: 'Inventory',
  Key: { ProductID },
  UpdateExpression: 'SET Stock = :stock',
  ExpressionAttributeValues: { ':stock': stock },
});

// step: An old mistake
await db.send(new UpdateCommand(setStock('P9012', -1)));

// step: The rule for new writes
const taken = 1000;
await db.send(
  new UpdateCommand({
    TableName: 'Inventory',
    Key: { ProductID: 'P9013' },
    UpdateExpression: 'SET Stock = Stock - :qty',
    ConditionExpression: 'Stock >= :qty',
    ExpressionAttributeValues: { ':qty': taken },
  }),
);

// step: Do the old rows keep it?
const bad = await db.send(
  new ScanCommand({
    TableName: 'Inventory',
    FilterExpression: 'Stock < :zero',
    ExpressionAttributeValues: { ':zero': 0 },
  }),
);
const ids = (bad.Items ?? []).map(({ ProductID }) => ProductID);
console.log(
  `${bad.Count} of ${bad.ScannedCount} breaks the rule: ${ids}`,
);

// step: Repair and ask again
await db.send(new UpdateCommand(setStock('P9012', 0)));

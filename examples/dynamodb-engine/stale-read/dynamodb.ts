import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const product = {
  TableName: 'Inventory',
  Key: { ProductID: 'P9012' },
};

// step: Write, then read
await db.send(
  new UpdateCommand({
    ...product,
    UpdateExpression: 'SET Stock = Stock + :arrived',
    ExpressionAttributeValues: { ':arrived': 30 },
  }),
);
const { Item: seen } = await db.send(new GetCommand(product));
console.log('Read:', seen?.Stock);

// step: Read consistently
const { Item: newest } = await db.send(
  new GetCommand({ ...product, ConsistentRead: true }),
);
console.log('Read:', newest?.Stock);

// step: Trust what was read
await db.send(
  new UpdateCommand({
    ...product,
    UpdateExpression: 'SET Stock = :left',
    ConditionExpression: 'Stock = :seen',
    ExpressionAttributeValues: {
      ':seen': seen?.Stock,
      ':left': seen?.Stock - 1,
    },
  }),
);

// step: A second later
const { Item: later } = await db.send(new GetCommand(product));
console.log('Read:', later?.Stock);

import {
  DynamoDBClient,
  ExecuteStatementCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  TransactGetCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);

// step: The same words
const { Item } = await db.send(
  new GetCommand({
    TableName: 'Inventory',
    Key: { ProductID: 'P9012' },
  }),
);
console.log(Item);

// step: What the lists leave out
const both = await db.send(
  new TransactGetCommand({
    TransactItems: ['P9012', 'P9013'].map((ProductID) => ({
      Get: { TableName: 'Inventory', Key: { ProductID } },
    })),
  }),
);
console.log(both.Responses?.length, 'items at one moment');
const { Items } = await client.send(
  new ExecuteStatementCommand({
    Statement: `SELECT Stock FROM Inventory
                 WHERE ProductID = 'P9012'`,
  }),
);
console.log(Items);

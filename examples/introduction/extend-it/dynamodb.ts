import {
  CreateTableCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
} from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({});
const run = (Statement: string) =>
  client.send(new ExecuteStatementCommand({ Statement }));

// step: A type of your own
await client.send(
  new CreateTableCommand({
    TableName: 'Offers',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      {
        AttributeName: 'Price',
        // @ts-expect-error: the types object before DynamoDB does
        AttributeType: 'PRICE',
      },
    ],
    KeySchema: [{ AttributeName: 'Price', KeyType: 'HASH' }],
  }),
);

// step: An aggregate of your own
await run(`SELECT product(Qty) FROM "Orders"`);

// step: An extension
await run('CREATE EXTENSION pg_trgm');

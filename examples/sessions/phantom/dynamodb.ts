import {
  CreateTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  TransactGetCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = 'Orders';

const order = (Id: number, Amount: number) =>
  new PutCommand({
    TableName,
    Item: { Customer: 'C1', Id, Amount },
  });

const ordersOfC1 = () =>
  new QueryCommand({
    TableName,
    KeyConditionExpression: 'Customer = :c1',
    ExpressionAttributeValues: { ':c1': 'C1' },
    ConsistentRead: true,
  });

// step: set-up
await db.send(
  new CreateTableCommand({
    TableName,
    AttributeDefinitions: [
      { AttributeName: 'Customer', AttributeType: 'S' },
      { AttributeName: 'Id', AttributeType: 'N' },
    ],
    KeySchema: [
      { AttributeName: 'Customer', KeyType: 'HASH' },
      { AttributeName: 'Id', KeyType: 'RANGE' },
    ],
    BillingMode: 'PAY_PER_REQUEST',
  }),
);
await db.send(order(1, 30));
await db.send(order(2, 50));

// step: A2
const { Items: list = [] } = await db.send(ordersOfC1());
console.log('A lists', list);

// step: A3
const { Items: now = [] } = await db.send(ordersOfC1());
const total = now.reduce((sum, item) => sum + item.Amount, 0);
console.log('A counts', now.length, 'and adds up', total);
const { Responses: known = [] } = await db.send(
  new TransactGetCommand({
    TransactItems: list.map(({ Customer, Id }) => ({
      Get: { TableName, Key: { Customer, Id } },
    })),
  }),
);
console.log('By the keys of the list:', known.length);

// step: B3
await db.send(order(3, 20));

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

// step: Old and new in one answer
const { Attributes } = await db.send(
  new UpdateCommand({
    TableName: 'Inventory',
    Key: { ProductID: 'P9001' },
    UpdateExpression: 'SET Price = Price + :more',
    ExpressionAttributeValues: { ':more': 1 },
    ReturnValues: 'UPDATED_NEW',
  }),
);
console.log('new price:', Attributes?.Price);

// step: A value that is computed
type Line = { Qty: number; UnitPrice: number };
const order = await db.send(
  new GetCommand({
    TableName: 'Orders',
    Key: { OrderID: 'O1233' },
  }),
);
const lines: Line[] = order.Item?.Items ?? [];
const cents = lines.reduce(
  (sum, { Qty, UnitPrice }) =>
    sum + Qty * Math.round(UnitPrice * 100),
  0,
);
console.log('total:', cents / 100);

// step: Rows from a document
const user = await db.send(
  new GetCommand({
    TableName: 'Users',
    Key: { UserID: 'U12345' },
  }),
);
console.log(user.Item?.Roles.join(', '));

// step: Insert or change
await db.send(
  new UpdateCommand({
    TableName: 'Inventory',
    Key: { ProductID: 'P9021' },
    UpdateExpression:
      'SET #name = :name, Price = :price ADD Stock :more',
    ExpressionAttributeNames: { '#name': 'Name' },
    ExpressionAttributeValues: {
      ':name': 'Wax',
      ':price': 4.5,
      ':more': 10,
    },
  }),
);

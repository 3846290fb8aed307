import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';

const dynamodb = new DynamoDB({});

// step: Run it as printed
const params = {
  TransactItems: [
    {
      Put: {
        TableName: 'Orders',
        Item: {
          OrderID: 'O1234',
          CustomerID: 'C5678',
          Amount: 99.95,
          Status: 'Pending',
        },
        ConditionExpression: 'attribute_not_exists(OrderID)',
      },
    },
    {
      Update: {
        TableName: 'Customers',
        Key: { CustomerID: 'C5678' },
        UpdateExpression: 'SET OrderCount = OrderCount + :inc',
        ExpressionAttributeValues: { ':inc': 1 },
      },
    },
    {
      Update: {
        TableName: 'Inventory',
        Key: { ProductID: 'P9012' },
        UpdateExpression: 'SET Stock = Stock - :qty',
        ConditionExpression: 'Stock >= :qty',
        ExpressionAttributeValues: { ':qty': 1 },
      },
    },
  ],
};
await new Promise<void>((resolve, reject) => {
  // @ts-expect-error: the types object before DynamoDB does
  dynamodb.transactWriteItems(params, (err, _data) => {
    if (err) return reject(err);
    console.log('Transaction completed successfully');
    resolve();
  });
});

// step: Two orders, and no check
const db = DynamoDBDocument.from(dynamodb);

const order = (OrderID: string, CustomerID: string) =>
  db.transactWrite({
    TransactItems: [
      {
        Put: {
          TableName: 'Orders',
          Item: {
            OrderID,
            CustomerID,
            Amount: 99.95,
            Status: 'Pending',
          },
          ConditionExpression: 'attribute_not_exists(OrderID)',
        },
      },
      {
        Update: {
          TableName: 'Customers',
          Key: { CustomerID },
          UpdateExpression:
            'SET OrderCount = OrderCount + :inc',
          ExpressionAttributeValues: { ':inc': 1 },
        },
      },
      {
        Update: {
          TableName: 'Inventory',
          Key: { ProductID: 'P9012' },
          UpdateExpression: 'SET Stock = Stock - :qty',
          ExpressionAttributeValues: { ':qty': 1 },
        },
      },
    ],
  });

await order('O1235', 'C5678');
await order('O1236', 'C5678');

// step: What is in stock
const { Item } = await db.get({
  TableName: 'Inventory',
  Key: { ProductID: 'P9012' },
});
console.log('Stock of P9012:', Item?.Stock);

// step: A customer nobody knows
await order('O1237', 'C9999');

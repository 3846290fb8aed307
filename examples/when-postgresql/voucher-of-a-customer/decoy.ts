import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const issue = async (code: string, CustomerID: string) => {
  const { Item: customer } = await db.send(
    new GetCommand({
      TableName: 'Customers',
      Key: { CustomerID },
      ConsistentRead: true,
    }),
  );
  await db.send(
    new TransactWriteCommand({
      TransactItems: [
        {
          Put: {
            TableName: 'App',
            Item: {
              PK: `VOUCHER#${code}`,
              SK: 'VOUCHER',
              CustomerID,
              Percent: 10,
            },
            ConditionExpression: customer
              ? 'attribute_not_exists(PK)'
              : 'attribute_exists(Customer)',
          },
        },
      ],
    }),
  );
};

// step: A voucher
await issue('INK10', 'C5678');

// step: One with a code that is taken
await issue('INK10', 'C5677');

// step: One of a customer who is not there
await issue('INK11', 'C0000');

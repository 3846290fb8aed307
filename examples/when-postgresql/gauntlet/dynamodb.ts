import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const PK = 'VOUCHERS';

/** Stores a voucher under every condition that helps. */
const issue = (
  code: string,
  CustomerID: string | undefined,
  Percent: number,
  Status = 'new',
) =>
  db.send(
    new TransactWriteCommand({
      TransactItems: [
        {
          Put: {
            TableName: 'App',
            Item: {
              PK,
              SK: code,
              Percent,
              Status,
              ...(CustomerID && { CustomerID }),
            },
            ConditionExpression: 'attribute_not_exists(PK)',
          },
        },
        ...(CustomerID
          ? [
              {
                ConditionCheck: {
                  TableName: 'Customers',
                  Key: { CustomerID },
                  ConditionExpression:
                    'attribute_exists(CustomerID)',
                },
              },
            ]
          : []),
      ],
    }),
  );
await issue('INK10', 'C5678', 10);

// step: Of no customer
await issue('INK11', undefined, 10);

// step: Of a customer who is not there
await issue('INK12', 'C0000', 10);

// step: With a code that is taken
await issue('INK10', 'C5677', 50);

// step: For 100 per cent
await issue('INK13', 'C5678', 100);

// step: In a state that does not exist
await issue('INK14', 'C5678', 10, 'maybe');

// step: What got in
const { Items } = await db.send(
  new QueryCommand({
    TableName: 'App',
    KeyConditionExpression: 'PK = :vouchers',
    ExpressionAttributeValues: { ':vouchers': PK },
  }),
);
for (const { SK, CustomerID, Percent, Status } of Items ?? [])
  console.log(SK, CustomerID ?? 'nobody', Percent, Status);

import {
  ConditionalCheckFailedException,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const customer = {
  TableName: 'Customers',
  Key: { CustomerID: 'C5678' },
};
const countOne = {
  ...customer,
  UpdateExpression: 'ADD OrderCount :one',
  ExpressionAttributeValues: { ':one': 1 },
};

async function show(attempts?: number) {
  const { Item } = await db.send(
    new GetCommand({ ...customer, ConsistentRead: true }),
  );
  if (attempts) console.log('Attempts of the SDK:', attempts);
  console.log('Orders counted:', Item?.OrderCount);
}

// step: Count an order
const plain = await db.send(new UpdateCommand(countOne));
await show(plain.$metadata.attempts);

// step: Remember what was counted
try {
  await db.send(
    new UpdateCommand({
      ...customer,
      UpdateExpression: 'ADD OrderCount :one, Counted :orders',
      ConditionExpression: 'NOT contains(Counted, :order)',
      ExpressionAttributeValues: {
        ':one': 1,
        ':order': 'O1235',
        ':orders': new Set(['O1235']),
      },
    }),
  );
} catch (error) {
  if (!(error instanceof ConditionalCheckFailedException)) {
    throw error;
  }
  console.log('O1235 is counted already');
}
await show();

// step: Let a token remember
const withToken = await db.send(
  new TransactWriteCommand({
    ClientRequestToken: 'count-O1236',
    TransactItems: [{ Update: countOne }],
  }),
);
await show(withToken.$metadata.attempts);

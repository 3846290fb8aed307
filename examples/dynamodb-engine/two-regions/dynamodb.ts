import {
  DynamoDBClient,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const virginia = DynamoDBDocumentClient.from(
  new DynamoDBClient({ region: 'us-east-1' }),
);
const ireland = DynamoDBDocumentClient.from(
  new DynamoDBClient({ region: 'eu-west-1' }),
);

const product = {
  TableName: 'Inventory',
  Key: { ProductID: 'P9001' },
};

const sell = (region: DynamoDBDocumentClient, copies: number) =>
  region.send(
    new UpdateCommand({
      ...product,
      UpdateExpression: 'SET Stock = Stock - :copies',
      ConditionExpression: 'Stock >= :copies',
      ExpressionAttributeValues: { ':copies': copies },
    }),
  );

async function compare() {
  const read = new GetCommand({
    ...product,
    ConsistentRead: true,
  });
  const here = await virginia.send(read);
  const there = await ireland.send(read);
  console.log('Virginia:', here.Item?.Stock);
  console.log('Ireland:', there.Item?.Stock);
}

// step: A table in two Regions
await virginia.send(
  new UpdateTableCommand({
    TableName: 'Inventory',
    ReplicaUpdates: [{ Create: { RegionName: 'eu-west-1' } }],
  }),
);
await compare();

// step: Sell 20 here
await sell(virginia, 20);
await compare();

// step: Sell 5 there
await sell(ireland, 5);
await compare();

// step: Two seconds later
await compare();

import {
  DynamoDBClient,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);
const TableName = 'Sessions';
const seconds = (iso: string) => Date.parse(iso) / 1000;

await client.send(
  new UpdateTimeToLiveCommand({
    TableName,
    TimeToLiveSpecification: {
      AttributeName: 'ExpiresAt',
      Enabled: true,
    },
  }),
);

const signIn = (SessionID: string, ExpiresAt: number) =>
  db.send(
    new PutCommand({
      TableName,
      Item: { SessionID, UserID: 'U12345', ExpiresAt },
    }),
  );
const find = async (SessionID: string) => {
  const { Item } = await db.send(
    new GetCommand({ TableName, Key: { SessionID } }),
  );
  return Item;
};

// step: Two sign-ins for half an hour
await signIn('S9001', seconds('2026-01-01T00:30:00Z'));
await signIn('S9002', Date.parse('2026-01-01T00:30:00Z'));

// step: Half an hour and a minute later
const now = seconds('2026-01-01T00:31:00Z');
const session = await find('S9001');
console.log('S9001 is there:', session !== undefined);
console.log('S9001 is valid:', session?.ExpiresAt > now);

// step: Use it all the same
await db.send(
  new UpdateCommand({
    TableName,
    Key: { SessionID: 'S9001' },
    UpdateExpression: 'SET ExpiresAt = :until', // = until
    ConditionExpression: 'ExpiresAt > :now', // = alive
    ExpressionAttributeValues: {
      ':now': now,
      ':until': now + 1800,
    },
  }),
);

// step: Three days later
for (const id of ['S9001', 'S9002'])
  console.log(id, 'is there:', (await find(id)) !== undefined);
const { Count } = await db.send(
  new ScanCommand({ TableName, Select: 'COUNT' }),
);
console.log('Sessions in the table:', Count);

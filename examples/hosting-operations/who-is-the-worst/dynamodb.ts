import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

/** What the program has spent, by the name of a request. */
const spent = new Map<
  string,
  { calls: number; units: number }
>();
/** How often it has asked for a key. */
const asked = new Map<string, number>();

const ReturnConsumedCapacity = 'TOTAL' as const;

function note(name: string, units = 0) {
  const { calls, units: sum } = spent.get(name) ?? {
    calls: 0,
    units: 0,
  };
  spent.set(name, { calls: calls + 1, units: sum + units });
}

async function get(name: string, PK: string, SK: string) {
  asked.set(PK, (asked.get(PK) ?? 0) + 1);
  const { ConsumedCapacity } = await db.send(
    new GetCommand({
      TableName: 'App',
      Key: { PK, SK },
      ReturnConsumedCapacity,
    }),
  );
  note(name, ConsumedCapacity?.CapacityUnits);
}

// step: A minute of traffic
for (let call = 1; call <= 40; call += 1) {
  await get('post', 'USER#U12345', 'POST#2024-03-10#P1');
}
for (let user = 12346; user <= 12355; user += 1) {
  await get('profile', `USER#U${user}`, 'PROFILE');
}
for (let call = 1; call <= 2; call += 1) {
  const { ConsumedCapacity } = await db.send(
    new ScanCommand({
      TableName: 'UserPosts',
      FilterExpression: '#views >= :much',
      ExpressionAttributeNames: { '#views': 'Views' },
      ExpressionAttributeValues: { ':much': 1500 },
      Select: 'COUNT',
      ReturnConsumedCapacity,
    }),
  );
  note('report', ConsumedCapacity?.CapacityUnits);
}

// step: Name the culprit
const worst = [...spent].sort(
  ([, a], [, b]) => b.units - a.units,
);
for (const [name, { calls, units }] of worst) {
  console.log(`${name}: ${calls} calls, ${units} units`);
}

// step: Name the hottest key
const [hottest] = [...asked].sort(([, a], [, b]) => b - a);
console.log(`${hottest?.[0]}: ${hottest?.[1]} of 50 reads`);

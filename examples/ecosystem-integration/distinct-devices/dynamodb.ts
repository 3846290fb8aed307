import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

// step: Count exactly
const all = await db.send(
  new ScanCommand({ TableName: 'PageViews', Select: 'COUNT' }),
);
console.log(
  all.Count,
  'views, by devices that are not counted',
);

// step: Add up the parts
const { Items = [] } = await db.send(
  new ScanCommand({
    TableName: 'PageViews',
    FilterExpression: '#at >= :sunday',
    ExpressionAttributeNames: { '#at': 'At' },
    ExpressionAttributeValues: { ':sunday': '2024-12-29' },
    ProjectionExpression: 'DeviceID, #at',
  }),
);
const seen = new Set<string>();
const daily = new Map<string, Set<string>>();
for (const { DeviceID, At } of Items) {
  seen.add(DeviceID);
  const day = At.slice(0, 10);
  const devices = daily.get(day) ?? new Set();
  daily.set(day, devices.add(DeviceID));
}
let sum = 0;
for (const devices of daily.values()) sum += devices.size;
console.log(`last three days: ${sum} added up`);
console.log(`last three days: ${seen.size} devices`);

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

// step: Count exactly
const seen = new Set<string>();
const monthly = new Map<string, Set<string>>();
let start: Record<string, string> | undefined;
let pages = 0;
do {
  const page = await db.send(
    new ScanCommand({
      TableName: 'PageViews',
      ProjectionExpression: 'DeviceID, #at',
      ExpressionAttributeNames: { '#at': 'At' },
      ExclusiveStartKey: start,
    }),
  );
  for (const { DeviceID, At } of page.Items ?? []) {
    seen.add(DeviceID);
    const month = At.slice(0, 7);
    const devices = monthly.get(month) ?? new Set();
    monthly.set(month, devices.add(DeviceID));
  }
  start = page.LastEvaluatedKey;
  pages += 1;
} while (start);
console.log(`${seen.size} devices in ${pages} requests`);

// step: Add up the months
let sum = 0;
for (const devices of monthly.values()) sum += devices.size;
console.log('sum of months:', sum);

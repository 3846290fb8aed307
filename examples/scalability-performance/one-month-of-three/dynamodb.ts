import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const day = { ':from': '2024-11-11', ':to': '2024-11-12' };

// step: One day of everybody
const all = await db.send(
  new ScanCommand({
    TableName: 'PageViews',
    FilterExpression: '#at BETWEEN :from AND :to',
    ExpressionAttributeNames: { '#at': 'At' },
    ExpressionAttributeValues: day,
    Select: 'COUNT',
  }),
);
console.log(all.Count, 'found,', all.ScannedCount, 'read');

// step: One day of one device
const one = await db.send(
  new QueryCommand({
    TableName: 'PageViews',
    KeyConditionExpression:
      'DeviceID = :device AND #at BETWEEN :from AND :to',
    ExpressionAttributeNames: { '#at': 'At' },
    ExpressionAttributeValues: { ':device': 'D447', ...day },
    Select: 'COUNT',
  }),
);
console.log(one.Count, 'found,', one.ScannedCount, 'read');

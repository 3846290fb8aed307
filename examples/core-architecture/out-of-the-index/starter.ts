import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

// step: Three notes
const notes = [
  { PK: 'NOTES', SK: '1', PostDate: '2026-01-01', Tag: 'Draft' },
  { PK: 'NOTES', SK: '2', PostDate: '2026-01-02', Tag: 'Draft' },
  { PK: 'NOTES', SK: '3', PostDate: '2026-01-03' },
];
await db.send(
  new BatchWriteCommand({
    RequestItems: { App: notes.map((Item) => ({ PutRequest: { Item } })) },
  }),
);

// step: Publish note 2
await db.send(
  new UpdateCommand({
    TableName: 'App',
    Key: { PK: 'NOTES', SK: '2' },
    UpdateExpression: 'SET Published = :yes',
    ExpressionAttributeValues: { ':yes': true },
  }),
);

// step: All notes
await db.send(
  new QueryCommand({
    TableName: 'App',
    KeyConditionExpression: 'PK = :notes',
    ExpressionAttributeValues: { ':notes': 'NOTES' },
  }),
);

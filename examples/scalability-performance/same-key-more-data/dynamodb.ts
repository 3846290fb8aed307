import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const ReturnConsumedCapacity = 'TOTAL';

/** Reads one item by its key, then counts all of them. */
async function compare(TableName: string, Key: object) {
  const one = await db.send(
    new GetCommand({ TableName, Key, ReturnConsumedCapacity }),
  );
  console.log('one:', one.ConsumedCapacity?.CapacityUnits);

  let count = 0;
  let units = 0;
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await db.send(
      new ScanCommand({
        TableName,
        Select: 'COUNT',
        ExclusiveStartKey,
        ReturnConsumedCapacity,
      }),
    );
    count += page.Count ?? 0;
    units += page.ConsumedCapacity?.CapacityUnits ?? 0;
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  console.log('all', count, 'of them:', units);
}

// step: Two hundred
await compare('Users', { UserID: 'U12345' });

// step: A thousand
await compare('UserPosts', {
  UserID: 'U12345',
  PostDate: '2024-03-10T00:00:00Z',
});

// step: Ten thousand
await compare('PageViews', {
  DeviceID: 'D338',
  At: '2024-10-01T00:00:00Z',
});

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

// step: Queues splitting, praised
for (const words of ['queues splitting', 'queue splits']) {
  const page = await db.send(
    new ScanCommand({
      TableName: 'UserPosts',
      FilterExpression:
        'contains(Body, :words) AND contains(Title, :praise)',
      ExpressionAttributeValues: {
        ':words': words,
        ':praise': 'praise',
      },
      Select: 'COUNT',
    }),
  );
  console.log(
    `${words}: ${page.Count} of ${page.ScannedCount}`,
  );
}

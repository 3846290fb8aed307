import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

// step: The ten newest about AWS
const { Items = [] } = await db.send(
  new ScanCommand({
    TableName: 'UserPosts',
    FilterExpression: 'contains(Tags, :tag)',
    ExpressionAttributeValues: { ':tag': 'AWS' },
    Limit: 10,
  }),
);
const dates = Items.map(({ PostDate }) => PostDate);
console.log(dates.slice(0, 10).join(' '));

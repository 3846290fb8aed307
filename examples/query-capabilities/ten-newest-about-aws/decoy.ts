import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

// step: The ten newest about AWS
const { Items = [] } = await db.send(
  new QueryCommand({
    TableName: 'App',
    IndexName: 'PostsByTag',
    KeyConditionExpression: 'Tag = :tag',
    ExpressionAttributeValues: { ':tag': 'AWS' },
  }),
);
const dates = Items.map(({ PostDate }) => PostDate).reverse();
console.log(dates.slice(0, 10).join(' '));

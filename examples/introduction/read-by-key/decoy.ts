import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

// step: Read U12348
const { Items = [] } = await db.send(
  new ScanCommand({
    TableName: 'Users',
    FilterExpression: 'UserID = :user',
    ExpressionAttributeValues: { ':user': 'U12348' },
    ProjectionExpression: 'Username, Email',
  }),
);
console.log(Items[0]?.Username, Items[0]?.Email);

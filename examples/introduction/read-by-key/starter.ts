import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

// step: Read U12348
const { Item } = await db.send(
  new GetCommand({
    TableName: 'Users',
    Key: { UserID: 'U12345' },
  }),
);
console.log(Item?.Username, Item?.Email);

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

// step: How somebody signs up
const signUp = (id: string, email: string) =>
  db.send(
    new PutCommand({
      TableName: 'App',
      Item: { PK: `USER#${id}`, SK: 'PROFILE', Email: email },
      ConditionExpression: 'attribute_not_exists(PK)',
    }),
  );

// step: A new address
await signUp('U90001', 'mallory@example.com');

// step: The second John
await signUp('U90002', 'john@example.com');

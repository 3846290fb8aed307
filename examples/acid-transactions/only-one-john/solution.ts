import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

// step: How somebody signs up
const put = (Item: Record<string, string>) => ({
  Put: { TableName: 'App', Item, ConditionExpression: 'attribute_not_exists(PK)' },
});
const signUp = (id: string, email: string) =>
  db.send(
    new TransactWriteCommand({
      TransactItems: [
        put({ PK: `USER#${id}`, SK: 'PROFILE', Email: email }),
        put({ PK: `UNIQUE#email#${email}`, SK: 'UNIQUE' }),
      ],
    }),
  );

// step: A new address
await signUp('U90001', 'mallory@example.com');

// step: The second John
await signUp('U90002', 'john@example.com');

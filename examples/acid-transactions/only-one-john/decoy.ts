import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  TransactGetCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

// step: How somebody signs up
const isTaken = async (email: string) => {
  const { Responses } = await db.send(
    new TransactGetCommand({
      TransactItems: [
        { Get: { TableName: 'App', Key: { PK: `UNIQUE#email#${email}`, SK: 'UNIQUE' } } },
      ],
    }),
  );
  return Responses?.[0]?.Item !== undefined;
};
const put = (Item: Record<string, string>) => ({ Put: { TableName: 'App', Item } });
const signUp = async (id: string, email: string) => {
  if (await isTaken(email)) return;
  await db.send(
    new TransactWriteCommand({
      TransactItems: [
        put({ PK: `USER#${id}`, SK: 'PROFILE', Email: email }),
        put({ PK: `UNIQUE#email#${email}`, SK: 'UNIQUE' }),
      ],
    }),
  );
};

// step: A new address
await signUp('U90001', 'mallory@example.com');

// step: The second John
await signUp('U90002', 'john@example.com');

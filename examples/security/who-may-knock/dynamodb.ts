import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
} from '@aws-sdk/lib-dynamodb';

const as = (accessKeyId: string) =>
  DynamoDBDocumentClient.from(
    new DynamoDBClient({
      credentials: { accessKeyId, secretAccessKey: 'x' },
    }),
  );
const john = new GetCommand({
  TableName: 'Users',
  Key: { UserID: 'U12345' },
});

// step: Who is it?
await as('intern').send(john);

// step: From inside
await as('server').send(john);

// step: From outside
await as('laptop').send(john);

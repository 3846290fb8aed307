import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const setPhone = (UserID: string, phone: string) =>
  db.send(
    new UpdateCommand({
      TableName: 'Users',
      Key: { UserID },
      UpdateExpression: 'SET PhoneNumber = :phone',
      ExpressionAttributeValues: { ':phone': phone },
    }),
  );

// step: Write the new attribute
await setPhone('U12345', '+1234567890'); // = write

// step: Count the old ones
const old = await db.send(
  new ScanCommand({
    TableName: 'Users',
    FilterExpression: 'attribute_not_exists(PhoneNumber)', // = without
    ProjectionExpression: 'UserID',
  }),
);
const all = old.ScannedCount ?? 0;
const without = old.Count ?? 0;
console.log(`${all - without} with, ${without} without`);

// step: Bring some up to date
for (const { UserID } of (old.Items ?? []).slice(0, 20)) {
  await setPhone(UserID, 'unknown');
}

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

// step: How a user is read
const readUser = async (UserID: string) => {
  const { Item } = await db.send(new GetCommand({ TableName: 'Users', Key: { UserID } }));
  if (Item) {
    Item.PhoneNumber ??= 'unknown';
    await db.send(
      new UpdateCommand({
        TableName: 'Users',
        Key: { UserID },
        UpdateExpression: 'SET PhoneNumber = if_not_exists(PhoneNumber, :none)',
        ConditionExpression: 'attribute_exists(UserID)',
        ExpressionAttributeValues: { ':none': 'unknown' },
      }),
    );
  }
  return Item;
};

// step: The first round
for (const id of ['U12346', 'U12347', 'U99999']) {
  console.log(id, (await readUser(id))?.PhoneNumber);
}

// step: Another program
await db.send(
  new UpdateCommand({
    TableName: 'Users',
    Key: { UserID: 'U12348' },
    UpdateExpression: 'SET PhoneNumber = :phone',
    ExpressionAttributeValues: { ':phone': '+1234567890' },
  }),
);

// step: The second round
for (const id of ['U12346', 'U12347', 'U12348']) {
  console.log(id, (await readUser(id))?.PhoneNumber);
}

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const countOne = (UserID: string) => ({
  TableName: 'Users',
  Key: { UserID },
  UpdateExpression: 'ADD Counted :one',
  ExpressionAttributeValues: { ':one': 1 },
});

async function tell(UserID: string) {
  const { Item } = await db.send(
    new GetCommand({
      TableName: 'Users',
      Key: { UserID },
      ProjectionExpression: 'Counted',
      ConsistentRead: true,
    }),
  );
  console.log('counted:', Item?.Counted);
}

// A feed tells of three posts, and of one twice.
const feed = ['post-1', 'post-2', 'post-3', 'post-3'];

// step: In the transaction
const publish = (number: number) =>
  new TransactWriteCommand({
    ClientRequestToken: `post-${number}`,
    TransactItems: [
      {
        Put: {
          TableName: 'UserPosts',
          Item: {
            UserID: 'U12400',
            PostDate: `2026-${number}`,
          },
        },
      },
      { Update: countOne('U12400') },
    ],
  });
for (const number of [1, 2, 3]) {
  await db.send(publish(number));
}
await db.send(publish(3)); // no answer came: sent again
await tell('U12400');

// step: From a feed
for (const _event of feed) {
  await db.send(new UpdateCommand(countOne('U12401')));
}
await tell('U12401');

// step: From a feed, with a memory
for (const event of feed) {
  await db
    .send(
      new TransactWriteCommand({
        TransactItems: [
          {
            Put: {
              TableName: 'Sessions',
              Item: { SessionID: `counted#${event}` },
              ConditionExpression:
                'attribute_not_exists(SessionID)',
            },
          },
          { Update: countOne('U12402') },
        ],
      }),
    )
    .catch(() => console.log(event, 'is counted already'));
}
await tell('U12402');

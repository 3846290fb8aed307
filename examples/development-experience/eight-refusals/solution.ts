import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

interface Booking {
  id: string;
  user: string;
  room: string;
  day: string;
}

/** Says what became of a write. */
async function attempt(what: string, write: () => Promise<unknown>) {
  try {
    await write();
    console.log('written:', what);
  } catch (error) {
    console.log('refused:', what, (error as Error).name);
  }
}

const book = (booking: Booking) =>
  db.send(
    new TransactWriteCommand({
      TransactItems: [
        {
          Put: {
            TableName: 'App',
            Item: {
              PK: `BOOKING#${booking.id}`,
              SK: 'BOOKING',
              ...booking,
            },
            ConditionExpression: 'attribute_not_exists(PK)',
          },
        },
        {
          Put: {
            TableName: 'App',
            Item: {
              PK: `ROOM#${booking.room}`,
              SK: booking.day,
              booking: booking.id,
            },
            ConditionExpression: 'attribute_not_exists(PK)',
          },
        },
        {
          ConditionCheck: {
            TableName: 'Users',
            Key: { UserID: booking.user },
            ConditionExpression: 'attribute_exists(UserID)',
          },
        },
      ],
    }),
  );

const take = (ProductID: string) =>
  db.send(
    new UpdateCommand({
      TableName: 'Inventory',
      Key: { ProductID },
      UpdateExpression: 'SET Stock = Stock - :one',
      ConditionExpression: 'Stock >= :one',
      ExpressionAttributeValues: { ':one': 1 },
    }),
  );

// step: A good booking
await attempt('B1', () => book({ id: 'B1', user: 'U12345', room: 'R1', day: '2025-03-01' }));

// step: A number that is taken
await attempt('B1 again', () => book({ id: 'B1', user: 'U12346', room: 'R2', day: '2025-03-01' }));

// step: A room that is taken
await attempt('B2', () => book({ id: 'B2', user: 'U12346', room: 'R1', day: '2025-03-01' }));

// step: A user that is not there
await attempt('B3', () => book({ id: 'B3', user: 'U99999', room: 'R3', day: '2025-03-01' }));

// step: Two pens of one
await attempt('a pen', () => take('P9012'));
await attempt('another pen', () => take('P9012'));

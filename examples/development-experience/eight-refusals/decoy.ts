import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

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

const there = async (TableName: string, Key: Record<string, string>) => {
  const { Item } = await db.send(new GetCommand({ TableName, Key }));
  return Item !== undefined;
};

async function book(booking: Booking) {
  const key = { PK: `BOOKING#${booking.id}`, SK: 'BOOKING' };
  const room = { PK: `ROOM#${booking.room}`, SK: booking.day };
  if (await there('App', key)) throw new Error('taken');
  if (await there('App', room)) throw new Error('taken');
  if (!(await there('Users', { UserID: booking.user }))) {
    throw new Error('nobody');
  }
  for (const one of [key, room]) {
    await db.send(
      new PutCommand({
        TableName: 'App',
        Item: { ...one, ...booking },
      }),
    );
  }
}

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

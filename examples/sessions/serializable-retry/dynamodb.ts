import {
  CreateTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = 'Rooms';
const Key = { Room: 'blue' };

interface Booking {
  Guest: string;
  Begins: number;
  Ends: number;
}

async function look() {
  const { Item } = await db.send(
    new GetCommand({ TableName, Key, ConsistentRead: true }),
  );
  const bookings: Booking[] = Item?.Bookings ?? [];
  return { bookings, version: Item?.Version };
}

/** Books if the room was free when it was looked at. */
async function book(
  wish: Booking,
  { bookings, version }: Awaited<ReturnType<typeof look>>,
) {
  const taken = bookings.some(
    ({ Begins, Ends }) =>
      Begins < wish.Ends && Ends > wish.Begins,
  );
  if (taken) {
    console.log(wish.Guest, 'finds the room taken');
    return;
  }
  await db.send(
    new UpdateCommand({
      TableName,
      Key,
      UpdateExpression:
        'SET Bookings = :bookings, Version = :next',
      ConditionExpression: 'Version = :seen',
      ExpressionAttributeValues: {
        ':bookings': [...bookings, wish],
        ':next': version + 1,
        ':seen': version,
      },
    }),
  );
  console.log(wish.Guest, 'has booked');
}

const wishOfA = { Guest: 'A', Begins: 10, Ends: 12 };
const wishOfB = { Guest: 'B', Begins: 11, Ends: 13 };

// step: set-up
await db.send(
  new CreateTableCommand({
    TableName,
    AttributeDefinitions: [
      { AttributeName: 'Room', AttributeType: 'S' },
    ],
    KeySchema: [{ AttributeName: 'Room', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
  }),
);
await db.send(
  new PutCommand({
    TableName,
    Item: { ...Key, Bookings: [], Version: 1 },
  }),
);

// step: A2
const seenByA = await look();

// step: A3
await book(wishOfA, seenByA);

// step: B2
const seenByB = await look();

// step: B3
await book(wishOfB, seenByB);

// step: B5
const seenAgainByB = await look();

// step: B6
await book(wishOfB, seenAgainByB);

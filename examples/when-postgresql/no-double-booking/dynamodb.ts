import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const DAY = 86_400_000;

/** Books each night as an item of its own, or none of them. */
const book = (
  room: number,
  guest: string,
  from: string,
  nights: number,
) =>
  db.send(
    new TransactWriteCommand({
      TransactItems: Array.from({ length: nights }, (_, n) => ({
        Put: {
          TableName: 'App',
          Item: {
            PK: `ROOM#${room}`,
            SK: new Date(Date.parse(from) + n * DAY)
              .toISOString()
              .slice(0, 10),
            Guest: guest,
          },
          ConditionExpression: 'attribute_not_exists(PK)',
        },
      })),
    }),
  );

// step: Room 7, three nights
await book(7, 'Ada', '2026-02-01', 3);

// step: One night in the middle
await book(7, 'Ben', '2026-02-02', 1);

// step: From the day of departure
await book(7, 'Cleo', '2026-02-04', 2);

// step: A season of 120 nights
await book(8, 'Dan', '2026-03-01', 120);

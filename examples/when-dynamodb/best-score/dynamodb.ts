import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

/** Keeps a score if it is the player's best. */
const report = (score: number) =>
  db.send(
    new UpdateCommand({
      TableName: 'Users',
      Key: { UserID: 'U12345' },
      UpdateExpression: 'SET BestScore = :score',
      ConditionExpression:
        'attribute_not_exists(BestScore) OR BestScore < :score',
      ExpressionAttributeValues: { ':score': score },
    }),
  );

const game = { PK: 'GAME#1', SK: 'STATE' };
await db.send(
  new PutCommand({
    TableName: 'App',
    Item: { ...game, Turn: 4, LastMove: 'e4' },
  }),
);

/** A move that was thought of while the game was at `turn`. */
const move = (turn: number, played: string) =>
  db.send(
    new UpdateCommand({
      TableName: 'App',
      Key: game,
      UpdateExpression: 'SET Turn = :next, LastMove = :move',
      ConditionExpression: 'Turn = :turn',
      ExpressionAttributeValues: {
        ':turn': turn,
        ':next': turn + 1,
        ':move': played,
      },
    }),
  );

// step: 900 points
await report(900);

// step: 700 points arrive late
await report(700);

// step: Two moves at turn 4
await move(4, 'Nf3');
await move(4, 'd4');

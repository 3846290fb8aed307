import {
  CreateTableCommand,
  DynamoDBClient,
  ThrottlingException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';

// One attempt each: by default the SDK waits and tries again.
const client = new DynamoDBClient({ maxAttempts: 1 });
const db = DynamoDBDocumentClient.from(client);
const TableName = 'Scores';

await client.send(
  new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'Player', AttributeType: 'S' },
      { AttributeName: 'Board', AttributeType: 'S' },
      { AttributeName: 'Score', AttributeType: 'N' },
    ],
    KeySchema: [{ AttributeName: 'Player', KeyType: 'HASH' }],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'ByScore',
        KeySchema: [
          { AttributeName: 'Board', KeyType: 'HASH' },
          { AttributeName: 'Score', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  }),
);
await waitUntilTableExists(
  { client, minDelay: 1, maxWaitTime: 60 },
  { TableName },
);

/** Forty players finish within a second. */
const finish = async (
  first: number,
  boardOf: (player: number) => string,
) => {
  let refused = 0;
  for (let player = first; player < first + 40; player += 1) {
    const Item = {
      Player: `P${player}`,
      Score: (player * 37) % 100,
      Board: boardOf(player),
    };
    try {
      await db.send(new PutCommand({ TableName, Item }));
    } catch (error) {
      if (!(error instanceof ThrottlingException)) throw error;
      refused += 1;
    }
  }
  console.log('Refused:', refused);
};

/** The three best of one board. */
const best = async (board: string) => {
  const { Items } = await db.send(
    new QueryCommand({
      TableName,
      IndexName: 'ByScore',
      KeyConditionExpression: 'Board = :board',
      ExpressionAttributeValues: { ':board': board },
      ScanIndexForward: false,
      Limit: 3,
    }),
  );
  return (Items ?? []) as Array<{
    Player: string;
    Score: number;
  }>;
};

// step: Forty players on one board
await finish(1, () => 'ALL');

// step: Forty more on eight boards
await finish(41, (player) => `ALL#${player % 8}`);

// step: The three best of the eight
const boards = await Promise.all(
  [0, 1, 2, 3, 4, 5, 6, 7].map((n) => best(`ALL#${n}`)),
);
const three = boards
  .flat()
  .sort((a, b) => b.Score - a.Score)
  .slice(0, 3);
for (const { Player, Score } of three)
  console.log(Player, Score);

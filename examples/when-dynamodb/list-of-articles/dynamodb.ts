import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = 'App';

const put = (Item: Record<string, unknown>) =>
  db.send(new PutCommand({ TableName, Item }));

// Thirty articles of 40 KB, and thirty that say where theirs is.
for (let n = 10; n < 40; n += 1) {
  const article = { SK: `ARTICLE#${n}`, Title: `Article ${n}` };
  await put({
    PK: 'WHOLE',
    ...article,
    Body: 'x'.repeat(40 * 1024 - 50),
  });
  await put({
    PK: 'ABOUT',
    ...article,
    BodyAt: `s3://inkwell-articles/${n}.html`,
  });
}

const titles = async (PK: string) => {
  const page = await db.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'PK = :pk',
      ExpressionAttributeValues: { ':pk': PK },
      ProjectionExpression: 'Title',
    }),
  );
  console.log('Titles:', page.Count);
  console.log(
    'There is more:',
    page.LastEvaluatedKey !== undefined,
  );
};

// step: An article of 401 KB
await put({
  PK: 'WHOLE',
  SK: 'ARTICLE#99',
  Body: 'x'.repeat(401 * 1024),
});

// step: Titles, bodies inside
await titles('WHOLE');

// step: Titles, bodies elsewhere
await titles('ABOUT');

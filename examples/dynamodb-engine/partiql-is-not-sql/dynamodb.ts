import {
  DynamoDBClient,
  ExecuteStatementCommand,
} from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({});

async function select(Statement: string) {
  const { Items, ConsumedCapacity } = await client.send(
    new ExecuteStatementCommand({
      Statement,
      ReturnConsumedCapacity: 'TOTAL',
    }),
  );
  const units = ConsumedCapacity?.CapacityUnits;
  console.log(`${Items?.length} items, ${units} read units`);
}

// step: Ask by key
await select(`
  SELECT Title
    FROM "UserPosts"
   WHERE UserID = 'U12345'
     AND PostDate >= '2024-12-01'
`);

// step: Ask without it
await select(`
  SELECT Title
    FROM "UserPosts"
   WHERE Blog = 'Inkwell'
     AND Views >= 1500
`);

// step: Name the index
await select(`
  SELECT Title
    FROM "UserPosts"."PostsByViews"
   WHERE Blog = 'Inkwell'
     AND Views >= 1500
`);

// step: Join
await select(`
  SELECT u.Username, p.Title
    FROM "Users" u
    JOIN "UserPosts" p ON p.UserID = u.UserID
   WHERE u.UserID = 'U12345'
     AND p.PostDate >= '2024-12-01'
`);

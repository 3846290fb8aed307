import {
  DynamoDB,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';

// step: Run it as printed
const params = {
  TableName: 'UserPosts',
  KeyConditionExpression:
    'UserID = :userId AND PostDate > :startDate',
  FilterExpression: 'contains(Tags, :tagValue)',
  ExpressionAttributeValues: {
    ':userId': 'U12345',
    ':startDate': '2024-01-01',
    ':tagValue': 'AWS',
  },
  Limit: 10,
};

const dynamodb = new DynamoDBClient({});
// @ts-expect-error: version 2 had this method
dynamodb.query(params, (err, data) => {
  if (err) console.error(err);
  else console.log(data.Items);
});

// step: With the client that has query
await new Promise<void>((resolve) => {
  // @ts-expect-error: the types object before DynamoDB does
  new DynamoDB({}).query(params, (err, data) => {
    if (err) console.log(err.name);
    else console.log(data?.Items);
    resolve();
  });
});

// step: With values translated
const db = DynamoDBDocumentClient.from(dynamodb);
const data = await db.send(new QueryCommand(params));
console.log(data.Items);

// step: Repaired
const posts: string[] = [];
let pages = 0;
let from: Record<string, unknown> | undefined;
do {
  const page = await db.send(
    new QueryCommand({
      ...params,
      KeyConditionExpression:
        'UserID = :userId AND PostDate BETWEEN :from AND :to',
      ExpressionAttributeValues: {
        ':userId': 'U12345',
        ':from': '2024-01-01',
        ':to': '2024-12-31T23:59:59Z',
        ':tagValue': 'AWS',
      },
      ExclusiveStartKey: from,
    }),
  );
  pages += 1;
  posts.push(...(page.Items ?? []).map((item) => item.Title));
  from = page.LastEvaluatedKey;
} while (posts.length < 10 && from);
console.log(`${posts.length} posts in ${pages} pages`);

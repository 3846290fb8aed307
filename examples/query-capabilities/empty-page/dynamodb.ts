import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  paginateQuery,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

// step: The guide's query
const aboutAws = {
  TableName: 'UserPosts',
  KeyConditionExpression: 'UserID = :user AND PostDate > :from', // = key
  FilterExpression: 'contains(Tags, :tag)', // = filter
  ExpressionAttributeValues: {
    ':user': 'U12345',
    ':from': '2024-01-01',
    ':tag': 'AWS',
  },
};

const page = await db.send(
  new QueryCommand({ ...aboutAws, Limit: 10 }), // = limit "Limit: 10"
);
const more = page.LastEvaluatedKey !== undefined;
console.log(
  `${page.Count} of ${page.ScannedCount} read, more: ${more}`,
);

// step: Until there is no more
const pages = paginateQuery(
  { client: db },
  { ...aboutAws, Limit: 10 },
);
const found: string[] = [];
for await (const { Items = [] } of pages) {
  for (const { PostDate } of Items) found.push(PostDate);
}
console.log(found.length, 'posts, the first of', found[0]);

// step: Without a limit
const all = await db.send(new QueryCommand(aboutAws));
console.log(`${all.Count} of ${all.ScannedCount} read`);

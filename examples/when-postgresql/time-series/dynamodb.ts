import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  paginateScan,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

// step: Views a week, beside the week before
const WEEK = 7 * 86_400_000;
const first = Date.parse('2024-10-07T00:00:00Z');
const views = [0, 0, 0, 0];
const pages = paginateScan(
  { client: db },
  {
    TableName: 'PageViews',
    ProjectionExpression: '#at',
    FilterExpression: '#at BETWEEN :from AND :to',
    ExpressionAttributeNames: { '#at': 'At' },
    ExpressionAttributeValues: {
      ':from': '2024-10-07T00:00:00Z',
      ':to': '2024-11-03T23:59:59Z',
    },
  },
);
for await (const { Items } of pages)
  for (const { At } of Items ?? []) {
    const week = Math.floor((Date.parse(At) - first) / WEEK);
    views[week] = (views[week] ?? 0) + 1;
  }
views.forEach((count, i) => {
  const before = views[i - 1];
  const week = new Date(first + i * WEEK).toISOString();
  console.log(
    week.slice(0, 10),
    count,
    before === undefined ? '' : count - before,
  );
});

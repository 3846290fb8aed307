/** What a new workspace begins with: the playground's example, or a schema of one's own to start from. */
import { type Contents, EXAMPLE } from './workspace.ts';

const file = (name: string, text: string) => ({ name, text, base: text });

const POSTGRES_SCHEMA = `-- Runs before query.sql, every time: the database is empty when a run begins.
CREATE TABLE book (
  id    integer PRIMARY KEY,
  title text NOT NULL,
  year  integer CHECK (year > 0)
);

INSERT INTO book (id, title, year) VALUES
  (1, 'Emma', 1815),
  (2, 'Dune', 1965);
`;

const POSTGRES_QUERY = `SELECT title, year
  FROM book
 ORDER BY year;
`;

const DYNAMODB_SCHEMA = `// Runs before query.ts, every time: there is no table when a run begins.
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

await db.send(
  new CreateTableCommand({
    TableName: 'Books',
    AttributeDefinitions: [{ AttributeName: 'Id', AttributeType: 'N' }],
    KeySchema: [{ AttributeName: 'Id', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
  }),
);
await db.send(
  new BatchWriteCommand({
    RequestItems: {
      Books: [
        { PutRequest: { Item: { Id: 1, Title: 'Emma', Year: 1815 } } },
        { PutRequest: { Item: { Id: 2, Title: 'Dune', Year: 1965 } } },
      ],
    },
  }),
);
`;

const DYNAMODB_QUERY = `import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const { Item } = await db.send(new GetCommand({ TableName: 'Books', Key: { Id: 2 } }));
console.log(Item);
`;

/** The contents of a new workspace on a dataset. */
export function starter(dataset: string): Contents {
  if (dataset === EXAMPLE.dataset) return EXAMPLE;
  if (dataset !== 'empty') {
    const files = { dynamodb: [file('query.ts', '')], postgres: [file('query.sql', '')] };
    return { dataset, files };
  }
  return {
    dataset,
    files: {
      dynamodb: [
        { ...file('schema.ts', DYNAMODB_SCHEMA), first: true },
        file('query.ts', DYNAMODB_QUERY),
      ],
      postgres: [
        { ...file('schema.sql', POSTGRES_SCHEMA), first: true },
        file('query.sql', POSTGRES_QUERY),
      ],
    },
  };
}

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { Client } from 'pg';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const sql = new Client();
await sql.connect();

/** A step of a schema: a number, a name and the way up. */
interface Migration {
  version: number;
  name: string;
  up: () => Promise<unknown>;
}

/** What Flyway, Prisma or Drizzle Kit do: a table of versions. */
async function migrateTables(list: Migration[]) {
  await sql.query(
    `CREATE TABLE IF NOT EXISTS migrations (
       version int PRIMARY KEY, name text NOT NULL)`,
  );
  const { rows } = await sql.query('SELECT version FROM migrations');
  const done = rows.map(({ version }) => version);
  for (const { version, name, up } of list) {
    if (done.includes(version)) continue;
    await sql.query('BEGIN');
    try {
      await up();
      await sql.query('INSERT INTO migrations VALUES ($1, $2)', [version, name]);
      await sql.query('COMMIT');
      console.log('tables: up to', version);
    } catch {
      await sql.query('ROLLBACK');
      console.log('tables: version', version, 'failed');
    }
  }
}

/** The twin: an item for each version, and no transaction round it. */
async function migrateItems(list: Migration[]) {
  for (const { version, name, up } of list) {
    const Key = { PK: 'MIGRATION', SK: `V${version}` };
    const { Item } = await db.send(new GetCommand({ TableName: 'App', Key }));
    if (Item) continue;
    try {
      await up();
      await db.send(new PutCommand({ TableName: 'App', Item: { ...Key, name } }));
      console.log('items: up to', version);
    } catch {
      console.log('items: version', version, 'failed');
    }
  }
}

/** Gives each post of U12345 a slug made of its title. */
let crashAfter = 30;
async function slugs() {
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName: 'UserPosts',
      KeyConditionExpression: 'UserID = :user',
      FilterExpression: 'attribute_not_exists(Slug)',
      ExpressionAttributeValues: { ':user': 'U12345' },
      ProjectionExpression: 'UserID, PostDate, Title',
    }),
  );
  for (const { Title, ...Key } of Items) {
    if (crashAfter === 0) throw new Error('the deployment was ended');
    crashAfter -= 1;
    await db.send(
      new UpdateCommand({
        TableName: 'UserPosts',
        Key,
        UpdateExpression: 'SET Slug = :slug',
        ExpressionAttributeValues: {
          ':slug': Title.toLowerCase().replaceAll(' ', '-'),
        },
      }),
    );
  }
}

const name = 'posts have a slug';
const addSlugs: Migration = {
  version: 1,
  name,
  up: async () => {
    await sql.query('ALTER TABLE posts ADD slug text');
    await sql.query("UPDATE posts SET slug = replace(lower(title), ' ', '-')");
    await sql.query('ALTER TABLE posts ADD UNIQUE (slug)');
  },
};
const tables = [addSlugs];
const items: Migration[] = [{ version: 1, name, up: slugs }];

// step: Up
await migrateTables(tables);
await migrateItems(items);

// step: What is left
const { rows } = await sql.query(
  `SELECT count(*)::int AS columns FROM pg_attribute
    WHERE attrelid = 'posts'::regclass AND attname = 'slug'`,
);
console.log('tables: columns named slug:', rows[0].columns);
const { Count } = await db.send(
  new QueryCommand({
    TableName: 'UserPosts',
    KeyConditionExpression: 'UserID = :user',
    FilterExpression: 'attribute_exists(Slug)',
    ExpressionAttributeValues: { ':user': 'U12345' },
    ProjectionExpression: 'Slug',
  }),
);
console.log('items: posts with a slug:', Count);

// step: Repaired, and up again
addSlugs.up = async () => {
  await sql.query('ALTER TABLE posts ADD slug text');
  await sql.query(
    `UPDATE posts
        SET slug = replace(lower(title), ' ', '-') || '-' || post_id`,
  );
  await sql.query('ALTER TABLE posts ADD UNIQUE (slug)');
};
crashAfter = 1000;
await migrateTables(tables);
await migrateItems(items);

// step: Once more
await migrateTables(tables);
await migrateItems(items);
await sql.end();

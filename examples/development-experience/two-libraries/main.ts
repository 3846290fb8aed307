import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { desc, eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import * as pg from 'drizzle-orm/pg-core';
import { Entity } from 'electrodb';
import { Client } from 'pg';

// ElectroDB: attributes, and how keys are made of them.
const Post = new Entity(
  {
    model: { service: 'inkwell', entity: 'post', version: '1' },
    attributes: {
      userId: { type: 'string', required: true },
      day: { type: 'string', required: true },
      postId: { type: 'number', required: true },
      title: { type: 'string', field: 'Title', required: true },
      views: { type: 'number', field: 'Views', default: 0 },
    },
    indexes: {
      byUser: {
        pk: {
          field: 'PK',
          composite: ['userId'],
          template: 'USER#${userId}',
          casing: 'none',
        },
        sk: {
          field: 'SK',
          composite: ['day', 'postId'],
          template: 'POST#${day}#P${postId}',
          casing: 'none',
        },
      },
    },
  },
  { table: 'App', client: new DynamoDBClient({}) },
);

// Drizzle: columns. It makes no keys.
const posts = pg.pgTable('posts', {
  postId: pg.integer('post_id').primaryKey(),
  userId: pg.text('user_id').notNull(),
  title: pg.text('title').notNull(),
  body: pg.text('body').notNull(),
  postDate: pg.text('post_date').notNull(),
  views: pg.integer('views').notNull().default(0),
});
const client = new Client();
await client.connect();
const db = drizzle(client);

// step: Save a post
const day = '2025-01-02';
await Post.create({
  userId: 'U12345',
  day,
  postId: 1001,
  title: 'Typed keys',
}).go();
await db.insert(posts).values({
  postId: 1001,
  userId: 'U12345',
  title: 'Typed keys',
  body: 'Two libraries.',
  postDate: `${day}T09:00:00Z`,
});

// step: The newest three of an author
const ours = await Post.query.byUser({ userId: 'U12345' }).go({
  order: 'desc',
  limit: 3,
  ignoreOwnership: true,
});
for (const { title } of ours.data) console.log('ElectroDB:', title);
const theirs = await db
  .select({ title: posts.title })
  .from(posts)
  .where(eq(posts.userId, 'U12345'))
  .orderBy(desc(posts.postDate))
  .limit(3);
for (const { title } of theirs) console.log('Drizzle:', title);

// step: A number that is a text
const views = 'many' as unknown as number;
try {
  await Post.patch({ userId: 'U12345', day, postId: 1001 }).set({ views }).go();
} catch (error) {
  console.log('ElectroDB:', (error as Error).message.split(' -')[0]);
}
await db.update(posts).set({ views }).where(eq(posts.postId, 1001));

// step: Goodbye
await client.end();

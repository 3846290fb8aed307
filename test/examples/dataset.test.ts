/** Inkwell holds the same facts on both sides, and the ones that labs rely on. */
import { describe, expect, it } from 'vitest';
import {
  type AttributeValue,
  generateDynamoDB,
  type Item,
} from '../../examples/datasets/inkwell/dynamodb.ts';
import { generatePostgres } from '../../examples/datasets/inkwell/postgres.ts';

type Cell = string | number | boolean | null;

/** Rows of one table, read back from the script: one tuple a line, columns in the table's order. */
function rows(sql: string, table: string): Cell[][] {
  const inserts = sql.split('\nINSERT INTO ').filter((part) => part.startsWith(`${table} VALUES`));
  return inserts
    .flatMap((part) => part.split('\n').filter((line) => line.startsWith('(')))
    .map((line) =>
      [...line.matchAll(/'((?:[^']|'')*)'|(-?\d+(?:\.\d+)?)|(true|false)|NULL/g)].map(
        ([, text, number, boolean]): Cell => {
          if (text !== undefined) return text.replaceAll("''", "'");
          if (number !== undefined) return Number(number);
          return boolean === undefined ? null : boolean === 'true';
        },
      ),
    );
}

function plain(value: AttributeValue): unknown {
  if ('N' in value) return Number(value.N);
  if ('L' in value) return value.L.map(plain);
  if ('M' in value) return plainItem(value.M);
  return Object.values(value)[0];
}
const plainItem = (item: Item): Record<string, unknown> =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plain(value)]));

const sql = generatePostgres();
const { tables, items } = generateDynamoDB();
const pgTables = new Map<string, Cell[][]>();
const pg = (table: string) => {
  const known = pgTables.get(table) ?? rows(sql, table);
  pgTables.set(table, known);
  return known;
};
const ddb = (table: string) => (items[table] ?? []).map(plainItem);
const sum = (numbers: unknown[]) => numbers.reduce((total: number, n) => total + Number(n), 0);
const epoch = (text: unknown) => Date.parse(String(text)) / 1000;
/** Items of App by how their keys begin. */
const app = (pk: string, sk: string) =>
  ddb('App').filter((item) => String(item.PK).startsWith(pk) && String(item.SK).startsWith(sk));

describe('the dataset Inkwell', () => {
  it('is the same at every call', () => {
    expect(generatePostgres()).toBe(sql);
    expect(generateDynamoDB()).toEqual({ tables, items });
  });

  it('has the promised number of everything', () => {
    expect(
      Object.fromEntries(
        [
          'users',
          'posts',
          'tags',
          'customers',
          'inventory',
          'orders',
          'order_items',
          'sessions',
          'page_views',
        ].map((table) => [table, pg(table).length]),
      ),
    ).toEqual({
      users: 200,
      posts: 1000,
      tags: 40,
      customers: 120,
      inventory: 20,
      orders: 300,
      order_items: 600,
      sessions: 50,
      page_views: 10_000,
    });
  });

  it('has the promised number of items in each table and under each kind of key', () => {
    const counts = Object.fromEntries(
      Object.keys(items).map((table) => [table, ddb(table).length]),
    );
    expect(counts).toMatchObject({
      Users: 200,
      UserPosts: 1000,
      Customers: 120,
      Inventory: 20,
      Orders: 300,
      Sessions: 50,
      PageViews: 10_000,
    });
    expect(app('USER#', 'PROFILE')).toHaveLength(200);
    expect(app('USER#', 'POST#')).toHaveLength(1000);
    expect(app('POST#', 'TAG#')).toHaveLength(pg('post_tags').length);
    expect(app('CUST#', 'PROFILE')).toHaveLength(120);
    expect(app('CUST#', 'ORDER#')).toHaveLength(300);
    expect(app('ORDER#', 'ITEM#')).toHaveLength(600);
    expect(app('PRODUCT#', 'PRODUCT')).toHaveLength(20);
    expect(app('UNIQUE#', 'UNIQUE')).toHaveLength(400);
  });

  it('gives every item its key, of the declared type, once', () => {
    for (const { TableName, KeySchema, AttributeDefinitions } of tables) {
      const seen = new Set<string>();
      for (const item of items[TableName] ?? []) {
        const key = KeySchema.map(({ AttributeName }) => JSON.stringify(item[AttributeName]));
        const types = KeySchema.map(({ AttributeName }) => {
          const type = AttributeDefinitions.find((a) => a.AttributeName === AttributeName);
          return `{"${type?.AttributeType}":`;
        });
        if (key.every((value, i) => value?.startsWith(types[i] ?? ''))) seen.add(key.join());
      }
      expect(seen.size, TableName).toBe(items[TableName]?.length);
    }
  });

  it('says the same of users on both sides', () => {
    const postsOf = (userId: Cell | undefined) => pg('posts').filter((p) => p[1] === userId).length;
    expect(ddb('Users')).toEqual(
      pg('users').map(
        ([id, username, email, signup, lastLogin, referredBy, active, attributes]) => {
          const { preferences, roles } = JSON.parse(String(attributes));
          return {
            UserID: id,
            Username: username,
            Email: email,
            SignupDate: epoch(signup),
            LastLoginDate: epoch(lastLogin),
            ...(referredBy !== null && { ReferredBy: referredBy }),
            IsActive: active,
            PostCount: postsOf(id),
            Preferences: {
              Theme: preferences.theme,
              Language: preferences.language,
              EmailNotifications: preferences.emailNotifications,
              MobileNotifications: preferences.mobileNotifications,
            },
            Roles: roles,
          };
        },
      ),
    );
  });

  it('says the same of posts, tags and views on both sides', () => {
    const names = new Map(pg('tags').map(([id, name]) => [id, name]));
    const links = pg('post_tags');
    const byId = (a: Record<string, unknown>, b: Record<string, unknown>) =>
      Number(a.PostID) - Number(b.PostID);
    expect(ddb('UserPosts').sort(byId)).toEqual(
      pg('posts').map(([id, userId, title, body, date, views]) => ({
        UserID: userId,
        PostDate: date,
        PostID: id,
        Title: title,
        Body: body,
        Tags: links
          .filter(([postId]) => postId === id)
          .map(([, tagId]) => names.get(tagId ?? null)),
        Views: views,
        Blog: 'Inkwell',
      })),
    );
    expect(ddb('PageViews')).toEqual(
      pg('page_views').map(([device, at, post]) => ({ DeviceID: device, At: at, PostID: post })),
    );
  });

  it('says the same of the shop on both sides', () => {
    expect(ddb('Customers')).toEqual(
      pg('customers').map(([id, userId, count]) => ({
        CustomerID: id,
        UserID: userId,
        OrderCount: count,
      })),
    );
    expect(ddb('Inventory')).toEqual(
      pg('inventory').map(([id, name, price, stock]) => ({
        ProductID: id,
        Name: name,
        Price: Number(price),
        Stock: stock,
      })),
    );
    const lines = pg('order_items');
    expect(ddb('Orders')).toEqual(
      pg('orders').map(([id, customer, amount, status, created]) => ({
        OrderID: id,
        CustomerID: customer,
        Amount: Number(amount),
        Status: status,
        CreatedAt: created,
        Items: lines
          .filter(([order]) => order === id)
          .map(([, product, qty, price]) => ({
            ProductID: product,
            Qty: qty,
            UnitPrice: Number(price),
          })),
      })),
    );
  });

  it('adds up: amounts are the sums of their items, counters the counts of what they count', () => {
    const cents = (value: Cell | undefined) => Math.round(Number(value) * 100);
    for (const [id, , amount] of pg('orders')) {
      const lines = pg('order_items').filter(([order]) => order === id);
      expect(sum(lines.map(([, , qty, price]) => Number(qty) * cents(price)))).toBe(cents(amount));
    }
    expect(sum(pg('customers').map(([, , count]) => count))).toBe(300);
    for (const [id, , count] of pg('customers')) {
      expect(pg('orders').filter(([, customer]) => customer === id)).toHaveLength(Number(count));
    }
  });

  it('holds the same users, posts and orders in the single table', () => {
    const withoutKeys = ({ PK: _, SK: __, ...rest }: Record<string, unknown>) => rest;
    expect(app('USER#', 'PROFILE').map(withoutKeys)).toEqual(ddb('Users'));
    expect(app('USER#', 'POST#').map(withoutKeys)).toEqual(
      ddb('UserPosts').map(({ Blog: _, ...rest }) => rest),
    );
    expect(app('CUST#', 'ORDER#').map(withoutKeys)).toEqual(
      ddb('Orders').map(({ Items: _, ...rest }) => rest),
    );
  });

  it('has the user, the customer, the product and the missing order of the guide', () => {
    expect(pg('users')[0]?.slice(0, 4)).toEqual([
      'U12345',
      'johndoe',
      'john@example.com',
      '2021-03-11T00:00:00Z',
    ]);
    expect(pg('customers').at(-1)).toEqual(['C5678', 'U12345', 0]);
    expect(
      pg('inventory')
        .find(([id]) => id === 'P9012')
        ?.slice(2),
    ).toEqual(['99.95', 1]);
    expect(pg('orders').map(([id]) => id)).not.toContain('O1234');
    expect(pg('orders').at(-1)?.[0]).toBe('O1233');
    expect(pg('orders').filter(([, , , status]) => status === 'Pending')).toHaveLength(20);
  });

  it('tags 120 posts with AWS, none of the first ten of U12345', () => {
    const tagged = (post: Record<string, unknown>) => (post.Tags as string[]).includes('AWS');
    const aws = ddb('UserPosts').filter(tagged);
    expect(aws).toHaveLength(120);
    const johns = ddb('UserPosts').filter((post) => post.UserID === 'U12345');
    expect(johns).toHaveLength(60);
    expect(johns.slice(0, 10).some(tagged)).toBe(false);
    expect(johns.filter(tagged)).toHaveLength(8);
    const writers = Map.groupBy(aws, (post) => post.UserID);
    expect([...writers.values()].filter((posts) => posts.length >= 5).length).toBeGreaterThan(5);
  });
});

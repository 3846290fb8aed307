/** Inkwell as a SQL script for PostgreSQL: tables in `public`, rows, statistics. */
import { type Facts, inkwell } from './facts.ts';

const SCHEMA = `
CREATE TABLE users (
  user_id text PRIMARY KEY,
  username text UNIQUE NOT NULL,
  email text UNIQUE NOT NULL,
  signup_date timestamptz NOT NULL,
  last_login_date timestamptz,
  referred_by text REFERENCES users,
  is_active boolean NOT NULL DEFAULT true,
  attributes jsonb NOT NULL DEFAULT '{}'
);
CREATE TABLE posts (
  post_id int PRIMARY KEY,
  user_id text NOT NULL REFERENCES users,
  title text NOT NULL,
  body text NOT NULL,
  post_date timestamptz NOT NULL,
  views int NOT NULL DEFAULT 0
);
CREATE TABLE tags (
  tag_id int PRIMARY KEY,
  name text UNIQUE NOT NULL
);
CREATE TABLE post_tags (
  post_id int REFERENCES posts,
  tag_id int REFERENCES tags,
  PRIMARY KEY (post_id, tag_id)
);
CREATE TABLE customers (
  customer_id text PRIMARY KEY,
  user_id text NOT NULL REFERENCES users,
  order_count int NOT NULL DEFAULT 0
);
CREATE TABLE inventory (
  product_id text PRIMARY KEY,
  name text NOT NULL,
  price numeric(10,2) NOT NULL,
  stock int NOT NULL
);
CREATE TABLE orders (
  order_id text PRIMARY KEY,
  customer_id text NOT NULL REFERENCES customers,
  amount numeric(10,2) NOT NULL,
  status text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE order_items (
  order_id text REFERENCES orders,
  product_id text REFERENCES inventory,
  qty int NOT NULL,
  unit_price numeric(10,2) NOT NULL,
  PRIMARY KEY (order_id, product_id)
);
CREATE TABLE sessions (
  session_id text PRIMARY KEY,
  user_id text NOT NULL REFERENCES users,
  expires_at timestamptz NOT NULL
);
CREATE TABLE page_views (
  device_id text,
  at timestamptz,
  post_id int NOT NULL REFERENCES posts,
  PRIMARY KEY (device_id, at)
) PARTITION BY RANGE (at);
CREATE TABLE page_views_2024_10 PARTITION OF page_views
  FOR VALUES FROM ('2024-10-01Z') TO ('2024-11-01Z');
CREATE TABLE page_views_2024_11 PARTITION OF page_views
  FOR VALUES FROM ('2024-11-01Z') TO ('2024-12-01Z');
CREATE TABLE page_views_2024_12 PARTITION OF page_views
  FOR VALUES FROM ('2024-12-01Z') TO ('2025-01-01Z');
`;

type Value = string | number | boolean | null;

/** Rows that one INSERT carries; more make no difference to speed and harder reading of an error. */
const BATCH = 500;

const literal = (value: Value) =>
  typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value ?? 'NULL');
const money = (cents: number) => (cents / 100).toFixed(2);

function insert(table: string, rows: Value[][]): string {
  const statements: string[] = [];
  for (let i = 0; i < rows.length; i += BATCH) {
    const tuples = rows.slice(i, i + BATCH).map((row) => `(${row.map(literal).join(',')})`);
    statements.push(`INSERT INTO ${table} VALUES\n${tuples.join(',\n')};`);
  }
  return statements.join('\n');
}

/**
 * A SQL script that makes Inkwell in an empty database.
 * Nothing in it depends on the session's settings: dates carry their zone, names their schema's default.
 */
export function generatePostgres(facts: Facts = inkwell()): string {
  const { users, posts, tags, customers, products, orders, sessions, pageViews } = facts;
  const parts = [
    SCHEMA.trim(),
    insert(
      'users',
      users.map((u) => [
        u.userId,
        u.username,
        u.email,
        u.signupDate,
        u.lastLoginDate,
        u.referredBy,
        u.isActive,
        JSON.stringify({
          preferences: {
            theme: u.theme,
            language: u.language,
            emailNotifications: u.emailNotifications,
            mobileNotifications: u.mobileNotifications,
          },
          roles: u.roles,
        }),
      ]),
    ),
    insert(
      'posts',
      posts.map((p) => [p.postId, p.userId, p.title, p.body, p.postDate, p.views]),
    ),
    insert(
      'tags',
      tags.map((t) => [t.tagId, t.name]),
    ),
    insert(
      'post_tags',
      posts.flatMap((p) => p.tagIds.map((tagId) => [p.postId, tagId])),
    ),
    insert(
      'customers',
      customers.map((c) => [c.customerId, c.userId, c.orderCount]),
    ),
    insert(
      'inventory',
      products.map((p) => [p.productId, p.name, money(p.priceCents), p.stock]),
    ),
    insert(
      'orders',
      orders.map((o) => [o.orderId, o.customerId, money(o.amountCents), o.status, o.createdAt]),
    ),
    insert(
      'order_items',
      orders.flatMap((o) =>
        o.items.map((i) => [o.orderId, i.productId, i.qty, money(i.unitPriceCents)]),
      ),
    ),
    insert(
      'sessions',
      sessions.map((s) => [s.sessionId, s.userId, s.expiresAt]),
    ),
    insert(
      'page_views',
      pageViews.map((v) => [v.deviceId, v.at, v.postId]),
    ),
    'ANALYZE;',
  ];
  return `${parts.join('\n')}\n`;
}

/** The facts of Inkwell, a blog with a small shop: who wrote, tagged, read and bought what. */

export interface User {
  userId: string;
  username: string;
  email: string;
  /** ISO 8601, UTC, to the second; so are all dates here. */
  signupDate: string;
  lastLoginDate: string;
  referredBy: string | null;
  isActive: boolean;
  theme: 'Dark' | 'Light';
  language: string;
  emailNotifications: boolean;
  mobileNotifications: boolean;
  roles: string[];
}

export interface Post {
  postId: number;
  userId: string;
  title: string;
  body: string;
  postDate: string;
  views: number;
  /** Ids of tags, ascending. */
  tagIds: number[];
}

export interface Tag {
  tagId: number;
  name: string;
}

export interface Customer {
  customerId: string;
  userId: string;
  orderCount: number;
}

/** Money is in cents, so that sums are exact. */
export interface Product {
  productId: string;
  name: string;
  priceCents: number;
  stock: number;
}

export interface OrderItem {
  productId: string;
  qty: number;
  unitPriceCents: number;
}

export interface Order {
  orderId: string;
  customerId: string;
  amountCents: number;
  status: 'Pending' | 'Shipped' | 'Delivered' | 'Cancelled';
  createdAt: string;
  items: OrderItem[];
}

export interface Session {
  sessionId: string;
  userId: string;
  expiresAt: string;
}

export interface PageView {
  deviceId: string;
  at: string;
  postId: number;
}

export interface Facts {
  users: User[];
  posts: Post[];
  tags: Tag[];
  customers: Customer[];
  products: Product[];
  orders: Order[];
  sessions: Session[];
  pageViews: PageView[];
}

const words = (text: string) => text.split(' ');
const FIRST = words(
  'ada ben cleo dan eva finn gina hugo iris jon kim leo mia nils olga pia quin rosa sam tess',
);
const LAST = words(
  'abel berg costa dahl evans fox grant hall iver jones klein lund moss novak ortiz park',
);
const TAGS = words(
  'AWS Databases SQL NoSQL PostgreSQL DynamoDB Serverless Lambda JavaScript TypeScript Python Rust Go Linux Security Testing Performance Caching Queues Events Streams Backups Migrations Modelling Indexes Transactions Locks Replication Costs Monitoring Networking Containers Design Writing Careers Books History Hardware Browsers Accessibility',
);
const TOPICS = words(
  'keys joins indexes locks queues caches backups schemas replicas streams budgets tests',
);
const TITLES = [
  'Notes on',
  'A week with',
  'What I learnt about',
  'Mistakes I made with',
  'In praise of',
  'Ten questions about',
];
const ADJECTIVES = words('small large slow quick quiet exact old new cold warm');
const NOUNS = words(
  'table item row key index query page order read write value answer cost market letter reader server queue backup post',
);
const VERBS = words('moves grows waits splits returns changes holds fails ends matters');
const LINKS = ['before', 'after', 'while', 'because', 'until', 'and', 'but'];
/** Name and price in cents of P9001 to P9020. */
const PRODUCTS: Array<[string, number]> = [
  ['Blue ink', 890],
  ['Black ink', 890],
  ['Sepia ink', 990],
  ['Emerald ink', 1150],
  ['Iron gall ink', 1490],
  ['Dip pen', 1250],
  ['Brush pen', 650],
  ['School pen', 1890],
  ['Travel pen', 4500],
  ['Steel pen', 6900],
  ['Brass pen', 7900],
  ['Fountain pen, first edition', 9995],
  ['Notebook A5', 1290],
  ['Notebook A6', 990],
  ['Café notebook', 1590],
  ['Letter paper', 790],
  ['Envelopes', 450],
  ['Blotting paper', 390],
  ['Pen case', 2490],
  ['Glass inkwell', 3490],
];
const LANGUAGES = ['en-US', 'en-US', 'en-US', 'en-GB', 'de-DE', 'es-ES', 'fr-FR', 'pt-BR'];
const STATUSES = ['Shipped', 'Delivered', 'Delivered', 'Cancelled'] as const;

/** mulberry32: 32 bits of state, numbers in [0, 1), the same on every machine. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const iso = (seconds: number) => `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
const utc = (text: string) => Date.parse(text) / 1000;

/** The same facts at every call: nothing here reads the clock or an unseeded random source. */
export function inkwell(): Facts {
  const random = seeded(12345);
  const below = (n: number) => Math.floor(random() * n);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const chance = (p: number) => random() < p;
  const sentence = () =>
    `The ${pick(NOUNS)} ${pick(VERBS)} ${pick(LINKS)} the ${pick(ADJECTIVES)} ${pick(NOUNS)} ${pick(VERBS)}.`;
  /** `count` moments from `from` (inclusive) to `to`, ascending, at least a second apart. */
  const moments = (count: number, from: string, to: string) => {
    const start = utc(from);
    const slot = (utc(to) - start) / count;
    return Array.from({ length: count }, (_, i) =>
      iso(i === 0 ? start : Math.floor(start + i * slot + random() * (slot - 1))),
    );
  };

  // U12345 is the guide's user; everything about him is the guide's too, save for his 60 posts.
  const users = moments(200, '2021-03-11T00:00:00Z', '2024-12-01T00:00:00Z').map(
    (signupDate, i): User => {
      const first = FIRST[i % FIRST.length];
      const last = LAST[(i + Math.floor(i / FIRST.length)) % LAST.length];
      const roles = ['User'];
      if (i === 0 || chance(0.1)) roles.push('Editor');
      if (i !== 0 && chance(0.02)) roles.push('Admin');
      // The first four are a chain of referrals: U12348 came by U12347, by U12346, by U12345.
      const referrer = i < 4 ? i - 1 : chance(0.5) ? below(i) : -1;
      return {
        userId: `U${12345 + i}`,
        username: i === 0 ? 'johndoe' : `${first}${last}`,
        email: i === 0 ? 'john@example.com' : `${first}.${last}@example.com`,
        signupDate,
        lastLoginDate:
          i === 0 ? '2021-07-01T00:00:00Z' : iso(utc('2024-12-01T00:00:00Z') + below(31 * 86400)),
        referredBy: referrer < 0 ? null : `U${12345 + referrer}`,
        isActive: i === 0 || chance(0.9),
        theme: i === 0 || chance(0.3) ? 'Dark' : 'Light',
        language: i === 0 ? 'en-US' : pick(LANGUAGES),
        emailNotifications: i === 0 || chance(0.6),
        mobileNotifications: i !== 0 && chance(0.3),
        roles,
      };
    },
  );

  const tags = TAGS.map((name, i): Tag => ({ tagId: i + 1, name }));

  // 60 posts of U12345, the first of all among them; of the others a few users write much.
  const johns = new Set([0]);
  while (johns.size < 60) johns.add(below(1000));
  const posts = moments(1000, '2024-03-10T00:00:00Z', '2025-01-01T00:00:00Z').map(
    (postDate, i): Post => {
      const author = johns.has(i) ? 0 : 1 + Math.floor(199 * random() ** 1.5);
      const topic = pick(TOPICS);
      const tagIds = new Set<number>();
      while (tagIds.size < 1 + (i % 3)) tagIds.add(2 + Math.floor(39 * random() ** 1.4));
      return {
        postId: i + 1,
        userId: `U${12345 + author}`,
        title: `${pick(TITLES)} ${topic}`,
        body: Array.from({ length: 6 + below(14) }, sentence).join(' '),
        postDate,
        views: Math.floor(20 / (0.01 + random())),
        tagIds: [...tagIds].sort((a, b) => a - b),
      };
    },
  );

  // AWS (tag 1) is on 120 posts: 8 of U12345, none of them among his first 10; most of the
  // others are by the twenty users after him, so that several have five or more.
  const byJohn = posts.filter((post) => post.userId === 'U12345');
  const byOthers = posts.filter((post) => post.userId !== 'U12345');
  const aws = byJohn.filter((_, i) => i >= 10 && i % 6 === 5).slice(0, 8);
  const drawn = byOthers.map((post) => ({
    post,
    lot: random() * (post.userId <= 'U12365' ? 0.25 : 1),
  }));
  drawn.sort((a, b) => a.lot - b.lot);
  for (const { post } of drawn.slice(0, 120 - aws.length)) aws.push(post);
  for (const post of aws) post.tagIds.unshift(1);

  const products = PRODUCTS.map(([name, priceCents], i): Product => {
    const productId = `P${9001 + i}`;
    return { productId, name, priceCents, stock: productId === 'P9012' ? 1 : 5 + below(96) };
  });

  // C5678 is the newest customer, U12345 himself: no order yet. The next order is O1234.
  const customers = Array.from({ length: 120 }, (_, i): Customer => {
    return { customerId: `C${5559 + i}`, userId: `U${12345 + 119 - i}`, orderCount: 0 };
  });
  const orders = moments(300, '2024-03-10T08:00:00Z', '2025-01-01T00:00:00Z').map(
    (createdAt, i): Order => {
      const customer = customers[below(119)] as Customer;
      customer.orderCount += 1;
      const bought = new Set<Product>();
      while (bought.size < 1 + (i % 3)) bought.add(pick(products));
      const items = [...bought]
        .map((product) => ({
          productId: product.productId,
          qty: 1 + below(3),
          unitPriceCents: product.priceCents,
        }))
        .sort((a, b) => (a.productId < b.productId ? -1 : 1));
      return {
        orderId: `O${String(934 + i).padStart(4, '0')}`,
        customerId: customer.customerId,
        amountCents: items.reduce((sum, item) => sum + item.qty * item.unitPriceCents, 0),
        status: i >= 280 ? 'Pending' : pick(STATUSES),
        createdAt,
        items,
      };
    },
  );

  const sessions = Array.from({ length: 50 }, (_, i): Session => {
    return {
      sessionId: `S${String(i + 1).padStart(4, '0')}`,
      userId: `U${12345 + below(200)}`,
      expiresAt: iso(utc('2024-12-31T12:00:00Z') + below(86400)),
    };
  });

  // Raw page views are kept for one quarter; `views` counts all of a post's life.
  let published = 0;
  const pageViews = moments(10_000, '2024-10-01T00:00:00Z', '2025-01-01T00:00:00Z').map(
    (at): PageView => {
      while ((posts[published]?.postDate ?? at) < at) published += 1;
      const post = posts[Math.floor(published * random() ** 2)] as Post;
      post.views += 1;
      return { deviceId: `D${String(1 + below(500)).padStart(3, '0')}`, at, postId: post.postId };
    },
  );

  return { users, posts, tags, customers, products, orders, sessions, pageViews };
}

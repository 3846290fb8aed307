/** Inkwell as DynamoDB tables and items: one table an entity, as the guide has it, and all in one table. */
import { type Facts, inkwell } from './facts.ts';

/** A value as the low-level API carries it. */
export type AttributeValue =
  | { S: string }
  | { N: string }
  | { BOOL: boolean }
  | { NULL: true }
  | { L: AttributeValue[] }
  | { M: Item };
export type Item = { [attribute: string]: AttributeValue };

type KeyElement = { AttributeName: string; KeyType: 'HASH' | 'RANGE' };

/** A CreateTable request. */
export type TableRequest = {
  TableName: string;
  BillingMode: 'PAY_PER_REQUEST';
  AttributeDefinitions: Array<{ AttributeName: string; AttributeType: 'S' | 'N' }>;
  KeySchema: KeyElement[];
  GlobalSecondaryIndexes?: Array<{
    IndexName: string;
    KeySchema: KeyElement[];
    Projection: {
      ProjectionType: 'ALL' | 'KEYS_ONLY' | 'INCLUDE';
      NonKeyAttributes?: string[];
    };
  }>;
};

/** A JavaScript value that has a DynamoDB form; `undefined` leaves the attribute out. */
type Plain = string | number | boolean | null | undefined | Plain[] | { [key: string]: Plain };

function typed(value: Exclude<Plain, undefined>): AttributeValue {
  if (value === null) return { NULL: true };
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (Array.isArray(value)) return { L: value.filter((v) => v !== undefined).map(typed) };
  return { M: item(value) };
}

function item(attributes: { [key: string]: Plain }): Item {
  const result: Item = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) result[name] = typed(value);
  }
  return result;
}

/** Names of key attributes, the partition key first; a type is `N` where it says so, else `S`. */
function key(...names: string[]): KeyElement[] {
  return names.map((name, i) => ({
    AttributeName: name.replace(/:N$/, ''),
    KeyType: i === 0 ? 'HASH' : 'RANGE',
  }));
}

function table(
  TableName: string,
  keys: string[],
  index?: { name: string; keys: string[]; include?: string[] },
): TableRequest {
  const attributes = new Set([...keys, ...(index?.keys ?? [])]);
  return {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [...attributes].map((name) => ({
      AttributeName: name.replace(/:N$/, ''),
      AttributeType: name.endsWith(':N') ? 'N' : 'S',
    })),
    KeySchema: key(...keys),
    ...(index && {
      GlobalSecondaryIndexes: [
        {
          IndexName: index.name,
          KeySchema: key(...index.keys),
          Projection: index.include
            ? { ProjectionType: 'INCLUDE', NonKeyAttributes: index.include }
            : { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    }),
  };
}

const TABLES: TableRequest[] = [
  table('Users', ['UserID']),
  table('UserPosts', ['UserID', 'PostDate'], {
    name: 'PostsByViews',
    keys: ['Blog', 'Views:N'],
    include: ['Title'],
  }),
  table('Customers', ['CustomerID']),
  table('Orders', ['OrderID'], { name: 'OrdersByStatus', keys: ['Status', 'CreatedAt'] }),
  table('Inventory', ['ProductID']),
  table('Sessions', ['SessionID']),
  table('PageViews', ['DeviceID', 'At']),
  // Sparse: of all that App holds, only the items that link a post to a tag have `Tag`.
  table('App', ['PK', 'SK'], { name: 'PostsByTag', keys: ['Tag', 'PostDate'], include: ['Title'] }),
];

const epoch = (iso: string) => Date.parse(iso) / 1000;

/** Inkwell's tables as CreateTable requests and their items as DynamoDB JSON, by table name. */
export function generateDynamoDB(facts: Facts = inkwell()): {
  tables: TableRequest[];
  items: Record<string, Item[]>;
} {
  const tagNames = new Map(facts.tags.map((tag) => [tag.tagId, tag.name]));
  const postCounts = new Map<string, number>();
  for (const { userId } of facts.posts) postCounts.set(userId, (postCounts.get(userId) ?? 0) + 1);

  const items = {
    Users: [] as Item[],
    UserPosts: [] as Item[],
    Customers: [] as Item[],
    Orders: [] as Item[],
    Inventory: [] as Item[],
    Sessions: [] as Item[],
    PageViews: [] as Item[],
    App: [] as Item[],
  };
  const app = (PK: string, SK: string, attributes: Item = {}) =>
    items.App.push({ PK: { S: PK }, SK: { S: SK }, ...attributes });

  for (const user of facts.users) {
    const attributes = item({
      UserID: user.userId,
      Username: user.username,
      Email: user.email,
      SignupDate: epoch(user.signupDate),
      LastLoginDate: epoch(user.lastLoginDate),
      ReferredBy: user.referredBy ?? undefined,
      Preferences: {
        Theme: user.theme,
        Language: user.language,
        EmailNotifications: user.emailNotifications,
        MobileNotifications: user.mobileNotifications,
      },
      Roles: user.roles,
      PostCount: postCounts.get(user.userId) ?? 0,
      IsActive: user.isActive,
    });
    items.Users.push(attributes);
    app(`USER#${user.userId}`, 'PROFILE', attributes);
    app(`UNIQUE#email#${user.email}`, 'UNIQUE');
    app(`UNIQUE#username#${user.username}`, 'UNIQUE');
  }

  for (const post of facts.posts) {
    const tags = post.tagIds.map((tagId) => tagNames.get(tagId));
    const attributes = item({
      UserID: post.userId,
      PostDate: post.postDate,
      PostID: post.postId,
      Title: post.title,
      Body: post.body,
      Tags: tags,
      Views: post.views,
    });
    items.UserPosts.push({ ...attributes, Blog: { S: 'Inkwell' } });
    const name = `P${post.postId}`;
    app(`USER#${post.userId}`, `POST#${post.postDate.slice(0, 10)}#${name}`, attributes);
    for (const tag of tags) {
      app(
        `POST#${name}`,
        `TAG#${tag}`,
        item({ Tag: tag, PostDate: post.postDate, Title: post.title, UserID: post.userId }),
      );
    }
  }

  for (const customer of facts.customers) {
    const attributes = item({
      CustomerID: customer.customerId,
      UserID: customer.userId,
      OrderCount: customer.orderCount,
    });
    items.Customers.push(attributes);
    app(`CUST#${customer.customerId}`, 'PROFILE', attributes);
  }

  for (const product of facts.products) {
    const attributes = item({
      ProductID: product.productId,
      Name: product.name,
      Price: product.priceCents / 100,
      Stock: product.stock,
    });
    items.Inventory.push(attributes);
    app(`PRODUCT#${product.productId}`, 'PRODUCT', attributes);
  }

  for (const order of facts.orders) {
    const attributes = item({
      OrderID: order.orderId,
      CustomerID: order.customerId,
      Amount: order.amountCents / 100,
      Status: order.status,
      CreatedAt: order.createdAt,
    });
    const bought = order.items.map((line) =>
      item({ ProductID: line.productId, Qty: line.qty, UnitPrice: line.unitPriceCents / 100 }),
    );
    items.Orders.push({ ...attributes, Items: { L: bought.map((line) => ({ M: line })) } });
    app(
      `CUST#${order.customerId}`,
      `ORDER#${order.createdAt.slice(0, 10)}#${order.orderId}`,
      attributes,
    );
    for (const [i, line] of order.items.entries()) {
      app(`ORDER#${order.orderId}`, `ITEM#${line.productId}`, bought[i]);
    }
  }

  for (const session of facts.sessions) {
    items.Sessions.push(
      item({
        SessionID: session.sessionId,
        UserID: session.userId,
        ExpiresAt: epoch(session.expiresAt),
      }),
    );
  }

  for (const view of facts.pageViews) {
    items.PageViews.push(item({ DeviceID: view.deviceId, At: view.at, PostID: view.postId }));
  }

  return { tables: TABLES, items };
}

/** The AWS SDK for JavaScript v3 reaches the engine through a request handler, and over HTTP. */
import {
  ConditionalCheckFailedException,
  CreateTableCommand,
  DuplicateItemException,
  DynamoDBClient,
  type DynamoDBClientConfig,
  ResourceNotFoundException,
  SearchVectorsCommand,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import {
  BatchExecuteStatementCommand,
  DynamoDBDocumentClient,
  ExecuteStatementCommand,
  ExecuteTransactionCommand,
  GetCommand,
  PutCommand,
  paginateQuery,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { createDynamoDB, type DynamoDB, sdkConfig } from 'keys-and-joins/dynamodb';
import { afterAll, describe, expect, it } from 'vitest';
import { type EmulatorServer, serveEmulator } from '../../../tools/lib/emulator.ts';
import { tableRequest } from './support.ts';

const account = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
};

function inProcess(): DynamoDBClientConfig {
  return sdkConfig(createDynamoDB());
}

const servers: EmulatorServer[] = [];
afterAll(() => Promise.all(servers.map((server) => server.close())));

async function overHttp(): Promise<DynamoDBClientConfig> {
  const server = await serveEmulator(createDynamoDB(), 0);
  servers.push(server);
  return { ...account, endpoint: server.url, maxAttempts: 1 };
}

describe('the SDK in a world with users', () => {
  it.each([
    ['in process', async (db: DynamoDB) => sdkConfig(db)],
    [
      'over HTTP',
      async (db: DynamoDB) => {
        const server = await serveEmulator(db, 0);
        servers.push(server);
        return { ...account, endpoint: server.url, maxAttempts: 1 };
      },
    ],
  ])('%s: a request is that of its access key', async (_where, config) => {
    const db = createDynamoDB({ world: { users: { maria: { user: 'maria' } } } });
    db.load([tableRequest('Orders', { keys: 'pk:S' })] as never, {});
    const settings = await config(db);
    const client = (accessKeyId: string) =>
      new DynamoDBClient({ ...settings, credentials: { accessKeyId, secretAccessKey: 'any' } });
    const read = new GetCommand({ TableName: 'Orders', Key: { pk: 'a' } });
    await expect(client('somebody').send(read)).resolves.toMatchObject({
      $metadata: { httpStatusCode: 200 },
    });
    await expect(client('maria').send(read)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringMatching(/^User: arn:aws:iam::123456789012:user\/maria is not/),
    });
  });
});

describe.each([
  ['in process', async () => inProcess()],
  ['over HTTP', overHttp],
])('the SDK %s', (_where, config) => {
  it('works with plain values, pages and typed errors', async () => {
    const client = new DynamoDBClient(await config());
    const documents = DynamoDBDocumentClient.from(client);
    await client.send(
      new CreateTableCommand(tableRequest('Orders', { keys: 'customer:S, placed:N' }) as never),
    );
    for (let placed = 1; placed <= 5; placed++) {
      const Item = {
        customer: 'C5678',
        placed,
        lines: [{ sku: 'P9012', count: 2 }],
        tags: new Set(['new']),
      };
      await documents.send(new PutCommand({ TableName: 'Orders', Item }));
    }
    const Key = { customer: 'C5678', placed: 3 };
    const { Item } = await documents.send(new GetCommand({ TableName: 'Orders', Key }));
    expect(Item).toEqual({ ...Key, lines: [{ sku: 'P9012', count: 2 }], tags: new Set(['new']) });

    const found: unknown[] = [];
    const pages = paginateQuery(
      { client: documents, pageSize: 2 },
      {
        TableName: 'Orders',
        KeyConditionExpression: 'customer = :c',
        ExpressionAttributeValues: { ':c': 'C5678' },
      },
    );
    for await (const page of pages) found.push(...(page.Items ?? []).map((item) => item.placed));
    expect(found).toEqual([1, 2, 3, 4, 5]);

    const again = new PutCommand({
      TableName: 'Orders',
      Item: Key,
      ConditionExpression: 'attribute_not_exists(customer)',
    });
    await expect(documents.send(again)).rejects.toThrow(ConditionalCheckFailedException);
    const elsewhere = documents.send(new GetCommand({ TableName: 'Nowhere', Key }));
    await expect(elsewhere).rejects.toThrow(ResourceNotFoundException);

    const cancelled = await documents
      .send(
        new TransactWriteCommand({
          TransactItems: [
            { Put: { TableName: 'Orders', Item: { customer: 'C1', placed: 1 } } },
            {
              Put: {
                TableName: 'Orders',
                Item: Key,
                ConditionExpression: 'attribute_not_exists(customer)',
              },
            },
          ],
        }),
      )
      .catch((error: unknown) => error);
    expect(cancelled).toBeInstanceOf(TransactionCanceledException);
    expect(
      (cancelled as TransactionCanceledException).CancellationReasons?.map(({ Code }) => Code),
    ).toEqual(['None', 'ConditionalCheckFailed']);
    client.destroy();
  });

  it('runs PartiQL with plain values, page by page, and with typed errors', async () => {
    const client = new DynamoDBClient(await config());
    const documents = DynamoDBDocumentClient.from(client);
    await client.send(
      new CreateTableCommand(tableRequest('Orders', { keys: 'customer:S, placed:N' }) as never),
    );
    const insert = (placed: number) => ({
      Statement: `INSERT INTO "Orders" VALUE {'customer': ?, 'placed': ?, 'tags': ?}`,
      Parameters: ['C5678', placed, new Set(['new'])],
    });
    const Statements = [1, 2, 3, 4, 5].map(insert);
    await documents.send(new BatchExecuteStatementCommand({ Statements }));

    const found: unknown[] = [];
    let NextToken: string | undefined;
    do {
      const Statement = 'SELECT placed, tags FROM "Orders" WHERE customer = ?';
      const input = { Statement, Parameters: ['C5678'], Limit: 2 };
      const page = await documents.send(
        new ExecuteStatementCommand({ ...input, ...(NextToken && { NextToken }) }),
      );
      found.push(...(page.Items ?? []));
      ({ NextToken } = page);
    } while (NextToken !== undefined);
    expect(found).toEqual([1, 2, 3, 4, 5].map((placed) => ({ placed, tags: new Set(['new']) })));

    const again = documents.send(new ExecuteStatementCommand(insert(3)));
    await expect(again).rejects.toThrow(DuplicateItemException);
    const TransactStatements = [insert(6), insert(3)];
    const cancelled = documents.send(new ExecuteTransactionCommand({ TransactStatements }));
    await expect(cancelled).rejects.toThrow(TransactionCanceledException);
    client.destroy();
  });

  it('makes a vector index and searches it', async () => {
    const client = new DynamoDBClient(await config());
    const documents = DynamoDBDocumentClient.from(client);
    await client.send(
      new CreateTableCommand({
        TableName: 'Films',
        AttributeDefinitions: [{ AttributeName: 'title', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'title', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
        VectorIndexes: [
          {
            IndexName: 'plots',
            VectorAttribute: { AttributeName: 'plot' },
            Dimensions: 2,
            DistanceFunction: 'COSINE',
            Projection: { ProjectionType: 'ALL' },
          },
        ],
      }),
    );
    const films = { Alien: [0.9, 0.1], Heat: [0.2, 0.8], Solaris: [0.8, 0.3] };
    for (const [title, plot] of Object.entries(films))
      await documents.send(new PutCommand({ TableName: 'Films', Item: { title, plot } }));
    const { SearchResults, ConsumedCapacity } = await client.send(
      new SearchVectorsCommand({
        TableName: 'Films',
        IndexName: 'plots',
        SearchVector: [{ N: '1' }, { N: '0' }],
        TopK: 2,
        ReturnConsumedCapacity: 'INDEXES',
      }),
    );
    expect(SearchResults?.map(({ Item }) => Item)).toEqual([
      { title: { S: 'Alien' } },
      { title: { S: 'Solaris' } },
    ]);
    expect(SearchResults?.[0]?.Score).toBeCloseTo(1 - 0.9 / Math.hypot(0.9, 0.1), 6);
    expect(ConsumedCapacity).toEqual({ VectorSearchRequestBytes: 1024 });
    client.destroy();
  });
});

/** The engine that random requests are sent to, and what must be true of every answer. */
import * as sdk from '@aws-sdk/client-dynamodb';
import { createDynamoDB, type DynamoDB } from '../../../../.generated/dynamodb/engine.js';
import type { Json } from '../../../../src/engine/lab/result.ts';
import { L, N, S, tableRequest } from '../support.ts';
import { api } from './api.ts';

/** Milliseconds that an answer may take on a busy machine; nearly all take less than one. */
const PATIENCE = 2000;

/** Errors of DynamoDB, of DynamoDB Streams, and of the layers in front of them. */
const errors = new Set([
  ...Object.keys(sdk)
    .filter((name) => /(Exception|Error|Exceeded|Unavailable)\$?$/.test(name))
    .map((name) => name.replace(/\$$/, '')),
  ...['TrimmedDataAccessException', 'ExpiredIteratorException'],
  ...['ValidationException', 'SerializationException', 'UnknownOperationException'],
  'AccessDeniedException',
]);

/** Who asks: everything is allowed, but not without a look at keys and attributes. */
const CALLER = 'fuzz';
const anything = { Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' };
const policy = {
  Version: '2012-10-17',
  Statement: [
    {
      ...anything,
      Condition: {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': '*', 'dynamodb:Attributes': '*' },
        StringLikeIfExists: { 'dynamodb:Select': '*', 'dynamodb:ReturnValues': '*' },
      },
    },
    { ...anything, Action: 'dynamodb:SearchVectors' },
  ],
};

/** Three tables, two of them with indexes. */
export function subject(): DynamoDB {
  const world = { users: { [CALLER]: { user: CALLER, policies: [policy] } } };
  const db = createDynamoDB({ now: () => 1_700_000_000_000, random: () => 0.5, world });
  const orders = tableRequest('Orders', {
    keys: 'pk:S, sk:N',
    global: {
      ByTag: { keys: 'tag:S, grade:N' },
      ByRank: { keys: 'grade:N', projected: 'KEYS_ONLY' },
    },
    local: { ByText: { keys: 'pk:S, tag:S', projected: ['n'] } },
  });
  const StreamSpecification = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' };
  const films = {
    ...tableRequest('Films', { keys: 'pk:S', global: { ByTag: { keys: 'tag:S' } } }),
    VectorIndexes: [
      {
        IndexName: 'Near',
        VectorAttribute: { AttributeName: 'v' },
        SearchSchema: [{ AttributeName: 'tag', SearchSchemaElementType: 'INLINE_FILTER' }],
        Dimensions: 2,
        DistanceFunction: 'COSINE',
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  };
  const tables = [tableRequest('Plain', {}), { ...orders, StreamSpecification }, films];
  db.load(tables as never, { Films: [{ pk: S('a'), tag: S('t'), v: L(N(1), N(2)) }] });
  const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
  db.handle('UpdateContinuousBackups', { TableName: 'Orders', PointInTimeRecoverySpecification });
  db.handle('CreateBackup', { TableName: 'Orders', BackupName: 'first' });
  const ResourceArn = 'arn:aws:dynamodb:us-east-1:123456789012:table/Orders';
  const Statement = [{ ...anything, Resource: ResourceArn, Principal: { AWS: '123456789012' } }];
  db.handle('PutResourcePolicy', { ResourceArn, Policy: JSON.stringify({ Statement }) });
  return db;
}

/** The operations that the engine answers rather than refuses by name. */
export function supportedOperations(db: DynamoDB): string[] {
  return [...api.keys()].filter((name) => {
    const { body } = db.handle(name, {});
    return !String(body.__type).endsWith('UnknownOperationException');
  });
}

/** An answer, and what is wrong with it that may be wrong with none. */
export interface Observed {
  refused: boolean;
  body: { [key: string]: Json };
  problem: string | undefined;
}

/** Sends one request, as JSON or as text, and looks at how it is answered. */
export function observe(db: DynamoDB, operation: string, request: Json, asText: boolean): Observed {
  const given = JSON.stringify(request);
  const begin = performance.now();
  let refused = false;
  let body: { [key: string]: Json } = {};
  try {
    if (asText) {
      const { status, text } = db.handleText(operation, given, undefined, CALLER);
      [refused, body] = [status !== 200, JSON.parse(text) as { [key: string]: Json }];
    } else {
      const answer = db.handle(operation, request, undefined, CALLER);
      [refused, body] = [answer.status !== 200, answer.body];
    }
  } catch (error) {
    const problem = `it threw ${error instanceof Error ? error.stack : String(error)}`;
    return { refused, body, problem };
  }
  const took = performance.now() - begin;
  const problem =
    took > PATIENCE
      ? `it took ${Math.round(took)} ms`
      : JSON.stringify(request) !== given
        ? 'the request was changed'
        : problemOf(refused, body);
  return { refused, body, problem };
}

function problemOf(refused: boolean, body: { [key: string]: Json }): string | undefined {
  if (!refused) return body.__type === undefined ? undefined : 'an error came with status 200';
  const name = String(body.__type).split('#')[1] ?? '';
  if (!errors.has(name)) return `there is no error ${String(body.__type)}`;
  const message = body.message ?? body.Message ?? '';
  if (typeof message !== 'string') return 'its message is no text';
  return /undefined|\[object |NaN at/.test(message) ? `its message is: ${message}` : undefined;
}

interface VectorIndex {
  IndexName: string;
  Dimensions: number;
}

/** All that the engine holds, as text: descriptions, items and the entries of every index. */
export function contents(db: DynamoDB): string {
  const parts: Json[] = [];
  const ask = (operation: string, request: Json) => {
    const { status, body } = db.handle(operation, request);
    if (status !== 200) throw new Error(`${operation}: ${JSON.stringify(body)}`);
    return body;
  };
  for (const TableName of ask('ListTables', {}).TableNames as string[]) {
    const { Table } = ask('DescribeTable', { TableName }) as { Table: { [key: string]: Json } };
    parts.push(Table);
    const names = [Table.GlobalSecondaryIndexes, Table.LocalSecondaryIndexes].flatMap((list) =>
      ((list ?? []) as Array<{ IndexName: string }>).map(({ IndexName }) => IndexName),
    );
    for (const { IndexName, Dimensions } of (Table.VectorIndexes ??
      []) as unknown as VectorIndex[]) {
      const SearchVector = Array.from({ length: Dimensions }, () => N(1));
      const search = { TableName, IndexName, SearchVector, TopK: 100 };
      // One with a HASH attribute can only be searched in parts.
      const { status, body } = db.handle('SearchVectors', search);
      if (status === 200) parts.push(body.SearchResults as Json);
    }
    for (const IndexName of [undefined, ...names]) {
      let start: Json | undefined;
      do {
        const page = ask('Scan', {
          TableName,
          ...(IndexName !== undefined && { IndexName }),
          ...(start !== undefined && { ExclusiveStartKey: start }),
        });
        parts.push(page.Items as Json);
        start = page.LastEvaluatedKey;
      } while (start !== undefined);
    }
  }
  return JSON.stringify(parts);
}

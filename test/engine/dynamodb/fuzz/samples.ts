/** Requests that go through on a fresh subject, of every operation that the engine has. */
import type { Json } from '../../../../src/engine/lab/result.ts';
import { L, M, N, S, tableRequest } from '../support.ts';
import { tableSamples } from './table-samples.ts';

const plain = { TableName: 'Plain', Key: { pk: S('a') } };
const order = { TableName: 'Orders', Key: { pk: S('a'), sk: N(1) } };
const item = {
  ...order.Key,
  tag: S('t'),
  grade: N(2),
  parts: L(N(1), S('b')),
  doc: M({ x: N(1) }),
};
const capacity = { ReturnConsumedCapacity: 'INDEXES', ReturnItemCollectionMetrics: 'SIZE' };
const names = { '#n': '__proto__' };
const byPartition = {
  TableName: 'Orders',
  KeyConditionExpression: 'pk = :p AND sk BETWEEN :low AND :high',
  ExpressionAttributeValues: { ':p': S('a'), ':low': N(0), ':high': N(9) },
};

const vectors = {
  IndexName: 'Nearest',
  VectorAttribute: { AttributeName: 'v' },
  Dimensions: 2,
  DistanceFunction: 'DOT_PRODUCT',
  Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['n'] },
};

export const samples: Record<string, readonly Json[]> = {
  ...tableSamples,
  BatchExecuteStatement: [
    {
      Statements: [
        { Statement: `SELECT * FROM "Plain" WHERE pk = 'a'`, ConsistentRead: true },
        {
          Statement: 'SELECT parts[0] FROM "Orders" WHERE pk = ? AND sk = ?',
          Parameters: [S('a'), N(1)],
        },
      ],
      ReturnConsumedCapacity: 'TOTAL',
    },
  ],
  ExecuteStatement: [
    {
      Statement: `SELECT pk, doc.x FROM "Orders" WHERE pk IN ['a', ?] AND sk > -1.5e1 ORDER BY pk DESC`,
      Parameters: [S('b')],
      Limit: 3,
    },
    {
      Statement: `INSERT INTO "Plain" VALUE {'pk': 'new', 'l': [1, {'m': <<'x', 'y'>>}], 'n': NULL}`,
    },
    { Statement: `DELETE FROM "Plain" WHERE pk = 'nobody' RETURNING ALL OLD *` },
  ],
  ExecuteTransaction: [
    {
      TransactStatements: [
        { Statement: `INSERT INTO "Plain" VALUE {'pk': 'newer'}` },
        { Statement: `EXISTS(SELECT * FROM "Plain" WHERE pk = 'nobody' AND n IS MISSING)` },
      ],
      ClientRequestToken: 'sample',
    },
  ],
  BatchGetItem: [
    {
      RequestItems: {
        Plain: { Keys: [{ pk: S('a') }, { pk: S('b') }], ConsistentRead: true },
        Orders: {
          Keys: [order.Key],
          ProjectionExpression: 'pk, parts[0], #n',
          ExpressionAttributeNames: names,
        },
      },
      ReturnConsumedCapacity: 'TOTAL',
    },
  ],
  BatchWriteItem: [
    {
      RequestItems: {
        Plain: [
          { PutRequest: { Item: { pk: S('a') } } },
          { DeleteRequest: { Key: { pk: S('b') } } },
        ],
        Orders: [{ PutRequest: { Item: item } }],
      },
      ...capacity,
    },
  ],
  CreateTable: [
    { ...tableRequest('New', { keys: 'a:B, b:N', global: { byC: { keys: 'c:S, d:N' } } }) },
    {
      ...tableRequest('Newer', { keys: 'a:S, b:S', local: { byC: { keys: 'a:S, c:N' } } }),
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
      DeletionProtectionEnabled: true,
    },
    { ...tableRequest('Newest', {}), VectorIndexes: [vectors] },
  ],
  DeleteItem: [
    { ...plain, ReturnValues: 'ALL_OLD', ...capacity },
    {
      ...order,
      ConditionExpression: 'attribute_not_exists(pk) OR #n = :v OR size(parts) > :v',
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: { ':v': N(1) },
    },
    { ...plain, Expected: { n: { Exists: false } } },
  ],
  DeleteTable: [{ TableName: 'Plain' }],
  DescribeTable: [{ TableName: 'Orders' }],
  GetItem: [
    { ...plain, ConsistentRead: true },
    { ...order, ProjectionExpression: '#n.a[1], tag', ExpressionAttributeNames: names },
    { ...order, AttributesToGet: ['tag', 'grade'] },
  ],
  ListTables: [{}, { Limit: 1, ExclusiveStartTableName: 'Orders' }],
  PutItem: [
    { TableName: 'Orders', Item: item, ReturnValues: 'ALL_OLD', ...capacity },
    {
      TableName: 'Plain',
      Item: { pk: S('a'), set: { SS: ['x', 'y'] }, bin: { B: 'AAA=' }, none: { NULL: true } },
      ConditionExpression: 'attribute_not_exists(#n)',
      ExpressionAttributeNames: names,
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  ],
  Query: [
    { ...byPartition, ScanIndexForward: false, Limit: 2, ConsistentRead: true },
    {
      TableName: 'Orders',
      IndexName: 'ByTag',
      KeyConditionExpression: 'tag = :t AND grade > :r',
      FilterExpression: 'contains(parts, :r) OR NOT attribute_type(doc, :m)',
      ProjectionExpression: 'pk, doc.x',
      ExpressionAttributeValues: { ':t': S('t'), ':r': N(0), ':m': S('M') },
      ReturnConsumedCapacity: 'INDEXES',
    },
    {
      TableName: 'Orders',
      IndexName: 'ByText',
      KeyConditions: {
        pk: { ComparisonOperator: 'EQ', AttributeValueList: [S('a')] },
        tag: { ComparisonOperator: 'BEGINS_WITH', AttributeValueList: [S('t')] },
      },
      QueryFilter: { n: { ComparisonOperator: 'NULL' } },
    },
  ],
  Scan: [
    { TableName: 'Orders', Segment: 1, TotalSegments: 3 },
    { TableName: 'Orders', IndexName: 'ByRank', Limit: 1, Select: 'COUNT' },
    {
      TableName: 'Plain',
      ExclusiveStartKey: { pk: S('a') },
      FilterExpression: '#n IN (:a, :b) AND begins_with(pk, :b)',
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: { ':a': N(1), ':b': S('a') },
    },
  ],
  SearchVectors: [
    {
      TableName: 'Films',
      IndexName: 'Near',
      SearchVector: [N(1), N('0.5')],
      TopK: 3,
      SearchConditionExpression: 'tag = :t',
      ExpressionAttributeValues: { ':t': S('t') },
      ProjectionExpression: 'pk, v',
      ReturnConsumedCapacity: 'INDEXES',
    },
  ],
  TransactGetItems: [
    { TransactItems: [{ Get: plain }, { Get: { ...order, ProjectionExpression: 'pk' } }] },
  ],
  TransactWriteItems: [
    {
      TransactItems: [
        { Put: { TableName: 'Plain', Item: { pk: S('a'), n: N(1) } } },
        { Update: { ...order, UpdateExpression: 'REMOVE tag' } },
        { Delete: { TableName: 'Plain', Key: { pk: S('b') } } },
        {
          ConditionCheck: {
            TableName: 'Plain',
            Key: { pk: S('c') },
            ConditionExpression: 'attribute_not_exists(pk)',
          },
        },
      ],
      ClientRequestToken: 'token',
      ...capacity,
    },
  ],
  UpdateItem: [
    {
      ...order,
      UpdateExpression:
        'SET tag = if_not_exists(tag, :t), parts = :l REMOVE #n ADD n :one, tags :set',
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: {
        ':t': S('t'),
        ':l': L(N(1)),
        ':one': N(1),
        ':set': { SS: ['a'] },
      },
      ReturnValues: 'UPDATED_NEW',
      ...capacity,
    },
    {
      ...plain,
      AttributeUpdates: { n: { Action: 'ADD', Value: N(1) }, old: { Action: 'DELETE' } },
    },
  ],
  UpdateTable: [
    { TableName: 'Plain', VectorIndexUpdates: [{ Create: vectors }] },
    { TableName: 'Films', VectorIndexUpdates: [{ Delete: { IndexName: 'Near' } }] },
    {
      TableName: 'Plain',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'n', AttributeType: 'N' },
      ],
      GlobalSecondaryIndexUpdates: [
        {
          Create: {
            IndexName: 'ByN',
            KeySchema: [{ AttributeName: 'n', KeyType: 'HASH' }],
            Projection: { ProjectionType: 'ALL' },
          },
        },
      ],
    },
    { TableName: 'Orders', GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'ByRank' } }] },
    {
      TableName: 'Plain',
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 },
    },
  ],
};

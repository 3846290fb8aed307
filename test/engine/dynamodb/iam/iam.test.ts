/** Who may do what: identity-based policies in front of every operation. */
import { describe, expect, it } from 'vitest';
import type { WorldUser } from '../../../../src/engine/dynamodb/world/settings.ts';
import type { Json } from '../../../../src/engine/lab/result.ts';
import {
  allow,
  Guarded,
  get,
  john,
  key,
  NOW,
  OWN,
  policy,
  TABLE,
  variable,
} from './iam.support.ts';

const item = (pk: string, more: object = {}) => ({ ...key(pk), ...more });
const user = (...statements: object[]): WorldUser => ({
  user: 'maria',
  policies: statements.length === 0 ? [] : [policy(...statements)],
});

describe('Those who ask', () => {
  it('are the administrator unless the world names their access key', () => {
    const bench = new Guarded({ maria: user() });
    for (const caller of [undefined, 'somebody', 'sandbox']) {
      expect(bench.ok(caller, 'GetItem', get('U1')).Item.secret).toEqual({ S: 'of U1' });
    }
    expect(bench.denies('maria', 'GetItem', get('U1'))).toBe(true);
  });

  it('are named by the ARN of the user or of the session', () => {
    const bench = new Guarded({ maria: user(), john: john(allow('PutItem')) });
    expect(bench.denied('maria', 'GetItem', get('U1'))).toBe(
      `User: arn:aws:iam::123456789012:user/maria is not authorized to perform: dynamodb:GetItem on resource: ${TABLE} because no identity-based policy allows the dynamodb:GetItem action`,
    );
    expect(bench.denied('john', 'GetItem', get('U1'))).toBe(
      `User: arn:aws:sts::123456789012:assumed-role/Reader/john is not authorized to perform: dynamodb:GetItem on resource: ${TABLE} because no identity-based policy allows the dynamodb:GetItem action`,
    );
  });

  it('stay with snapshots and forks, and go with another world', () => {
    const bench = new Guarded({ maria: user() });
    const fork = bench.db.fork();
    expect(fork.handle('GetItem', get('U1'), undefined, 'maria').status).toBe(400);
    bench.db.restore(bench.db.snapshot());
    expect(bench.denies('maria', 'GetItem', get('U1'))).toBe(true);
    bench.db.configure({});
    expect(bench.denies('maria', 'GetItem', get('U1'))).toBe(false);
  });
});

describe('Evaluation', () => {
  it('lets an explicit deny win over whatever allows, and says so', () => {
    const deny = { Effect: 'Deny', Action: 'dynamodb:DeleteItem', Resource: '*' };
    const bench = new Guarded({ maria: user(allow('*'), deny) });
    bench.ok('maria', 'GetItem', get('U1'));
    expect(bench.denied('maria', 'DeleteItem', get('U1'))).toBe(
      `User: arn:aws:iam::123456789012:user/maria is not authorized to perform: dynamodb:DeleteItem on resource: ${TABLE} with an explicit deny in an identity-based policy`,
    );
    expect(bench.admin('GetItem', get('U1')).Item).toBeDefined();
  });

  it('compares actions without regard to case, by wildcards, and by what they are not', () => {
    const bench = new Guarded({
      any: user({ Effect: 'Allow', Action: 'DynamoDB:get?tem', Resource: '*' }),
      others: user({ Effect: 'Allow', NotAction: ['dynamodb:Delete*', 's3:*'], Resource: '*' }),
    });
    bench.ok('any', 'GetItem', get('U1'));
    expect(bench.denies('any', 'DeleteItem', get('U1'))).toBe(true);
    bench.ok('others', 'GetItem', get('U1'));
    expect(bench.denies('others', 'DeleteItem', get('U1'))).toBe(true);
  });

  it('compares resources with regard to case, an index as one of its own', () => {
    const on = (Resource: string | string[]) => ({
      Effect: 'Allow',
      Action: 'dynamodb:*',
      Resource,
    });
    const bench = new Guarded({
      table: user(on(TABLE)),
      index: user(on(`${TABLE}/index/By*`)),
      lower: user(on(TABLE.toLowerCase())),
      others: user({ Effect: 'Allow', Action: 'dynamodb:*', NotResource: `${TABLE}/index/*` }),
    });
    const query: Json = {
      TableName: 'Things',
      IndexName: 'ByKind',
      KeyConditionExpression: 'kind = :k',
      ExpressionAttributeValues: { ':k': { S: 'note' } },
    };
    expect(bench.denied('table', 'Query', query)).toContain(`on resource: ${TABLE}/index/ByKind`);
    expect(bench.ok('index', 'Query', query).Count).toBe(2);
    expect(bench.denies('index', 'GetItem', get('U1'))).toBe(true);
    expect(bench.denies('lower', 'GetItem', get('U1'))).toBe(true);
    expect(bench.denies('others', 'Query', query)).toBe(true);
    bench.ok('others', 'GetItem', get('U1'));
    bench.ok('table', 'GetItem', { ...(get('U1') as object), TableName: TABLE } as Json);
  });

  it('does not tell whether a table is there that the caller must not see', () => {
    const bench = new Guarded({ maria: user(allow('*')) });
    expect(bench.denied('maria', 'DescribeTable', { TableName: 'Absent' })).toContain(
      'table/Absent',
    );
    expect(bench.denied('maria', 'ListTables', {})).toContain(
      'dynamodb:ListTables on resource: arn:aws:dynamodb:us-east-1:123456789012:table/* because',
    );
    expect(bench.denied('maria', 'DescribeLimits', {})).toContain('on resource: * because');
  });

  it('reads an invalid request before it asks who may make it', () => {
    const bench = new Guarded({ maria: user() });
    const { body } = bench.db.handle('GetItem', { TableName: 'Things' }, undefined, 'maria');
    expect(body['__type']).toContain('ValidationException');
  });
});

describe('dynamodb:LeadingKeys', () => {
  const ITEMS = ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'Scan'];
  const BATCHES = ['BatchGetItem', 'BatchWriteItem', 'ConditionCheckItem', 'PartiQL*'];
  const bench = new Guarded({ john: john(allow([...ITEMS, ...BATCHES], OWN)) });
  const both = (one: (pk: string) => Json): [own: Json, other: Json] => [one('U1'), one('U2')];
  const query = (pk: string): Json => ({
    TableName: 'Things',
    KeyConditionExpression: 'sk = :sk AND :pk = pk',
    ExpressionAttributeValues: { ':pk': { S: pk }, ':sk': { S: 'a' } },
  });
  const statement = (Statement: string) => (pk: string) => ({
    Statement,
    Parameters: [{ S: pk }],
  });
  const update = 'SET n = :n';
  const ExpressionAttributeValues = { ':n': { N: '1' } };

  it.each<[string, (pk: string) => Json]>([
    ['GetItem', (pk) => get(pk)],
    ['PutItem', (pk) => ({ TableName: 'Things', Item: item(pk) })],
    ['UpdateItem', (pk) => get(pk, { UpdateExpression: update, ExpressionAttributeValues })],
    ['DeleteItem', (pk) => get(pk)],
    ['Query', query],
    [
      'Query',
      (pk) => ({
        TableName: 'Things',
        KeyConditions: { pk: { ComparisonOperator: 'EQ', AttributeValueList: [{ S: pk }] } },
      }),
    ],
    ['BatchGetItem', (pk) => ({ RequestItems: { Things: { Keys: [key('U1', 'b'), key(pk)] } } })],
    [
      'BatchWriteItem',
      (pk) => ({
        RequestItems: {
          Things: [{ PutRequest: { Item: item('U1') } }, { DeleteRequest: { Key: key(pk, 'b') } }],
        },
      }),
    ],
    [
      'TransactGetItems',
      (pk) => ({ TransactItems: [{ Get: get('U1') }, { Get: get(pk, { Key: key(pk, 'b') }) }] }),
    ],
    [
      'TransactWriteItems',
      (pk) => ({
        TransactItems: [
          { Put: { TableName: 'Things', Item: item('U1') } },
          {
            ConditionCheck: {
              TableName: 'Things',
              Key: key(pk, 'b'),
              ConditionExpression: 'attribute_not_exists(pk)',
            },
          },
        ],
      }),
    ],
    ['ExecuteStatement', statement(`SELECT * FROM "Things" WHERE pk = ?`)],
    ['ExecuteStatement', statement(`DELETE FROM "Things" WHERE pk = ? AND sk = 'none'`)],
    [
      'ExecuteTransaction',
      (pk) => ({
        TransactStatements: [
          { Statement: `INSERT INTO "Things" VALUE {'pk': 'U1', 'sk': 'new ${pk}'}` },
          { Statement: `UPDATE "Things" SET n = 1 WHERE pk = '${pk}' AND sk = 'a'` },
        ],
      }),
    ],
  ])('%s: own items only', (operation, one) => {
    const [own, other] = both(one);
    bench.ok('john', operation, own);
    expect(bench.denied('john', operation, other)).toMatch(/^User: .* because no identity-based/);
  });

  it('asks for the actions that a transaction is made of', () => {
    const put: Json = { TransactItems: [{ Put: { TableName: 'Things', Item: item('U1') } }] };
    const reader = new Guarded({ john: john(allow(['GetItem', 'TransactWriteItems'])) });
    expect(reader.denied('john', 'TransactWriteItems', put)).toContain('dynamodb:PutItem on');
  });

  it('of an index are its own keys', () => {
    const query: Json = {
      TableName: 'Things',
      IndexName: 'ByKind',
      KeyConditionExpression: 'kind = :k',
      ExpressionAttributeValues: { ':k': { S: 'note' } },
    };
    expect(bench.denies('john', 'Query', query)).toBe(true);
  });

  it('has no value in a Scan, which ForAllValues then lets through', () => {
    expect(bench.ok('john', 'Scan', { TableName: 'Things' }).Items.length).toBeGreaterThan(1);
    const all = { Statement: 'SELECT * FROM "Things"' };
    expect(bench.ok('john', 'ExecuteStatement', all).Items.length).toBeGreaterThan(1);
    const there = { Null: { 'dynamodb:LeadingKeys': 'false' } };
    const careful = new Guarded({
      john: john(allow(['Scan', 'Query', 'PartiQLSelect'], { ...OWN, ...there })),
    });
    expect(careful.denies('john', 'Scan', { TableName: 'Things' })).toBe(true);
    expect(careful.denies('john', 'ExecuteStatement', all)).toBe(true);
    careful.ok('john', 'Query', query('U1'));
  });

  it('answers each statement of a batch for itself', () => {
    const statements = ['U1', 'U2'].map((pk) => ({
      Statement: `SELECT secret FROM "Things" WHERE pk = '${pk}' AND sk = 'a'`,
    }));
    bench.admin('PutItem', { TableName: 'Things', Item: item('U1', { secret: { S: 'mine' } }) });
    const { Responses } = bench.ok('john', 'BatchExecuteStatement', { Statements: statements });
    expect(Responses).toEqual([
      { TableName: 'Things', Item: { secret: { S: 'mine' } } },
      { Error: { Code: 'AccessDenied', Message: expect.stringContaining('PartiQLSelect') } },
    ]);
  });
});

describe('Other values of a request', () => {
  const SOME = { 'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['pk', 'sk', 'n'] } };
  const bench = new Guarded({
    columns: john(
      allow(
        [
          'GetItem',
          'Query',
          'Scan',
          'UpdateItem',
          'BatchGetItem',
          'PartiQLSelect',
          'PartiQLUpdate',
        ],
        {
          ...SOME,
          StringEqualsIfExists: {
            'dynamodb:Select': 'SPECIFIC_ATTRIBUTES',
            'dynamodb:ReturnValues': ['NONE', 'UPDATED_NEW'],
          },
        },
      ),
    ),
    loose: john(allow('GetItem', SOME)),
  });
  const select = (columns: string, where = "pk = 'U1'") => ({
    Statement: `SELECT ${columns} FROM "Things" WHERE ${where}`,
  });

  it.each<[string, Json, boolean]>([
    ['GetItem', get('U1', { ProjectionExpression: 'pk, n' }), true],
    ['GetItem', get('U1', { AttributesToGet: ['n'] }), true],
    ['GetItem', get('U1', { ProjectionExpression: 'secret' }), false],
    [
      'GetItem',
      get('U1', {
        ProjectionExpression: 'n, #s.deep',
        ExpressionAttributeNames: { '#s': 'secret' },
      }),
      false,
    ],
    ['GetItem', get('U1'), false],
    [
      'BatchGetItem',
      { RequestItems: { Things: { Keys: [key('U1')], ProjectionExpression: 'n' } } },
      true,
    ],
    ['BatchGetItem', { RequestItems: { Things: { Keys: [key('U1')] } } }, false],
    ['Scan', { TableName: 'Things', ProjectionExpression: 'n' }, true],
    ['Scan', { TableName: 'Things', Select: 'COUNT' }, false],
    [
      'Scan',
      {
        TableName: 'Things',
        ProjectionExpression: 'n',
        FilterExpression: 'attribute_exists(secret)',
      },
      false,
    ],
    [
      'UpdateItem',
      get('U1', {
        UpdateExpression: 'SET n = if_not_exists(n, :n)',
        ExpressionAttributeValues: { ':n': { N: '1' } },
      }),
      true,
    ],
    ['UpdateItem', get('U1', { UpdateExpression: 'SET n = secret' }), false],
    ['UpdateItem', get('U1', { UpdateExpression: 'REMOVE n', ReturnValues: 'ALL_OLD' }), false],
    [
      'UpdateItem',
      get('U1', { UpdateExpression: 'REMOVE n', ConditionExpression: 'size(secret) > size(pk)' }),
      false,
    ],
    ['UpdateItem', get('U1', { AttributeUpdates: { secret: { Action: 'DELETE' } } }), false],
    [
      'UpdateItem',
      get('U1', {
        AttributeUpdates: { n: { Action: 'DELETE' } },
        Expected: { secret: { Exists: false } },
      }),
      false,
    ],
    ['ExecuteStatement', select('n'), true],
    ['ExecuteStatement', select('secret'), false],
    ['ExecuteStatement', select('*'), false],
    ['ExecuteStatement', select('n', "pk = 'U1' AND secret = 'x'"), false],
    [
      'ExecuteStatement',
      { Statement: `UPDATE "Things" SET n = 1 WHERE pk = 'U1' AND sk = 'a'` },
      true,
    ],
    [
      'ExecuteStatement',
      { Statement: `UPDATE "Things" SET secret = 'x' WHERE pk = 'U1' AND sk = 'a'` },
      false,
    ],
  ])('dynamodb:Attributes, Select and ReturnValues: %s %j: %s', (operation, request, allowed) => {
    expect(bench.denies('columns', operation, request)).toBe(!allowed);
  });

  it('hides nothing of an answer that names no attributes, unless Select is asked for too', () => {
    expect(bench.ok('loose', 'GetItem', get('U1')).Item.secret).toBeDefined();
    expect(bench.denies('loose', 'GetItem', get('U1', { ProjectionExpression: 'secret' }))).toBe(
      true,
    );
  });

  it('know the operation around a transaction, full scans and the capacity asked for', () => {
    const within = {
      'ForAnyValue:StringEquals': { 'dynamodb:EnclosingOperation': ['TransactWriteItems'] },
    };
    const scans = {
      Effect: 'Deny',
      Action: 'dynamodb:PartiQLSelect',
      Resource: '*',
      Condition: { Bool: { 'dynamodb:FullTableScan': ['true'] } },
    };
    const guarded = new Guarded({
      john: john(allow('PutItem', within), allow(['PartiQLSelect']), scans),
      silent: john(
        allow('GetItem', { StringEquals: { 'dynamodb:ReturnConsumedCapacity': 'NONE' } }),
      ),
    });
    const Item = item('U1');
    expect(guarded.denies('john', 'PutItem', { TableName: 'Things', Item })).toBe(true);
    guarded.ok('john', 'TransactWriteItems', {
      TransactItems: [{ Put: { TableName: 'Things', Item } }],
    });
    guarded.ok('john', 'ExecuteStatement', select('*'));
    expect(guarded.denied('john', 'ExecuteStatement', select('*', 'n = 1'))).toContain(
      'explicit deny',
    );
    guarded.ok('silent', 'GetItem', get('U1'));
    expect(
      guarded.denies('silent', 'GetItem', get('U1', { ReturnConsumedCapacity: 'TOTAL' })),
    ).toBe(true);
  });

  it('know the caller, the time and the Region', () => {
    const who: WorldUser = {
      user: 'maria',
      tags: { tenant: 'U1' },
      values: { 'aws:SourceVpce': 'vpce-1' },
    };
    const when = new Date(NOW).toISOString();
    const conditions = [
      { StringEquals: { 'aws:username': 'maria' } },
      { StringNotEquals: { 'aws:username': 'john' } },
      { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/m?ria' } },
      { StringEquals: { 'aws:PrincipalTag/tenant': 'U1', 'aws:SourceVpce': 'vpce-1' } },
      {
        'ForAllValues:StringEquals': {
          'dynamodb:LeadingKeys': [variable('aws:PrincipalTag/tenant')],
        },
      },
      { StringEquals: { 'aws:RequestedRegion': ['eu-west-1', 'us-east-1'] } },
      { DateLessThanEquals: { 'aws:CurrentTime': when }, Bool: { 'aws:SecureTransport': true } },
      { NumericGreaterThan: { 'aws:EpochTime': NOW / 1000 - 1 } },
      { Null: { 'aws:PrincipalTag/absent': true } },
      { StringEqualsIfExists: { 'aws:PrincipalTag/absent': 'x' } },
    ];
    const refusing = [
      { StringEquals: { 'aws:username': 'john' } },
      { StringNotLike: { 'aws:username': ['x*', 'mar*'] } },
      { DateGreaterThan: { 'aws:CurrentTime': when } },
      { StringEquals: { 'aws:PrincipalTag/absent': 'x' } },
      {
        'ForAnyValue:StringEquals': {
          'dynamodb:LeadingKeys': [variable('aws:PrincipalTag/absent')],
        },
      },
      {
        'ForAllValues:StringNotEquals': {
          'dynamodb:LeadingKeys': [variable('aws:PrincipalTag/absent')],
        },
      },
      { NumericLessThan: { 'aws:EpochTime': NOW / 1000 } },
    ];
    const users: Record<string, WorldUser> = {};
    for (const [index, condition] of [...conditions, ...refusing].entries()) {
      users[`u${index}`] = { ...who, policies: [policy(allow('GetItem', condition))] };
    }
    const guarded = new Guarded(users);
    const denied = Object.keys(users).filter((name) => guarded.denies(name, 'GetItem', get('U1')));
    expect(denied).toEqual(refusing.map((_, index) => `u${conditions.length + index}`));
  });

  it('stand for themselves where a policy is of the version without variables', () => {
    const old = {
      ...john(allow('GetItem', OWN)),
      policies: [{ Statement: [allow('GetItem', OWN)] }],
    };
    expect(new Guarded({ old }).denies('old', 'GetItem', get('U1'))).toBe(true);
  });
});

describe('Streams, backups and vectors', () => {
  it('a stream is a resource of its own', () => {
    const bench = new Guarded({
      john: john(allow('*')),
      reader: john({ Effect: 'Allow', Action: 'dynamodb:*', Resource: `${TABLE}/stream/*` }),
    });
    bench.admin('UpdateTable', {
      TableName: 'Things',
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
    });
    const { Streams } = bench.ok('reader', 'ListStreams', { TableName: 'Things' });
    const { StreamArn } = Streams[0];
    expect(bench.denied('john', 'DescribeStream', { StreamArn })).toContain(
      `on resource: ${StreamArn}`,
    );
    const { StreamDescription } = bench.ok('reader', 'DescribeStream', { StreamArn });
    const { ShardIterator } = bench.ok('reader', 'GetShardIterator', {
      StreamArn,
      ShardId: StreamDescription.Shards[0].ShardId,
      ShardIteratorType: 'TRIM_HORIZON',
    });
    expect(bench.denies('john', 'GetRecords', { ShardIterator })).toBe(true);
    bench.ok('reader', 'GetRecords', { ShardIterator });
  });

  it('a search of vectors fits no statement that tells items apart', () => {
    const search: Json = {
      TableName: 'Things',
      IndexName: 'ByMeaning',
      SearchVector: [{ N: '1' }],
      TopK: 1,
    };
    const bench = new Guarded({
      fine: john(allow('SearchVectors', OWN)),
      plain: john(allow('SearchVectors')),
    });
    expect(bench.denied('fine', 'SearchVectors', search)).toContain(`${TABLE}/index/ByMeaning`);
    expect(bench.denies('plain', 'SearchVectors', search)).toBe(false);
  });
});

describe('A world with users', () => {
  it.each<[string, object]>([
    ['world.users.a must be either a `user` of IAM or a `role`', {}],
    ['world.users.a.session must be the name of the session', { role: 'R' }],
    ['world.users.a.session must be left out', { user: 'u', session: 's' }],
    [
      'world.users.a.policies[0] must be a policy that this emulator can evaluate: IpAddress is none',
      {
        user: 'u',
        policies: [policy(allow('*', { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }))],
      },
    ],
    [
      'aws:SourceIp is none of the condition keys',
      {
        user: 'u',
        policies: [policy(allow('*', { StringEquals: { 'aws:SourceIp': '10.0.0.1' } }))],
      },
    ],
    [
      'cognito:sub',
      {
        user: 'u',
        policies: [
          policy(allow('*', { StringEquals: { 'aws:username': variable('cognito:sub') } })),
        ],
      },
    ],
    [
      'dynamodb:LeadingKeys can have many values',
      {
        user: 'u',
        policies: [policy(allow('*', { StringEquals: { 'dynamodb:LeadingKeys': 'x' } }))],
      },
    ],
    ['Principal', { user: 'u', policies: [policy({ ...allow('*'), Principal: '*' })] }],
    [
      'NotPrincipal is no member',
      { user: 'u', policies: [policy({ ...allow('*'), NotPrincipal: '*' })] },
    ],
    [
      'Missing required field Resource',
      { user: 'u', policies: [policy({ Effect: 'Allow', Action: '*' })] },
    ],
    [
      'there is no Version 2020-01-01',
      { user: 'u', policies: [{ Version: '2020-01-01', Statement: [] }] },
    ],
    [
      'GetItem is no action',
      { user: 'u', policies: [policy({ Effect: 'Allow', Action: 'GetItem', Resource: '*' })] },
    ],
  ])('refuses what it cannot evaluate: %s', (message, one) => {
    expect(() => new Guarded({ a: one as WorldUser })).toThrow(message);
  });
});

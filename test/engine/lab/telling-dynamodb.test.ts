/** The sentence about a request, from what the engine answered and metered, and the pages of one read. */
import { beforeAll, describe, expect, test } from 'vitest';
import { createDynamoDB, type DynamoDB } from '../../../.generated/dynamodb/engine.js';
import { type LogicalCall, logicalCalls } from '../../../src/engine/lab/logical-reads.ts';
import type { DynamoDBCall, Json } from '../../../src/engine/lab/result.ts';
import { tellingRequest } from '../../../src/engine/lab/telling-dynamodb.ts';

let db: DynamoDB;

beforeAll(() => {
  db = createDynamoDB();
  const key = (name: string, KeyType: string) => ({ AttributeName: name, KeyType });
  send('CreateTable', {
    TableName: 'Posts',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['Author', 'Date', 'Tag'].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    KeySchema: [key('Author', 'HASH'), key('Date', 'RANGE')],
    LocalSecondaryIndexes: [
      {
        IndexName: 'OwnByTag',
        KeySchema: [key('Author', 'HASH'), key('Tag', 'RANGE')],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'ByTag',
        KeySchema: [key('Tag', 'HASH')],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  });
  for (let day = 10; day < 22; day++) {
    send('PutItem', put('ann', String(day), { Title: { S: `Day ${day}` } }));
  }
  send('PutItem', put('bob', '10', { Tag: { S: 'news' } }));
});

const put = (author: string, date: string, more: Record<string, Json> = {}) => ({
  TableName: 'Posts',
  Item: { Author: { S: author }, Date: { S: date }, ...more },
});

function send(operation: string, request: Json): DynamoDBCall {
  const { status, body, metering } = db.handle(operation, request);
  return { operation, request, status, response: body, metering };
}

/** The sentence about one request; its table is Posts. */
function telling(operation: string, request: Record<string, Json> = {}): string | undefined {
  return tellingRequest([send(operation, { TableName: 'Posts', ...request })]);
}

const by = (author: string) => ({
  KeyConditionExpression: 'Author = :a',
  ExpressionAttributeValues: { ':a': { S: author } },
});

/** A read as a loop over LastEvaluatedKey makes it. */
function allPages(operation: string, request: Record<string, Json>): DynamoDBCall[] {
  const calls: DynamoDBCall[] = [];
  let from: Json | undefined;
  do {
    const more = from === undefined ? {} : { ExclusiveStartKey: from };
    const call = send(operation, { TableName: 'Posts', ...request, ...more });
    calls.push(call);
    from = (call.response as { LastEvaluatedKey?: Json }).LastEvaluatedKey;
  } while (from !== undefined);
  return calls;
}

describe('reads', () => {
  test('a filter that drops what was read', () => {
    const filter = {
      KeyConditionExpression: 'Author = :a',
      FilterExpression: 'Title = :t',
    };
    const values = (title: string) => ({
      ExpressionAttributeValues: { ':a': { S: 'ann' }, ':t': { S: title } },
    });
    expect(telling('Query', { ...filter, ...values('Day 11') })).toBe(
      'Read 12 items to return 1: the filter runs after the read, and all of it is billed (0.5 RCU).',
    );
    expect(telling('Query', { ...filter, ...values('Day 11'), Select: 'COUNT' })).toContain(
      'Read 12 items to return 1',
    );
    expect(telling('Query', { ...filter, ...values('Day 99') })).toContain(
      'Read 12 items and returned none',
    );
  });

  test('a Scan, whole or in part', () => {
    expect(telling('Scan')).toBe(
      'Read all 13 items of Posts under 2 partition keys: a Scan has no key to go by.',
    );
    expect(telling('Scan', { Limit: 5 })).toBe(
      'Read 5 items of Posts in the order of the hash of their partition keys.',
    );
    expect(telling('Scan', { IndexName: 'ByTag' })).toBe(
      'Read the one item of ByTag: a Scan has no key to go by.',
    );
  });

  test('a key that leads to items, or to none, which is billed too', () => {
    expect(telling('Query', by('bob'))).toBe('One partition key led straight to 1 item.');
    expect(telling('Query', by('eve'))).toBe(
      'Nothing under one partition key; looking is billed all the same, 0.5 RCU.',
    );
    const key = (date: string) => ({ Key: { Author: { S: 'ann' }, Date: { S: date } } });
    expect(telling('GetItem', key('10'))).toBe('The key led straight to the item.');
    expect(telling('GetItem', { ...key('99'), ConsistentRead: true })).toBe(
      'There is no such item; looking is billed all the same, 1 RCU.',
    );
    expect(
      telling('Query', {
        IndexName: 'ByTag',
        KeyConditionExpression: 'Tag = :t',
        ExpressionAttributeValues: { ':t': { S: 'news' } },
      }),
    ).toBe('One partition key of ByTag led straight to 1 item.');
  });

  test('a local index that must fetch the items', () => {
    expect(
      telling('Query', { ...by('bob'), IndexName: 'OwnByTag', Select: 'ALL_ATTRIBUTES' }),
    ).toBe(
      'The index OwnByTag does not hold all that was asked for: fetching 1 item from Posts took 0.5 RCU of 1 RCU.',
    );
  });

  test('a Limit that ended it', () => {
    expect(telling('Query', { ...by('ann'), Limit: 3 })).toBe(
      'Read no more than the 3 items of its Limit; there may be more.',
    );
  });
});

describe('writes', () => {
  test('the share of indexes', () => {
    expect(telling('PutItem', put('cid', '10', { Tag: { S: 'x' } }))).toBe(
      'Of 3 WCU, 2 went to keep 2 indexes up to date.',
    );
    expect(telling('PutItem', put('cid', '11'))).toBeUndefined();
    send('DeleteItem', { TableName: 'Posts', Key: put('cid', '10').Item });
    send('DeleteItem', { TableName: 'Posts', Key: put('cid', '11').Item });
  });

  test('a condition that does not hold is billed; what is not valid says nothing', () => {
    const never = { ConditionExpression: 'attribute_not_exists(Author)' };
    expect(telling('PutItem', { ...put('bob', '10'), ...never })).toBe(
      'The condition did not hold, and the attempt is billed all the same: 1 WCU.',
    );
    expect(telling('PutItem', { Item: { Author: { S: 'bob' } } })).toBeUndefined();
  });

  test('a transaction pays twice, also when it is cancelled', () => {
    const check = (exists: string) => ({
      ConditionCheck: {
        TableName: 'Posts',
        Key: put('ann', '10').Item,
        ConditionExpression: `${exists}(Author)`,
      },
    });
    const transact = (...TransactItems: Json[]) =>
      tellingRequest([send('TransactWriteItems', { TransactItems })]);
    expect(transact({ Put: put('ann', '11') }, check('attribute_exists'))).toBe(
      'A transaction prepares, then commits, and pays for both: 1 item written and 1 checked for 4 WCU.',
    );
    expect(transact({ Put: put('ann', '11') }, check('attribute_not_exists'))).toBe(
      'Nothing was written, and the attempt is billed all the same: 4 WCU.',
    );
  });

  test('an item that is large', () => {
    const body = { S: 'x'.repeat(20_000) };
    expect(telling('PutItem', put('zoe', '10', { Body: body }))).toContain(
      'One large item: a write unit is 1 KB of it, so it takes 20 WCU each time',
    );
    send('DeleteItem', { TableName: 'Posts', Key: put('zoe', '10').Item });
  });
});

describe('requests that follow each other', () => {
  test('pages of one read are one read, and its sentence tells of all of them', () => {
    const calls = allPages('Query', { ...by('ann'), Limit: 5 });
    const [read, ...others] = logicalCalls([...calls, send('Query', {})]);
    expect(read).toEqual(calls);
    expect(others.map(({ length }) => length)).toEqual([1]);
    expect(tellingRequest(read as LogicalCall)).toBe(
      'Took 3 round trips for 12 items: a page ends at 5 items (Limit).',
    );
    expect(tellingRequest(logicalCalls(allPages('Scan', { Limit: 9 }))[0] as LogicalCall)).toBe(
      'Read all 13 items of Posts, in 2 round trips: a Scan has no key to go by.',
    );
  });

  test('the same request again is another one, and so is one that goes on with other words', () => {
    const page = { TableName: 'Posts', ...by('ann'), Limit: 5 };
    const first = send('Query', page);
    expect(logicalCalls([first, send('Query', page)])).toHaveLength(2);
    const from = (first.response as { LastEvaluatedKey: Json }).LastEvaluatedKey;
    const onward = (Limit: number) => send('Query', { ...page, Limit, ExclusiveStartKey: from });
    expect(logicalCalls([first, onward(5)])).toHaveLength(1);
    expect(logicalCalls([first, onward(6)])).toHaveLength(2);
  });

  test('a batch goes on with what was left undone, and a statement with its token', () => {
    const call = (operation: string, request: Json, response: Json): DynamoDBCall => ({
      operation,
      request,
      status: 200,
      response,
      metering: {
        tables: [],
        itemsRead: 0,
        itemsReturned: 0,
        itemsWritten: 0,
        partitionKeys: 0,
      },
    });
    const keys = (...names: string[]) => ({ Posts: { Keys: names.map((S) => ({ id: { S } })) } });
    const batch = [
      call('BatchGetItem', { RequestItems: keys('a', 'b') }, { UnprocessedKeys: keys('b') }),
      call('BatchGetItem', { RequestItems: keys('b') }, { UnprocessedKeys: {} }),
      call('BatchGetItem', { RequestItems: {} }, { UnprocessedKeys: {} }),
    ];
    expect(logicalCalls(batch).map(({ length }) => length)).toEqual([2, 1]);
    const statement = (more: Record<string, Json>, response: Json) =>
      call('ExecuteStatement', { Statement: 'SELECT * FROM Posts', ...more }, response);
    const pages = [statement({}, { NextToken: 't' }), statement({ NextToken: 't' }, {})];
    expect(logicalCalls(pages)).toHaveLength(1);
  });
});

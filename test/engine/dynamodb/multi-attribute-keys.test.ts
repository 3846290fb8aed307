/** Global secondary indexes whose keys have several attributes: up to four HASH, then up to four RANGE. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/engine/lab/result.ts';
import { type Answer, Bench, N, S } from './support.ts';

/** `a b | c d` stands for the HASH attributes a and b, and the RANGE attributes c and d. */
function keySchema(keys: string) {
  const [hash = '', range = ''] = keys.split('|');
  const of = (names: string, KeyType: string) =>
    names
      .split(' ')
      .flatMap((AttributeName) => (AttributeName ? [{ AttributeName, KeyType }] : []));
  return [...of(hash, 'HASH'), ...of(range, 'RANGE')];
}

function matchesTable(keys: string, more: Record<string, Json> = {}) {
  const names = new Set(['id', ...keys.split(/[ |]+/)]);
  return {
    TableName: 'Matches',
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: keySchema('id'),
    AttributeDefinitions: [...names].map((AttributeName) => ({
      AttributeName,
      AttributeType: AttributeName === 'score' ? 'N' : 'S',
    })),
    GlobalSecondaryIndexes: [
      {
        IndexName: 'byRound',
        KeySchema: keySchema(keys),
        Projection: { ProjectionType: 'KEYS_ONLY' },
        ...more,
      },
    ],
  };
}

/** Matches of tournaments and regions, in rounds and with scores. */
function tournament(): Bench {
  const bench = new Bench();
  bench.ok('CreateTable', matchesTable('cup region|round score'));
  const matches: Array<[string, string, string, string, number]> = [
    ['m1', 'winter', 'east', 'final', 3],
    ['m2', 'winter', 'east', 'semi', 2],
    ['m3', 'winter', 'east', 'semi', 10],
    ['m4', 'winter', 'west', 'final', 1],
    ['m5', 'spring', 'east', 'final', 7],
  ];
  for (const [id, cup, region, round, score] of matches) {
    const Item = { id: S(id), cup: S(cup), region: S(region), round: S(round), score: N(score) };
    bench.ok('PutItem', { TableName: 'Matches', Item });
  }
  return bench;
}

const WINTER_EAST = 'cup = :cup AND #region = :region';
const values = { ':cup': S('winter'), ':region': S('east') };

function request(condition: string, more: Record<string, Json> = {}, others: Json = {}) {
  return {
    TableName: 'Matches',
    IndexName: 'byRound',
    KeyConditionExpression: condition,
    ...(condition.includes('#') && { ExpressionAttributeNames: { '#region': 'region' } }),
    ExpressionAttributeValues: { ...values, ...more },
    ...(others as object),
  };
}

function ids(answer: Answer): string[] {
  return answer.Items.map((item: Answer) => item.id.S);
}

describe('CreateTable', () => {
  it('takes four HASH and four RANGE attributes, and describes them in their order', () => {
    const bench = new Bench();
    const keys = 'h1 h2 h3 h4|r1 r2 r3 r4';
    bench.ok('CreateTable', matchesTable(keys));
    const { Table } = bench.ok('DescribeTable', { TableName: 'Matches' });
    expect(Table.GlobalSecondaryIndexes[0].KeySchema).toEqual(keySchema(keys));
  });

  it.each<[string, object]>([
    [
      'One or more parameter values were invalid: The KeySchema exceeds the maximum allowed number of HASH key attributes',
      matchesTable('h1 h2 h3 h4 h5'),
    ],
    [
      'One or more parameter values were invalid: The KeySchema exceeds the maximum allowed number of RANGE key attributes',
      matchesTable('h1|r1 r2 r3 r4 r5'),
    ],
    [
      'One or more parameter values were invalid: All HASH key attributes must precede RANGE key attributes in the KeySchema',
      matchesTable('a|b c', {
        KeySchema: [...keySchema('a|b'), ...keySchema('c')],
      }),
    ],
    [
      'The KeySchema contains multiple key attributes with the same name',
      matchesTable('a b', { KeySchema: [...keySchema('a b'), ...keySchema('|a')] }),
    ],
    [
      'Invalid KeySchema: The first KeySchemaElement is not a HASH key type',
      matchesTable('a b', { KeySchema: keySchema('|a b') }),
    ],
  ])('refuses: %s', (message, table) => {
    expect(new Bench().refused('CreateTable', table as Json).message).toBe(message);
  });

  it('leaves tables and local indexes with two attributes at most', () => {
    const table = { ...matchesTable('a'), KeySchema: keySchema('id|a b') };
    expect(new Bench().refused('CreateTable', table).message).toMatch(
      /at 'keySchema' failed to satisfy constraint: Member must have length less than or equal to 2$/,
    );
  });
});

describe('Query', () => {
  it('names every HASH attribute, and orders by the RANGE attributes from left to right', () => {
    const bench = tournament();
    expect(ids(bench.ok('Query', request(WINTER_EAST)))).toEqual(['m1', 'm2', 'm3']);
    const backward = request(WINTER_EAST, {}, { ScanIndexForward: false });
    expect(ids(bench.ok('Query', backward))).toEqual(['m3', 'm2', 'm1']);
  });

  it('compares the first RANGE attributes with =, and the last one that it names in any way', () => {
    const bench = tournament();
    const semi = { ':round': S('semi') };
    const found = (condition: string, more: Record<string, Json>) =>
      ids(bench.ok('Query', request(`${WINTER_EAST} AND ${condition}`, more)));
    expect(found('round = :round', semi)).toEqual(['m2', 'm3']);
    expect(found('round = :round AND score > :low', { ...semi, ':low': N(2) })).toEqual(['m3']);
    expect(found('round = :round AND score = :low', { ...semi, ':low': N(2) })).toEqual(['m2']);
    expect(
      found('round = :round AND score BETWEEN :low AND :high', {
        ...semi,
        ':low': N(2),
        ':high': N(10),
      }),
    ).toEqual(['m2', 'm3']);
    expect(found('begins_with(round, :round)', { ':round': S('f') })).toEqual(['m1']);
    expect(found('round >= :round', { ':round': S('g') })).toEqual(['m2', 'm3']);
  });

  it.each<[string, string, string, Record<string, Json>]>([
    [
      'a HASH attribute is missing',
      'Query condition missed key schema element: region',
      'cup = :cup',
      { ':cup': S('winter') },
    ],
    [
      'a HASH attribute is not compared with =',
      'Query key condition not supported',
      'cup = :cup AND #region > :region',
      values,
    ],
    [
      'a RANGE attribute is left out before another',
      'Query condition missed key schema element: round',
      `${WINTER_EAST} AND score = :score`,
      { ...values, ':score': N(1) },
    ],
    [
      'a comparison other than = is not the last',
      'Query key condition not supported',
      `${WINTER_EAST} AND round > :round AND score = :score`,
      { ...values, ':round': S('a'), ':score': N(1) },
    ],
    [
      'an attribute is no part of the key',
      'Query condition missed key schema element: round',
      `${WINTER_EAST} AND winner = :winner`,
      { ...values, ':winner': S('x') },
    ],
    [
      'a value has not the type of its attribute',
      'One or more parameter values were invalid: Condition parameter type does not match schema type',
      `${WINTER_EAST} AND round = :round`,
      { ...values, ':round': N(1) },
    ],
  ])('is refused where %s', (_what, message, condition, given) => {
    const asked = { ...request(condition), ExpressionAttributeValues: given };
    expect(tournament().refused('Query', asked)).toEqual({ name: 'ValidationException', message });
  });

  it('keeps tables with two attributes to two conditions', () => {
    const bench = new Bench({ keys: 'pk:S, sk:S' });
    const three = {
      TableName: 'Things',
      KeyConditionExpression: 'pk = :a AND sk = :a AND x = :a',
      ExpressionAttributeValues: { ':a': S('a') },
    };
    expect(bench.refused('Query', three).message).toBe('Conditions can be of length 1 or 2 only');
  });

  it('goes on from a LastEvaluatedKey of all attributes of both keys', () => {
    const bench = tournament();
    const first = bench.ok('Query', request(WINTER_EAST, {}, { Limit: 2 }));
    expect(first.LastEvaluatedKey).toEqual({
      id: S('m2'),
      cup: S('winter'),
      region: S('east'),
      round: S('semi'),
      score: N(2),
    });
    const { LastEvaluatedKey: ExclusiveStartKey } = first;
    expect(ids(bench.ok('Query', request(WINTER_EAST, {}, { ExclusiveStartKey })))).toEqual(['m3']);
    const { score: _, ...partial } = ExclusiveStartKey;
    const wrong = request(WINTER_EAST, {}, { ExclusiveStartKey: partial });
    expect(bench.refused('Query', wrong).message).toBe('The provided starting key is invalid');
    const elsewhere = request(
      `${WINTER_EAST} AND round = :round AND score > :low`,
      { ':round': S('semi'), ':low': N(5) },
      { ExclusiveStartKey },
    );
    expect(bench.refused('Query', elsewhere).message).toBe(
      'The provided starting key does not match the range key predicate',
    );
  });
});

describe('Items', () => {
  it('without any one of the attributes are left out, and come in when they have all', () => {
    const bench = tournament();
    const count = () => bench.ok('Scan', { TableName: 'Matches', IndexName: 'byRound' }).Count;
    const item = { id: S('m6'), cup: S('winter'), region: S('east'), round: S('final') };
    bench.ok('PutItem', { TableName: 'Matches', Item: item });
    expect(count()).toBe(5);
    bench.ok('UpdateItem', {
      TableName: 'Matches',
      Key: { id: S('m6') },
      UpdateExpression: 'SET score = :one',
      ExpressionAttributeValues: { ':one': N(1) },
    });
    expect(count()).toBe(6);
    bench.ok('UpdateItem', {
      TableName: 'Matches',
      Key: { id: S('m6') },
      UpdateExpression: 'REMOVE cup',
    });
    expect(count()).toBe(5);
  });

  it('carry all key attributes in the index, whatever else is projected', () => {
    const bench = tournament();
    const [match] = bench.ok('Query', request(WINTER_EAST)).Items;
    expect(Object.keys(match).sort()).toEqual(['cup', 'id', 'region', 'round', 'score']);
  });

  it('must have the right type in every attribute', () => {
    const Item = { id: S('m7'), round: S('final'), score: S('three') };
    expect(tournament().refused('PutItem', { TableName: 'Matches', Item }).message).toBe(
      'One or more parameter values were invalid: Type mismatch for Index Key score Expected: N Actual: S IndexName: byRound',
    );
  });

  it('with equal texts in other places do not meet', () => {
    const bench = new Bench();
    bench.ok('CreateTable', matchesTable('a b'));
    for (const [id, a, b] of [
      ['1', 'xy', 'z'],
      ['2', 'x', 'yz'],
    ] as const) {
      bench.ok('PutItem', { TableName: 'Matches', Item: { id: S(id), a: S(a), b: S(b) } });
    }
    const asked = {
      TableName: 'Matches',
      IndexName: 'byRound',
      KeyConditionExpression: 'a = :a AND b = :b',
      ExpressionAttributeValues: { ':a': S('x'), ':b': S('yz') },
    };
    expect(ids(bench.ok('Query', asked))).toEqual(['2']);
  });
});

describe('UpdateTable', () => {
  it('adds such an index, which holds the items that have all its attributes', () => {
    const bench = new Bench();
    bench.put({ pk: S('1'), a: S('x'), b: S('y') });
    bench.put({ pk: S('2'), a: S('x') });
    bench.ok('UpdateTable', {
      TableName: 'Things',
      AttributeDefinitions: ['a', 'b'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      GlobalSecondaryIndexUpdates: [
        {
          Create: {
            IndexName: 'both',
            KeySchema: keySchema('a b'),
            Projection: { ProjectionType: 'ALL' },
          },
        },
      ],
    });
    expect(bench.ok('Scan', { TableName: 'Things', IndexName: 'both' }).Count).toBe(1);
  });
});

/** Query and Scan: what they find, in which order, and page by page. */
import { describe, expect, it } from 'vitest';
import { type Answer, Bench, N, S, text } from './support.ts';

/** Asks page after page until there is no more. */
function pages(bench: Bench, operation: string, request: Record<string, never>): Answer[][] {
  const found: Answer[][] = [];
  let start: Answer;
  do {
    const page = bench.ok(operation, {
      TableName: 'Things',
      ...request,
      ...(start && { ExclusiveStartKey: start }),
    });
    found.push(page.Items);
    start = page.LastEvaluatedKey;
  } while (start);
  return found;
}

const of = (partition: string, more: object = {}) =>
  ({
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': S(partition) },
    ...more,
  }) as unknown as Record<string, never>;

describe('Query', () => {
  const bench = new Bench({ keys: 'pk:S, sk:N' });
  const numbers = ['-100', '-1.5', '-1', '0', '0.001', '1', '1.5', '2', '10', '1e20'];
  for (const sk of [...numbers].reverse()) bench.put({ pk: S('a'), sk: N(sk) });
  bench.put({ pk: S('a\u0000'), sk: N(7) });
  bench.put({ pk: S('b'), sk: N(7) });
  const sorts = (items: Answer[]) => items.map((item) => Number(item.sk.N));

  it('finds one partition, in the order of its sort key', () => {
    expect(sorts(pages(bench, 'Query', of('a')).flat())).toEqual(numbers.map(Number));
    expect(sorts(pages(bench, 'Query', of('a', { ScanIndexForward: false })).flat())).toEqual(
      numbers.map(Number).reverse(),
    );
  });

  it.each([
    ['sk = :x', 1, undefined, [1]],
    ['sk < :x', 0, undefined, [-100, -1.5, -1]],
    ['sk <= :x', 0, undefined, [-100, -1.5, -1, 0]],
    ['sk > :x', 2, undefined, [10, 1e20]],
    [':x <= sk', 2, undefined, [2, 10, 1e20]],
    ['sk BETWEEN :x AND :y', -1, 1, [-1, 0, 0.001, 1]],
  ])('takes %s with %s as a range', (condition, x, y, expected) => {
    const request = {
      KeyConditionExpression: `pk = :pk AND ${condition}`,
      ExpressionAttributeValues: {
        ':pk': S('a'),
        ':x': N(x as number),
        ...(y !== undefined && { ':y': N(y) }),
      },
    };
    expect(sorts(pages(bench, 'Query', request as never).flat())).toEqual(expected);
  });

  it.each([true, false])('goes on after each page (forward: %s)', (ScanIndexForward) => {
    const found = pages(bench, 'Query', of('a', { Limit: 3, ScanIndexForward }));
    // The last item fills a page: whether more follows, only the next answer tells.
    expect(found.map((page) => page.length)).toEqual([3, 3, 3, 1]);
    expect(new Set(sorts(found.flat())).size).toBe(10);
  });

  it('finds texts by their beginning, in the order of UTF-8', () => {
    const texts = new Bench({ keys: 'pk:S, sk:S' });
    for (const sk of ['a', 'ab', 'a\u0000', 'b', 'ﬀ', '🙂']) texts.put({ pk: S('p'), sk: S(sk) });
    const all = pages(texts, 'Query', of('p')).flat();
    expect(all.map((item: Answer) => item.sk.S)).toEqual(['a', 'a\u0000', 'ab', 'b', 'ﬀ', '🙂']);
    const beginning = {
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :x)',
      ExpressionAttributeValues: { ':pk': S('p'), ':x': S('a') },
    };
    expect(pages(texts, 'Query', beginning as never).flat()).toHaveLength(3);
  });

  it('counts what the filter drops as scanned, and limits before it filters', () => {
    const answer = bench.ok('Query', {
      TableName: 'Things',
      KeyConditionExpression: 'pk = :pk',
      FilterExpression: 'extra = :x',
      ExpressionAttributeValues: { ':pk': S('a'), ':x': N(1) },
      Limit: 4,
    });
    expect(answer).toMatchObject({ Count: 0, ScannedCount: 4, Items: [] });
    expect(answer.LastEvaluatedKey).toEqual({ pk: S('a'), sk: N(0) });
    expect(bench.metering).toMatchObject({ itemsRead: 4, itemsReturned: 0 });
  });

  it('gives a count without items for Select COUNT', () => {
    const answer = bench.ok('Query', { TableName: 'Things', ...of('a'), Select: 'COUNT' });
    expect(answer).toEqual({ Count: 10, ScannedCount: 10 });
  });

  it.each([
    ['sk = :x', 'Query condition missed key schema element: pk'],
    ['pk = :x AND sk <> :x', 'Invalid operator used in KeyConditionExpression: <>'],
    ['pk = :x OR sk = :x', 'Invalid operator used in KeyConditionExpression: OR'],
    ['pk < :x', 'Query key condition not supported'],
    ['pk = :x AND pk = :x', 'KeyConditionExpressions must only contain one condition per key'],
    ['pk = :x AND extra = :x', 'Query condition missed key schema element: sk'],
    [
      'pk = :x AND sk = :x',
      'One or more parameter values were invalid: Condition parameter type does not match schema type',
    ],
    ['pk.a = :x', 'KeyConditionExpressions cannot have conditions on nested attributes'],
    ['size(pk) = :x', 'KeyConditionExpressions cannot contain nested operations'],
  ])('refuses %s', (KeyConditionExpression, message) => {
    const error = bench.refused('Query', {
      TableName: 'Things',
      KeyConditionExpression,
      ExpressionAttributeValues: { ':x': S('a') },
    });
    expect(error).toEqual({ name: 'ValidationException', message });
  });

  it('refuses filters on the key, and projections that Select does not allow', () => {
    const message = (more: object) =>
      bench.refused('Query', { TableName: 'Things', ...of('a', more) }).message;
    expect(message({ FilterExpression: 'sk > :pk' })).toBe(
      'Filter Expression can only contain non-primary key attributes: Primary key attribute: sk',
    );
    expect(message({ Select: 'SPECIFIC_ATTRIBUTES' })).toMatch(/SPECIFIC_ATTRIBUTES$/);
    expect(message({ Select: 'COUNT', ProjectionExpression: 'sk' })).toMatch(/only the Count$/);
  });
});

describe('indexes', () => {
  const options = {
    keys: 'pk:S, sk:S',
    global: { byTag: { keys: 'tag:S, grade:N', projected: ['note'] } },
    local: { byGrade: { keys: 'pk:S, grade:N', projected: 'KEYS_ONLY' as const } },
  };
  const bench = new Bench(options);
  const put = (sk: string, more: object) =>
    bench.put({ pk: S('p'), sk: S(sk), note: S(`note ${sk}`), body: S(`body ${sk}`), ...more });
  put('1', { tag: S('t'), grade: N(2) });
  put('2', { tag: S('t'), grade: N(1) });
  put('3', { tag: S('t') });
  put('4', { grade: N(3) });
  const byTag = (more: object = {}) =>
    bench.ok('Query', {
      TableName: 'Things',
      IndexName: 'byTag',
      KeyConditionExpression: 'tag = :t',
      ExpressionAttributeValues: { ':t': S('t') },
      ...more,
    });
  const byGrade = (more: object = {}) =>
    bench.ok('Query', {
      TableName: 'Things',
      IndexName: 'byGrade',
      KeyConditionExpression: 'pk = :p',
      ExpressionAttributeValues: { ':p': S('p') },
      ...more,
    });

  it('hold only the items that have all of the index key, and only what is projected', () => {
    expect(byTag().Items).toEqual([
      { pk: S('p'), sk: S('2'), tag: S('t'), grade: N(1), note: S('note 2') },
      { pk: S('p'), sk: S('1'), tag: S('t'), grade: N(2), note: S('note 1') },
    ]);
    expect(byGrade().Items.map((item: Answer) => Object.keys(item).sort())).toEqual(
      Array(3).fill(['grade', 'pk', 'sk']),
    );
  });

  it('follow every write', () => {
    put('5', { tag: S('t'), grade: N(9) });
    expect(byTag().Count).toBe(3);
    bench.update({ pk: S('p'), sk: S('5') }, 'SET grade = :r', {
      ExpressionAttributeValues: { ':r': N(0) },
    });
    expect(byTag().Items[0].sk).toEqual(S('5'));
    bench.update({ pk: S('p'), sk: S('5') }, 'REMOVE tag');
    expect(byTag().Count).toBe(2);
    expect(byGrade().Count).toBe(4);
    bench.ok('DeleteItem', { TableName: 'Things', Key: { pk: S('p'), sk: S('5') } });
    expect(byGrade().Count).toBe(3);
  });

  it('go on after a page by the keys of index and table together', () => {
    const first = byTag({ Limit: 1 });
    expect(first.LastEvaluatedKey).toEqual({ pk: S('p'), sk: S('2'), tag: S('t'), grade: N(1) });
    const second = byTag({ ExclusiveStartKey: first.LastEvaluatedKey });
    expect(second.Items).toMatchObject([{ sk: S('1') }]);
  });

  it('fetch what is not projected when they are local, and never when they are global', () => {
    expect(byGrade({ Select: 'ALL_ATTRIBUTES' }).Items[0].body).toEqual(S('body 2'));
    expect(byGrade({ ProjectionExpression: 'body' }).Items[0]).toEqual({ body: S('body 2') });
    expect(byTag({ ProjectionExpression: 'body, note' }).Items[0]).toEqual({ note: S('note 2') });
    const request = { TableName: 'Things', IndexName: 'byTag' };
    expect(bench.refused('Scan', { ...request, Select: 'ALL_ATTRIBUTES' }).message).toMatch(
      /ALL_ATTRIBUTES is not supported for global secondary index byTag/,
    );
  });

  it('read consistently when they are local only', () => {
    expect(byGrade({ ConsistentRead: true }).Count).toBe(3);
    const request = { TableName: 'Things', IndexName: 'byTag', ConsistentRead: true };
    expect(bench.refused('Scan', request).message).toBe(
      'Consistent reads are not supported on global secondary indexes',
    );
    expect(bench.refused('Scan', { TableName: 'Things', IndexName: 'nope' }).message).toBe(
      'The table does not have the specified index: nope',
    );
  });

  it('keep entries with the same key apart', () => {
    const many = new Bench({ global: { byKind: { keys: 'kind:S' } } });
    for (let n = 0; n < 500; n++) many.put({ pk: S(String(n)), kind: S('same') });
    const found = pages(many, 'Query', {
      IndexName: 'byKind',
      KeyConditionExpression: 'kind = :k',
      ExpressionAttributeValues: { ':k': S('same') },
      Limit: 99,
    } as never).flat();
    expect(new Set(found.map((item: Answer) => item.pk.S)).size).toBe(500);
  });
});

describe('Scan', () => {
  const bench = new Bench();
  for (let n = 0; n < 300; n++) bench.put({ pk: S(`item ${n}`), n: N(n) });
  const names = (items: Answer[]) => items.map((item) => item.pk.S).sort();
  const all = names(pages(bench, 'Scan', {}).flat());

  it('finds every item once, spread by a hash of the partition key', () => {
    expect(all).toHaveLength(300);
    expect(new Set(all).size).toBe(300);
    const inOrder = pages(bench, 'Scan', {})
      .flat()
      .map((item: Answer) => item.pk.S);
    expect(inOrder).not.toEqual(all);
  });

  it('goes on after each page', () => {
    const found = pages(bench, 'Scan', { Limit: 7 } as never);
    expect(names(found.flat())).toEqual(all);
  });

  it('divides itself into segments that share nothing and miss nothing', () => {
    const segments = [0, 1, 2, 3].map((Segment) =>
      pages(bench, 'Scan', { Segment, TotalSegments: 4, Limit: 20 } as never).flat(),
    );
    expect(names(segments.flat())).toEqual(all);
    for (const items of segments) expect(items.length).toBeGreaterThan(40);
  });

  it('wants segments to be whole', () => {
    const message = (more: object) =>
      bench.refused('Scan', { TableName: 'Things', ...more }).message;
    expect(message({ Segment: 0 })).toMatch(/^The TotalSegments parameter is required/);
    expect(message({ TotalSegments: 2 })).toMatch(/^The Segment parameter is required/);
    expect(message({ Segment: 2, TotalSegments: 2 })).toMatch(
      /^The Segment parameter is zero-based/,
    );
  });

  it('ends a page at 1 MB', () => {
    const large = new Bench();
    for (let n = 0; n < 12; n++) large.put({ pk: S(`${n}`), body: text(100_000) });
    const found = pages(large, 'Scan', {});
    expect(found.map((page) => page.length)).toEqual([11, 1]);
  });

  it('takes the older filters', () => {
    const older = (ScanFilter: object, more = {}) =>
      bench.ok('Scan', { TableName: 'Things', ScanFilter, ...more } as never).Count;
    const above = { ComparisonOperator: 'GE', AttributeValueList: [N(290)] };
    const below = { ComparisonOperator: 'BEGINS_WITH', AttributeValueList: [S('item 29')] };
    expect(older({ n: above })).toBe(10);
    expect(older({ n: above, pk: below })).toBe(10);
    expect(older({ n: above, pk: below }, { ConditionalOperator: 'OR' })).toBe(11);
  });
});

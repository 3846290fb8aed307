/** Requests meant to do harm: all are answered with DynamoDB's errors or done rightly, soon, and refusals change nothing. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/engine/lab/result.ts';
import { api, type Shape } from './fuzz/api.ts';
import { replaced, waysInto } from './fuzz/requests.ts';
import { samples } from './fuzz/samples.ts';
import { contents, observe, subject, supportedOperations } from './fuzz/subject.ts';
import { nested } from './fuzz/values.ts';
import { type Answer, Bench, L, M, N, S, text, timed } from './support.ts';

const key = { pk: S('a') };
const put = (item: Json): Json => ({ TableName: 'Things', Item: item });

/** The error of a text that is no request, and that nothing changed. */
function refusedText(bench: Bench, operation: string, request: string): Answer {
  const before = contents(bench.db);
  const { status, text: answer } = bench.db.handleText(operation, request);
  expect(status).toBe(400);
  expect(contents(bench.db)).toBe(before);
  return JSON.parse(answer);
}

describe('JSON that is none', () => {
  it.each([
    ['nothing', ''],
    ['a part of an object', '{"TableName": "Things", "Item": {"pk"'],
    ['something after the object', '{} {}'],
    ['a comma too many', '{"TableName": "Things",}'],
    ['NaN', '{"TableName": "Things", "Limit": NaN}'],
    ['a tab in a text', '{"TableName": "Thi\tngs"}'],
    ['a hundred thousand brackets', '['.repeat(100_000)],
    ['bytes of no meaning', '\0\u0001\ufffd'],
  ])('is refused: %s', (_what, request) => {
    for (const operation of ['PutItem', 'Query', 'CreateTable', 'ListTables']) {
      expect(refusedText(new Bench(), operation, request)).toEqual({
        __type: 'com.amazon.coral.service#SerializationException',
      });
    }
  });

  it.each(['null', '7', '"text"', 'true', '[]', '[{}]'])('is no request: %s', (request) => {
    expect(refusedText(new Bench(), 'PutItem', request).__type).toMatch(/#SerializationException$/);
  });

  it('may give a member twice: the last one counts', () => {
    const bench = new Bench();
    const request = '{"TableName":"Nowhere","TableName":"Things","Item":{"pk":{"S":"a"}}}';
    expect(bench.db.handleText('PutItem', request).status).toBe(200);
  });
});

describe('values of the wrong type', () => {
  const wrong: Json[] = [
    ...[null, true, 0, -1, 1.5, 2 ** 31, 1e300, '', 'x', '\0', '\ud800', [], {}, [[]], [null]],
    ...[[{}], { a: null }, { S: null }, { S: {} }, { N: 1 }, { L: {} }, { M: [] }, { B: 'x' }],
    JSON.parse('{"__proto__":{"__proto__":null}}') as Json,
  ];

  /** A request that holds every member of the shape. */
  function whole(shape: Shape, depth = 0): Json {
    switch (shape.kind) {
      case 'list':
        return [whole(shape.element(), depth + 1)];
      case 'map':
        return { pk: whole(shape.value(), depth + 1) };
      case 'structure':
        if (shape.name === 'AttributeValue') return depth > 5 ? S('a') : { L: [M({ x: S('a') })] };
        return Object.fromEntries(
          Object.entries(shape.members).map(([name, member]) => [name, whole(member(), depth + 1)]),
        );
      default:
        return { number: 1, boolean: true, text: 'text', bytes: 'YQ==', time: 1 }[shape.kind];
    }
  }

  it.each(supportedOperations(subject()))('at every depth of %s', (operation) => {
    const db = subject();
    const [fresh, before] = [db.snapshot(), contents(db)];
    const shape = api.get(operation) as Shape;
    for (const request of [whole(shape), ...(samples[operation] ?? [])]) {
      for (const way of waysInto(request)) {
        for (const value of wrong) {
          const broken = replaced(request, way, () => value);
          const { refused, problem } = observe(db, operation, broken, false);
          expect(problem, JSON.stringify(broken)).toBeUndefined();
          if (!refused) db.restore(fresh);
        }
        expect(contents(db), way.join('.')).toBe(before);
      }
    }
  });
});

describe('depth', () => {
  const deep = (levels: number, open: string, close: string) =>
    `${open.repeat(levels)}{"S":"in"}${close.repeat(levels)}`;

  it.each([10_000, 100_000])('of JSON, %i levels, is refused', (levels) => {
    const item = (value: string) => `{"TableName":"Things","Item":{"pk":{"S":"a"},"v":${value}}}`;
    const bench = new Bench();
    for (const value of [
      deep(levels, '{"L":[', ']}'),
      deep(levels, '{"M":{"m":', '}}'),
      deep(levels, '{"S":', '}'),
      deep(levels, '[', ']'),
    ]) {
      expect(refusedText(bench, 'PutItem', item(value)).__type).toMatch(
        /#(Serialization|Validation)Exception$/,
      );
    }
    const unknown = `{"TableName":"Things","Key":{"pk":{"S":"a"}},"Other":${deep(levels, '[', ']')}}`;
    expect([200, 400]).toContain(bench.db.handleText('GetItem', unknown).status);
  });

  it('of values ends at 32 levels, whichever member brings them', () => {
    const bench = new Bench();
    const message = /Nesting Levels have exceeded supported limits/;
    bench.put({ ...key, v: nested(31) });
    expect(bench.refused('PutItem', put({ ...key, v: nested(32) })).message).toMatch(message);
    for (const levels of [32, 10_000]) {
      const update = {
        TableName: 'Things',
        Key: key,
        UpdateExpression: 'SET v = :v',
        ExpressionAttributeValues: { ':v': nested(levels) },
      };
      expect(bench.refused('UpdateItem', update).message).toMatch(message);
    }
  });

  it.each([
    ['parentheses', (levels: number) => `${'('.repeat(levels)}a = :v${')'.repeat(levels)}`],
    ['parentheses that never close', (levels: number) => '('.repeat(levels)],
    ['negations', (levels: number) => `${'NOT '.repeat(levels)}a = :v`],
    [
      'negated parentheses',
      (levels: number) => `${'NOT ('.repeat(levels)}a = :v${')'.repeat(levels)}`,
    ],
    ['calls', (levels: number) => `${'size('.repeat(levels)}a${')'.repeat(levels)} = :v`],
    ['alternatives', (levels: number) => `a = :v${' OR a = :v'.repeat(levels)}`],
    ['a path', (levels: number) => `a${'.a'.repeat(levels)} = :v`],
    ['positions', (levels: number) => `a${'[0]'.repeat(levels)} = :v`],
    ['a list of operands', (levels: number) => `a IN (:v${', :v'.repeat(levels)})`],
  ])('of expressions takes time in proportion at most: %s', (_what, make) => {
    const bench = new Bench();
    for (const levels of [300, 1_000, 4_000, 100_000]) {
      const request = {
        ...(put(key) as object),
        ConditionExpression: make(levels),
        ExpressionAttributeValues: { ':v': N(1) },
      };
      let answer: Answer;
      const took = timed(() => {
        answer = bench.db.handle('PutItem', request);
      });
      expect(took).toBeLessThan(500);
      if (answer.status !== 200) expect(answer.body.__type).toMatch(/#Validation|#Conditional/);
      if (levels === 100_000) {
        expect(answer.body.message).toMatch(
          /^Invalid ConditionExpression: Expression size has exceeded/,
        );
      }
    }
  });
});

describe('size', () => {
  it('of a request that is one byte too large', () => {
    const bench = new Bench();
    const item = (bytes: number) => put({ ...key, v: text(bytes - 4) });
    bench.ok('PutItem', item(409_600));
    const before = contents(bench.db);
    expect(bench.refused('PutItem', item(409_601)).message).toBe(
      'Item size has exceeded the maximum allowed size',
    );
    expect(contents(bench.db)).toBe(before);
  });

  it.each<[string, () => Json]>([
    ['text', () => S('é'.repeat(8_000_000))],
    ['binary', () => ({ B: 'AAAA'.repeat(4_000_000) })],
    ['a number', () => N('1'.repeat(16_000_000))],
    ['a number with zeros', () => N(`1${'0'.repeat(16_000_000)}`)],
    ['a fraction', () => N(`0.${'0'.repeat(16_000_000)}1`)],
    ['a set', () => ({ SS: Array.from({ length: 1_000_000 }, (_, n) => `m${n}`) })],
    ['a set of numbers', () => ({ NS: Array.from({ length: 1_000_000 }, (_, n) => String(n)) })],
    [
      'a list',
      () => L(...Array.from({ length: 100_000 }, () => ({ NULL: true }) as Json), text(400_000)),
    ],
    [
      'a map',
      () => M(Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`k${n}`, N(n)]))),
    ],
  ])('of 16 MB is refused soon: %s', (_what, make) => {
    const bench = new Bench();
    const value = make();
    let answer: Answer;
    const took = timed(() => {
      answer = bench.db.handle('PutItem', put({ ...key, v: value }));
    });
    expect(answer.body.__type).toMatch(/#ValidationException$/);
    expect(took).toBeLessThan(3000);
    expect(bench.get(key)).toBeUndefined();
  });

  it('of batches and transactions is limited', () => {
    const bench = new Bench();
    const requests = (count: number) =>
      Array.from({ length: count }, (_, n) => ({ PutRequest: { Item: { pk: S(`k${n}`) } } }));
    bench.ok('BatchWriteItem', { RequestItems: { Things: requests(25) } });
    const before = contents(bench.db);
    for (const count of [26, 27, 10_000]) {
      const error = bench.refused('BatchWriteItem', { RequestItems: { Things: requests(count) } });
      expect(error.name).toBe('ValidationException');
    }
    const actions = (count: number) =>
      Array.from({ length: count }, (_, n) => ({ Put: put({ pk: S(`t${n}`) }) }));
    for (const count of [0, 101, 10_000]) {
      const error = bench.refused('TransactWriteItems', { TransactItems: actions(count) });
      expect(error.name).toBe('ValidationException');
    }
    expect(contents(bench.db)).toBe(before);
  });
});

describe('statements', () => {
  const around = (open: string, inner: string, close: string) => (levels: number) =>
    open.repeat(levels) + inner + close.repeat(levels);

  it.each<[string, (levels: number) => string]>([
    ['parentheses', (n) => `SELECT * FROM Things WHERE ${around('(', "pk='a'", ')')(n)}`],
    ['parentheses that never close', (n) => `SELECT * FROM Things WHERE ${'('.repeat(n)}`],
    ['negations', (n) => `SELECT * FROM Things WHERE ${'NOT '.repeat(n)}pk='a'`],
    ['lists', (n) => `INSERT INTO Things VALUE {'pk':'a','l':${around('[', '1', ']')(n)}}`],
    ['maps', (n) => `INSERT INTO Things VALUE {'pk':'a','m':${around("{'a':", '1', '}')(n)}}`],
    ['sets', (n) => `INSERT INTO Things VALUE {'pk':'a','s':${around('<<', '1', '>>')(n)}}`],
    ['alternatives', (n) => `SELECT * FROM Things WHERE a='a'${" OR a='a'".repeat(n)}`],
    ['sums', (n) => `UPDATE Things SET a = a${'+1'.repeat(n)} WHERE pk='a'`],
    ['calls', (n) => `SELECT * FROM Things WHERE ${around('size(', 'pk', ')')(n)} = 1`],
    ['paths', (n) => `SELECT a${'.a'.repeat(n)} FROM Things`],
    ['subqueries', (n) => `SELECT * FROM ${around('(SELECT * FROM ', 'Things', ')')(n)}`],
    ['quotes', (n) => `SELECT * FROM "${'"'.repeat(n)}`],
    ['comments', (n) => `SELECT ${'/*'.repeat(n)} * FROM Things`],
  ])('are answered soon, however they are nested: %s', (_what, make) => {
    const bench = new Bench();
    for (const levels of [100, 400, 1_000, 4_000, 100_000]) {
      const took = timed(() => {
        const { status, body } = bench.db.handle('ExecuteStatement', { Statement: make(levels) });
        if (status !== 200) expect(body.__type).toMatch(/#(Validation|Conditional)/);
      });
      expect(took).toBeLessThan(1000);
    }
    expect(bench.get(key)).toBeUndefined();
  });
});

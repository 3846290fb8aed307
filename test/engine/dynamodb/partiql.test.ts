/** What PartiQL statements may say at all, and many statements in one request. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/engine/lab/result.ts';
import { type Answer, Bench, N, S, tableRequest, text } from './support.ts';

const problem = (bench: Bench, Statement: string): string => {
  const error = bench.refused('ExecuteStatement', { Statement });
  expect(error.name).toBe('ValidationException');
  return error.message;
};
const things = () => {
  const bench = new Bench();
  for (const pk of ['a', 'b']) bench.put({ pk: S(pk), n: N(1) });
  return bench;
};
const item = (bench: Bench, pk: string) => bench.get({ pk: S(pk) });

describe('the grammar', () => {
  it.each([
    ['SELEC * FROM "Things" WHERE pk = 1', 'Expected data manipulation'],
    ['UPDATE My-Things SET a = 1', 'Expected data manipulation'],
    [`INSERT INTO Things (key, n) VALUES ('a', 1)`, 'Unexpected keyword'],
    ['SELECT * FROM Things WHERE', 'Unexpected term'],
    ['SELECT * FROM Things WHERE (', 'Unexpected term'],
    [
      'SELECT * FROM Things WHERE pk = 1 AND',
      'Missing right-hand side expression of infix operator',
    ],
    ['SELECT * FROM Things WHERE pk = LIKE', 'Unexpected operator'],
    ['SELECT * FROM Things WHERE ORDER BY pk', 'Unexpected keyword'],
    ['SELECT * FROM Things WHERE a IS SOMETHING', 'Expected type name'],
    ['SELECT * FROM Things WHERE a.inner = 1', 'Invalid path dot component'],
    ['SELECT * FROM Things WHERE pk = 1 foo', 'Unexpected token after expression'],
    ['SELECT * FROM Things ORDER BY pk WHERE pk = 1', 'Unexpected token after expression'],
    [
      'SELECT * FROM Things; SELECT 1',
      'Unexpected token after semicolon. (Only one query is allowed.)',
    ],
    ['DELETE FROM WHERE pk = 1', 'Expected identifier for simple path'],
    ['SELECT * FROM Things WHERE pk = 1e2147483648', ''],
    ['SELECT * FROM Things # note', ''],
    ['SELECT * FROM Things /* note', ''],
    ['SELECT * FROM "Things', ''],
  ])('refuses %s', (statement, detail) => {
    expect(problem(things(), statement)).toBe(
      `Statement wasn't well formed, can't be processed: ${detail}`,
    );
  });

  it.each([
    ['SELECT * FROM Things a, Other b', 'Only select from a single table or index is supported.'],
    [
      'SELECT * FROM Things JOIN Other ON a = b',
      'Only select from a single table or index is supported.',
    ],
    ['SELECT * FROM Things t', 'Aliasing is not supported'],
    ['SELECT pk AS p FROM Things', 'Aliasing is not supported'],
    ['SELECT COUNT(*) FROM Things', 'Unexpected path component at 1:8:5'],
    ['SELECT * FROM Things LIMIT 5', 'Unsupported clause: LIMIT at 1:28:1'],
    ['SELECT pk FROM Things GROUP BY pk', 'Unsupported clause: GROUP BY at 1:32:2'],
    [
      'SELECT * FROM (SELECT * FROM Things)',
      'Unsupported operation: a subquery in the FROM clause',
    ],
    ["SELECT * FROM Things\nWHERE upper(pk) = 'A'", 'Unrecognized function: upper at 2:7:5'],
    [
      'SELECT * FROM Things WHERE n + 1 = 2',
      'Unsupported operator in Condition Expression. Operator: +',
    ],
    [
      `SELECT * FROM Things WHERE pk LIKE 'a%'`,
      'Unsupported operator in Condition Expression. Operator: LIKE',
    ],
    ['x IS INT4', 'Unsupported operation: IsType'],
    ['CREATE TABLE Things', 'Unsupported operation: CREATE'],
    [
      'SELECT l[-1] FROM Things',
      'List index is not within the allowable range; index: [-1] at 1:11:1',
    ],
    ['SELECT * FROM ""', 'Path component cannot be an empty string'],
    [
      `EXISTS(SELECT * FROM Things WHERE pk = 'a' AND n = 1)`,
      'EXISTS can only be used in ExecuteTransaction write requests.',
    ],
  ])('has no %s', (statement, message) => {
    expect(problem(things(), statement)).toBe(message);
  });

  it('takes time that grows with the length of a statement, and refuses what is nested without end', () => {
    const bench = things();
    const select = 'SELECT * FROM Things WHERE ';
    const deep = /nested too deeply$/;
    expect(problem(bench, select + '('.repeat(8000))).toMatch(deep);
    expect(problem(bench, `${select}${'NOT '.repeat(2000)}n = 1`)).toMatch(deep);
    expect(problem(bench, `${select}n = ${'- '.repeat(4000)}1`)).toMatch(deep);
    expect(problem(bench, `${select}n = ${'['.repeat(4000)}`)).toMatch(deep);
    expect(problem(bench, `${select}${'-- '.repeat(2600)}\n?#`)).toMatch(/processed: $/);
    const started = performance.now();
    bench.ok('ExecuteStatement', { Statement: `${select}${'n = 1 AND '.repeat(800)}n = 1` });
    const both = `(pk = 'a' OR n = 1) AND `.repeat(300);
    bench.ok('ExecuteStatement', { Statement: `${select}${both}n = 1` });
    expect(performance.now() - started).toBeLessThan(1000);
    expect(problem(bench, 'x'.repeat(8193))).toMatch(/less than or equal to 8192$/);
  });

  it('keeps names that objects inherit apart from attributes', () => {
    const bench = new Bench();
    bench.ok('ExecuteStatement', {
      Statement: `INSERT INTO Things VALUE {'pk': 'a', '__proto__': {'constructor': 1}}`,
    });
    const { Items } = bench.ok('ExecuteStatement', {
      Statement: 'SELECT __proto__.constructor FROM Things WHERE toString IS MISSING',
    });
    expect(Items).toEqual([{ constructor: N(1) }]);
  });
});

describe('BatchExecuteStatement', () => {
  const batch = (bench: Bench, ...statements: Array<string | Record<string, Json>>): Answer =>
    bench.ok('BatchExecuteStatement', {
      Statements: statements.map((one) => (typeof one === 'string' ? { Statement: one } : one)),
      ReturnConsumedCapacity: 'TOTAL',
    });

  it('answers each read by key for itself', () => {
    const bench = things();
    const { Responses, ConsumedCapacity } = batch(
      bench,
      {
        Statement: 'SELECT n FROM Things WHERE pk = ?',
        Parameters: [S('a')],
        ConsistentRead: true,
      },
      `SELECT * FROM Things WHERE pk IN ['b']`,
      `SELECT * FROM Things WHERE pk = 'nobody'`,
      `SELECT * FROM Things WHERE pk = 'c' AND n = 1`,
      `SELECT * FROM Nowhere WHERE pk = 'a'`,
      'SELECT',
    );
    expect(Responses).toMatchObject([
      { TableName: 'Things', Item: { n: N(1) } },
      { TableName: 'Things', Item: { pk: S('b') } },
      { TableName: 'Things' },
      {
        Error: {
          Code: 'ValidationError',
          Message:
            'Select statements within BatchExecuteStatement must specify the primary key in the where clause.',
        },
      },
      { Error: { Code: 'ResourceNotFound', Message: 'Requested resource not found' } },
      { Error: { Code: 'ValidationError' } },
    ]);
    expect(Responses[2].Item).toBeUndefined();
    expect(Responses[3].TableName).toBeUndefined();
    expect(ConsumedCapacity).toEqual([{ TableName: 'Things', CapacityUnits: 1 + 0.5 + 0.5 }]);
  });

  it('makes each write for itself', () => {
    const bench = things();
    const { Responses } = batch(
      bench,
      `INSERT INTO Things VALUE {'pk': 'c'}`,
      `INSERT INTO Things VALUE {'pk': 'a'}`,
      {
        Statement: `UPDATE Things SET n = 2 WHERE pk = 'b' AND n = 7`,
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
      `DELETE FROM Things WHERE pk = 'd' RETURNING ALL OLD *`,
    );
    expect(Responses).toEqual([
      { TableName: 'Things' },
      {
        TableName: 'Things',
        Error: { Code: 'DuplicateItem', Message: 'Duplicate primary key exists in table' },
      },
      {
        TableName: 'Things',
        Error: {
          Code: 'ConditionalCheckFailed',
          Message: 'The conditional request failed',
          Item: { pk: S('b'), n: N(1) },
        },
      },
      { TableName: 'Things' },
    ]);
    expect(item(bench, 'c')).toEqual({ pk: S('c') });
  });

  it('takes 1 to 25 statements, all reads or all writes, of different items', () => {
    const bench = things();
    const refusal = (...statements: string[]) =>
      bench.refused('BatchExecuteStatement', {
        Statements: statements.map((Statement) => ({ Statement })),
      }).message;
    const select = `SELECT * FROM Things WHERE pk = 'a'`;
    expect(refusal()).toMatch(/^1 validation error detected: Value '\[\]' at 'statements'/);
    expect(refusal(...Array.from({ length: 26 }, () => select))).toMatch(
      /less than or equal to 25$/,
    );
    expect(refusal(select, `DELETE FROM Things WHERE pk = 'b'`)).toBe(
      'Read and write requests together in the same batch is not supported.',
    );
    expect(refusal(select, select)).toBe('Provided list of item keys contains duplicates');
    expect(item(bench, 'b')).toBeDefined();
  });
});

describe('ExecuteTransaction', () => {
  const request = (...statements: string[]) => ({
    TransactStatements: statements.map((Statement) => ({ Statement })),
    ReturnConsumedCapacity: 'TOTAL',
  });
  const codes = (error: Answer) => error.CancellationReasons.map(({ Code }: Answer) => Code);

  it('makes all writes or none, for twice the units', () => {
    const bench = things();
    const { ConsumedCapacity } = bench.ok(
      'ExecuteTransaction',
      request(
        `INSERT INTO Things VALUE {'pk': 'c'}`,
        `UPDATE Things SET n = n + 1 WHERE pk = 'a' AND n = 1`,
        `DELETE FROM Things WHERE pk = 'b'`,
        `EXISTS(SELECT * FROM Things WHERE pk = 'd' AND n IS MISSING)`,
      ),
    );
    expect(ConsumedCapacity).toEqual([
      { TableName: 'Things', CapacityUnits: 8, WriteCapacityUnits: 8 },
    ]);
    expect(item(bench, 'a').n).toEqual(N(2));
    expect(item(bench, 'b')).toBeUndefined();
  });

  it('says for each statement why it was cancelled', () => {
    const bench = things();
    const error = bench.refused(
      'ExecuteTransaction',
      request(
        `INSERT INTO Things VALUE {'pk': 'a'}`,
        `UPDATE Things SET n = 2 WHERE pk = 'nobody'`,
        `EXISTS(SELECT * FROM Things WHERE pk = 'b' AND n > 1)`,
        `INSERT INTO Things VALUE {'pk': 'c'}`,
      ),
    );
    expect(error.name).toBe('TransactionCanceledException');
    expect(bench.metering).toMatchObject({ itemsWritten: 0, tables: [{ write: 8 }] });
    expect(codes(error)).toEqual([
      'DuplicateItem',
      'ConditionalCheckFailed',
      'ConditionalCheckFailed',
      'None',
    ]);
    expect(error.CancellationReasons[0].Message).toBe('Duplicate primary key exists in table');
    expect(item(bench, 'c')).toBeUndefined();
    const wrong = bench.refused(
      'ExecuteTransaction',
      request(`UPDATE Things SET n = 1 WHERE n = 2`, `DELETE FROM Nowhere WHERE pk = 'a'`),
    );
    expect(codes(wrong)).toEqual(['None', 'ResourceNotFound']);
    const mismatch = bench.refused(
      'ExecuteTransaction',
      request(`UPDATE Things SET n = 1 WHERE n = 2`),
    );
    expect(mismatch.CancellationReasons).toEqual([
      { Code: 'ValidationError', Message: 'The provided key element does not match the schema' },
    ]);
  });

  it('shows the item that stood in the way, when asked', () => {
    const error = things().refused('ExecuteTransaction', {
      TransactStatements: [
        {
          Statement: `DELETE FROM Things WHERE pk = 'a' AND n = 2`,
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      ],
    });
    expect(error.CancellationReasons[0].Item).toEqual({ pk: S('a'), n: N(1) });
  });

  it('reads items by key, for twice the units', () => {
    const bench = things();
    const answer = bench.ok(
      'ExecuteTransaction',
      request(`SELECT * FROM Things WHERE pk = 'nobody'`, `SELECT n FROM Things WHERE pk = 'a'`),
    );
    expect(answer.Responses).toEqual([{}, { Item: { n: N(1) } }]);
    expect(answer.ConsumedCapacity).toEqual([
      { TableName: 'Things', CapacityUnits: 4, ReadCapacityUnits: 4 },
    ]);
  });

  it.each([
    [
      `SELECT * FROM Things WHERE pk = 'a' AND n = 1`,
      'Select statements within ExecuteTransaction must specify the primary key in the where clause.',
    ],
    [
      `SELECT * FROM "Things"."byN" WHERE n = 1`,
      'Reads on indices are not supported within transactions.',
    ],
    [
      `UPDATE Things SET n = 1 WHERE pk = 'a' RETURNING ALL NEW *`,
      'RETURNING clause is not supported in ExecuteTransaction.',
    ],
    [
      `EXISTS(SELECT * FROM Things WHERE pk = 'a')`,
      'EXISTS() must contain a single item read with additional condition',
    ],
    [
      'SELECT * FROM Things WHERE',
      `Statement wasn't well formed, can't be processed: Unexpected term`,
    ],
  ])('refuses %s', (statement, message) => {
    expect(things().refused('ExecuteTransaction', request(statement))).toEqual({
      name: 'ValidationException',
      message: `Validation failed in TransactStatements[0]: ${message}`,
    });
  });

  it('takes 1 to 100 statements, all reads or all writes, of different items', () => {
    const bench = things();
    const refusal = (...statements: string[]) =>
      bench.refused('ExecuteTransaction', request(...statements)).message;
    const select = `SELECT * FROM Things WHERE pk = 'a'`;
    expect(refusal()).toMatch(/at 'transactStatements' failed to satisfy constraint/);
    expect(refusal(...Array.from({ length: 101 }, () => select))).toMatch(
      /less than or equal to 100$/,
    );
    expect(refusal(select, `DELETE FROM Things WHERE pk = 'b'`)).toBe(
      'ExecuteTransaction API does not support both read and write operations in the same request.',
    );
    const twice = 'Transaction request cannot include multiple operations on one item';
    expect(refusal(select, select)).toBe(twice);
    expect(
      refusal(`DELETE FROM Things WHERE pk = 'a'`, `UPDATE Things SET n = 1 WHERE pk = 'a'`),
    ).toBe(twice);
  });

  it('is made once under its ClientRequestToken', () => {
    const bench = things();
    bench.put({ pk: S('a'), n: N(0), body: text(1500) });
    const tokened = {
      ...request(`UPDATE Things SET n = n + 1 WHERE pk = 'a'`),
      ClientRequestToken: 'once',
    };
    expect(bench.ok('ExecuteTransaction', tokened).ConsumedCapacity).toEqual([
      { TableName: 'Things', CapacityUnits: 4, WriteCapacityUnits: 4 },
    ]);
    expect(bench.ok('ExecuteTransaction', tokened).ConsumedCapacity).toEqual([
      { TableName: 'Things', CapacityUnits: 2, ReadCapacityUnits: 2 },
    ]);
    expect(item(bench, 'a').n).toEqual(N(1));
    const other = { ...tokened, ...request(`DELETE FROM Things WHERE pk = 'a'`) };
    expect(bench.refused('ExecuteTransaction', other).name).toBe(
      'IdempotentParameterMismatchException',
    );
  });

  it('spans tables', () => {
    const bench = things();
    bench.ok('CreateTable', tableRequest('Other', {}));
    bench.ok(
      'ExecuteTransaction',
      request(`INSERT INTO Other VALUE {'pk': 'a'}`, `DELETE FROM Things WHERE pk = 'a'`),
    );
    expect(bench.ok('Scan', { TableName: 'Other' }).Count).toBe(1);
    expect(item(bench, 'a')).toBeUndefined();
  });
});

/** Many PartiQL statements in one request, each for itself or as a transaction. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/engine/lab/result.ts';
import { things } from './partiql.support.ts';
import { type Answer, type Bench, N, S, tableRequest, text } from './support.ts';

const item = (bench: Bench, pk: string) => bench.get({ pk: S(pk) });

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

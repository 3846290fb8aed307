/** SELECT: whether it is a query or a scan, of a table or of an index, and what that costs. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/engine/lab/result.ts';
import { orders, problem, run } from './partiql-select.support.ts';
import { Bench, S, text } from './support.ts';

describe('a query or a scan', () => {
  /** Units and items read. */
  const cost = (bench: Bench, Statement: string, more: Record<string, Json> = {}) => {
    run(bench, Statement, more);
    const [table] = bench.metering.tables;
    return [table?.read, bench.metering.itemsRead];
  };
  const large = () => {
    const bench = new Bench({ keys: 'pk:S, sk:S' });
    for (const pk of ['a', 'b', 'c'])
      for (const sk of ['1', '2', '3', '4']) bench.put({ pk: S(pk), sk: S(sk), body: text(4000) });
    return bench;
  };

  it('is a query of what the WHERE clause says of keys with = or IN', () => {
    const bench = large();
    expect(cost(bench, `SELECT * FROM Things WHERE pk = 'a'`)).toEqual([2, 4]);
    expect(cost(bench, `SELECT * FROM Things WHERE pk = 'a' AND sk > '2'`)).toEqual([1, 2]);
    expect(cost(bench, `SELECT * FROM Things WHERE pk = 'a' AND body = 'x'`)).toEqual([2, 4]);
    expect(cost(bench, `SELECT * FROM Things WHERE pk IN ['a', 'b']`)).toEqual([4, 8]);
    expect(cost(bench, `SELECT * FROM Things WHERE pk = 'a' OR pk = 'c'`)).toEqual([4, 8]);
    expect(cost(bench, `SELECT * FROM Things WHERE pk = 'a' AND sk IN ['1', '4']`)).toEqual([1, 2]);
  });

  it('is a scan of everything else', () => {
    const bench = large();
    expect(cost(bench, 'SELECT pk FROM Things')).toEqual([6, 12]);
    expect(cost(bench, `SELECT * FROM Things WHERE pk > 'b'`)).toEqual([6, 12]);
    expect(cost(bench, `SELECT * FROM Things WHERE sk = '1'`)).toEqual([6, 12]);
    expect(cost(bench, `SELECT * FROM Things WHERE pk = 'a' OR body = 'x'`)).toEqual([6, 12]);
    expect(cost(bench, `SELECT * FROM Things WHERE NOT pk = 'a'`)).toEqual([6, 12]);
  });

  it('is one item under the whole key; consistent reads cost twice as much', () => {
    const bench = large();
    const one = `SELECT * FROM Things WHERE pk = 'a' AND sk = '1'`;
    expect(cost(bench, one)).toEqual([0.5, 1]);
    expect(cost(bench, one, { ConsistentRead: true })).toEqual([1, 1]);
    expect(cost(bench, `SELECT * FROM Things WHERE pk = 'nobody' AND sk = '1'`)).toEqual([0.5, 0]);
    expect(run(bench, one, { ReturnConsumedCapacity: 'TOTAL' }).ConsumedCapacity).toEqual({
      TableName: 'Things',
      CapacityUnits: 0.5,
    });
  });

  it('gives each row once: queries must not overlap', () => {
    const bench = large();
    const overlap = 'Overlapping conditions with range keys are not supported in where clause';
    for (const condition of [
      `pk IN ['a', 'a']`,
      `pk = 'a' AND (sk > '0' OR sk < '5')`,
      `pk = 'a' AND (sk = '1' OR body = 'x')`,
    ]) {
      expect(problem(bench, `SELECT * FROM Things WHERE ${condition}`)).toBe(overlap);
    }
    const apart = `pk = 'a' AND NOT sk = '1' OR pk = 'a' AND sk = '2'`;
    expect(run(bench, `SELECT sk FROM Things WHERE ${apart}`).Items).toEqual([
      { sk: S('2') },
      { sk: S('3') },
      { sk: S('4') },
    ]);
    expect(
      run(bench, `SELECT * FROM Things WHERE pk = 'a' AND sk = '1' AND sk = '2'`).Items,
    ).toEqual([]);
  });

  it('is taken apart into 50 queries at most', () => {
    const bench = large();
    const list = (count: number) => Array.from({ length: count }, (_, n) => `'k${n}'`).join();
    expect(run(bench, `SELECT * FROM Things WHERE pk IN [${list(50)}]`).Items).toEqual([]);
    expect(problem(bench, `SELECT * FROM Things WHERE pk IN [${list(51)}]`)).toBe(
      'Too many decomposed read operations for a given query.',
    );
    expect(problem(bench, `SELECT * FROM Things WHERE body IN [${list(101)}]`)).toBe(
      'The IN operator is provided with too many operands; number of operands: 101',
    );
  });

  it('wants values of the key schema', () => {
    expect(problem(large(), 'SELECT * FROM Things WHERE pk = 1')).toBe(
      "Key attribute's data type should match its data type in table's schema: Key pk",
    );
  });
});

describe('an index', () => {
  it('is named after its table, and gives what it holds', () => {
    const bench = orders();
    const answer = run(bench, `SELECT * FROM "Things"."byStatus" WHERE status = 'open'`, {
      ReturnConsumedCapacity: 'INDEXES',
    });
    expect(answer.Items).toHaveLength(2);
    expect(Object.keys(answer.Items[0]).sort()).toEqual(['customer', 'placed', 'status', 'total']);
    expect(answer.ConsumedCapacity).toMatchObject({
      Table: { CapacityUnits: 0 },
      GlobalSecondaryIndexes: { byStatus: { CapacityUnits: 0.5 } },
    });
  });

  it('that is local fetches what it does not hold; a global one refuses', () => {
    const bench = orders();
    const local = run(bench, `SELECT status FROM "Things"."byTotal" WHERE customer = 'C1'`, {
      ReturnConsumedCapacity: 'INDEXES',
    });
    expect(local.Items).toEqual([
      { status: S('sent') },
      { status: S('sent') },
      { status: S('open') },
    ]);
    expect(local.ConsumedCapacity).toMatchObject({
      Table: { CapacityUnits: 1.5 },
      LocalSecondaryIndexes: { byTotal: { CapacityUnits: 0.5 } },
    });
    expect(problem(bench, `SELECT lines FROM "Things"."byStatus" WHERE status = 'open'`)).toBe(
      'One or more parameter values were invalid: Global secondary index byStatus does not project [lines]',
    );
  });

  it('cannot filter a query by what it does not hold; a scan finds it missing', () => {
    const bench = orders();
    const from = `SELECT customer FROM "Things"."byStatus" WHERE`;
    expect(problem(bench, `${from} status = 'open' AND b = 1 AND (a = 2 OR total = 3)`)).toBe(
      'One or more parameter values were invalid: Secondary index byStatus does not project one or more filter attributes: [a, b]',
    );
    expect(run(bench, `${from} lines IS MISSING`).Items).toHaveLength(6);
  });

  it('must be there, and is never consistent when it is global', () => {
    const bench = orders();
    expect(problem(bench, `SELECT * FROM "Things"."nothing"`)).toBe(
      'The table does not have the specified index',
    );
    expect(problem(bench, `SELECT * FROM "Things"."byStatus"`, { ConsistentRead: true })).toBe(
      'Strongly consistent read is not supported on Global Secondary Indexes',
    );
    expect(problem(bench, 'SELECT * FROM a.b.c')).toBe(
      'A path may contain at most 2 components in the FROM clause',
    );
  });
});

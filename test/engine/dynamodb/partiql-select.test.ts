/** SELECT: its rows, columns and conditions, their order, and how it goes on. */
import { describe, expect, it } from 'vitest';
import { keys, orders, problem, run } from './partiql-select.support.ts';
import { type Answer, Bench, N, S, text } from './support.ts';

describe('rows and columns', () => {
  it('are whole items, or the attributes that are named', () => {
    const bench = orders();
    const where = `WHERE customer = 'C1' AND placed = 1`;
    expect(run(bench, `SELECT * FROM "Things" ${where}`).Items[0].total).toEqual(N(10));
    expect(run(bench, `SELECT total, "status" FROM "Things" ${where}`).Items).toEqual([
      { total: N(10), status: S('sent') },
    ]);
    expect(run(bench, `SELECT absent FROM Things ${where}`).Items).toEqual([{}]);
  });

  it('are called as the last name of a path, with the positions after it', () => {
    const bench = orders();
    const [row] = run(
      bench,
      `SELECT lines[0].sku, lines[0] FROM "Things" WHERE customer = 'C1' AND placed = 2`,
    ).Items;
    expect(row.sku).toEqual(S('P2'));
    expect(row['lines[0]'].M.sku).toEqual(S('P2'));
    expect(problem(bench, 'SELECT a.x, b.x FROM "Things"')).toBe(
      'Duplicate identifiers in select clause: x',
    );
  });
});

describe('WHERE', () => {
  it.each([
    [`total > 10`, ['1/2', '1/3']],
    [`total BETWEEN 10 AND 20`, ['1/1', '1/2']],
    [`total IN [10, 30]`, ['1/1', '1/3']],
    [`total IN (10, 30)`, ['1/1', '1/3']],
    [`total NOT IN [10, 30]`, ['1/2']],
    [`total <> 10 AND NOT total = 20`, ['1/3']],
    [`"status" = 'open' OR total = 10`, ['1/1', '1/3']],
    [`begins_with("status", 'o')`, ['1/3']],
    [`contains(lines[0].tags, 'red') AND total != 10`, ['1/2', '1/3']],
    [`attribute_type(total, 'N') AND size("status") = 4 AND placed < 2`, ['1/1']],
    [`note IS MISSING AND total IS NOT MISSING AND placed >= 3`, ['1/3']],
    [`lines[0].sku = 'P2'`, ['1/2']],
    [`attribute_exists(note) = false AND placed = 1.0`, ['1/1']],
    ['total = - -10', ['1/1']],
  ])('finds by %s', (condition, found) => {
    const statement = `SELECT * FROM "Things" WHERE customer = 'C1' AND (${condition})`;
    expect(keys(orders(), statement).map((key) => key.slice(1))).toEqual(found);
  });

  it('tells NULL, which is a value, from MISSING', () => {
    const bench = new Bench();
    bench.put({ pk: S('null'), a: { NULL: true } });
    bench.put({ pk: S('missing') });
    const found = (condition: string) =>
      run(bench, `SELECT pk FROM Things WHERE ${condition}`).Items.map((item: Answer) => item.pk.S);
    expect(found('a IS NULL')).toEqual(['null']);
    expect(found('a IS NOT NULL')).toEqual(['missing']);
    expect(found('a IS MISSING')).toEqual(['missing']);
  });

  it('takes parameters for its question marks, as many as there are', () => {
    const bench = orders();
    const statement = 'SELECT * FROM "Things" WHERE customer = ? AND placed IN [?, ?]';
    const Parameters = [S('C2'), N(1), N(3)];
    expect(keys(bench, statement, { Parameters })).toEqual(['C2/1', 'C2/3']);
    expect(problem(bench, statement, { Parameters: [S('C2')] })).toBe(
      "Number of parameters in request and statement don't match.",
    );
    expect(problem(bench, 'SELECT', { Parameters: [{ SS: ['a', 'a'] }] })).toMatch(
      /contains duplicates\.$/,
    );
  });

  it('has keywords in any case, names in double and texts in single quotes', () => {
    const bench = orders();
    bench.put({ customer: S("O'Hara"), placed: N(1) });
    expect(keys(bench, `select * from Things where "customer" = 'O''Hara' -- who?`)).toEqual([
      "O'Hara/1",
    ]);
    expect(problem(bench, `SELECT * FROM Things WHERE key = 'a'`)).toMatch(/Unexpected keyword$/);
  });

  it('orders text, numbers and binary only', () => {
    const message = problem(orders(), 'SELECT * FROM Nowhere WHERE total < ?', {
      Parameters: [{ BOOL: true }],
    });
    expect(message).toBe(
      'Incorrect operand type for operator or function; operator or function: <, operand type: BOOL',
    );
  });
});

describe('ORDER BY', () => {
  it('orders by the key', () => {
    const bench = orders();
    const from = 'SELECT * FROM Things WHERE customer';
    expect(keys(bench, `${from} = 'C1' ORDER BY placed DESC`)).toEqual(['C1/3', 'C1/2', 'C1/1']);
    expect(keys(bench, `${from} = 'C1' ORDER BY placed`)).toEqual(['C1/1', 'C1/2', 'C1/3']);
    expect(keys(bench, `${from} IN ['C1', 'C2'] ORDER BY customer DESC, placed ASC`)).toEqual([
      'C2/1',
      'C2/2',
      'C2/3',
      'C1/1',
      'C1/2',
      'C1/3',
    ]);
  });

  it('goes backward through a sort key that it does not name', () => {
    const statement = `SELECT * FROM Things WHERE customer = 'C1' ORDER BY customer ASC`;
    expect(keys(orders(), statement)).toEqual(['C1/3', 'C1/2', 'C1/1']);
  });

  it('needs a query, and all of its partitions in order', () => {
    const bench = orders();
    const from = 'SELECT * FROM Things';
    expect(problem(bench, `${from} ORDER BY placed`)).toBe(
      'Must have WHERE clause in the statement when using ORDER BY clause.',
    );
    expect(problem(bench, `${from} WHERE customer = 'C1' ORDER BY total`)).toBe(
      'Attribute total in ORDER BY clause must be part of the primary key',
    );
    expect(problem(bench, `${from} WHERE customer > 'C' ORDER BY placed`)).toBe(
      'Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.',
    );
    expect(problem(bench, `${from} WHERE customer IN ['C1', 'C2'] ORDER BY placed`)).toBe(
      'Must have hash key in ORDER BY clause when more than one hash key condition specified in WHERE clause.',
    );
  });
});

describe('NextToken', () => {
  /** All rows by pages of that size, and how many pages it took. */
  const pages = (bench: Bench, Statement: string, Limit: number) => {
    const rows: string[] = [];
    let NextToken: string | undefined;
    let count = 0;
    do {
      const answer = run(bench, Statement, { Limit, ...(NextToken && { NextToken }) });
      rows.push(...answer.Items.map((item: Answer) => `${item.customer.S}/${item.placed.N}`));
      expect(answer.LastEvaluatedKey === undefined || answer.NextToken !== undefined).toBe(true);
      NextToken = answer.NextToken;
      count++;
    } while (NextToken !== undefined);
    return { rows, count };
  };

  it.each([
    ['SELECT * FROM Things', 6],
    [`SELECT * FROM Things WHERE customer = 'C1'`, 3],
    [`SELECT * FROM Things WHERE customer IN ['C1', 'C2']`, 6],
    [`SELECT * FROM Things WHERE customer IN ['C2', 'C1'] ORDER BY customer DESC`, 6],
    [`SELECT * FROM Things WHERE customer = 'C1' AND placed IN [1, 2, 3]`, 3],
    [`SELECT customer, placed FROM "Things"."byStatus" WHERE "status" IN ['open', 'sent']`, 6],
    [`SELECT customer, placed FROM "Things"."byTotal"`, 6],
  ])('goes through all pages of %s', (statement, count) => {
    const bench = orders();
    const whole = keys(bench, statement);
    expect(whole).toHaveLength(count);
    for (const limit of [1, 2, 4, 100]) expect(pages(bench, statement, limit).rows).toEqual(whole);
  });

  it('comes with the key of the last row that was read, whether or not it passed the filter', () => {
    const answer = run(orders(), `SELECT * FROM Things WHERE customer = 'C1' AND total = 30`, {
      Limit: 2,
    });
    expect(answer.Items).toEqual([]);
    expect(answer.LastEvaluatedKey).toEqual({ customer: S('C1'), placed: N(2) });
    expect(answer.NextToken).toBeTypeOf('string');
  });

  it('ends a page at 1 MB, over all queries of a statement, and says so even at the end', () => {
    const bench = new Bench();
    for (let n = 0; n < 8; n++) bench.put({ pk: S(`k${n}`), body: text(300_000) });
    const list = Array.from({ length: 8 }, (_, n) => `'k${n}'`).join();
    const counts: number[] = [];
    let NextToken: string | undefined;
    do {
      const answer = run(bench, `SELECT pk FROM Things WHERE pk IN [${list}]`, {
        ...(NextToken && { NextToken }),
      });
      counts.push(answer.Items.length);
      NextToken = answer.NextToken;
    } while (NextToken);
    expect(counts).toEqual([4, 4, 0]);
  });

  it('belongs to one statement and its parameters, whatever the limit', () => {
    const bench = orders();
    const statement = 'SELECT * FROM Things WHERE customer = ?';
    const first = { Parameters: [S('C1')], Limit: 1 };
    const { NextToken } = run(bench, statement, first);
    expect(keys(bench, statement, { ...first, Limit: 5, NextToken })).toEqual(['C1/2', 'C1/3']);
    const foreign = { Parameters: [S('C2')], NextToken };
    expect(problem(bench, statement, foreign)).toBe('NextToken does not match request');
    expect(problem(bench, 'SELECT * FROM Things', { NextToken })).toBe(
      'NextToken does not match request',
    );
    for (const token of ['garbage', btoa('garbage'), `${NextToken}A`, 'é']) {
      expect(problem(bench, statement, { ...first, NextToken: token })).toBe('Invalid NextToken');
    }
  });
});

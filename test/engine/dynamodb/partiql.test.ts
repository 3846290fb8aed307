/** What PartiQL statements may say at all. */
import { describe, expect, it } from 'vitest';
import { things } from './partiql.support.ts';
import { Bench, N } from './support.ts';

const problem = (bench: Bench, Statement: string): string => {
  const error = bench.refused('ExecuteStatement', { Statement });
  expect(error.name).toBe('ValidationException');
  return error.message;
};

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

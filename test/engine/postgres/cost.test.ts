/** What a statement costs is measured on the execution that the reader saw. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PLAN_LIMIT } from '../../../src/engine/postgres/answer.ts';
import type { PostgresEngine } from '../../../src/engine/postgres/session.ts';
import { openPostgres } from '../../../tools/engines/postgres.ts';
import { last, rowsOf, runScript } from './scripts.ts';

const TABLES = `
  CREATE TABLE parent (id int PRIMARY KEY, name text);
  CREATE TABLE child (
    id int PRIMARY KEY,
    parent_id int REFERENCES parent DEFERRABLE,
    n int
  );
  CREATE INDEX child_by_parent ON child (parent_id);
  INSERT INTO parent SELECT g, 'p' || g FROM generate_series(1, 100) g;
  INSERT INTO child SELECT g, 1 + g % 100, g FROM generate_series(1, 2000) g;
  VACUUM ANALYZE parent; VACUUM ANALYZE child;
`;

let pg: PostgresEngine;
beforeAll(async () => {
  pg = await openPostgres();
});
afterAll(() => pg.close());
beforeEach(() => pg.reset('inkwell'));

describe('the cost of a statement', () => {
  it('is its plan with rows, buffers and conditions', async () => {
    await last(pg, TABLES);
    const { cost } = await last(pg, 'SELECT * FROM child WHERE parent_id = 7 AND n > 1000');
    expect(cost?.plan).toMatchObject({
      node: 'Bitmap Heap Scan',
      relation: 'child',
      condition: '(parent_id = 7)',
      filter: '(n > 1000)',
      rows: 10,
      rowsRemoved: 10,
      loops: 1,
      children: [{ node: 'Bitmap Index Scan', index: 'child_by_parent', rows: 20, children: [] }],
    });
    // The index finds 20 places, the heap scan reads 20 rows: they are counted once.
    expect(cost?.rowsScanned).toBe(20);
    expect(cost?.buffersHit).toBe(cost?.plan.buffersHit);
    expect((cost?.buffersHit ?? 0) + (cost?.buffersRead ?? 0)).toBeGreaterThan(10);
    expect(cost?.walBytes).toBe(0);
  });

  it('counts every loop of a nested node', async () => {
    await last(pg, `${TABLES} SET enable_hashjoin = off; SET enable_mergejoin = off;`);
    const { cost } = await last(
      pg,
      'SELECT c.n FROM child c JOIN parent p ON p.id = c.parent_id WHERE c.id <= 50',
    );
    expect(cost?.plan.node).toBe('Nested Loop');
    expect(cost?.plan.rows).toBe(50);
    const [outer, inner] = cost?.plan.children ?? [];
    expect(outer).toMatchObject({ relation: 'child', rows: 50, loops: 1 });
    expect(inner?.loops).toBeGreaterThan(1);
    expect(inner?.rows).toBe(50);
  });

  it('counts the rows that a scan reads only to drop them', async () => {
    await last(pg, TABLES);
    const { cost, rowCount } = await last(pg, 'SELECT * FROM child WHERE n = 5');
    expect(rowCount).toBe(1);
    expect(cost).toMatchObject({
      rowsScanned: 2000,
      plan: { node: 'Seq Scan', rowsRemoved: 1999 },
    });
  });

  it('holds what a change writes to the log', async () => {
    await last(pg, TABLES);
    const { cost } = await last(pg, 'UPDATE child SET n = n + 1 WHERE id = 5');
    expect(cost?.plan).toMatchObject({
      node: 'ModifyTable',
      operation: 'Update',
      relation: 'child',
      children: [{ node: 'Index Scan', index: 'child_pkey', condition: '(id = 5)', rows: 1 }],
    });
    // The row's new version, and not a whole page of 8 kB.
    expect(cost?.walBytes).toBeGreaterThan(50);
    expect(cost?.walBytes).toBeLessThan(500);
  });

  it('does not hold what PostgreSQL reads to get to know the tables of the dataset', async () => {
    const { cost } = await last(
      pg,
      "INSERT INTO orders VALUES ('O9001', 'C5678', 9.95, 'Pending', '2024-11-01')",
    );
    // The table's page and its free space map, the index from its root: with the catalogues 30 pages.
    expect((cost?.buffersHit ?? 0) + (cost?.buffersRead ?? 0)).toBeLessThan(12);
  });

  it('is one plan for a statement that changes two tables', async () => {
    await last(pg, TABLES);
    const { cost } = await last(
      pg,
      `WITH moved AS (DELETE FROM child WHERE id = 1 RETURNING n)
       INSERT INTO parent SELECT 1000 + n, 'moved' FROM moved`,
    );
    expect(cost?.plan).toMatchObject({ node: 'ModifyTable', operation: 'Insert' });
    expect(JSON.stringify(cost?.plan)).toContain('"operation":"Delete"');
  });

  it('leaves out the statements inside functions and triggers', async () => {
    await last(
      pg,
      `${TABLES}
       CREATE FUNCTION total() RETURNS bigint LANGUAGE plpgsql AS
       $$ BEGIN RETURN (SELECT sum(n) FROM child); END $$;`,
    );
    const { cost } = await last(pg, 'SELECT total()');
    expect(cost?.plan).toMatchObject({ node: 'Result', children: [] });
    // Its buffers are the function's as well: that is what the statement read.
    expect(cost?.buffersHit).toBeGreaterThan(5);
  });

  it('is the one of a prepared statement, a parenthesised one, a CREATE TABLE AS', async () => {
    await last(pg, `${TABLES} PREPARE p AS SELECT * FROM child;`);
    for (const statement of [
      'EXECUTE p',
      '(SELECT * FROM child)',
      'CREATE TABLE copied AS SELECT * FROM child',
      'COPY (SELECT * FROM child) TO STDOUT',
    ]) {
      expect((await last(pg, statement)).cost?.rowsScanned, statement).toBe(2000);
    }
  });

  it('sums up what the statements of a block cost', async () => {
    await last(pg, TABLES);
    const { cost } = await last(
      pg,
      `DO $$ BEGIN
         UPDATE child SET n = 0 WHERE id = 1;
         DELETE FROM child WHERE n = 3;
       END $$`,
    );
    expect(cost?.plan).toMatchObject({
      node: 'Statements',
      children: [{ operation: 'Update' }, { operation: 'Delete' }],
    });
    const parts = cost?.plan.children ?? [];
    expect(cost?.buffersHit).toBe(parts.reduce((sum, { buffersHit }) => sum + buffersHit, 0));
    expect(cost?.walBytes).toBe(parts.reduce((sum, { walBytes }) => sum + walBytes, 0));
    expect(cost?.rowsScanned).toBe(2001);
  });

  it('is the only statement in a block, where there is one', async () => {
    await last(pg, TABLES);
    const { cost } = await last(pg, 'DO $$ BEGIN UPDATE child SET n = 0 WHERE id = 1; END $$');
    expect(cost?.plan).toMatchObject({ node: 'ModifyTable', operation: 'Update' });
  });

  it('is not known of a block with a long loop in it', async () => {
    await last(pg, TABLES);
    const loop = (times: number) =>
      `DO $$ BEGIN FOR i IN 1..${times} LOOP UPDATE child SET n = 0 WHERE id = i; END LOOP; END $$`;
    expect((await last(pg, loop(PLAN_LIMIT))).cost?.plan.children).toHaveLength(PLAN_LIMIT);
    expect(await last(pg, loop(PLAN_LIMIT + 1))).not.toHaveProperty('cost');
    expect((await last(pg, 'SELECT 1')).cost).toBeDefined();
  });

  it('holds the checks of deferred constraints at COMMIT', async () => {
    await last(pg, TABLES);
    const { cost } = await last(
      pg,
      `BEGIN; SET CONSTRAINTS ALL DEFERRED;
       INSERT INTO child VALUES (9001, 1, 1), (9002, 2, 2); COMMIT`,
    );
    expect(cost?.plan.children.map(({ node }) => node)).toEqual(['LockRows', 'LockRows']);
  });
});

describe('no cost have', () => {
  it.each([
    'CREATE TABLE t (a int)',
    'BEGIN',
    "SET work_mem = '8MB'",
    'EXPLAIN SELECT * FROM posts',
    'VACUUM posts',
    'SELECT 1 / 0',
    'COPY posts FROM STDIN',
  ])('%s', async (statement) => {
    expect((await runScript(pg, statement))[0]).not.toHaveProperty('cost');
  });
});

describe('the reader sees nothing of the measuring', () => {
  it('in the notices', async () => {
    for (const { notices } of await runScript(pg, 'SELECT 1; DO $$ BEGIN PERFORM 1; END $$')) {
      expect(notices).toEqual([]);
    }
  });

  it('in an EXPLAIN of their own', async () => {
    const rows = await rowsOf(
      pg,
      'EXPLAIN (ANALYZE, BUFFERS OFF, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT 1',
    );
    expect(rows).toEqual([['Result (actual rows=1.00 loops=1)']]);
  });
});

describe('a reader who sets auto_explain', () => {
  it.each(['text', 'xml', 'yaml'])('to %s gets results without cost', async (format) => {
    const script = `SET auto_explain.log_format = ${format}; SELECT '{}'::jsonb FROM posts LIMIT 1`;
    const result = await last(pg, script);
    expect(result).toMatchObject({ rows: [['{}']], notices: [] });
    expect(result).not.toHaveProperty('cost');
  });
});

describe('the cost is measured whatever the reader sets:', () => {
  it.each([
    'RESET ALL',
    'DISCARD ALL',
    'SET client_min_messages = error',
    'CREATE ROLE ann; GRANT SELECT ON posts TO ann; SET ROLE ann',
    "CREATE ROLE ann; GRANT SELECT ON posts TO ann; SET SESSION AUTHORIZATION 'ann'",
    'BEGIN READ ONLY',
    'BEGIN ISOLATION LEVEL SERIALIZABLE',
    'BEGIN; SAVEPOINT a; SELECT 1 / 0; ROLLBACK TO a',
  ])('%s', async (script) => {
    await runScript(pg, script);
    const { cost, notices } = await last(pg, 'SELECT count(*) FROM posts');
    expect(cost?.rowsScanned).toBeGreaterThan(0);
    expect(notices).toEqual([]);
  });
});

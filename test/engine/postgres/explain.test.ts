/** A statement is explained on demand: it is run, and what it did is rolled back. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Explanation, PlanNode } from '../../../src/engine/lab/result.ts';
import type { PostgresEngine } from '../../../src/engine/postgres/session.ts';
import { splitSql } from '../../../src/engine/postgres/split.ts';
import { openPostgres } from '../../../tools/engines/postgres.ts';
import { last, rowsOf, runScript } from './scripts.ts';

const TICKETS = `
  CREATE TABLE ticket (id serial PRIMARY KEY, owner int, note text);
  INSERT INTO ticket (owner, note) SELECT g % 100, repeat('x', 90) FROM generate_series(1, 4000) g;
  CREATE INDEX ticket_by_owner ON ticket (owner);
  VACUUM ANALYZE ticket;
`;

let pg: PostgresEngine;
beforeAll(async () => {
  pg = await openPostgres();
});
afterAll(() => pg.close());
beforeEach(async () => {
  await pg.reset('inkwell');
  await last(pg, TICKETS);
});

async function explained(text: string): Promise<Explanation> {
  const [statement] = splitSql(text);
  if (!statement) throw new Error('there is no statement in the script');
  return pg.explain(statement);
}

const flat = (node: PlanNode): PlanNode[] => [node, ...node.children.flatMap(flat)];

describe('an explanation', () => {
  it('has the plan as it was run, its cost, and a sentence', async () => {
    const { cost, sentence, rolledBack, notes } = await explained(
      'SELECT * FROM ticket WHERE owner = 7;',
    );
    expect(cost?.plan).toMatchObject({
      node: 'Bitmap Heap Scan',
      relation: 'ticket',
      condition: '(owner = 7)',
      rows: 40,
      loops: 1,
      children: [{ index: 'ticket_by_owner' }],
    });
    expect(cost?.rowsScanned).toBe(40);
    expect((cost?.buffersHit ?? 0) + (cost?.buffersRead ?? 0)).toBeGreaterThan(1);
    expect(sentence).toBe('The index ticket_by_owner led straight to 40 rows.');
    expect({ rolledBack, notes }).toEqual({ rolledBack: true, notes: [] });
  });

  it('has the plan that the statement then has when it is run', async () => {
    const text = 'SELECT owner, count(*) FROM ticket WHERE id < 500 GROUP BY owner ORDER BY 2, 1';
    const shape = (plan: PlanNode | undefined) =>
      plan && flat(plan).map(({ node, index, rows, loops }) => ({ node, index, rows, loops }));
    const { cost } = await explained(text);
    expect(shape(cost?.plan)).toEqual(shape((await last(pg, text)).cost?.plan));
  });

  it('tells what a sort and a hash took, which pages were changed, and what was logged', async () => {
    const sorted = (await explained('SELECT * FROM ticket ORDER BY note, id')).cost;
    expect(sorted?.plan).toMatchObject({
      node: 'Sort',
      sortKeys: ['note', 'id'],
      sortMethod: 'quicksort',
      memoryKiB: expect.any(Number),
    });
    await last(pg, 'SET enable_mergejoin = off; SET enable_nestloop = off');
    const joined = (await explained('SELECT * FROM ticket a JOIN ticket b ON a.id = b.owner')).cost;
    const hash = joined && flat(joined.plan).find(({ node }) => node === 'Hash');
    expect(hash?.memoryKiB).toBeGreaterThan(0);
    const changed = (await explained("UPDATE ticket SET note = 'y'")).cost;
    expect(changed?.walBytes).toBeGreaterThan(100_000);
    expect(changed?.plan.buffersDirtied).toBeGreaterThan(10);
  });

  it.each([
    'VALUES (1), (2)',
    'TABLE ticket',
    '(SELECT 1)',
    'WITH a AS (SELECT 1) SELECT * FROM a',
    'CREATE TABLE copied AS SELECT * FROM ticket',
    'CREATE MATERIALIZED VIEW copied AS SELECT * FROM ticket',
    'MERGE INTO ticket USING (VALUES (1)) v (n) ON n = id WHEN MATCHED THEN DELETE',
    'SELECT 1 \\gx',
  ])('can be had of %s', async (text) => {
    const { cost, error } = await explained(text);
    expect(error).toBeUndefined();
    expect(cost).toBeDefined();
  });

  it('can be had of a prepared statement and of one with variables', async () => {
    await last(pg, 'PREPARE p AS SELECT * FROM ticket WHERE id = 3');
    expect((await explained('EXECUTE p')).cost?.plan.index).toBe('ticket_pkey');
    await last(pg, '\\set nr 4');
    expect((await explained('SELECT * FROM ticket WHERE id = :nr;')).cost?.plan.condition).toBe(
      '(id = 4)',
    );
  });
});

describe('what a statement changes', () => {
  it('is rolled back, and this is said', async () => {
    const { cost, rolledBack, notes } = await explained('DELETE FROM ticket WHERE owner = 7');
    expect(cost?.plan).toMatchObject({ operation: 'Delete', children: [{ rows: 40 }] });
    expect(rolledBack).toBe(true);
    expect(notes).toEqual([
      'It was run, and what it changed was rolled back with its transaction.',
      'Sequences do not come back: numbers that it took are gone.',
      'What is checked only at COMMIT, as deferred constraints, was not.',
    ]);
    expect(await rowsOf(pg, 'SELECT count(*) FROM ticket')).toEqual([['4000']]);
  });

  it('is gone, but sequences stay advanced', async () => {
    await explained("INSERT INTO ticket (owner, note) VALUES (1, ''), (1, '')");
    expect(await rowsOf(pg, "SELECT nextval('ticket_id_seq'), count(*) FROM ticket")).toEqual([
      ['4003', '4000'],
    ]);
  });

  it('is gone also when functions do it', async () => {
    await last(
      pg,
      `CREATE FUNCTION clear() RETURNS bigint LANGUAGE sql AS
       'WITH gone AS (DELETE FROM ticket RETURNING 1) SELECT count(*) FROM gone'`,
    );
    await explained('SELECT clear()');
    expect(await rowsOf(pg, 'SELECT count(*) FROM ticket')).toEqual([['4000']]);
  });
});

describe('in an open transaction', () => {
  it('a savepoint takes back the statement, and only that', async () => {
    await last(pg, 'BEGIN; DELETE FROM ticket WHERE id = 1');
    const { notes, cost } = await explained('DELETE FROM ticket');
    expect(cost?.plan.children[0]?.rows).toBe(3999);
    expect(notes[0]).toBe(
      'It was run, and what it changed was rolled back to a savepoint in the open transaction.',
    );
    expect(await rowsOf(pg, 'SELECT count(*) FROM ticket')).toEqual([['3999']]);
    await last(pg, 'ROLLBACK');
    expect(await rowsOf(pg, 'SELECT count(*) FROM ticket')).toEqual([['4000']]);
  });

  it('a statement that fails leaves the transaction as it was', async () => {
    await last(pg, 'BEGIN; DELETE FROM ticket WHERE id = 1');
    expect((await explained('SELECT 1 / 0')).error?.code).toBe('22012');
    expect(await rowsOf(pg, 'SELECT count(*) FROM ticket')).toEqual([['3999']]);
  });

  it('that has failed, nothing can be explained', async () => {
    await runScript(pg, 'BEGIN; SELECT 1 / 0');
    const { error, rolledBack } = await explained('SELECT 1');
    expect(error).toMatchObject({ code: '25P02', line: 1, column: 1 });
    expect(rolledBack).toBeUndefined();
    expect((await runScript(pg, 'SELECT 1'))[0]?.error?.code).toBe('25P02');
  });
});

describe('an error', () => {
  it('is at its place in the script, and no transaction stays open', async () => {
    const [, statement] = splitSql('SELECT 1;\nSELECT id,\n  nope FROM ticket;');
    if (!statement) throw new Error('there are two statements');
    const { error, rolledBack } = await pg.explain(statement);
    expect(error).toMatchObject({ code: '42703', line: 3, column: 3 });
    expect(rolledBack).toBe(true);
    expect((await runScript(pg, 'ROLLBACK'))[0]?.notices[0]?.message).toBe(
      'there is no transaction in progress',
    );
  });
});

describe('refused, with the reason, is', () => {
  it.each([
    ['CREATE INDEX ON ticket (note)', 'CREATE has no plan'],
    ['VACUUM ticket', 'VACUUM has no plan'],
    ['BEGIN', 'BEGIN has no plan'],
    ["SET work_mem = '1MB'", 'SET has no plan'],
    ['DO $$ BEGIN PERFORM 1; END $$', 'DO has no plan'],
    ['COPY ticket TO STDOUT', 'COPY cannot be explained'],
    ['EXPLAIN SELECT 1', 'This is an EXPLAIN already'],
    ['\\dt', '\\dt is a command of psql'],
    ['SELECT 1\\; SELECT 2', 'several statements'],
  ])('%s', async (text, reason) => {
    const { error, ...others } = await explained(text);
    expect(error?.message).toContain(reason);
    expect(error).not.toHaveProperty('code');
    expect(others).toEqual({ notes: [] });
  });
});

it('a statement that breaks PostgreSQL is told, and PostgreSQL is there again', async () => {
  const { error } = await explained("SELECT convert_to('é', 'LATIN1')");
  expect(error?.severity).toBe('FATAL');
  expect(await rowsOf(pg, 'SELECT count(*) > 0 FROM posts')).toEqual([['t']]);
});

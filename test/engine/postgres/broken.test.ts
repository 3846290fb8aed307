/** What breaks PostgreSQL in PGlite is noticed at once, said, and undone. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PostgresEngine, PostgresEvent } from '../../../src/engine/postgres/session.ts';
import { openPostgres } from '../../../tools/engines/postgres.ts';
import { rowsOf, runScript } from './scripts.ts';

/** Statements after which PGlite itself answers nothing any more, or only later and to another. */
const BREAKING: Record<string, string> = {
  'a program that COPY writes to': "COPY (SELECT 1) TO PROGRAM 'cat'",
  'a program that COPY reads from': "COPY orders FROM PROGRAM 'cat'",
  'an overflow of the stack in JSON': `SELECT '${'['.repeat(20_000)}'::jsonb`,
};

describe.each([['image'], ['rebuild']] as const)('with resets by %s', (resetBy) => {
  let pg: PostgresEngine;
  const events: PostgresEvent[] = [];
  beforeAll(async () => {
    pg = await openPostgres({ resetBy, onEvent: (event) => events.push(event) });
  });
  afterAll(() => pg.close());
  beforeEach(async () => {
    await pg.reset('inkwell');
    events.length = 0;
  });

  it.each(Object.keys(BREAKING))('PostgreSQL comes back after %s', async (what) => {
    const script = `CREATE TABLE before_it (a int); BEGIN;\n${BREAKING[what]};\n
                    SELECT to_regclass('before_it'), count(*) > 0 FROM orders`;
    const results = await runScript(pg, script);
    expect(results[2]).toMatchObject({
      tag: '',
      error: {
        severity: 'FATAL',
        line: 2,
        message: expect.stringContaining('broke and was restored'),
      },
    });
    expect(results[2]?.error).not.toHaveProperty('code');
    // What follows runs on the snapshot, outside a transaction.
    expect(results[3]?.rows).toEqual([[null, 't']]);
    expect(events.filter(({ event }) => event === 'broken')).toHaveLength(1);
  });

  it('a script can go on for long after that', async () => {
    await runScript(pg, "COPY (SELECT 1) TO PROGRAM 'cat'");
    const rows = await rowsOf(
      pg,
      `CREATE FUNCTION f(i int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN i + 1; END $$;
       CREATE TABLE t AS SELECT f(g) AS n FROM generate_series(1, 10000) g;
       CREATE INDEX ON t (n); BEGIN; DELETE FROM t WHERE n > 5000; ROLLBACK;
       SELECT count(*), sum(n) FROM t`,
    );
    expect(rows).toEqual([['10000', '50015000']]);
  });
});

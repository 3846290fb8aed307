/** What breaks PostgreSQL in PGlite is noticed at once, said, and undone. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PostgresEngine, PostgresEvent } from '../../../src/engine/postgres/session.ts';
import { openPostgres } from '../../../tools/engines/postgres.ts';
import { rowsOf, runScript } from './scripts.ts';

/** Statements after which PGlite itself answers nothing any more, or only later and to another. */
const BREAKING: Record<string, string> = {
  'an overflow of the stack in JSON': `SELECT '${'['.repeat(20_000)}'::jsonb`,
  'an overflow of the stack in a regular expression': `SELECT 'x' ~ '${'('.repeat(5000)}'`,
  'a conversion to another encoding': "SELECT convert_to('ä', 'LATIN1')",
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
    await runScript(pg, "SELECT convert_to('ä', 'LATIN1')");
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

describe('what would break PGlite, and does not', () => {
  let pg: PostgresEngine;
  beforeAll(async () => {
    pg = await openPostgres();
  });
  afterAll(() => pg.close());

  it.each(["COPY (SELECT 1) TO PROGRAM 'cat'", "COPY orders FROM PROGRAM 'cat'"])(
    '%s is an error like any other: there are no programs',
    async (copy) => {
      const results = await runScript(pg, `BEGIN; SAVEPOINT before; ${copy}; ROLLBACK TO before`);
      expect(results[2]?.error).toMatchObject({
        code: 'XX000',
        message: 'could not execute command "cat": Function not implemented',
        hint: expect.stringContaining('in a browser there are none'),
      });
      expect(results[3]?.tag).toBe('ROLLBACK');
      await pg.reset('inkwell');
    },
  );
});

it('an overflow of the stack is called by its name', async () => {
  const pg = await openPostgres();
  const [broken] = await runScript(pg, "SELECT repeat('[', 20000)::jsonb");
  expect(broken?.error?.message).toContain('than the stack of a browser allows');
  await pg.close();
});

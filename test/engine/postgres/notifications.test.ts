/** What arrives beside rows, and what lasts from one statement of a run to the next. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PostgresEngine } from '../../../src/engine/postgres/session.ts';
import { openPostgres } from '../../../tools/engines/postgres.ts';
import { last, rowsOf, runScript } from './scripts.ts';

let pg: PostgresEngine;
beforeAll(async () => {
  pg = await openPostgres();
});
afterAll(() => pg.close());
beforeEach(() => pg.reset('inkwell'));

/** The notices of each statement of a script, as one line each. */
async function noticesOf(script: string): Promise<string[][]> {
  const results = await runScript(pg, script);
  return results.map(({ notices }) =>
    notices.map(({ severity, message }) => `${severity}: ${message}`),
  );
}

const received = (channel: string, payload?: string) =>
  `NOTIFY: Asynchronous notification "${channel}"${payload === undefined ? '' : ` with payload "${payload}"`} received from server process with PID 42.`;

describe('notifications', () => {
  it('are those of psql, with or without a payload', async () => {
    expect(await noticesOf("LISTEN news; NOTIFY news; NOTIFY news, 'hello'")).toEqual([
      [],
      [received('news')],
      [received('news', 'hello')],
    ]);
  });

  it('come with COMMIT, in order, and each only once', async () => {
    const script = `LISTEN a; LISTEN b; BEGIN; NOTIFY b, '1'; NOTIFY a, '2'; NOTIFY b, '1'; COMMIT`;
    expect((await noticesOf(script)).slice(2)).toEqual([
      [],
      [],
      [],
      [],
      [received('b', '1'), received('a', '2')],
    ]);
  });

  it('do not come after ROLLBACK, after UNLISTEN, or for a channel that nobody listens to', async () => {
    const script = `LISTEN a; BEGIN; NOTIFY a; ROLLBACK; NOTIFY b; UNLISTEN a; NOTIFY a`;
    expect((await noticesOf(script)).flat()).toEqual([]);
  });

  it('come from triggers too', async () => {
    const script = `
      CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_notify('orders', NEW.order_id::text); RETURN NEW; END $$;
      CREATE TABLE placed (order_id int);
      CREATE TRIGGER told AFTER INSERT ON placed FOR EACH ROW EXECUTE FUNCTION tell();
      LISTEN orders;
      INSERT INTO placed VALUES (1), (2)`;
    expect((await noticesOf(script)).at(-1)).toEqual([
      received('orders', '1'),
      received('orders', '2'),
    ]);
  });

  it('are not heard any more after a reset', async () => {
    await last(pg, 'LISTEN news');
    await pg.reset('inkwell');
    expect(await noticesOf('NOTIFY news')).toEqual([[]]);
  });
});

describe('messages', () => {
  it('come in the order in which they were raised, warnings and notices together', async () => {
    const script = `
      DO $$ BEGIN
        RAISE NOTICE 'one'; RAISE WARNING 'two'; RAISE INFO 'three'; RAISE NOTICE 'four';
      END $$;
      DROP TABLE IF EXISTS nothing;
      COMMIT`;
    expect(await noticesOf(script)).toEqual([
      ['NOTICE: one', 'WARNING: two', 'INFO: three', 'NOTICE: four'],
      ['NOTICE: table "nothing" does not exist, skipping'],
      ['WARNING: there is no transaction in progress'],
    ]);
  });

  it('are those that client_min_messages lets through', async () => {
    const script = `SET client_min_messages = warning;
      DO $$ BEGIN RAISE NOTICE 'hidden'; RAISE WARNING 'shown'; END $$`;
    expect((await noticesOf(script))[1]).toEqual(['WARNING: shown']);
  });

  it('that came before an error are kept', async () => {
    const [result] = await runScript(
      pg,
      "DO $$ BEGIN RAISE NOTICE 'before'; RAISE EXCEPTION 'stop'; END $$",
    );
    expect(result?.notices.map(({ message }) => message)).toEqual(['before']);
    expect(result?.error?.message).toBe('stop');
  });
});

describe('the time of a statement', () => {
  it('is measured, of failures too', async () => {
    for (const { milliseconds } of await runScript(pg, 'SELECT 1; SELECT 1 / 0; BEGIN')) {
      expect(milliseconds).toBeGreaterThan(0);
    }
  });

  it('is that of the statement', async () => {
    const script = 'SELECT 1; SELECT count(*) FROM generate_series(1, 300000)';
    const [short, long] = await runScript(pg, script);
    expect(long?.milliseconds).toBeGreaterThan(short?.milliseconds ?? Number.POSITIVE_INFINITY);
  });
});

describe('COPY TO STDOUT', () => {
  it('is its lines, as psql prints them', async () => {
    const { rows, tag } = await last(
      pg,
      `COPY (VALUES (1, 'a b', NULL), (2, 'x,"y"', 'ü')) TO STDOUT (FORMAT csv, HEADER)`,
    );
    expect(tag).toBe('COPY 2');
    expect(rows).toEqual([['column1,column2,column3'], ['1,a b,'], ['2,"x,""y""",ü']]);
  });
});

describe('from statement to statement last, and end with a reset:', () => {
  it.each([
    {
      what: 'an open transaction',
      script: 'BEGIN; CREATE TABLE kept ()',
      ask: 'SELECT now() = statement_timestamp(), pg_current_xact_id_if_assigned() IS NOT NULL',
      during: [['f', 't']],
      after: [['t', 'f']],
    },
    {
      what: 'a temporary table',
      script: 'CREATE TEMP TABLE scratch AS SELECT 1 AS a',
      ask: "SELECT to_regclass('pg_temp.scratch') IS NOT NULL",
      during: [['t']],
      after: [['f']],
    },
    {
      what: 'a role, and acting as it',
      script: 'CREATE ROLE ann; SET ROLE ann',
      ask: "SELECT current_user, (SELECT count(*) FROM pg_roles WHERE rolname = 'ann')",
      during: [['ann', '1']],
      after: [['postgres', '0']],
    },
    {
      what: 'a setting',
      script: "SET work_mem = '123kB'; SET my.own = 'x'",
      ask: "SELECT current_setting('work_mem'), current_setting('my.own', true)",
      during: [['123kB', 'x']],
      after: [['4MB', null]],
    },
    {
      what: 'a prepared statement',
      script: 'PREPARE p AS SELECT 1',
      ask: 'SELECT count(*) FROM pg_prepared_statements',
      during: [['1']],
      after: [['0']],
    },
    {
      what: 'a cursor',
      script: 'DECLARE c CURSOR WITH HOLD FOR SELECT 1',
      ask: 'SELECT count(*) FROM pg_cursors',
      during: [['1']],
      after: [['0']],
    },
    {
      what: 'an advisory lock',
      script: 'SELECT pg_advisory_lock(7)',
      ask: "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'",
      during: [['1']],
      after: [['0']],
    },
    {
      what: "a sequence's last value",
      script: "CREATE SEQUENCE nr; SELECT nextval('nr')",
      ask: "SELECT (SELECT last_value FROM pg_sequences WHERE sequencename = 'nr')",
      during: [['1']],
      after: [[null]],
    },
  ])('$what', async ({ script, ask, during, after }) => {
    await last(pg, script);
    expect(await rowsOf(pg, ask)).toEqual(during);
    await pg.reset('inkwell');
    expect(await rowsOf(pg, ask)).toEqual(after);
  });

  it('a transaction that failed, until it ends', async () => {
    await runScript(pg, 'BEGIN; SELECT 1 / 0');
    expect((await runScript(pg, 'SELECT 1'))[0]?.error?.code).toBe('25P02');
    await pg.reset('inkwell');
    expect(await rowsOf(pg, 'SELECT 1')).toEqual([['1']]);
  });
});

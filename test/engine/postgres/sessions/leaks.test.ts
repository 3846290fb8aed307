/** What belongs to one session stays its own; what belongs to the database is everybody's. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LiveSessions } from '../../../../src/engine/postgres/sessions/live.ts';
import { openLiveSessions } from '../../../../tools/engines/postgres-sessions.ts';
import { answerOf, playLines, told } from './support.ts';

let live: LiveSessions;
beforeAll(async () => {
  live = await openLiveSessions();
});
afterAll(() => live.close());

const play = (...lines: string[]) => playLines(live, lines);
const outcomes = async (...lines: string[]) => told(await play(...lines));

describe('of a session alone', () => {
  it('are its settings, however they were made', async () => {
    const all = await outcomes(
      "A: SET work_mem = '1MB'",
      "A: SELECT set_config('app.user', 'ann', false)",
      'A: SET search_path = pg_catalog',
      'B: SHOW work_mem',
      "B: SELECT current_setting('app.user', true)",
      'B: SHOW search_path',
      'A: SHOW work_mem',
      'A: SHOW search_path',
      "A: SELECT current_setting('app.user')",
    );
    expect(all.slice(3)).toEqual([
      'B1 (4MB)',
      'B2 ()',
      'B3 ("$user", public)',
      'A4 (1MB)',
      'A5 (pg_catalog)',
      'A6 (ann)',
    ]);
  });

  it('are its role and what comes of it', async () => {
    const all = await outcomes(
      'A: CREATE ROLE reader',
      'A: SET ROLE reader',
      'B: SELECT current_user',
      'A: SELECT current_user',
      'A: SELECT balance FROM accounts',
      'B: SELECT count(*) FROM accounts',
    );
    expect(all.slice(2)).toEqual(['B1 (postgres)', 'A3 (reader)', 'A4 42501', 'B2 (2)']);
  });

  it('are temporary tables, of the same name in both', async () => {
    const all = await outcomes(
      'A: CREATE TEMP TABLE mine AS SELECT g FROM generate_series(1, 2000) g',
      "B: CREATE TEMP TABLE mine AS SELECT 'b' AS g",
      'A: SELECT count(*), sum(g) FROM mine',
      'B: SELECT * FROM mine',
      'B: DROP TABLE mine',
      'A: SELECT max(g) FROM mine',
      'B: SELECT * FROM mine',
    );
    expect(all.slice(2)).toEqual([
      'A2 (2000, 2001000)',
      'B2 (b)',
      'B3 DROP TABLE',
      'A3 (2000)',
      'B4 42P01',
    ]);
  });

  it('are prepared statements and cursors', async () => {
    const all = await outcomes(
      'A: PREPARE one AS SELECT balance FROM accounts WHERE id = $1',
      'B: EXECUTE one(1)',
      'A: BEGIN',
      'A: DECLARE two CURSOR WITH HOLD FOR SELECT id FROM accounts ORDER BY id',
      'B: BEGIN',
      'B: FETCH two',
      'A: FETCH two',
      'A: COMMIT',
      'A: FETCH two',
      'A: EXECUTE one(2)',
    );
    expect(all).toEqual([
      'A1 PREPARE',
      'B1 26000',
      'A2 BEGIN',
      'A3 DECLARE CURSOR',
      'B2 BEGIN',
      'B3 34000',
      'A4 (1)',
      'A5 COMMIT',
      'A6 (2)',
      'A7 (100)',
    ]);
  });

  it('are advisory locks, also beyond a transaction', async () => {
    const all = await outcomes(
      'A: SELECT pg_advisory_lock(7)',
      'B: SELECT pg_try_advisory_lock(7)',
      'B: SELECT pg_advisory_unlock(7)',
      'B: SELECT pg_advisory_lock(7)',
      'A: SELECT pg_advisory_unlock(7)',
      'A: SELECT pg_try_advisory_lock(7)',
    );
    expect(all).toEqual(['A1 ()', 'B1 (f)', 'B2 (f)', 'B3 waits', 'A2 (t)', 'B3 ()', 'A3 (f)']);
  });

  it('is its open transaction, also a failed one, with its savepoints', async () => {
    const all = await outcomes(
      'A: BEGIN',
      'B: BEGIN',
      'A: SELECT 1 / 0',
      'B: SAVEPOINT s',
      'A: SELECT 1',
      'B: INSERT INTO accounts VALUES (3, 3)',
      'B: ROLLBACK TO s',
      'A: ROLLBACK TO s',
      'A: COMMIT',
      'B: COMMIT',
      'A: SELECT count(*) FROM accounts',
    );
    expect(all.slice(2)).toEqual([
      'A2 22012',
      'B2 SAVEPOINT',
      'A3 25P02',
      'B3 INSERT 0 1',
      'B4 ROLLBACK',
      'A4 3B001',
      'A5 ROLLBACK',
      'B5 COMMIT',
      'A6 (2)',
    ]);
  });

  it('is what a sequence gave it last', async () => {
    const all = await outcomes(
      'A: CREATE SEQUENCE numbers CACHE 5',
      "A: SELECT nextval('numbers')",
      "B: SELECT currval('numbers')",
      "B: SELECT nextval('numbers')",
      "A: SELECT nextval('numbers'), currval('numbers'), lastval()",
      "B: SELECT currval('numbers')",
    );
    expect(all.slice(1)).toEqual(['A2 (1)', 'B1 55000', 'B2 (6)', 'A3 (2, 2, 2)', 'B3 (6)']);
  });

  it('is what it listens to; what it is notified of comes with its next answer', async () => {
    const events = await play(
      'A: LISTEN news',
      "B: NOTIFY news, 'from b'",
      'B: SELECT 1',
      'A: SELECT 2',
      'A: SELECT 3',
    );
    expect(answerOf(events, 'B2').notices).toBeUndefined();
    expect([answerOf(events, 'A2').notices, answerOf(events, 'A3').notices]).toEqual([
      [
        'NOTIFY: Asynchronous notification "news" with payload "from b" received from server process B',
      ],
      undefined,
    ]);
  });

  it('is what random() goes on from, once it has been seeded', async () => {
    const all = await outcomes(
      'A: SELECT setseed(0.5)',
      'B: SELECT setseed(0.5)',
      'A: CREATE TABLE a AS SELECT random() AS r',
      'B: CREATE TABLE b AS SELECT random() AS r',
      'B: SELECT a.r = b.r FROM a, b',
      'A: CREATE TABLE c AS SELECT random() AS r',
      'B: SELECT a.r = c.r FROM a, c',
    );
    expect([all[4], all[6]]).toEqual(['B3 (t)', 'B4 (f)']);
  });

  it('is a file that a large sort has spilled to', async () => {
    const large =
      'SELECT count(*) FROM (SELECT md5(g::text) h FROM generate_series(1, 20000) g ORDER BY h) t';
    const all = await outcomes(
      "A: SET work_mem = '64kB'",
      "B: SET work_mem = '64kB'",
      'A: BEGIN',
      'A: DECLARE sorted CURSOR FOR SELECT md5(g::text) h FROM generate_series(1, 20000) g ORDER BY h',
      'A: FETCH sorted',
      `B: ${large}`,
      'A: FETCH sorted',
      'A: MOVE 19990 IN sorted',
      'A: FETCH sorted',
    );
    expect(all.slice(4)).toEqual([
      'A4 (00003e3b9e5336685200ae85d21b4f5e)',
      'B2 (20000)',
      'A5 (0004d0b59e19461ff126e3a08a814c33)',
      'A6 MOVE 19990',
      'A7 (ffdc7fa7222f38cac5455d928f2b021b)',
    ]);
  });
});

describe('of everybody', () => {
  it('are changes to tables, also where another has a plan or a cached row type of before', async () => {
    const all = await outcomes(
      'B: PREPARE all_of_it AS SELECT * FROM accounts WHERE id = $1',
      'B: EXECUTE all_of_it(1)',
      'B: SELECT accounts FROM accounts WHERE id = 2',
      "A: ALTER TABLE accounts ADD COLUMN note text DEFAULT 'hi'",
      'B: SELECT accounts FROM accounts WHERE id = 2',
      'B: EXECUTE all_of_it(1)',
      'A: DROP TABLE accounts',
      'B: EXECUTE all_of_it(1)',
      'B: SELECT 1 FROM accounts',
    );
    expect(all.slice(1)).toEqual([
      'B2 (1, 100)',
      'B3 ((2,100))',
      'A1 ALTER TABLE',
      'B4 ((2,100,hi))',
      'B5 0A000',
      'A2 DROP TABLE',
      'B6 42P01',
      'B7 42P01',
    ]);
  });

  it('are functions, types and indexes that another has made', async () => {
    const all = await outcomes(
      "A: CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END'",
      'B: SELECT f()',
      "A: CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 2; END'",
      'B: SELECT f()',
      "A: CREATE TYPE mood AS ENUM ('glad')",
      "B: SELECT 'glad'::mood",
      'B: UPDATE accounts SET balance = 50 WHERE id = 2',
      'A: CREATE UNIQUE INDEX ON accounts (balance)',
      'B: INSERT INTO accounts VALUES (3, 100)',
    );
    expect(all.filter((line) => line.startsWith('B'))).toEqual([
      'B1 (1)',
      'B2 (2)',
      'B3 (glad)',
      'B4 UPDATE 1',
      'B5 23505',
    ]);
  });

  it('are VACUUM, ANALYZE and CHECKPOINT, while another goes on', async () => {
    const all = await outcomes(
      'A: INSERT INTO accounts SELECT g, g FROM generate_series(10, 3000) g',
      'B: BEGIN',
      'B: SELECT count(*) FROM accounts',
      'A: DELETE FROM accounts WHERE id >= 10',
      'A: VACUUM accounts',
      'A: ANALYZE accounts',
      'A: CHECKPOINT',
      'B: SELECT count(*) FROM accounts',
      'B: INSERT INTO accounts SELECT g, g FROM generate_series(10, 3000) g',
      'A: VACUUM (FULL) accounts',
      'B: COMMIT',
      'A: SELECT count(*) FROM accounts',
    );
    expect(all.slice(4)).toEqual([
      'A3 VACUUM',
      'A4 ANALYZE',
      'A5 CHECKPOINT',
      'B3 (2)',
      'B4 INSERT 0 2991',
      'A6 waits',
      'B5 COMMIT',
      'A6 VACUUM',
      'A7 (2993)',
    ]);
  });

  it('is a snapshot that one has exported', async () => {
    const exported = await play(
      'A: BEGIN ISOLATION LEVEL REPEATABLE READ',
      'A: SELECT pg_export_snapshot()',
      'B: INSERT INTO accounts VALUES (3, 3)',
      'B: BEGIN ISOLATION LEVEL REPEATABLE READ',
    );
    const name = answerOf(exported, 'A2').rows?.[0]?.[0];
    const all = await outcomes(
      'A: BEGIN ISOLATION LEVEL REPEATABLE READ',
      'A: SELECT pg_export_snapshot()',
      'B: INSERT INTO accounts VALUES (3, 3)',
      'B: BEGIN ISOLATION LEVEL REPEATABLE READ',
      `B: SET TRANSACTION SNAPSHOT '${name}'`,
      'B: SELECT count(*) FROM accounts',
      'B: COMMIT',
      'B: SELECT count(*) FROM accounts',
    );
    expect(all.slice(4)).toEqual(['B3 SET', 'B4 (2)', 'B5 COMMIT', 'B6 (3)']);
  });

  it('is a transaction that one has prepared: the other waits for it and can end it', async () => {
    const all = await outcomes(
      'A: BEGIN',
      'A: UPDATE accounts SET balance = 1 WHERE id = 1',
      "A: PREPARE TRANSACTION 'two'",
      'B: UPDATE accounts SET balance = balance + 1 WHERE id = 1 RETURNING balance',
      "A: COMMIT PREPARED 'two'",
    );
    expect(all.slice(3)).toEqual(['B1 waits', 'A4 COMMIT PREPARED', 'B1 (2)']);
  });
});

it('leaves nothing to the next play', async () => {
  await play(
    'A: CREATE TABLE left_over (a int)',
    'A: SET work_mem = 64',
    'A: LISTEN news',
    'A: SELECT pg_advisory_lock(1)',
    'A: BEGIN',
    'A: DELETE FROM accounts',
    'B: DELETE FROM accounts',
  );
  const all = await outcomes(
    'A: SELECT count(*) FROM accounts',
    "A: SELECT to_regclass('left_over')",
    'A: SHOW work_mem',
    "A: SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'",
    'B: SELECT count(*) FROM accounts',
    'A: SELECT pg_listening_channels()',
  );
  expect(all).toEqual(['A1 (2)', 'A2 ()', 'A3 (4MB)', 'A4 (0)', 'B1 (2)', 'A5 ']);
});

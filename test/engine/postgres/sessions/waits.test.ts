/** How waits end: by deadlock detection, timeouts, cancellation; and waits for other things than a row. */
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

describe('a deadlock', () => {
  it('of two is noticed by the session that closes the circle, in PostgreSQL’s words', async () => {
    const events = await play(
      'A: BEGIN',
      'B: BEGIN',
      'A: UPDATE accounts SET balance = 1 WHERE id = 1',
      'B: UPDATE accounts SET balance = 2 WHERE id = 2',
      'B: UPDATE accounts SET balance = 2 WHERE id = 1',
      'A: UPDATE accounts SET balance = 1 WHERE id = 2',
      'A: ROLLBACK',
      'B: COMMIT',
    );
    expect(told(events).slice(4)).toEqual([
      'B3 waits',
      'A3 40P01',
      'B3 UPDATE 1',
      'A4 ROLLBACK',
      'B4 COMMIT',
    ]);
    expect(answerOf(events, 'A3').error).toEqual({
      code: '40P01',
      message: 'deadlock detected',
      detail:
        'Process A waits for ShareLock on transaction B; blocked by process B.\nProcess B waits for ShareLock on transaction A; blocked by process A.',
      hint: 'See server log for query details.',
    });
  });

  it('of three is noticed by the third', async () => {
    const events = await play(
      'A: BEGIN',
      'B: BEGIN',
      'C: BEGIN',
      'A: SELECT pg_advisory_xact_lock(1)',
      'B: SELECT pg_advisory_xact_lock(2)',
      'C: SELECT pg_advisory_xact_lock(3)',
      'A: SELECT pg_advisory_xact_lock(2)',
      'B: SELECT pg_advisory_xact_lock(3)',
      'C: SELECT pg_advisory_xact_lock(1)',
      'B: COMMIT',
      'A: COMMIT',
    );
    expect(told(events).slice(6)).toEqual([
      'A3 waits',
      'B3 waits',
      'C3 40P01',
      'B3 ()',
      'B4 COMMIT',
      'A3 ()',
      'A4 COMMIT',
    ]);
    expect(answerOf(events, 'C3').error?.detail?.split('\n')).toHaveLength(3);
  });

  it('is also one of a row and a table, and of an upgraded lock', async () => {
    const upgraded = await outcomes(
      'A: BEGIN',
      'B: BEGIN',
      'A: SELECT balance FROM accounts WHERE id = 1 FOR SHARE',
      'B: SELECT balance FROM accounts WHERE id = 1 FOR SHARE',
      'A: UPDATE accounts SET balance = 1 WHERE id = 1',
      'B: UPDATE accounts SET balance = 2 WHERE id = 1',
    );
    expect(upgraded.slice(4)).toEqual(['A3 waits', 'B3 40P01', 'A3 UPDATE 1']);
    const tables = await outcomes(
      'A: BEGIN',
      'B: BEGIN',
      'A: LOCK accounts IN SHARE MODE',
      'B: LOCK accounts IN SHARE MODE',
      'A: DELETE FROM accounts',
      'B: DELETE FROM accounts',
    );
    expect(tables.slice(4)).toEqual(['A3 waits', 'B3 40P01', 'A3 DELETE 2']);
  });

  it('that another order of waiting would avoid is avoided', async () => {
    // B waits for A, C is behind B; A asks for what only C's place in the queue keeps from it.
    const events = await outcomes(
      'A: BEGIN',
      'A: LOCK accounts IN ACCESS SHARE MODE',
      'B: BEGIN',
      'B: SELECT pg_advisory_xact_lock(1)',
      'C: ALTER TABLE accounts ADD note text',
      'B: SELECT count(*) FROM accounts',
      'A: SELECT pg_advisory_xact_lock(1)',
      'B: COMMIT',
      'A: COMMIT',
    );
    expect(events.slice(4)).toEqual([
      'C1 waits',
      'B3 waits',
      'A3 waits',
      'B3 (2)',
      'B4 COMMIT',
      'A3 ()',
      'A4 COMMIT',
      'C1 ALTER TABLE',
    ]);
  });
});

describe('a timeout', () => {
  const LOCKED = ['A: BEGIN', 'A: LOCK accounts'];

  it('of a wait for a lock comes when nothing else is left to do', async () => {
    const events = await play(
      ...LOCKED,
      "B: SET lock_timeout = '2s'",
      'B: SELECT 1 FROM accounts',
      'A: SELECT 1',
      'B: SELECT 2',
    );
    expect(told(events).slice(3)).toEqual(['B2 waits', 'A3 (1)', 'B2 55P03', 'B3 (2)']);
    expect(answerOf(events, 'B2').error?.message).toBe('canceling statement due to lock timeout');
  });

  it('of a statement, too; and the shorter of both is the one', async () => {
    for (const [lock, statement, message] of [
      [0, 500, 'canceling statement due to statement timeout'],
      [900, 500, 'canceling statement due to statement timeout'],
      [500, 900, 'canceling statement due to lock timeout'],
    ]) {
      const events = await play(
        ...LOCKED,
        `B: SET lock_timeout = ${lock}`,
        `B: SET statement_timeout = ${statement}`,
        'B: SELECT 1 FROM accounts',
      );
      expect(answerOf(events, 'B3').error?.message).toBe(message);
    }
  });

  it('does not come where the lock is released in time', async () => {
    const events = await outcomes(
      ...LOCKED,
      'B: SET lock_timeout = 1',
      'B: SELECT count(*) FROM accounts',
      'A: COMMIT',
      'B: SELECT pg_sleep(0.1)',
    );
    expect(events.slice(3)).toEqual(['B2 waits', 'A3 COMMIT', 'B2 (2)', 'B3 ()']);
  });

  it('ends a sleep, and sleeping takes no time', async () => {
    const start = performance.now();
    const events = await outcomes(
      'A: SELECT pg_sleep(3600)',
      "A: SET statement_timeout = '1min'",
      'A: SELECT pg_sleep(3600)',
      'A: SELECT 1',
    );
    expect(events).toEqual(['A1 ()', 'A2 SET', 'A3 57014', 'A4 (1)']);
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  it('ends a statement that computes for too long, once it asks for the time', async () => {
    const events = await play(
      'A: SET statement_timeout = 50',
      'A: DO $$ BEGIN LOOP PERFORM clock_timestamp(); END LOOP; END $$',
      'B: SELECT 1',
    );
    expect(told(events)).toEqual(['A1 SET', 'A2 57014', 'B1 (1)']);
  });
});

describe('a wait', () => {
  it('is ended by pg_cancel_backend of another session', async () => {
    const events = await play(
      'A: BEGIN',
      'A: LOCK accounts',
      'B: SELECT count(*) FROM accounts',
      "A: SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'",
      'A: COMMIT',
      'B: SELECT count(*) FROM accounts',
    );
    expect(told(events).slice(2)).toEqual([
      'B1 waits',
      'A3 (t)',
      'B1 57014',
      'A4 COMMIT',
      'B2 (2)',
    ]);
  });

  it('may have several parts: for the place in the row’s queue, then for transaction after transaction', async () => {
    const events = await outcomes(
      'A: BEGIN',
      'A: UPDATE accounts SET balance = balance + 1',
      'B: BEGIN',
      'B: UPDATE accounts SET balance = balance * 2',
      'C: BEGIN',
      'C: SELECT sum(balance) FROM (SELECT balance FROM accounts ORDER BY id FOR UPDATE) t',
      'A: ROLLBACK',
      'B: SELECT 1',
      'B: COMMIT',
      'C: COMMIT',
    );
    expect(events.slice(3)).toEqual([
      'B2 waits',
      'C1 BEGIN',
      'C2 waits',
      'A3 ROLLBACK',
      'B2 UPDATE 2',
      'B3 (1)',
      'B4 COMMIT',
      'C2 (400)',
      'C3 COMMIT',
    ]);
  });

  it('is in the middle of what a function does, and its work goes on from there', async () => {
    const setup = `CREATE TABLE accounts (id int PRIMARY KEY, balance int); INSERT INTO accounts VALUES (1, 100), (2, 100);
      CREATE TABLE log (line text);
      CREATE FUNCTION move(amount int) RETURNS text LANGUAGE plpgsql AS $$
        DECLARE sum int := 0; each record;
        BEGIN
          FOR each IN SELECT g FROM generate_series(1, 50) g LOOP sum := sum + each.g; END LOOP;
          INSERT INTO log VALUES ('before ' || sum);
          BEGIN
            UPDATE accounts SET balance = balance - amount WHERE id = 1;
            RAISE NOTICE 'moved %', amount;
            PERFORM 1 / 0;
          EXCEPTION WHEN division_by_zero THEN
            INSERT INTO log VALUES ('caught');
          END;
          UPDATE accounts SET balance = balance + amount WHERE id = 2;
          RETURN 'done ' || sum;
        END $$`;
    const events = await playLines(
      live,
      [
        'A: BEGIN',
        'A: UPDATE accounts SET balance = 0',
        'B: SELECT move(7)',
        'A: CREATE TABLE meanwhile AS SELECT g, md5(g::text) FROM generate_series(1, 3000) g',
        'A: COMMIT',
      ],
      {
        setup,
        final: [
          'SELECT * FROM accounts ORDER BY id',
          'SELECT * FROM log',
          'SELECT count(*) FROM meanwhile',
        ],
      },
    );
    expect(told(events).slice(2)).toEqual([
      'B1 waits',
      'A3 SELECT 3000',
      'A4 COMMIT',
      'B1 (done 1275)',
    ]);
    expect(answerOf(events, 'B1').notices).toEqual(['NOTICE: moved 7']);
    expect(events.final.map(({ rows }) => rows)).toEqual([
      [
        ['1', '0'],
        ['2', '7'],
      ],
      [['before 1275'], ['caught']],
      [['3000']],
    ]);
  });

  it('may be one at COMMIT, for a key that is checked there', async () => {
    const setup = 'CREATE TABLE keys (key int UNIQUE DEFERRABLE INITIALLY DEFERRED)';
    const events = await playLines(
      live,
      [
        'A: BEGIN',
        'A: INSERT INTO keys VALUES (1)',
        'B: BEGIN',
        'B: INSERT INTO keys VALUES (1)',
        'B: COMMIT',
        'A: COMMIT',
      ],
      { setup },
    );
    expect(told(events).slice(4)).toEqual(['B3 waits', 'A3 COMMIT', 'B3 23505']);
  });

  it('of CREATE INDEX CONCURRENTLY is for the transactions of before', async () => {
    const events = await outcomes(
      'A: BEGIN',
      'A: INSERT INTO accounts VALUES (3, 300)',
      'B: CREATE INDEX CONCURRENTLY later ON accounts (balance)',
      'A: SELECT count(*) FROM accounts',
      'A: COMMIT',
      'B: SET enable_seqscan = off',
      'B: SELECT id FROM accounts WHERE balance = 300',
    );
    expect(events.slice(2)).toEqual([
      'B1 waits',
      'A3 (3)',
      'A4 COMMIT',
      'B1 CREATE INDEX',
      'B2 SET',
      'B3 (3)',
    ]);
  });

  it('of a READ ONLY DEFERRABLE transaction is for a snapshot that is safe', async () => {
    const events = await play(
      'A: BEGIN ISOLATION LEVEL SERIALIZABLE',
      'A: UPDATE accounts SET balance = 0 WHERE id = 1',
      'B: BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY DEFERRABLE',
      'B: SELECT sum(balance) FROM accounts',
      'A: COMMIT',
      'B: COMMIT',
    );
    expect(told(events).slice(3)).toEqual(['B2 waits', 'A3 COMMIT', 'B2 (200)', 'B3 COMMIT']);
    expect(events.events[3]).toMatchObject({ wait: { lock: 'snapshot', blockedBy: ['A'] } });
  });

  it('of VACUUM FREEZE is for a page that a cursor is at', async () => {
    const events = await outcomes(
      'A: BEGIN',
      'A: DECLARE rows CURSOR FOR SELECT id FROM accounts',
      'A: FETCH rows',
      'B: DELETE FROM accounts WHERE id = 2',
      'B: VACUUM (FREEZE, DISABLE_PAGE_SKIPPING) accounts',
      'A: COMMIT',
      'B: SELECT count(*) FROM accounts',
    );
    expect(events.slice(4)).toEqual(['B2 waits', 'A4 COMMIT', 'B2 VACUUM', 'B3 (1)']);
  });
});

describe('taking a wait up again', () => {
  it('brings a session to exactly where it stood: not a word of its memory differs', async () => {
    const differing: number[] = [];
    live.onRepeated = (addresses) => differing.push(addresses.length);
    await play(
      'A: BEGIN',
      'A: UPDATE accounts SET balance = 1',
      'B: UPDATE accounts SET balance = balance + 1 WHERE id = 1',
      'C: WITH w AS (UPDATE accounts SET balance = balance + 1 RETURNING id) SELECT count(*), clock_timestamp() FROM w',
      'A: SELECT count(*) FROM pg_class',
      'A: COMMIT',
    );
    live.onRepeated = undefined;
    expect(differing.length).toBeGreaterThanOrEqual(2);
    expect(differing.every((count) => count === 0)).toBe(true);
  });
});

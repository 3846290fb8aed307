/** Timeouts fire as on a server, and a wait for a lock that nobody here can release is cancelled. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PostgresEngine } from '../../../src/engine/postgres/session.ts';
import { openPostgres } from '../../../tools/engines/postgres.ts';
import { runScript } from './scripts.ts';

let pg: PostgresEngine;
beforeAll(async () => {
  pg = await openPostgres();
});
afterAll(() => pg.close());
beforeEach(() => pg.reset('inkwell'));

/** Leaves the orders locked by a transaction that is prepared. */
const LOCKED = "BEGIN; SELECT 1 FROM orders FOR UPDATE; PREPARE TRANSACTION 'other';";

/** Each statement's command tag, or the code of its error. */
async function outcomes(script: string): Promise<string[]> {
  const results = await runScript(pg, script);
  return results.map(({ error, tag }) => error?.code ?? tag);
}

describe('a wait for a lock of a prepared transaction', () => {
  it('is cancelled, and the reader is told why and what to do', async () => {
    const results = await runScript(pg, `${LOCKED} UPDATE orders SET status = 'Paid'`);
    expect(results.at(-1)?.error).toMatchObject({
      severity: 'ERROR',
      code: '57014',
      message: 'canceling statement due to user request',
      where: expect.stringMatching(/^while updating tuple \(\d+,\d+\) in relation "orders"$/),
      hint: expect.stringMatching(/nothing could ever release it.*COMMIT PREPARED/s),
    });
  });

  it.each([
    ['of a row', LOCKED, 'SELECT 1 FROM orders FOR UPDATE'],
    ['of a table', LOCKED, 'DROP TABLE orders CASCADE'],
    [
      'of a key that is not there yet',
      "BEGIN; CREATE TABLE t (a int PRIMARY KEY); COMMIT; BEGIN; INSERT INTO t VALUES (1); PREPARE TRANSACTION 'other';",
      'INSERT INTO t VALUES (1)',
    ],
    [
      'that an application made up',
      "BEGIN; SELECT pg_advisory_xact_lock(1); PREPARE TRANSACTION 'other';",
      'SELECT pg_advisory_lock(1)',
    ],
    [
      'of those who write to a table',
      "BEGIN; UPDATE orders SET status = status; PREPARE TRANSACTION 'other';",
      'CREATE INDEX CONCURRENTLY ON orders (status)',
    ],
  ])('is cancelled for a lock %s', async (_, locked, waiting) => {
    const script = `${locked} ${waiting}; SELECT 42; COMMIT PREPARED 'other'; ${waiting};`;
    const [waited, next, commit, again] = (await outcomes(script)).slice(-4);
    expect(waited).toBe('57014');
    expect([next, commit]).toEqual(['SELECT 1', 'COMMIT PREPARED']);
    expect(again).not.toBe('57014');
  });

  it('fails the transaction, not the session, and a savepoint brings that back', async () => {
    const script = `${LOCKED} BEGIN; SAVEPOINT before; DELETE FROM orders; SELECT 1;
                    ROLLBACK TO before; SELECT 1; COMMIT`;
    expect((await outcomes(script)).slice(3)).toEqual([
      'BEGIN',
      'SAVEPOINT',
      '57014',
      '25P02',
      'ROLLBACK',
      'SELECT 1',
      'COMMIT',
    ]);
  });

  it('ends by lock_timeout or statement_timeout where one is set, without the wait', async () => {
    const waiting = 'DELETE FROM orders';
    const script = `${LOCKED} SET lock_timeout = '10min'; ${waiting}; RESET lock_timeout;
                    SET statement_timeout = '10min'; ${waiting}; SET deadlock_timeout = '1h'; ${waiting}`;
    const errors = (await runScript(pg, script)).flatMap(({ error }) => error ?? []);
    expect(errors.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      '55P03: canceling statement due to lock timeout',
      '57014: canceling statement due to statement timeout',
      '57014: canceling statement due to statement timeout',
    ]);
    expect(errors.filter(({ hint }) => hint)).toEqual([]);
  });

  it('leaves the clock as it is', async () => {
    const before = Date.now();
    const results = await runScript(
      pg,
      `${LOCKED} SET lock_timeout = '1h'; DELETE FROM orders;
       SELECT extract(epoch FROM clock_timestamp()) * 1000`,
    );
    const after = Number(results.at(-1)?.rows?.[0]?.[0]);
    expect(after).toBeGreaterThanOrEqual(before - 1);
    expect(after).toBeLessThanOrEqual(Date.now() + 1);
  });
});

describe('statement_timeout', () => {
  it('ends a statement that sleeps', async () => {
    const script = "SET statement_timeout = '100ms'; SELECT pg_sleep(60); SELECT 42";
    expect(await outcomes(script)).toEqual(['SET', '57014', 'SELECT 1']);
  });

  it('does not end one that sleeps for less, and its timer means nothing to the next', async () => {
    const script =
      "SET statement_timeout = '200ms'; SELECT pg_sleep(0.05); RESET statement_timeout; SELECT pg_sleep(0.3)";
    expect(await outcomes(script)).toEqual(['SET', 'SELECT 1', 'RESET', 'SELECT 1']);
  });
});

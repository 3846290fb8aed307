/** Plays on a real server: who waits, for what, what ends it, and what is answered, the same each time. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ServerPlayer, type WatchedPlay } from '../../tools/sessions/player.ts';
import { answerOf, events, playOn } from './session-player.support.ts';

let player: ServerPlayer;
beforeAll(async () => {
  player = await ServerPlayer.start();
});
afterAll(() => player.stop());

const played = (lines: string, more: Partial<WatchedPlay> = {}) => playOn(player, lines, more);

describe('a wait', () => {
  test('begins, is seen with its lock, and ends when the other commits', async () => {
    const play = await played(
      `A: BEGIN
       A: UPDATE accounts SET balance = 90 WHERE id = 1
       B: UPDATE accounts SET balance = 80 WHERE id = 1
       A: COMMIT`,
      { final: ['SELECT balance FROM accounts ORDER BY id'] },
    );
    expect(events(play)).toEqual([
      'A1 BEGIN',
      'A2 UPDATE 1',
      'B1 waits for A: transactionid',
      'A3 COMMIT',
      'B1 UPDATE 1',
    ]);
    expect(play.final).toEqual([{ columns: ['balance'], rows: [['80'], ['100']] }]);
    expect(play).not.toHaveProperty('versions');
  });

  test('holds up the later steps of its session, which come as soon as it has ended', async () => {
    const play = await played(`
      A: BEGIN
      A: UPDATE accounts SET balance = 90 WHERE id = 1
      B: UPDATE accounts SET balance = 80 WHERE id = 1
      B: SELECT 1
      A: ROLLBACK
      A: SELECT 2`);
    expect(events(play).slice(2)).toEqual([
      'B1 waits for A: transactionid',
      'A3 ROLLBACK',
      'B1 UPDATE 1',
      'B2 SELECT 1',
      'A4 SELECT 1',
    ]);
  });

  test('that nothing that is left can end is cancelled, and then the rest comes', async () => {
    const play = await played(`
      A: BEGIN
      A: LOCK TABLE accounts
      B: SELECT * FROM accounts
      B: SELECT 1`);
    expect(events(play)).toEqual([
      'A1 BEGIN',
      'A2 LOCK TABLE',
      'B1 waits for A: relation accounts',
      'B1 cancelled',
      'B1 57014',
      'B2 SELECT 1',
    ]);
    expect(answerOf(play, 'B1')?.error?.message).toBe('canceling statement due to user request');
  });

  test('that goes on behind another lock is one wait', async () => {
    const play = await played(`
      A: BEGIN
      A: UPDATE accounts SET balance = 90 WHERE id = 1
      B: BEGIN
      B: UPDATE accounts SET balance = 80 WHERE id = 1
      C: UPDATE accounts SET balance = 70 WHERE id = 1
      A: COMMIT
      B: COMMIT`);
    expect(events(play).slice(3)).toEqual([
      'B2 waits for A: transactionid',
      'C1 waits for B: tuple accounts',
      'A3 COMMIT',
      'B2 UPDATE 1',
      'B3 COMMIT',
      'C1 UPDATE 1',
    ]);
  });

  test('of two that one commit ends: they go on one after the other, by name, also where they meet again', async () => {
    const script = `
      C: BEGIN
      C: LOCK TABLE accounts
      B: UPDATE accounts SET balance = balance + 1 WHERE id = 1
      A: BEGIN
      A: UPDATE accounts SET balance = balance * 2 WHERE id = 1
      C: COMMIT
      A: COMMIT`;
    for (let time = 0; time < 5; time += 1) {
      const play = await played(script, { final: ['SELECT balance FROM accounts WHERE id = 1'] });
      expect(events(play).slice(2)).toEqual([
        'B1 waits for C: relation accounts',
        'A1 BEGIN',
        'A2 waits for C: relation accounts',
        'C3 COMMIT',
        'A2 UPDATE 1',
        'A3 COMMIT',
        'B1 UPDATE 1',
      ]);
      expect(play.final[0]?.rows).toEqual([['201']]);
    }
  });

  test('may end through a statement that itself goes on', async () => {
    const play = await played(`
      A: SELECT pg_advisory_lock(1)
      B: SELECT pg_advisory_lock(2)
      C: SELECT pg_advisory_lock(1)
      A: SELECT pg_advisory_unlock(1), pg_advisory_lock(2)
      B: SELECT pg_advisory_unlock(2)`);
    expect(events(play).slice(2)).toEqual([
      'C1 waits for A: advisory',
      'A2 waits for B: advisory',
      'C1 SELECT 1',
      'B2 SELECT 1',
      'A2 SELECT 1',
    ]);
  });
});

describe('a deadlock', () => {
  const script = (first: string, second: string) => `
    A: BEGIN
    A: UPDATE accounts SET balance = 1 WHERE id = 1
    B: BEGIN
    B: UPDATE accounts SET balance = 2 WHERE id = 2
    ${first}
    ${second}
    A: COMMIT
    B: COMMIT`;
  const a = 'A: UPDATE accounts SET balance = 1 WHERE id = 2';
  const b = 'B: UPDATE accounts SET balance = 2 WHERE id = 1';

  test.each([
    ['B', a, b],
    ['A', b, a],
  ])('ends the statement of %s, which closes the circle', async (victim, first, second) => {
    const other = victim === 'A' ? 'B' : 'A';
    for (let time = 0; time < 5; time += 1) {
      const play = await played(script(first, second));
      expect(events(play).slice(4, 8)).toEqual([
        `${other}3 waits for ${victim}: transactionid`,
        `${victim}3 40P01`,
        `${other}3 UPDATE 1`,
        victim === 'A' ? 'A4 ROLLBACK' : 'A4 COMMIT',
      ]);
      expect(answerOf(play, `${victim}3`)?.error).toEqual({
        code: '40P01',
        message: 'deadlock detected',
        detail: `Process ${victim} waits for ShareLock on transaction ${other}; blocked by process ${other}.\nProcess ${other} waits for ShareLock on transaction ${victim}; blocked by process ${victim}.`,
        hint: 'See server log for query details.',
      });
    }
  });

  test('names tables, also one that a step has made', async () => {
    const play = await played(`
      A: CREATE TABLE made (id int)
      A: BEGIN
      A: LOCK TABLE made
      B: BEGIN
      B: LOCK TABLE accounts
      A: LOCK TABLE accounts
      B: LOCK TABLE made`);
    expect(answerOf(play, 'B3')?.error?.detail).toBe(
      'Process B waits for AccessExclusiveLock on relation made of database postgres; blocked by process A.\nProcess A waits for AccessExclusiveLock on relation accounts of database postgres; blocked by process B.',
    );
  });
});

describe('an answer', () => {
  test('has names in the place of processes and transactions, the set-up’s among them', async () => {
    const play = await played(`
      A: SELECT pg_backend_pid()
      A: UPDATE accounts SET balance = 1 WHERE id = 1
      B: SELECT xmin, xmax, id FROM accounts ORDER BY id`);
    expect(answerOf(play, 'A1')?.rows).toEqual([['A']]);
    expect(answerOf(play, 'B1')?.rows).toEqual([
      ['A', '0', '1'],
      ['set-up', '0', '2'],
    ]);
  });

  test('has the warnings, and what was notified since the last', async () => {
    const play = await played(`
      A: LISTEN jobs
      B: NOTIFY jobs, 'first'
      B: NOTIFY jobs, 'second'
      A: COMMIT`);
    expect(answerOf(play, 'A2')).toEqual({
      tag: 'COMMIT',
      notices: [
        'WARNING: there is no transaction in progress',
        'NOTIFY: Asynchronous notification "jobs" with payload "first" received from server process B',
        'NOTIFY: Asynchronous notification "jobs" with payload "second" received from server process B',
      ],
    });
  });

  test('of a COPY that would need data is an error', async () => {
    const play = await played(`
      A: COPY accounts FROM STDIN
      A: SELECT 1`);
    expect(events(play)).toEqual(['A1 57014', 'A2 SELECT 1']);
  });
});

describe('a play', () => {
  test('leaves nothing to the next: schemas, roles, prepared transactions, locks, settings', async () => {
    const setup = `CREATE SCHEMA other; CREATE ROLE reader; CREATE TABLE t (id int);
      GRANT SELECT ON t TO reader; SET search_path = other; CREATE TEMP TABLE gone (id int)`;
    const script = `
      A: BEGIN
      A: INSERT INTO t VALUES (1)
      A: PREPARE TRANSACTION 'left'
      B: SELECT pg_advisory_lock(1), pg_backend_pid()
      B: SET my.seen = '1'
      B: SELECT current_setting('my.other', true)`;
    const final = ['SELECT count(*), current_setting($$search_path$$) FROM public.t'];
    const first = await played(script, { setup, final });
    expect(await played(script, { setup, final })).toEqual(first);
    expect(first.final[0]?.rows).toEqual([['0', '"$user", public']]);
  });

  test('of the same steps is the same, to the last character', async () => {
    const script = `
      A: BEGIN ISOLATION LEVEL SERIALIZABLE
      B: BEGIN ISOLATION LEVEL SERIALIZABLE
      A: SELECT sum(balance) FROM accounts
      B: SELECT sum(balance) FROM accounts
      A: UPDATE accounts SET balance = 0 WHERE id = 1
      B: UPDATE accounts SET balance = 0 WHERE id = 2
      C: UPDATE accounts SET balance = 5
      A: COMMIT
      B: COMMIT`;
    const first = JSON.stringify(await played(script, { watch: ['accounts'] }));
    expect(first).toContain('40001');
    expect(JSON.stringify(await played(script, { watch: ['accounts'] }))).toBe(first);
  });

  test.each([
    [{ setup: 'CREATE TABEL t ()' }, 'the set-up: syntax error at or near "TABEL" (42601)'],
    [
      { final: ['SELECT * FROM nowhere'] },
      'SELECT * FROM nowhere: relation "nowhere" does not exist (42P01)',
    ],
  ])('that cannot be played says why: %j', async (more, message) => {
    await expect(played('A: SELECT 1', more)).rejects.toThrow(
      expect.objectContaining({ name: 'PlayError', message }),
    );
    expect(events(await played('A: SELECT 1'))).toEqual(['A1 SELECT 1']);
  });

  test('whose statement waits for something that is no lock is given up, and the next goes well', async () => {
    const impatient = played('A: SELECT pg_sleep(60)', { patience: 100 });
    await expect(impatient).rejects.toThrow(
      'A1 is neither answered nor waits for a lock, but for Timeout:PgSleep (pg_stat_activity): it cannot be recorded',
    );
    expect(events(await played('A: SELECT 1'))).toEqual(['A1 SELECT 1']);
  });

  test('ends with a session that its own step has ended', async () => {
    const play = played(`
      A: SELECT pg_terminate_backend(pg_backend_pid())
      A: SELECT 1`);
    await expect(play).rejects.toThrow('A2: session A has ended');
    expect(events(await played('A: SELECT 1'))).toEqual(['A1 SELECT 1']);
  });
});

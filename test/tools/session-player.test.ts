/** Plays on a real server: who waits, for what, what ends it, and what lies in the tables, the same each time. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Play, PlayEvent, PlayStep, StepId } from '../../src/engine/sessions/play.ts';
import { ServerPlayer, type WatchedPlay } from '../../tools/sessions/player.ts';

let player: ServerPlayer;
beforeAll(async () => {
  player = await ServerPlayer.start();
});
afterAll(() => player.stop());

const ACCOUNTS = `
  CREATE TABLE accounts (id int PRIMARY KEY, balance int);
  INSERT INTO accounts VALUES (1, 100), (2, 100)`;

/** Plays statements in the order in which they stand, each with its session: `A: BEGIN`. */
async function played(lines: string, more: Partial<WatchedPlay> = {}): Promise<Play> {
  const counts = new Map<string, number>();
  const steps = lines
    .trim()
    .split('\n')
    .map((line): PlayStep => {
      const [, session = '', sql = ''] = /^\s*([ABC]): (.+)$/.exec(line) ?? [];
      const count = (counts.get(session) ?? 0) + 1;
      counts.set(session, count);
      return { id: `${session}${count}` as StepId, session: session as 'A', sql };
    });
  return player.play({ setup: ACCOUNTS, final: [], ...more, steps });
}

/** An event in short: `B2 waits for A`, `B2 UPDATE 1`, `B2 40P01`. */
function short(event: PlayEvent): string {
  if (event.kind === 'cancelled') return `${event.step} cancelled`;
  if (event.kind === 'waits') {
    const { lock, blockedBy, relation } = event.wait;
    return `${event.step} waits for ${blockedBy.join('+')}: ${lock}${relation ? ` ${relation}` : ''}`;
  }
  return `${event.step} ${event.answer.error?.code ?? event.answer.tag}`;
}
const events = (play: Play) => play.events.map(short);

/** The versions after an event, each in short: `1 100 by set-up, updated by A (open)`. */
function versionsAfter({ events: all, versions }: Play, index: number): string[] | null {
  expect(versions).toHaveLength(all.length);
  return (
    versions?.[index]?.flatMap((table) =>
      table.versions.map(({ values, madeBy, made, endedBy, ended }) => {
        const maker = made === 'committed' ? madeBy : `${madeBy} (${made})`;
        const end = endedBy ? `, ${endedBy.how} by ${endedBy.by.join('+')} (${ended})` : '';
        return `${values.join(' ')} by ${maker}${end}`;
      }),
    ) ?? null
  );
}

const answerOf = (play: Play, step: string) =>
  play.events.flatMap((event) =>
    event.kind === 'answered' && event.step === step ? [event.answer] : [],
  )[0];

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

describe('row versions', () => {
  const watch = ['accounts'];

  test('are those after each event, before who had waited goes on', async () => {
    const play = await played(
      `A: BEGIN
       A: UPDATE accounts SET balance = 90 WHERE id = 1
       B: UPDATE accounts SET balance = 80 WHERE id = 1
       A: COMMIT`,
      { watch },
    );
    const second = '2 100 by set-up';
    expect(play.events.map((_, index) => versionsAfter(play, index))).toEqual([
      ['1 100 by set-up', second],
      ['1 100 by set-up, updated by A (open)', second, '1 90 by A (open)'],
      ['1 100 by set-up, updated by A (open)', second, '1 90 by A (open)'],
      ['1 100 by set-up, updated by A (committed)', second, '1 90 by A'],
      [
        '1 100 by set-up, updated by A (committed)',
        second,
        '1 90 by A, updated by B (committed)',
        '1 80 by B',
      ],
    ]);
  });

  test('tell deleted from replaced, and what was rolled back', async () => {
    const play = await played(
      `A: BEGIN
       A: DELETE FROM accounts WHERE id = 1
       A: UPDATE accounts SET balance = 5 WHERE id = 2
       A: ROLLBACK`,
      { watch },
    );
    expect(versionsAfter(play, 3)).toEqual([
      '1 100 by set-up, deleted by A (aborted)',
      '2 100 by set-up, updated by A (aborted)',
      '2 5 by A (aborted)',
    ]);
  });

  test('tell who has locked a row, one or several, while they have it', async () => {
    const play = await played(
      `A: BEGIN
       A: SELECT FROM accounts WHERE id = 1 FOR UPDATE
       A: ROLLBACK
       A: BEGIN
       A: SELECT FROM accounts WHERE id = 1 FOR KEY SHARE
       B: BEGIN
       B: UPDATE accounts SET balance = 7 WHERE id = 1
       A: COMMIT
       C: BEGIN
       C: SELECT FROM accounts WHERE id = 2 FOR SHARE
       B: SELECT FROM accounts WHERE id = 2 FOR SHARE`,
      { watch },
    );
    expect(versionsAfter(play, 1)?.[0]).toBe('1 100 by set-up, locked by A (open)');
    expect(versionsAfter(play, 2)?.[0]).toBe('1 100 by set-up');
    expect(versionsAfter(play, 4)?.[0]).toBe('1 100 by set-up, locked by A#2 (open)');
    expect(versionsAfter(play, 6)?.[0]).toBe('1 100 by set-up, updated by B (open)');
    expect(versionsAfter(play, 10)).toEqual([
      '1 100 by set-up, updated by B (open)',
      '2 100 by set-up, locked by B+C (open)',
      '1 7 by B (open)',
    ]);
  });

  test('name transactions by whose they are: with savepoints, alone, and after a wait', async () => {
    const play = await played(
      `A: UPDATE accounts SET balance = 1 WHERE id = 1
       A: BEGIN
       A: UPDATE accounts SET balance = 2 WHERE id = 1
       A: SAVEPOINT here
       A: UPDATE accounts SET balance = 3 WHERE id = 1
       A: ROLLBACK TO SAVEPOINT here
       A: COMMIT
       C: BEGIN
       C: LOCK TABLE accounts
       B: UPDATE accounts SET balance = 4 WHERE id = 1
       C: COMMIT`,
      { watch },
    );
    expect(versionsAfter(play, play.events.length - 1)).toEqual([
      '1 100 by set-up, updated by A (committed)',
      '2 100 by set-up',
      '1 1 by A, updated by A#2 (committed)',
      '1 2 by A#2, updated by B (committed)',
      '1 3 by A#2 (aborted)',
      '1 4 by B',
    ]);
  });

  test('are not to be seen while somebody has the table for himself, or wants it', async () => {
    const play = await played(
      `A: BEGIN
       A: SELECT FROM accounts
       B: BEGIN
       B: LOCK TABLE accounts
       A: COMMIT
       B: COMMIT`,
      { watch },
    );
    expect(play.events.map((each, at) => [short(each), play.versions?.[at] === null])).toEqual([
      ['A1 BEGIN', false],
      ['A2 SELECT 2', false],
      ['B1 BEGIN', false],
      ['B2 waits for A: relation accounts', true],
      ['A3 COMMIT', true],
      ['B2 LOCK TABLE', true],
      ['B3 COMMIT', false],
    ]);
  });

  test('have values of the types that a page shows', async () => {
    const play = await played('A: SELECT 1', {
      setup: `CREATE TABLE all_types (a smallint, b int, c bigint, d bool, e text, f text);
        INSERT INTO all_types VALUES (-3, 4, -5000000000, true, 'Grüße', NULL), (0, 0, 0, false, '', repeat('x', 200))`,
      watch: ['all_types'],
    });
    expect(play.versions?.[0]?.[0]).toMatchObject({
      table: 'all_types',
      columns: ['a', 'b', 'c', 'd', 'e', 'f'],
      versions: [
        { at: '(0,1)', values: ['-3', '4', '-5000000000', 't', 'Grüße', null] },
        { at: '(0,2)', values: ['0', '0', '0', 'f', '', 'x'.repeat(200)] },
      ],
    });
  });

  test('of a table that comes and goes are there when it is', async () => {
    const play = await played(
      `A: CREATE TABLE late (id int)
       A: INSERT INTO late VALUES (1)
       A: DROP TABLE late`,
      { watch: ['late'] },
    );
    expect(play.events.map((_, index) => versionsAfter(play, index))).toEqual([
      [],
      ['1 by A#2'],
      [],
    ]);
  });

  test.each([
    ['SELECT now() AS at', /^watched\.at: a watched table has columns of int, text and bool, and/],
    ['SELECT generate_series(1, 1000) AS id', /^watched has \d+ pages: a watched table has one$/],
  ])('are refused of %s', async (query, message) => {
    const play = played('A: SELECT 1', {
      setup: `CREATE TABLE watched AS ${query}`,
      watch: ['watched'],
    });
    await expect(play).rejects.toThrow(
      expect.objectContaining({ name: 'PlayError', message: expect.stringMatching(message) }),
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

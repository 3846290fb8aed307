/** The versions of rows after each event of a play on a real server, and whose transactions made them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Play } from '../../src/engine/sessions/play.ts';
import { ServerPlayer, type WatchedPlay } from '../../tools/sessions/player.ts';
import { playOn, short } from './session-player.support.ts';

let player: ServerPlayer;
beforeAll(async () => {
  player = await ServerPlayer.start();
});
afterAll(() => player.stop());

const played = (lines: string, more: Partial<WatchedPlay> = {}) => playOn(player, lines, more);

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

/** Live sessions behave as sessions of a server: what they see, where they wait, how a wait ends. */
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

describe('what a session sees', () => {
  it('is not what another has not committed', async () => {
    const events = await play(
      'A: BEGIN',
      'A: UPDATE accounts SET balance = 90 WHERE id = 1',
      'B: SELECT balance FROM accounts WHERE id = 1',
      'A: COMMIT',
      'B: SELECT balance FROM accounts WHERE id = 1',
    );
    expect(told(events)).toEqual(['A1 BEGIN', 'A2 UPDATE 1', 'B1 (100)', 'A3 COMMIT', 'B2 (90)']);
  });

  it('changes within a transaction at READ COMMITTED, not at REPEATABLE READ', async () => {
    for (const [level, second] of [
      ['READ COMMITTED', '(90)'],
      ['REPEATABLE READ', '(100)'],
    ]) {
      const events = await play(
        `A: BEGIN ISOLATION LEVEL ${level}`,
        'A: SELECT balance FROM accounts WHERE id = 1',
        'B: UPDATE accounts SET balance = 90 WHERE id = 1',
        'A: SELECT balance FROM accounts WHERE id = 1',
      );
      expect(told(events).slice(1)).toEqual(['A2 (100)', 'B1 UPDATE 1', `A3 ${second}`]);
    }
  });

  it('cannot be a write skew at SERIALIZABLE', async () => {
    const events = await play(
      'A: BEGIN ISOLATION LEVEL SERIALIZABLE',
      'B: BEGIN ISOLATION LEVEL SERIALIZABLE',
      'A: SELECT sum(balance) FROM accounts',
      'B: SELECT sum(balance) FROM accounts',
      'A: UPDATE accounts SET balance = 0 WHERE id = 1',
      'B: UPDATE accounts SET balance = 0 WHERE id = 2',
      'A: COMMIT',
      'B: COMMIT',
    );
    expect(told(events).slice(-2)).toEqual(['A4 COMMIT', 'B4 40001']);
  });
});

describe('a wait', () => {
  it('begins with what is waited for, and ends when that is released', async () => {
    const events = await play(
      'A: BEGIN',
      'A: UPDATE accounts SET balance = balance - 10 WHERE id = 1',
      'B: UPDATE accounts SET balance = balance - 20 WHERE id = 1 RETURNING balance',
      'A: SELECT pid, wait_event_type, wait_event FROM pg_stat_activity WHERE wait_event IS NOT NULL',
      'A: COMMIT',
    );
    expect(told(events)).toEqual([
      'A1 BEGIN',
      'A2 UPDATE 1',
      'B1 waits',
      'A3 (B, Lock, transactionid)',
      'A4 COMMIT',
      'B1 (70)',
    ]);
    expect(events.events[2]).toMatchObject({
      wait: { lock: 'transactionid', mode: 'ShareLock', blockedBy: ['A'] },
    });
  });

  it('of the first in a row ends first: those who came later wait on', async () => {
    const events = await play(
      'A: BEGIN',
      'A: UPDATE accounts SET balance = 1 WHERE id = 1',
      'B: BEGIN',
      'B: UPDATE accounts SET balance = balance + 1 WHERE id = 1 RETURNING balance',
      'C: UPDATE accounts SET balance = balance * 10 WHERE id = 1 RETURNING balance',
      'A: COMMIT',
      'B: SELECT 42',
      'B: COMMIT',
    );
    expect(told(events)).toEqual([
      'A1 BEGIN',
      'A2 UPDATE 1',
      'B1 BEGIN',
      'B2 waits',
      'C1 waits',
      'A3 COMMIT',
      'B2 (2)',
      'B3 (42)',
      'B4 COMMIT',
      'C1 (20)',
    ]);
  });

  it('that nothing is left to end is cancelled as by its user', async () => {
    const events = await play(
      'A: BEGIN',
      'A: LOCK accounts',
      'B: SELECT 1 FROM accounts',
      'B: SELECT 2',
    );
    expect(told(events)).toEqual([
      'A1 BEGIN',
      'A2 LOCK TABLE',
      'B1 waits',
      'B1 cancelled',
      'B1 57014',
      'B2 (2)',
    ]);
    expect(answerOf(events, 'B1').error?.message).toBe('canceling statement due to user request');
  });
});

/** Consoles: statements one by one, waits that stay open, and a play in between. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type ConsoleEvent,
  SessionConsole,
} from '../../../../src/engine/postgres/sessions/console.ts';
import type { LiveSessions } from '../../../../src/engine/postgres/sessions/live.ts';
import type { PlayEvent } from '../../../../src/engine/sessions/play.ts';
import { openLiveSessions } from '../../../../tools/engines/postgres-sessions.ts';
import { ACCOUNTS, playLines, told } from './support.ts';

let live: LiveSessions;
let shell: SessionConsole;
beforeAll(async () => {
  live = await openLiveSessions();
});
afterAll(() => live.close());
beforeEach(() => {
  shell = new SessionConsole(live, ACCOUNTS, ['A', 'B']);
});

const lines = (events: readonly ConsoleEvent[]) => told({ events: events as PlayEvent[] });
const send = (line: string) => lines(shell.send(line[0] as 'A' | 'B', line.slice(3)));

describe('a wait in a console', () => {
  beforeEach(() => {
    send('A: BEGIN');
    send('A: UPDATE accounts SET balance = 0 WHERE id = 1');
  });

  it('stays open until another session ends it', () => {
    expect(
      send('B: UPDATE accounts SET balance = balance + 5 WHERE id = 1 RETURNING balance'),
    ).toEqual(['B1 waits']);
    expect([...shell.waiting]).toEqual(['B']);
    expect(() => send('B: SELECT 1')).toThrow(/session B waits/);
    expect(send('A: SELECT 1')).toEqual(['A3 (1)']);
    expect(send('A: COMMIT')).toEqual(['A4 COMMIT', 'B1 (5)']);
    expect([...shell.waiting]).toEqual([]);
  });

  it('can be cancelled, and the session goes on', () => {
    send('B: DELETE FROM accounts');
    expect(lines(shell.cancel('B'))).toEqual(['B1 cancelled', 'B1 57014']);
    expect(lines(shell.cancel('B'))).toEqual([]);
    expect(send('B: SELECT count(*) FROM accounts')).toEqual(['B2 (2)']);
  });

  it('ends by its timeout when time passes', () => {
    send("B: SET lock_timeout = '1h'");
    send('B: DELETE FROM accounts');
    expect(lines(shell.pass())).toEqual(['B2 55P03']);
    send('B: RESET lock_timeout');
    send('B: DELETE FROM accounts');
    expect(lines(shell.pass())).toEqual(['B4 cancelled', 'B4 57014']);
  });
});

describe('after a play in between', () => {
  it('everything is done once more, and goes on where it was', async () => {
    send('A: BEGIN');
    send('A: UPDATE accounts SET balance = 0 WHERE id = 1');
    send('B: UPDATE accounts SET balance = balance + 5 WHERE id = 1 RETURNING balance');
    await playLines(live, ['A: DELETE FROM accounts']);
    expect(send('A: COMMIT')).toEqual(['A3 COMMIT', 'B1 (5)']);
  });

  it('an answer that is another one now is told', async () => {
    send('A: CREATE TABLE chance AS SELECT gen_random_uuid() AS id');
    send('A: SELECT * FROM chance');
    await playLines(live, ['A: SELECT 1']);
    const events = shell.send('B', 'SELECT count(*) FROM chance');
    expect(events).toEqual([
      { kind: 'differs', step: 'A2', answer: expect.objectContaining({ columns: ['id'] }) },
      { kind: 'answered', step: 'B1', answer: expect.objectContaining({ rows: [['1']] }) },
    ]);
  });
});

it('begins anew from the set-up', () => {
  send('A: DELETE FROM accounts');
  send('A: BEGIN');
  shell.reset();
  expect(send('A: SELECT count(*) FROM accounts')).toEqual(['A1 (2)']);
});

it('is as it was before a statement that was refused, or that broke PostgreSQL', () => {
  send('A: CREATE TABLE kept (a int)');
  expect(() => shell.send('A', 'CREATE DATABASE other')).toThrow(/cannot be played live/);
  expect(send('A: SELECT count(*) FROM kept')).toEqual(['A2 (0)']);
  expect(() => shell.send('A', `SELECT '${'['.repeat(20_000)}'::jsonb`)).toThrow(/broke/);
  expect(send('B: SELECT count(*) FROM kept')).toEqual(['B1 (0)']);
});

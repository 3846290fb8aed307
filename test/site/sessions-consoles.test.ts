/** Scripts of the consoles: in links, in statements, and in the order in which they are played. */
import { describe, expect, test } from 'vitest';
import { ShareError } from '@/components/lab/share-code.ts';
import { scriptText } from '@/components/sessions/consoles/place.ts';
import {
  type Act,
  MOST_ACTS,
  nextAct,
  readScript,
  type Script,
  scriptFragment,
  statementsOf,
} from '@/components/sessions/consoles/script.ts';
import { statementsIn, TypedError } from '@/components/sessions/consoles/statements.ts';

const send = (session: 'A' | 'B' | 'C', sql: string): Act => ({ kind: 'send', session, sql });
const script: Script = {
  setup: 'CREATE TABLE t (a int);\n',
  sessions: 3,
  acts: [
    send('A', "SELECT 'ü'"),
    send('C', ''),
    { kind: 'cancel', session: 'C' },
    { kind: 'pass' },
  ],
};
const opened = (fragment: string) => readScript(scriptText(fragment) ?? '');

describe('a link', () => {
  test('holds set-up, sessions and all that was done', async () => {
    expect(await opened(scriptFragment(script))).toEqual(script);
  });

  test('is no script where the address says something else', () => {
    expect(scriptText('#how-it-works')).toBeUndefined();
  });

  test('that was cut off, or names a session that it does not have, is refused', async () => {
    const fragment = scriptFragment(script);
    await expect(opened(fragment.slice(0, -5))).rejects.toThrow(ShareError);
    await expect(opened(scriptFragment({ ...script, sessions: 2 }))).rejects.toThrow(ShareError);
  });

  test('is not made of more steps than it may hold', () => {
    const acts = Array.from({ length: MOST_ACTS + 1 }, () => send('A', 'SELECT 1'));
    expect(() => scriptFragment({ ...script, acts })).toThrow(`at most ${MOST_ACTS} steps`);
  });
});

test('steps are named by session and place there', () => {
  const acts = [send('A', 'a'), send('B', 'b'), { kind: 'cancel', session: 'B' } as const];
  expect([...statementsOf([...acts, send('A', 'c')])]).toEqual([
    ['A1', 'a'],
    ['B1', 'b'],
    ['A2', 'c'],
  ]);
});

describe('what is played next', () => {
  const acts: Act[] = [{ kind: 'cancel', session: 'B' }, send('B', 'b'), send('A', 'a')];

  test('is the first that can be done: a wait is cancelled, a session that waits gets nothing', () => {
    expect(nextAct(acts, new Set(['B']))).toBe(0);
    expect(nextAct(acts.slice(1), new Set(['B']))).toBe(1);
    expect(nextAct(acts, new Set())).toBe(1);
  });

  test('is nothing where all that is left waits, or would end a wait that is not there', () => {
    expect(nextAct([send('A', 'a')], new Set(['A']))).toBe(-1);
    expect(nextAct([{ kind: 'pass' }], new Set())).toBe(-1);
  });
});

describe('what is typed', () => {
  test('is split at semicolons, but not in quotes and bodies', () => {
    expect(statementsIn("BEGIN; SELECT ';';\nDO $$ BEGIN NULL; END $$ ;")).toEqual([
      'BEGIN',
      "SELECT ';'",
      'DO $$ BEGIN NULL; END $$',
    ]);
    expect(statementsIn(' -- nothing\n')).toEqual([]);
  });

  test('is refused where it has no end, and where it is for psql', () => {
    expect(() => statementsIn("SELECT 'x")).toThrow(TypedError);
    expect(() => statementsIn('\\d accounts')).toThrow('psql');
  });
});

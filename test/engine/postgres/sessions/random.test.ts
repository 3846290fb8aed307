/**
 * A long random run: sessions that move money between accounts at mixed levels, with savepoints, locks,
 * DDL, VACUUM and cancellations. Money is neither made nor lost, nothing crashes or hangs, and each wait
 * is taken up exactly where it was left. `SEED=... npx vitest run ...` plays a run again.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LiveSessions } from '../../../../src/engine/postgres/sessions/live.ts';
import type { RunningSessions } from '../../../../src/engine/postgres/sessions/running.ts';
import type { PlayEvent, SessionName } from '../../../../src/engine/sessions/play.ts';
import { openLiveSessions } from '../../../../tools/engines/postgres-sessions.ts';

const FULL = process.env.FULL_RUN === '1';
/** Statements of each run. */
const STATEMENTS = FULL ? 12_000 : 600;
/** After so many, sessions begin anew: what one play can grow to. */
const PER_PLAY = FULL ? 1500 : 300;
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);

const SETUP = `CREATE TABLE accounts (id int PRIMARY KEY, balance int, pad text);
  INSERT INTO accounts SELECT g, 100, repeat('x', 200) FROM generate_series(1, 50) g;
  CREATE INDEX ON accounts (balance);
  CREATE TABLE keys (key int UNIQUE DEFERRABLE INITIALLY DEFERRED);
  CREATE FUNCTION move(a int, b int) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE accounts SET balance = balance - 1 WHERE id = a;
      UPDATE accounts SET balance = balance + 1 WHERE id = b;
    END $$`;
const TOTAL = 5000;

/** What may go wrong in such a run, and nothing else. */
const EXPECTED = new Set([
  ...['40001', '40P01', '55P03', '57014', '25P01', '25P02', '25001', '3B001', '23505'],
  // Tables and indexes that another session has dropped or made in the meantime.
  ...['42P01', '42P07', '42704', '0A000', '34000', '42P03', '42P05', '55006', '26000'],
]);

let live: LiveSessions;
beforeAll(async () => {
  live = await openLiveSessions();
});
afterAll(() => live.close());

/** mulberry32: a small generator whose numbers a seed decides. */
function generator(seed: number): (below: number) => number {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const LEVELS = ['READ COMMITTED', 'REPEATABLE READ', 'SERIALIZABLE'];

/** Where a session is, as its answers tell. */
type State = 'idle' | 'open' | 'failed';

function randomStatement(any: (below: number) => number, state: State): string {
  const [a, b] = [1 + any(6), 1 + any(6)];
  const oneOf = (list: readonly string[]) => list[any(list.length)] as string;
  const changes = [
    `SELECT move(${a}, ${b})`,
    `SELECT move(${b}, ${a})`,
    `UPDATE accounts SET pad = pad || 'y' WHERE id IN (${a}, ${b})`,
    `SELECT * FROM accounts WHERE id = ${a} FOR UPDATE`,
    `SELECT * FROM accounts WHERE id BETWEEN ${a} AND ${a + 3} FOR SHARE SKIP LOCKED`,
    `SELECT * FROM accounts WHERE id = ${b} FOR KEY SHARE`,
    'SELECT sum(balance) FROM accounts',
    `INSERT INTO keys VALUES (${any(20)})`,
    `DELETE FROM keys WHERE key = ${any(20)}`,
    `SELECT pg_advisory_xact_lock(${any(4)})`,
  ];
  const anywhere = [
    `CREATE TABLE made${any(3)} AS SELECT g AS a FROM generate_series(1, ${any(3000)}) g`,
    `INSERT INTO made${any(3)} VALUES (1)`,
    `DROP TABLE made${any(3)}`,
    `CREATE TEMP TABLE own${any(2)} (a int)`,
    `INSERT INTO own${any(2)} SELECT generate_series(1, 500)`,
    'ANALYZE accounts',
    `ALTER TABLE accounts ALTER pad SET STATISTICS ${any(100)}`,
    'DROP INDEX IF EXISTS extra',
    'REINDEX TABLE accounts',
    `PREPARE p${any(2)} AS SELECT balance FROM accounts WHERE id = $1`,
    `EXECUTE p${any(2)}(${a})`,
    'DISCARD PLANS',
    'LISTEN news',
    "NOTIFY news, 'hello'",
    'TRUNCATE keys',
    'SELECT count(*) FROM (SELECT md5(g::text) h FROM generate_series(1, 3000) g ORDER BY h) t',
  ];
  const open = [
    'SAVEPOINT s',
    'SAVEPOINT s',
    'ROLLBACK TO s',
    'RELEASE s',
    `SET LOCAL lock_timeout = ${50 + any(3) * 100}`,
    'LOCK accounts IN SHARE ROW EXCLUSIVE MODE',
    `DECLARE c${any(2)} CURSOR FOR SELECT * FROM accounts`,
    `FETCH 3 FROM c${any(2)}`,
  ];
  const idle = [
    'VACUUM accounts',
    'VACUUM (FREEZE, ANALYZE) keys',
    'CHECKPOINT',
    'CREATE INDEX CONCURRENTLY IF NOT EXISTS extra ON accounts (pad)',
  ];
  const dice = any(20);
  if (state === 'failed') return dice < 6 ? 'ROLLBACK TO s' : 'ROLLBACK';
  if (state === 'idle') {
    if (dice < 13) return `BEGIN ISOLATION LEVEL ${LEVELS[any(3)]}`;
    return oneOf(dice < 15 ? changes : dice < 17 ? anywhere : idle);
  }
  if (dice < 13) return oneOf(changes);
  return dice < 16 ? oneOf(['COMMIT', 'COMMIT', 'ROLLBACK']) : oneOf(dice < 18 ? open : anywhere);
}

interface Tally {
  states: Map<string, State>;
  statements: number;
  waits: number;
  codes: Map<string, number>;
}

function count(events: readonly PlayEvent[], tally: Tally, sent: readonly string[]): void {
  for (const event of events) {
    if (event.kind === 'waits') tally.waits += 1;
    if (event.kind !== 'answered') continue;
    const { error, tag } = event.answer;
    const session = event.step[0] as string;
    const state = tally.states.get(session) ?? 'idle';
    if (error && state !== 'idle') tally.states.set(session, 'failed');
    if (tag === 'BEGIN' || (tag === 'ROLLBACK' && isPartial(sent, session))) {
      tally.states.set(session, 'open');
    } else if (tag === 'COMMIT' || tag === 'ROLLBACK') tally.states.set(session, 'idle');
    if (!error) continue;
    // A COMMIT that fails has ended its transaction.
    if (lastOf(sent, session) === 'COMMIT') tally.states.set(session, 'idle');
    tally.codes.set(error.code, (tally.codes.get(error.code) ?? 0) + 1);
    if (EXPECTED.has(error.code)) continue;
    throw new Error(`${event.step}: ${error.code} ${error.message}\n${sent.slice(-30).join('\n')}`);
  }
}

function lastOf(sent: readonly string[], session: string): string {
  return sent.findLast((line) => line.startsWith(session))?.slice(3) ?? '';
}

function isPartial(sent: readonly string[], session: string): boolean {
  return lastOf(sent, session) === 'ROLLBACK TO s';
}

function playOnce(
  names: readonly SessionName[],
  any: (below: number) => number,
  tally: Tally,
): void {
  const sessions = live.begin(SETUP, names);
  const sent: string[] = [];
  tally.states.clear();
  for (let at = 0; at < PER_PLAY; at += 1) {
    const free = names.filter((name) => !sessions.waiting.has(name));
    if (free.length === 0) {
      count(sessions.endWait(), tally, sent);
      continue;
    }
    const waiting = [...sessions.waiting];
    if (waiting.length > 0 && any(30) === 0) {
      count(sessions.cancel(waiting[0] as SessionName), tally, sent);
      continue;
    }
    const session = free[any(free.length)] as SessionName;
    const sql = randomStatement(any, tally.states.get(session) ?? 'idle');
    sent.push(`${session}: ${sql}`);
    tally.statements += 1;
    count(sessions.send({ id: `${session}${at}`, session, sql }), tally, sent);
    if (at % 50 === 49) expect(totalOf(sessions), sent.slice(-60).join('\n')).toBe(TOTAL);
  }
  sessions.end();
  expect(totalOf(sessions), sent.slice(-60).join('\n')).toBe(TOTAL);
}

/** As the observer sees it; where somebody keeps it out, there is nothing to see. */
function totalOf(sessions: RunningSessions): number {
  const { rows, error } = sessions.observe('SELECT sum(balance) FROM accounts');
  return error ? TOTAL : Number(rows?.[0]?.[0]);
}

it.each([
  ['two', ['A', 'B'] as const],
  ['three', ['A', 'B', 'C'] as const],
])(
  '%s sessions at random neither crash nor hang nor lose anything',
  (_, names) => {
    const any = generator(SEED);
    const tally: Tally = { statements: 0, waits: 0, codes: new Map(), states: new Map() };
    live.onRepeated = (differing) => expect(differing).toEqual([]);
    console.log(`SEED=${SEED}`);
    while (tally.statements < STATEMENTS) playOnce(names, any, tally);
    live.onRepeated = undefined;
    const { statements, waits, codes } = tally;
    console.log(`${statements} statements, ${waits} waits, ${JSON.stringify([...codes])}`);
    expect(waits).toBeGreaterThan(STATEMENTS / 50);
    if (FULL) expect(codes.get('40P01')).toBeGreaterThan(20);
  },
  FULL ? 1_800_000 : 120_000,
);

/** npm run record on a scenario of the test's own: recorded, recorded again, compared, and what it complains of. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readRecording, readScenario } from '../../src/engine/sessions/load.ts';
import type { Play } from '../../src/engine/sessions/play.ts';
import type { NamedScenario } from '../../src/engine/sessions/scenario.ts';
import { run } from '../../tools/lib/run.ts';
import { checkScenarios } from '../../tools/sessions/check.ts';
import { ServerPlayer } from '../../tools/sessions/player.ts';
import { playOn, playsOf, whyProblems } from '../../tools/sessions/plays.ts';
import { playText } from '../../tools/sessions/show.ts';
import { recordScenarios } from '../../tools/sessions/write.ts';

const YAML = `title: Two writers
summary: A and B write the same row, one after the other.
question: Who is the last to write it?
levels: [read committed, serializable]
order: AABB
setup: |
  CREATE TABLE accounts (id int PRIMARY KEY, balance int);
  INSERT INTO accounts VALUES (1, 100);
sessions:
  A:
    - does: Begins
      sql: BEGIN ISOLATION LEVEL {level}
    - does: Writes
      sql: UPDATE accounts SET balance = 90
  B:
    - does: Reads
      sql: SELECT balance, xmin FROM accounts
    - does: Writes
      sql: UPDATE accounts SET balance = 80
watch: [accounts]
final:
  - SELECT balance FROM accounts
why:
  - when: { waits: B2, cancelled: B2 }
    says: B2 waits for A, which never commits, so it is cancelled.
  - when: { before: [[B2, A2]] }
    says: B2 had committed when A2 was sent, so nobody waited.
sources:
  - title: PostgreSQL 18, Explicit Locking
    url: https://www.postgresql.org/docs/18/explicit-locking.html
    read: "2026-12-01"
dynamodb:
  says: Whoever comes last has written the item.
`;

let player: ServerPlayer;
let root: string;
let scenario: NamedScenario;
let printed: string[];
const telling = () => ({ root, print: (line: string) => printed.push(line) });
const file = (name: string) => path.join(root, 'examples/sessions', name);

beforeAll(async () => {
  player = await ServerPlayer.start();
  root = await mkdtemp(path.join(tmpdir(), 'recorded-'));
  await mkdir(file('two-writers'), { recursive: true });
  await writeFile(file('two-writers/scenario.yaml'), YAML);
  await writeFile(file('two-writers/dynamodb.ts'), '');
  scenario = await readScenario('two-writers', root);
});
afterAll(async () => {
  await player.stop();
  await rm(root, { recursive: true });
});
beforeEach(() => {
  printed = [];
});

const check = (chosen = playsOf(scenario)) => checkScenarios(player, [scenario], chosen, telling());

describe('recording', () => {
  test('writes every order at every level, says what there was, and notes the server and the day', async () => {
    expect(await recordScenarios(player, [scenario], telling())).toBe(0);
    expect(printed[1]).toMatch(/^two-writers +6 +2 +12 +6 +6 +\d+\.\d {2}changed$/);
    const recording = await readRecording('two-writers', root);
    expect(recording.levels).toEqual(['read committed', 'serializable']);
    expect(recording.orders('serializable')).toEqual([
      ...['AABB', 'ABAB', 'ABBA', 'BAAB', 'BABA', 'BBAA'],
    ]);
    expect(recording.play('read committed', 'BBAA')?.final[0]?.rows).toEqual([['80']]);
    expect(JSON.parse(await readFile(file('recorded.json'), 'utf8'))).toEqual({
      server: player.version,
      date: new Date().toISOString().slice(0, 10),
    });
  });

  test('again gives the same bytes, and leaves the day as it was', async () => {
    const recorded = { server: player.version, date: '2026-01-01' };
    await writeFile(file('recorded.json'), JSON.stringify(recorded));
    const before = await readFile(file('two-writers/recording.json'), 'utf8');
    await recordScenarios(player, [scenario], telling());
    expect(printed[1]).not.toContain('changed');
    expect(await readFile(file('two-writers/recording.json'), 'utf8')).toBe(before);
    expect(JSON.parse(await readFile(file('recorded.json'), 'utf8'))).toEqual(recorded);
  });

  test('says in which play a step cannot be recorded', async () => {
    const stuck = { ...scenario, final: ['SELECT * FROM nowhere'] };
    await expect(recordScenarios(player, [stuck], telling())).rejects.toThrow(
      'two-writers, AABB at read committed: SELECT * FROM nowhere: relation "nowhere" does not exist (42P01)',
    );
  });
});

describe('reasons', () => {
  const problems = async (why: NamedScenario['why']) => {
    const recording = await readRecording('two-writers', root);
    const plays = new Map([
      ['read committed', new Map([['BBAA', recording.play('read committed', 'BBAA') as Play]])],
    ] as const);
    return whyProblems({ ...scenario, why }, plays);
  };

  test('must be there for each play', async () => {
    expect(await problems([{ when: { waits: 'B2' }, says: 'B2 has to wait for A.' }])).toEqual([
      'two-writers, BBAA at read committed: no reason of `why` holds',
      'two-writers: `why.0` is shown nowhere, as a reason before it holds wherever it does: "B2 has to wait for A."',
    ]);
  });

  test('must each be the first of some play', async () => {
    const [second, first] = await problems([
      { when: {}, says: 'It holds of every play.' },
      { when: { succeeds: 'B2' }, says: 'Nobody gets as far as this.' },
    ]);
    expect(first).toBeUndefined();
    expect(second).toContain('`why.1` is shown nowhere');
  });
});

describe('comparing', () => {
  test('passes on what was recorded just now: a check for each play, and one for the scenario', async () => {
    expect(await check()).toEqual({ passed: 13, failed: 0 });
    expect(await check(playsOf(scenario).slice(3, 5))).toEqual({ passed: 3, failed: 0 });
    expect(printed).toHaveLength(2);
  });

  /** Compares with a recording that is not as it was made. */
  async function checkWith(change: (text: string) => string) {
    const recording = file('two-writers/recording.json');
    const text = await readFile(recording, 'utf8');
    expect(change(text)).not.toBe(text);
    await writeFile(recording, change(text));
    try {
      return await check(playsOf(scenario).slice(0, 6));
    } finally {
      await writeFile(recording, text);
    }
  }

  test.each([
    [
      'a tag',
      '"tag":"UPDATE 1"',
      '"tag":"UPDATE 2"',
      /event \d \([AB]2\): recorded .*UPDATE 2.* now .*UPDATE 1/,
    ],
    [
      'who waits for whom',
      '"blockedBy":["A"]',
      '"blockedBy":["B"]',
      /event \d \(B2\): .*"blockedBy":\["A"\]/,
    ],
    ['a version', '"how":"updated"', '"how":"deleted"', /event \d .*"how":"updated"/],
    ['the end', '[["80"]]', '[["81"]]', /at the end: recorded .*81.*, now .*80/],
  ])(
    'tells where %s is another: scenario, order, level, event',
    async (_name, is, other, message) => {
      const { failed } = await checkWith((text) => text.replaceAll(is, other));
      expect(failed).toBeGreaterThan(0);
      expect(printed[0]).toMatch(/^two-writers, [AB]{4} at (read committed|serializable), /);
      expect(printed[0]).toMatch(message);
    },
  );

  test('tells that a recording has other orders or levels than its scenario', async () => {
    const totals = await checkWith((text) => text.replaceAll('"BBAA"', '"CCAA"'));
    expect(totals).toEqual({ passed: 5, failed: 2 });
    expect(printed[0]).toBe(
      'two-writers: its levels or orders are not those of its recording: npm run record -- two-writers',
    );
    expect(printed[1]).toContain('BBAA at read committed: it was not recorded');
  });

  test('tells of a recording that is missing, or cannot be read, and goes on', async () => {
    expect(await checkWith(() => '{}')).toEqual({ passed: 0, failed: 1 });
    expect(printed[0]).toContain('record it anew: npm run record -- two-writers');
    const other = { ...scenario, name: 'other' };
    const totals = await checkScenarios(player, [other, scenario], [], telling());
    expect(totals).toEqual({ passed: 1, failed: 1 });
  });
});

test('a play is printed as text', async () => {
  const play = await playOn(player, { scenario, level: 'read committed', order: 'BAAB' });
  expect(playText(play)).toBe(`  B1  SELECT 1
      balance | xmin
      100 | set-up
  A1  BEGIN
  A2  UPDATE 1
  B2  waits for A: ShareLock on transactionid
  B2  is cancelled: nothing that is left could end its wait
  B2  57014 canceling statement due to user request
  end balance
      100`);
});

test.each([
  [['--level', 'snapshot'], 'the levels are read uncommitted, read committed'],
  [['--sample', '5'], '--sample 5: a whole number, and only with --check'],
  [['--check', '--sample', '0'], '--sample 0: a whole number'],
  [['no-such-scenario'], 'no-such-scenario: there is no such scenario'],
  [['lost-update', '--order', 'AAAA'], '"AAAA" leaves out B1 of session B.'],
])('on the command line, %j is a mistake', async (args, message) => {
  const { code, output } = await run(process.execPath, ['tools/record.ts', ...args]);
  expect(output).toContain(message);
  expect(output).not.toMatch(/^ {4}at /m);
  expect(code).toBe(1);
});

/** A scenario's folder: what is read of it, and each mistake with its file, line and fix. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  listScenarios,
  readRecorded,
  readRecording,
  readScenario,
} from '../../../src/engine/sessions/load.ts';
import { ordersOf, stepsOf } from '../../../src/engine/sessions/scenario.ts';

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
      sql: UPDATE accounts SET balance = 1
  B:
    - does: Begins
      sql: BEGIN
    - does: Writes
      sql: UPDATE accounts SET balance = 2
final:
  - SELECT balance FROM accounts
why:
  - when: { waits: B2 }
    says: B2 has to wait for A, which has written the row.
  - when: {}
    says: The other was first, and this one came too late.
sources:
  - title: PostgreSQL 18, Explicit Locking
    url: https://www.postgresql.org/docs/18/explicit-locking.html
    read: "2026-12-01"
dynamodb:
  says: Whoever comes last has written the item.
`;
const PROGRAM = '// step: set-up\nawait 0;\n// step: A2\nawait 1;\n';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'scenarios-'));
});
afterEach(() => rm(root, { recursive: true }));

async function scenario(files: Record<string, string>, name = 'two-writers') {
  const folder = path.join(root, 'examples/sessions', name);
  await mkdir(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) await writeFile(path.join(folder, file), text);
  return readScenario(name, root);
}

const good = { 'scenario.yaml': YAML, 'dynamodb.ts': PROGRAM };

/** The YAML with something in the place of something else. */
function changed(from: string, to: string): string {
  expect(YAML).toContain(from);
  return YAML.replace(from, to);
}

describe('a scenario', () => {
  test('has its name, its program, and its steps at a level', async () => {
    const read = await scenario(good);
    expect(read).toMatchObject({ name: 'two-writers', program: PROGRAM, watch: [], notice: [] });
    expect(stepsOf(read, 'repeatable read').map(({ id, sql }) => `${id} ${sql}`)).toEqual([
      'A1 BEGIN ISOLATION LEVEL REPEATABLE READ',
      'A2 UPDATE accounts SET balance = 1',
      'B1 BEGIN',
      'B2 UPDATE accounts SET balance = 2',
    ]);
  });

  test('has all orders of its steps, or those that it names', async () => {
    expect(ordersOf(await scenario(good))).toHaveLength(6);
    const orders =
      'orders:\n  - { order: BBAA, name: B first }\n  - { order: AABB, name: A first }\n';
    const named = await scenario({ ...good, 'scenario.yaml': YAML + orders });
    expect(ordersOf(named)).toEqual(['BBAA', 'AABB']);
  });

  test('is listed with the others', async () => {
    expect(await listScenarios(root)).toEqual([]);
    await scenario(good, 'second');
    await scenario(good, 'first');
    await writeFile(path.join(root, 'examples/sessions/recorded.json'), '{}');
    expect(await listScenarios(root)).toEqual(['first', 'second']);
  });
});

const steps = 'sql: UPDATE accounts SET balance = 1';
const MISTAKES: Array<[name: string, yaml: () => string, line: number, mistake: string]> = [
  ['no YAML', () => `${YAML}: [`, 33, 'not YAML'],
  ['a misspelt field', () => changed('final:', 'finally:'), 20, "'finally' is no field"],
  ['a misspelt level', () => changed('serializable]', 'serialisable]'), 4, 'levels.1: Invalid'],
  ['a level twice', () => changed('serializable]', 'read committed]'), 4, 'stands there twice'],
  ['a level that is not offered', () => `level: repeatable read\n${YAML}`, 1, 'not among the'],
  ['an order with another session', () => changed('AABB', 'AABC'), 5, 'names session C'],
  ['an order without a step', () => changed('AABB', 'AAB'), 5, 'leaves out B2 of session B'],
  ['a semicolon', () => changed(steps, `${steps};`), 14, 'without a semicolon at its end'],
  ['a step that there is not', () => changed('waits: B2', 'waits: B3'), 23, 'there is no step B3'],
  ['a code that is a number', () => changed('waits: B2', 'fails: { B2: 40001 }'), 23, 'why.0.when'],
  [
    'a timeout',
    () => changed(steps, 'sql: SET lock_timeout = 100'),
    14,
    '"lock_timeout": a timeout goes by the clock',
  ],
  ['a pause', () => changed(steps, 'sql: SELECT pg_sleep(1)'), 14, '"pg_sleep(": it goes by'],
  [
    'a wait for a snapshot',
    () => changed('sql: BEGIN\n', 'sql: BEGIN ISOLATION LEVEL {level} READ ONLY DEFERRABLE\n'),
    17,
    'waits for a safe snapshot',
  ],
  [
    'the recorder’s own settings',
    () => changed('INSERT', 'SET client_min_messages = error; INSERT'),
    6,
    'the recorder learns by this setting',
  ],
  [
    'an order twice',
    () =>
      `${YAML}orders:\n  - { order: AABB, name: A first }\n  - { order: AABB, name: B first }\n`,
    33,
    'AABB stands there twice',
  ],
  [
    'orders without the first',
    () =>
      `${YAML}orders:\n  - { order: ABAB, name: In turns }\n  - { order: BBAA, name: B first }\n`,
    33,
    'AABB, the order shown first, is not among them',
  ],
  [
    'too many orders',
    () =>
      changed('  B:\n', `  B:\n${'    - { does: Reads, sql: SELECT 1 }\n'.repeat(24)}`).replace(
        'order: AABB',
        `order: AA${'B'.repeat(26)}`,
      ),
    1,
    'orders: there are 378 orders: name those to record (at most 300)',
  ],
];

describe('a mistake is named with its line and what to do:', () => {
  test.each(MISTAKES)('%s', async (_name, yaml, line, mistake) => {
    const broken = scenario({ ...good, 'scenario.yaml': yaml() });
    await expect(broken).rejects.toThrow(
      expect.objectContaining({
        name: 'ScenarioError',
        line,
        message: expect.stringContaining(mistake),
      }),
    );
    await expect(broken).rejects.toThrow(
      `${path.join('examples/sessions/two-writers/scenario.yaml')}:${line}: `,
    );
  });

  test('what only looks like one is none', async () => {
    const yaml = changed('sql: BEGIN\n', 'sql: BEGIN NOT DEFERRABLE\n').replace(
      'balance int)',
      'balance int UNIQUE DEFERRABLE INITIALLY DEFERRED)',
    );
    await expect(scenario({ ...good, 'scenario.yaml': yaml })).resolves.toBeDefined();
  });

  test('a folder that there is not, with the nearest', async () => {
    await scenario(good);
    await expect(readScenario('two-riters', root)).rejects.toThrow(
      "two-riters: there is no such scenario; did you mean 'two-writers'?",
    );
  });

  test('a file that is missing', async () => {
    await expect(scenario({ 'scenario.yaml': YAML })).rejects.toThrow(
      'dynamodb.ts: the file is missing; a scenario has scenario.yaml, dynamodb.ts, recording.json',
    );
  });

  test('a file that no scenario has', async () => {
    await expect(scenario({ ...good, 'scenario.yml': YAML })).rejects.toThrow(
      "scenario.yml: no scenario has a file of this name; did you mean 'scenario.yaml'?",
    );
  });

  test('a marker of no step', async () => {
    const program = PROGRAM.replace('step: A2', 'step: A3');
    await expect(scenario({ ...good, 'dynamodb.ts': program })).rejects.toThrow(
      /dynamodb\.ts: "\/\/ step: A3": a marker is "set-up", first and once, or a step/,
    );
  });
});

describe('a recording', () => {
  test('that is not there is asked for', async () => {
    await scenario(good);
    await expect(readRecording('two-writers', root)).rejects.toThrow(
      'recording.json: not recorded yet: npm run record -- two-writers',
    );
    await expect(readRecorded(root)).rejects.toThrow(
      'recorded.json: nothing was recorded yet: npm run record',
    );
  });

  test('that cannot be read is to be made anew', async () => {
    await scenario({ ...good, 'recording.json': '{}' });
    await expect(readRecording('two-writers', root)).rejects.toThrow(
      expect.objectContaining({
        name: 'ScenarioError',
        message: expect.stringContaining('record it anew: npm run record -- two-writers'),
      }),
    );
    await writeFile(path.join(root, 'examples/sessions/recorded.json'), '{"server": "18.4"}');
    await expect(readRecorded(root)).rejects.toThrow('record it anew: npm run record');
  });

  test('says on what it was made, and when', async () => {
    await scenario(good);
    const recorded = { server: '18.4', date: '2026-12-01' };
    await writeFile(path.join(root, 'examples/sessions/recorded.json'), JSON.stringify(recorded));
    expect(await readRecorded(root)).toEqual(recorded);
  });
});

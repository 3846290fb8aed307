/** Mistakes in a lab's folder: each names the file, the line and the fix. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listLabs, loadLab, readLab } from '../../../src/engine/lab/load.ts';

const good = {
  'lab.yaml': `title: One row
summary: Reads one row on both sides.
expect:
  Fail: { postgres: '42P01' }
checks:
  - sql: SELECT 1
    rows: [[1]]
`,
  'dynamodb.ts': '// step: Read\nawait 0;\n',
  'postgres.sql': '-- step: Read\nSELECT 1;\n-- step: Fail\nSELECT * FROM nowhere;\n',
};

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'labs-'));
});
afterEach(() => rm(root, { recursive: true }));

async function lab(files: Record<string, string>, id = 'a-chapter/a-lab') {
  await mkdir(path.join(root, 'examples', id), { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    await writeFile(path.join(root, 'examples', id, name), text);
  }
  return readLab(id, root);
}

describe('one program for both databases', () => {
  const main = { 'lab.yaml': good['lab.yaml'], 'main.ts': '// step: Fail\nawait 0;\n' };

  test('stands as DynamoDB’s, and the lab has both sides', async () => {
    expect(await lab(main)).toMatchObject({
      main: true,
      sides: ['dynamodb', 'postgres'],
      sources: { dynamodb: main['main.ts'], postgres: '' },
    });
    expect(await lab(good, 'a-chapter/a-pair')).toMatchObject({ main: false });
  });

  test('has no other beside it', async () => {
    await expect(lab({ ...main, 'postgres.sql': 'SELECT 1;' })).rejects.toThrow(
      'postgres.sql: no lab has a file of this name (a lab with main.ts has lab.yaml, main.ts, expected.json)',
    );
  });

  test('of an exercise is each of its three', async () => {
    const text = `title: One row
summary: Reads one row on both sides.
exercise:
  main: true
  task: Read one row on both sides, please.
  starter: { fails: A row }
  decoy: { fails: A row, because: It reads none at all. }
  hints: [The first of them., The second of them.]
  explanation: A row is read where there is one.
checks: [{ name: A row, sql: SELECT 1, rows: [[1]] }]
`;
    const programs = { 'starter.ts': '1;\n', 'solution.ts': '2;\n', 'decoy.ts': '3;\n' };
    expect(await lab({ 'lab.yaml': text, ...programs })).toMatchObject({
      main: true,
      sides: ['dynamodb', 'postgres'],
      sources: { dynamodb: '1;\n' },
      variants: { solution: { dynamodb: '2;\n' }, decoy: { dynamodb: '3;\n' } },
    });
    const { 'decoy.ts': _, ...two } = programs;
    await expect(lab({ 'lab.yaml': text, ...two }, 'a-chapter/half')).rejects.toThrow(
      'decoy.ts: the file is missing; an exercise for both databases in one program has lab.yaml, starter.ts',
    );
    const sql = { ...programs, 'starter.sql': 'SELECT 1;' };
    await expect(lab({ 'lab.yaml': text, ...sql }, 'a-chapter/more')).rejects.toThrow(
      'starter.sql: no exercise has a file of this name',
    );
  });
});

describe('a lab that is right', () => {
  test('is read with its defaults filled in', async () => {
    expect(await lab(good)).toMatchObject({
      id: 'a-chapter/a-lab',
      dataset: 'inkwell',
      expect: { Fail: { postgres: ['42P01'] } },
      sources: { dynamodb: good['dynamodb.ts'] },
    });
    expect(await listLabs(root)).toEqual(['a-chapter/a-lab']);
  });

  test('names the extensions that its program creates', async () => {
    const text = `${good['lab.yaml']}extensions: [vector, pg_trgm]\n`;
    expect(await lab({ ...good, 'lab.yaml': text })).toMatchObject({
      extensions: ['vector', 'pg_trgm'],
    });
  });

  test('names the steps that it compares, once where both sides call them the same', async () => {
    const text = `${good['lab.yaml']}compare: [Read, { dynamodb: Read, postgres: Fail }]\n`;
    expect(await lab({ ...good, 'lab.yaml': text })).toMatchObject({
      compare: [
        { dynamodb: 'Read', postgres: 'Read' },
        { dynamodb: 'Read', postgres: 'Fail' },
      ],
    });
    const wrong = `${good['lab.yaml']}compare: [Raed]\n`;
    await expect(lab({ ...good, 'lab.yaml': wrong })).rejects.toThrow(
      "lab.yaml:8: no step is named 'Raed'; did you mean 'Read'?",
    );
  });

  test('has its marks cut off, and says where one of them is wrong', async () => {
    const text = `${good['lab.yaml']}translations:\n  Read:\n    one: Both of them answer one thing.\n`;
    const marked = {
      'lab.yaml': text,
      'dynamodb.ts': '// step: Read\nawait 0; // = one\n',
      'postgres.sql': good['postgres.sql'].replace('SELECT 1;', 'SELECT 1; -- = one "1"'),
    };
    const { sources, translations } = await lab(marked);
    expect(sources).toMatchObject({
      dynamodb: good['dynamodb.ts'],
      postgres: good['postgres.sql'],
    });
    expect(translations).toMatchObject([{ mark: 'one', steps: { postgres: 'Read' } }]);
    await expect(lab({ ...marked, 'lab.yaml': good['lab.yaml'] })).rejects.toThrow(
      "dynamodb.ts:2: translations of lab.yaml has no sentence for 'one'",
    );
    await expect(lab({ ...marked, 'dynamodb.ts': good['dynamodb.ts'] })).rejects.toThrow(
      "postgres.sql:2: no line of the step 'Read' is marked 'one' in the source of dynamodb",
    );
    const more = `${text}    two: Nothing is marked as this one.\n`;
    await expect(lab({ ...marked, 'lab.yaml': more })).rejects.toThrow('lab.yaml:11: no line of');
  });

  test('cannot be shown before it is recorded', async () => {
    await lab(good);
    await expect(loadLab('a-chapter/a-lab', root)).rejects.toThrow(
      'expected.json: not recorded yet: npm run examples -- a-chapter/a-lab --update',
    );
  });
});

describe('a lab with a mistake', () => {
  const yaml = (change: (text: string) => string) =>
    lab({ ...good, 'lab.yaml': change(good['lab.yaml']) });

  test.each([
    ['vektor', /lab.yaml:8: extensions.0: there is no extension 'vektor' .* there are: amcheck, /],
    ['dblink', /lab.yaml:8: extensions.0: dblink cannot be loaded: .* on a server/],
    ['postgis, vector', /lab.yaml:8: extensions: postgis is in a PostgreSQL of its own, .* alone/],
  ])('names the extension %s, which cannot be loaded', async (name, message) => {
    await expect(yaml((text) => `${text}extensions: [${name}]\n`)).rejects.toThrow(message);
  });

  test.each([
    [
      'a misspelt field',
      (t: string) => t.replace('summary:', 'sumary:'),
      "lab.yaml:2: 'sumary' is no field; did you mean 'summary'?",
    ],
    ['a missing field', (t: string) => t.replace(/summary:.*\n/, ''), 'lab.yaml:1: summary: '],
    [
      'no check',
      (t: string) => t.replace(/checks:[\s\S]*/, 'checks: []\n'),
      'lab.yaml:5: checks: a lab has at least one check of its own',
    ],
    [
      'a check without its amount',
      (t: string) => `${t}  - calls: Scan\n`,
      'lab.yaml:8: checks.1: say how much',
    ],
    [
      'a step that is not there',
      (t: string) => t.replace('Fail:', 'Fial:'),
      "lab.yaml:4: no step is named 'Fial'; did you mean 'Fail'?",
    ],
    ['text that is not YAML', (t: string) => `${t}  : : :\n`, 'lab.yaml:8: not YAML'],
  ])('%s is named with its line', async (_what, change, message) => {
    await expect(yaml(change)).rejects.toThrow(message);
  });

  test('a missing file is named', async () => {
    const { 'postgres.sql': _, ...rest } = good;
    await expect(lab(rest)).rejects.toThrow(
      'postgres.sql: the file is missing; a lab has lab.yaml',
    );
  });

  test('a misspelt file is named', async () => {
    await expect(lab({ ...good, 'postgre.sql': '' })).rejects.toThrow(
      "did you mean 'postgres.sql'?",
    );
  });

  test('a misspelt id is named', async () => {
    await lab(good);
    await expect(readLab('a-chapter/a-lap', root)).rejects.toThrow(
      "there is no such lab; did you mean 'a-chapter/a-lab'?",
    );
  });
});

describe('an exercise', () => {
  const exercise = {
    'lab.yaml': `title: One row
summary: Read one row.
exercise:
  task: Read the one row that there is.
  starter: { fails: One row is read }
  decoy: { fails: Nothing is written, because: It writes what it then reads. }
  hints: [There is a table., SELECT reads it.]
  explanation: A row that is there needs no writing.
checks:
  - name: One row is read
    answer: postgres
    rows: [[1]]
  - name: Nothing is written
    cost: walBytes
    is: 0
`,
    'starter.sql': 'SELECT 2;\n',
    'solution.sql': 'SELECT 1;\n',
    'decoy.sql': 'SELECT 1;\n',
  };

  test('may be of one side alone', async () => {
    expect(await lab(exercise)).toMatchObject({
      sides: ['postgres'],
      sources: { dynamodb: '', postgres: 'SELECT 2;\n' },
      variants: { solution: { postgres: 'SELECT 1;\n' }, decoy: { dynamodb: '' } },
    });
  });

  test.each([
    [
      'a program is missing',
      { 'decoy.sql': undefined },
      /decoy\.sql: the file is missing; an exercise has lab\.yaml, starter\.ts, /,
    ],
    [
      'a side has only one of its programs',
      { 'starter.ts': 'await 0;\n' },
      /solution\.ts: the file is missing/,
    ],
    [
      'it has the files of a lab',
      { 'postgres.sql': 'SELECT 1;\n' },
      /postgres\.sql: no exercise has a file of this name/,
    ],
    [
      'no check has the name that refuses the starter',
      { 'lab.yaml': exercise['lab.yaml'].replace('fails: One row is read', 'fails: One row') },
      /lab\.yaml:5: exercise\.starter\.fails: no check is named 'One row'/,
    ],
    [
      'a check has no name',
      {
        'lab.yaml': exercise['lab.yaml'].replace(
          '  - name: Nothing is written\n    cost',
          '  - cost',
        ),
      },
      /lab\.yaml:\d+: checks\.1: a check of an exercise has a `name`/,
    ],
    [
      'a check asks the side that it does not have',
      {
        'lab.yaml': exercise['lab.yaml'].replace('cost: walBytes', 'cost: requests'),
      },
      /lab\.yaml:13: checks\.1: it asks about DynamoDB, and there is no starter\.ts/,
    ],
  ])('%s: says so', async (_, change, message) => {
    const files = Object.entries({ ...exercise, ...change }).filter(
      ([, text]) => text !== undefined,
    );
    await expect(lab(Object.fromEntries(files) as Record<string, string>)).rejects.toThrow(message);
  });
});

describe('a dialect', () => {
  const partiql = "-- step: Read\nSELECT * FROM Users WHERE UserID = 'a';\n";

  test('is read where its file is there', async () => {
    expect((await lab({ ...good, 'dynamodb.partiql': partiql })).dialects).toEqual({ partiql });
    expect((await lab(good, 'a-chapter/plain')).dialects).toEqual({});
  });

  test.each([
    [
      'dynamodb.partiql',
      '-- step: Reed\nSELECT 1;\n',
      "dynamodb.partiql:1: dynamodb.ts has no step 'Reed'; did you mean 'Read'?",
    ],
    [
      'dynamodb.sh',
      'aws dynamodb list-tables\n',
      "dynamodb.sh: the step 'Read' of dynamodb.ts is missing",
    ],
    [
      'dynamodb.sh',
      '# step: Read\n\n# step: Read\n',
      "dynamodb.sh:3: the step 'Read' is out of order: dynamodb.ts has 'none' here",
    ],
  ])('%s has the steps of dynamodb.ts', async (file, text, message) => {
    await expect(lab({ ...good, [file]: text })).rejects.toThrow(message);
  });

  test('that a check asks about is one that the lab has', async () => {
    const check = '  - calls: GetItem\n    is: 0\n    dialect: cli\n';
    const files = { ...good, 'lab.yaml': `${good['lab.yaml']}${check}` };
    await expect(lab(files)).rejects.toThrow(
      "lab.yaml:10: checks.1: the lab has no dialect 'cli' to tell from others",
    );
    const found = await lab({ ...files, 'dynamodb.sh': '# step: Read\n' });
    expect(found.checks[1]).toMatchObject({ dialect: 'cli' });
  });
});

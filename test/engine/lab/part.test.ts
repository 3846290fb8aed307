/** A part of a lab is run: a step, a selection, the statement at a cursor; and statements are explained. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { explainPart } from '../../../src/engine/lab/explain.ts';
import type { Part } from '../../../src/engine/lab/part.ts';
import type { LabRun } from '../../../src/engine/lab/result.ts';
import { runLab } from '../../../src/engine/lab/run.ts';
import { type OpenEngines, openEngines } from '../../../tools/engines/open.ts';

let engines: OpenEngines;
beforeAll(async () => {
  engines = await openEngines();
});
afterAll(() => engines.close());

const lab = { dataset: 'inkwell', expect: { Refuse: { dynamodb: ['RangeError'] } } };
const { signal } = new AbortController();

const SQL = `CREATE TABLE seen (n int);

-- step: One
INSERT INTO seen VALUES (1);
SELECT count(*) FROM seen;

-- step: Two
INSERT INTO seen VALUES (2); SELECT max(n) FROM seen;
-- the sum
SELECT sum(n)
  FROM seen;

-- step: Three
INSERT INTO seen VALUES (3);
`;
const SCRIPT = `const seen: number[] = [];

// step: One
seen.push(1);
print();

// step: Refuse
seen.push(2);
console.log('before');
throw new RangeError('no');

// step: Three
seen.push(3);
print();
function print() {
  console.log(seen.join());
}
`;

const at = (source: string, text: string) => {
  const offset = source.indexOf(text);
  if (offset === -1) throw new Error(`the program has no ${text}`);
  return offset;
};
const step = (source: string, text: string): Part => ({ kind: 'step', at: at(source, text) });
const cursor = (source: string, text: string): Part & { kind: 'text' } => {
  const offset = at(source, text);
  return { kind: 'text', from: offset, to: offset };
};
const selection = (source: string, text: string): Part & { kind: 'text' } => {
  const from = at(source, text);
  return { kind: 'text', from, to: from + text.length };
};

const runSql = (part?: Part, source = SQL): Promise<LabRun> =>
  runLab(engines, {
    lab,
    sides: ['postgres'],
    sources: { postgres: source },
    ...(part && { parts: { postgres: part } }),
    signal,
  });
const runScript = (part?: Part, source = SCRIPT): Promise<LabRun> =>
  runLab(engines, {
    lab,
    sides: ['dynamodb'],
    sources: { dynamodb: source },
    ...(part && { parts: { dynamodb: part } }),
    signal,
  });
const statuses = (run: LabRun) =>
  [...(run.postgres?.steps ?? []), ...(run.dynamodb?.steps ?? [])].map(
    ({ name, status }) => `${name}: ${status}`,
  );
/** What was asked for, the replay left out. */
const asked = ({ postgres, dynamodb }: LabRun) => [
  ...(postgres?.steps.slice(postgres.asked) ?? []).flatMap(({ statements }) =>
    statements.map(({ sql, line, rows, error }) => ({ sql, line, rows, code: error?.code })),
  ),
  ...(dynamodb?.steps.slice(dynamodb.asked) ?? []).flatMap(({ console }) =>
    console.map(({ text }) => text),
  ),
];

describe('a step', () => {
  test('of SQL: the steps before it are replayed and shown, the ones behind are not run', async () => {
    const run = await runSql(step(SQL, '-- the sum'));
    expect(statuses(run)).toEqual([': ok', 'One: ok', 'Two: ok', 'Three: not-run']);
    expect(run.postgres?.steps[2]?.statements.at(-1)?.rows).toEqual([['3']]);
  });

  test('of TypeScript: functions that stand behind it are there', async () => {
    const run = await runScript(step(SCRIPT, "console.log('before')"));
    expect(statuses(run)).toEqual(['One: ok', 'Refuse: expected-failure', 'Three: not-run']);
    expect(run.dynamodb?.steps[0]?.console).toEqual([{ level: 'log', text: '1' }]);
  });

  test('runs although what stands behind it cannot be read', async () => {
    const source = '// step: One\nconsole.log(1);\n// step: Two\nconst = ;\n';
    expect(statuses(await runScript(step(source, 'console'), source))).toEqual(['One: ok']);
  });
});

describe('a selection', () => {
  test('of SQL is run alone, behind all that ends before it', async () => {
    const run = await runSql(selection(SQL, 'SELECT sum(n)\n  FROM seen'));
    expect(statuses(run)).toEqual([': ok', 'One: ok', 'Two: ok', ': ok']);
    expect(asked(run)).toEqual([
      { sql: 'SELECT sum(n)\n  FROM seen', line: 10, rows: [['3']], code: undefined },
    ]);
  });

  test('of SQL may be a part of a statement, and what it makes of that is its own error', async () => {
    const [only] = asked(await runSql(selection(SQL, 'max(n) FROM seen')));
    expect(only).toMatchObject({ sql: 'max(n) FROM seen', line: 8, code: '42601' });
  });

  test('of SQL does not mind what is half written behind it', async () => {
    const source = `${SQL}SELECT 'never ends`;
    expect(asked(await runSql(selection(source, 'SELECT max(n) FROM seen'), source))).toMatchObject(
      [{ rows: [['2']] }],
    );
  });

  test('of TypeScript is run alone, with the functions of the program', async () => {
    const run = await runScript(selection(SCRIPT, 'seen.push(3);\nprint();'));
    expect(statuses(run)).toEqual(['One: ok', 'Refuse: expected-failure', 'Three: ok', ': ok']);
    expect(asked(run)).toEqual(['1,2,3']);
  });

  test('of TypeScript in the middle of a step leaves out what stands behind', async () => {
    const run = await runScript(selection(SCRIPT, "console.log('before');"));
    expect(asked(run)).toEqual(['before']);
    expect(statuses(run)).toEqual(['One: ok', 'Refuse: ok', ': ok']);
  });

  test('of TypeScript before the first step', async () => {
    const run = await runScript(selection(SCRIPT, 'const seen: number[] = [];'));
    expect(statuses(run)).toEqual([': ok', ': ok']);
  });

  test('of an expression is evaluated where it stands, errors at their line', async () => {
    const source = 'const a = [1, 2];\nconst b = a.nothing();\nconsole.log(b);\n';
    const run = await runScript(selection(source, 'a.nothing()'), source);
    expect(run.dynamodb?.steps[1]).toMatchObject({
      status: 'failed',
      error: { name: 'TypeError', line: 2, column: 13 },
    });
  });

  test('without any code says so', async () => {
    expect((await runSql(selection(SQL, '-- the sum\n'))).postgres?.error?.message).toBe(
      'There is no statement in the selection.',
    );
    expect((await runScript(selection(SCRIPT, '\n\n'))).dynamodb?.error?.message).toBe(
      'There is no code in the selection.',
    );
  });
});

describe('the statement at the cursor', () => {
  test.each([
    ['in it', 'max(n)', 'SELECT max(n) FROM seen;'],
    ['behind its semicolon', ' SELECT max', 'INSERT INTO seen VALUES (2);'],
    ['in the comment before it', 'the sum', 'SELECT sum(n)\n  FROM seen;'],
    ['behind the last one of its step', '\n-- step: Three', 'SELECT sum(n)\n  FROM seen;'],
    [
      'before the first one of its step',
      '\nINSERT INTO seen VALUES (2)',
      'INSERT INTO seen VALUES (2);',
    ],
  ])('is the one %s', async (_where, place, sql) => {
    expect(asked(await runSql(cursor(SQL, place)))).toMatchObject([{ sql }]);
  });

  test('is none in a step without any', async () => {
    const source = '-- step: Empty\n-- nothing yet\n\n-- step: Next\nSELECT 1;\n';
    expect((await runSql(cursor(source, 'nothing'), source)).postgres?.error).toMatchObject({
      name: 'NothingToRun',
      message: 'There is no statement at the cursor.',
    });
  });
});

describe('statements are explained', () => {
  const explain = (part: Part & { kind: 'text' }, source = SQL) =>
    explainPart(engines.postgres, { lab, source, part, signal });

  test('where they stand: what is before them was run', async () => {
    const { statements } = await explain(cursor(SQL, 'sum(n)'));
    expect(statements).toMatchObject([
      { line: 10, explanation: { rolledBack: true, cost: { rowsScanned: 2 } } },
    ]);
  });

  test('all of a step, each behind what the ones before it did', async () => {
    const text = SQL.slice(at(SQL, 'INSERT INTO seen VALUES (2)'), at(SQL, '\n-- step: Three'));
    const { statements } = await explain(selection(SQL, text));
    expect(
      statements.map(({ line, explanation }) => [line, explanation.cost?.rowsScanned]),
    ).toEqual([
      [8, 0],
      [8, 2],
      [10, 2],
    ]);
    expect(statements[0]?.explanation.notes.join(' ')).toContain('rolled back');
  });

  test('and what cannot be is refused in words, at its line', async () => {
    const { statements } = await explain(cursor(SQL, 'CREATE TABLE'));
    expect(statements[0]?.explanation.error).toMatchObject({
      line: 1,
      message: expect.stringContaining('CREATE has no plan'),
    });
  });

  test('unless the program cannot be read', async () => {
    const source = "SELECT 'never ends";
    expect(await explain(cursor(source, 'never'), source)).toMatchObject({
      statements: [],
      error: { name: 'SqlScriptError', line: 1 },
    });
  });
});

/** Files that run before a program: a schema of one's own, on the dataset Empty. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { explainPart } from '../../../src/engine/lab/explain.ts';
import type { FirstFile } from '../../../src/engine/lab/first-files.ts';
import type { LabRun } from '../../../src/engine/lab/result.ts';
import { runLab } from '../../../src/engine/lab/run.ts';
import { type OpenEngines, openEngines } from '../../../tools/engines/open.ts';

let engines: OpenEngines;
beforeAll(async () => {
  engines = await openEngines();
});
afterAll(() => engines.close());

const { signal } = new AbortController();
const LAB = { dataset: 'empty', expect: {} };

const SCHEMA = 'CREATE TABLE book (id int PRIMARY KEY, title text);';
const ROWS = 'COPY book FROM STDIN WITH (FORMAT csv);\n1,Emma\n2,"Dune, again"\n\\.';

const TABLE = `import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
const db = new DynamoDBClient({});
await db.send(new CreateTableCommand({
  TableName: 'Books',
  KeySchema: [{ AttributeName: 'Id', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'Id', AttributeType: 'S' }],
  BillingMode: 'PAY_PER_REQUEST',
}));`;
const SCAN = `import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
const db = new DynamoDBClient({});
const { Count } = await db.send(new ScanCommand({ TableName: 'Books' }));`;

function sql(first: FirstFile[], postgres: string): Promise<LabRun> {
  const lab = { ...LAB, first: { postgres: first } };
  return runLab(engines, { lab, sides: ['postgres'], sources: { postgres }, signal });
}

function script(first: FirstFile[], dynamodb: string): Promise<LabRun> {
  const lab = { ...LAB, first: { dynamodb: first } };
  return runLab(engines, { lab, sides: ['dynamodb'], sources: { dynamodb }, signal });
}

test('the dataset Empty has no tables, on either side', async () => {
  const run = await sql(
    [],
    "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace;",
  );
  expect(run.postgres?.steps[0]?.statements[0]?.rows).toEqual([['0']]);
  await engines.dynamodb.reset('empty');
  expect(await engines.dynamodb.handle('ListTables', {})).toMatchObject({
    body: { TableNames: [] },
  });
});

describe('files run before the program, in their order', () => {
  test('of SQL, with inline data, and only the program answers', async () => {
    const files = [
      { name: 'schema.sql', text: SCHEMA },
      { name: 'books.csv.sql', text: ROWS },
    ];
    const { postgres } = await sql(files, 'SELECT title FROM book ORDER BY id;');
    expect(postgres?.first).toEqual([
      { file: 'schema.sql', did: 1 },
      { file: 'books.csv.sql', did: 1 },
    ]);
    expect(postgres?.steps).toHaveLength(1);
    expect(postgres?.steps[0]?.statements[0]?.rows).toEqual([['Emma'], ['Dune, again']]);
  });

  test('of TypeScript, each a program of its own: names do not collide', async () => {
    const { dynamodb } = await script([{ name: 'table.ts', text: TABLE }], SCAN);
    expect(dynamodb?.first).toEqual([{ file: 'table.ts', did: 1 }]);
    expect(dynamodb?.steps[0]?.calls.map(({ operation }) => operation)).toEqual(['Scan']);
  });

  test('also before a statement is explained', async () => {
    const answer = await explainPart(engines.postgres, {
      lab: { ...LAB, first: { postgres: [{ name: 'schema.sql', text: SCHEMA }] } },
      source: 'SELECT * FROM book;',
      part: { kind: 'text', from: 0, to: 0 },
      signal,
    });
    expect(answer.statements[0]?.explanation.cost?.plan.node).toBe('Seq Scan');
  });
});

describe('an error in one of them stands at its file and line, and nothing behind it runs', () => {
  test('of SQL', async () => {
    const files = [
      { name: 'schema.sql', text: `${SCHEMA}\nCREATE TABLE book ();` },
      { name: 'more.sql', text: 'CREATE TABLE more ();' },
    ];
    const { postgres } = await sql(files, 'SELECT 1;');
    expect(postgres).toMatchObject({
      steps: [],
      first: [{ file: 'schema.sql', did: 1 }],
      error: { name: '42P07', file: 'schema.sql', line: 2 },
    });
  });

  test('of TypeScript, of what it threw and of what cannot be read', async () => {
    const throws = await script([{ name: 'a.ts', text: "\nthrow new RangeError('no');" }], SCAN);
    expect(throws.dynamodb?.error).toMatchObject({ name: 'RangeError', file: 'a.ts', line: 2 });
    const broken = await script([{ name: 'b.ts', text: 'const = 1;' }], SCAN);
    expect(broken.dynamodb?.error).toMatchObject({ name: 'SyntaxError', file: 'b.ts', line: 1 });
  });
});

/** What an editor completes and formats: the schema in a text, the SDK's parameters, SQL that stays the same. */

import * as client from '@aws-sdk/client-dynamodb';
import * as document from '@aws-sdk/lib-dynamodb';
import { CompletionContext } from '@codemirror/autocomplete';
import { ensureSyntaxTree } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { beforeAll, describe, expect, test } from 'vitest';
import { datasetSchema } from '@/components/lab/editor-dataset.ts';
import { formatCode } from '@/components/lab/editor-format.ts';
import {
  type DatasetSchema,
  tablesInSql,
  tablesInTypeScript,
  withTables,
} from '@/components/lab/editor-schema.ts';
import { sdkCompletions } from '@/components/lab/editor-sdk.ts';
import { sqlNames } from '@/components/lab/editor-sql.ts';
import { LANGUAGES } from '@/components/lab/highlight.ts';
import type { Side } from '@/engine/lab/result.ts';
import { type SdkShapes, sdkShapes } from '@/engine/lab/sdk-shapes.ts';
import * as inkwell from '../../examples/datasets/inkwell/generate.ts';

let schema: DatasetSchema;
let shapes: SdkShapes;

beforeAll(() => {
  schema = datasetSchema(inkwell);
  shapes = sdkShapes(client, document);
});

/** The place of `|` in a text. */
function at(text: string, side: Side): CompletionContext {
  const doc = text.replace('|', '');
  const state = EditorState.create({ doc, extensions: [LANGUAGES[side]] });
  // A state is parsed for 20 ms at first: a busy machine may need more.
  ensureSyntaxTree(state, doc.length, 10_000);
  return new CompletionContext(state.update({}).state, text.indexOf('|'), true);
}

/** What is offered at `|` in a program. */
function inProgram(text: string): string[] {
  const source = text.replace('|', '');
  const tables = withTables(schema.dynamodb, tablesInTypeScript(source));
  const result = sdkCompletions(at(text, 'dynamodb'), { shapes, tables, source });
  return (result?.options ?? []).map(({ label }) => label);
}

/** What is offered at `|` in SQL. */
async function inSql(text: string): Promise<string[]> {
  const result = await sqlNames(at(text, 'postgres'), schema.postgres, text.replace('|', ''));
  return (result?.options ?? []).map(({ label }) => label);
}

describe('in SQL', () => {
  test('columns stand behind an alias', async () => {
    expect(await inSql('SELECT o.| FROM orders o')).toEqual([
      'order_id',
      'customer_id',
      'amount',
      'status',
      'created_at',
    ]);
  });

  test('the columns of the statement’s tables come before the tables', async () => {
    const offered = await inSql('SELECT 1; SELECT | FROM tags; SELECT * FROM users');
    expect(offered.slice(0, 3)).toEqual(['tag_id', 'name', 'users']);
  });

  test('tables and columns that the text makes are known as well', async () => {
    const made =
      'CREATE TABLE shelf (id int PRIMARY KEY, label text);\nALTER TABLE shelf ADD size int;';
    expect(await inSql(`${made}\nSELECT s.| FROM shelf s`)).toEqual(['id', 'label', 'size']);
  });
});

test('a table is read with its types; constraints, comments and commas in them are no columns', () => {
  const sql = `CREATE TABLE IF NOT EXISTS app."Shelf" (
    id bigint GENERATED ALWAYS AS IDENTITY, -- never, given
    "At" timestamp with time zone NOT NULL,
    price numeric(10, 2) DEFAULT 0 CHECK (price > 0),
    note text DEFAULT 'a, b (c',
    PRIMARY KEY (id, "At"),
    EXCLUDE USING gist (id WITH =)
  );
  CREATE MATERIALIZED VIEW cheap AS SELECT 1;`;
  expect(tablesInSql(sql)).toEqual({
    Shelf: [
      { name: 'id', type: 'bigint' },
      { name: 'At', type: 'timestamp with time zone' },
      { name: 'price', type: 'numeric(10, 2)' },
      { name: 'note', type: 'text' },
    ],
    cheap: [],
  });
});

describe('in a program', () => {
  test('a command’s object offers its parameters, the required ones first', () => {
    expect(inProgram('await db.send(new GetCommand({ | }))').slice(0, 2)).toEqual([
      'TableName',
      'Key',
    ]);
    expect(inProgram('new TransactWriteCommand({ TransactItems: [{ | }] })')).toEqual([
      'ConditionCheck',
      'Put',
      'Delete',
      'Update',
    ]);
  });

  test('what is there already is not offered again', () => {
    const offered = inProgram("new GetCommand({ TableName: 'Orders', | })");
    expect(offered).toContain('Key');
    expect(offered).not.toContain('TableName');
  });

  test('a key has the attributes of its table’s key, an item all of them', () => {
    expect(inProgram("new GetCommand({ TableName: 'UserPosts', Key: { | } })")).toEqual(
      schema.dynamodb['UserPosts']?.keys,
    );
    expect(inProgram("new PutCommand({ TableName: 'Orders', Item: { | } })")).toContain('Amount');
  });

  test('parameters that stand in a constant are known by their TableName', () => {
    expect(inProgram("const one = { TableName: 'Orders', Key: { | } };")).toEqual(['OrderID']);
    expect(inProgram('const one = { | };')).toEqual([]);
  });

  test('tables, indexes and fixed values stand in quotes', () => {
    expect(inProgram("new ScanCommand({ TableName: '|' })")).toEqual(Object.keys(schema.dynamodb));
    expect(inProgram("new QueryCommand({ TableName: 'Orders', IndexName: '|' })")).toEqual(
      Object.keys(schema.dynamodb['Orders']?.indexes ?? {}),
    );
    expect(inProgram("new UpdateCommand({ ReturnValues: '|' })")).toContain('ALL_NEW');
  });

  test('an expression offers attributes, its own placeholders and the functions', () => {
    const offered = inProgram(
      "const one = { TableName: 'Orders', ConditionExpression: 'Amount > |', ExpressionAttributeValues: { ':least': 1 } };",
    );
    expect(offered).toEqual(expect.arrayContaining(['Status', ':least', 'attribute_exists']));
  });

  test('a table that the program makes is known with its keys and indexes', () => {
    const made = `new CreateTableCommand({ TableName: 'Shelf',
      KeySchema: [{ AttributeName: 'Room', KeyType: 'HASH' }, { AttributeName: 'No', KeyType: 'RANGE' }],
      GlobalSecondaryIndexes: [{ IndexName: 'ByLabel', KeySchema: [{ AttributeName: 'Label' }] }] });`;
    expect(inProgram(`${made} new GetCommand({ TableName: 'Shelf', Key: { | } })`)).toEqual([
      'Room',
      'No',
    ]);
    expect(inProgram(`${made} new QueryCommand({ TableName: 'Shelf', IndexName: '|' })`)).toEqual([
      'ByLabel',
    ]);
  });

  test('behind `new` stand commands, each once, from the package that the program imports it from', () => {
    const offered = inProgram('await db.send(new |');
    expect(offered).toContain('GetCommand');
    expect(offered).toContain('CreateTableCommand');
    expect(offered.filter((name) => name === 'QueryCommand')).toEqual(['QueryCommand']);
  });

  test('elsewhere nothing is offered', () => {
    expect(inProgram('const a = |')).toEqual([]);
    expect(inProgram('// new GetCommand({ | })')).toEqual([]);
  });
});

describe('formatting', () => {
  const text = async (code: string, side: Side) => {
    const formatted = await formatCode(code, side);
    return 'text' in formatted ? formatted.text : formatted.refused;
  };

  test('lays SQL out, and a second time changes nothing', async () => {
    const once = await text("select  a,b from t where a='x  y' -- why\n and b>1;", 'postgres');
    expect(once.split('\n').length).toBeGreaterThan(3);
    expect(once).toContain("'x  y' -- why\n");
    expect(await text(once, 'postgres')).toBe(once);
  });

  test('leaves step markers, psql’s commands and dollar quotes as they are', async () => {
    const body = '$$\nBEGIN\n  x  :=  1;\nEND\n$$';
    const formatted = await text(
      `\\x on\n-- step: First\nselect 1;\n-- step: Second\ndo ${body};`,
      'postgres',
    );
    expect(formatted).toContain('\\x on\n-- step: First\n');
    expect(formatted).toContain('\n-- step: Second\n');
    expect(formatted).toContain(body);
  });

  test('leaves a text alone that it cannot read', async () => {
    expect(await text('select (1', 'postgres')).toMatch(/^Not formatted: /);
    expect(await text('const a = ;', 'dynamodb')).toMatch(/^Not formatted: .*cannot read/);
  });

  test('lays TypeScript out at the width of the labs, types and markers kept', async () => {
    expect(await text('// step: One\nconst a:number=1;\nawait   f( {a} )', 'dynamodb')).toBe(
      '// step: One\nconst a: number = 1;\nawait f({ a });',
    );
  });
});

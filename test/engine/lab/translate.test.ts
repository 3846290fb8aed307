/** Marks that link clauses of the two sides: how they are written, and what is said of a wrong one. */
import { describe, expect, test } from 'vitest';
import { readMarks } from '../../../src/engine/lab/marks.ts';
import { translate } from '../../../src/engine/lab/translate.ts';

const SQL = `-- step: Read
SELECT title
  FROM posts -- = table
 WHERE author = 7 -- only theirs -- = author "author = 7" = value "7"
 LIMIT 10; -- = limit
`;
const TYPESCRIPT = `// step: Read
await db.send(
  new QueryCommand({
    TableName: 'Posts', // = table
    KeyConditionExpression: 'Author = :author', // = author
    ExpressionAttributeValues: { ':author': 7 }, // = author "':author': 7" = value "7"
    Limit: 10, // = limit
  }),
);
`;
const SENTENCES = {
  table: 'One table for each request; FROM takes any number.',
  author: 'A key condition takes keys only; WHERE takes any expression.',
  value: 'A value stands apart from the expression, as a parameter does.',
  limit: 'Limit counts what is read, LIMIT what is answered.',
};

describe('a mark', () => {
  test('is cut off, and leaves lines and columns as they were', () => {
    const { code } = readMarks(SQL, 'postgres');
    expect(code.split('\n')).toEqual([
      '-- step: Read',
      'SELECT title',
      '  FROM posts',
      ' WHERE author = 7 -- only theirs',
      ' LIMIT 10;',
      '',
    ]);
  });

  test('means its line without indentation, remark, comma and semicolon, or the piece it quotes', () => {
    const { marks } = readMarks(SQL, 'postgres');
    expect(marks.map(({ name, clause }) => [name, clause.line, clause.from, clause.text])).toEqual([
      ['table', 3, 2, 'FROM posts'],
      ['author', 4, 7, 'author = 7'],
      ['value', 4, 16, '7'],
      ['limit', 5, 1, 'LIMIT 10'],
    ]);
    const lines = readMarks(TYPESCRIPT, 'dynamodb').marks.map(({ clause }) => clause.text);
    expect(lines).toContain("KeyConditionExpression: 'Author = :author'");
    expect(lines).toContain("':author': 7");
  });

  test('may quote a quotation mark, as JSON does', () => {
    const { marks } = readMarks('SELECT "Name" FROM t; -- = name "\\"Name\\""', 'postgres');
    expect(marks[0]?.clause.text).toBe('"Name"');
  });

  test('is no other comment', () => {
    for (const line of ['f(); // => 7', 'f(); // a = b', 'f(); // = 360 / 2', "g('a // b = c');"]) {
      expect(readMarks(line, 'dynamodb')).toEqual({ code: line, marks: [] });
    }
  });

  test('leaves the end of a line of Windows', () => {
    expect(readMarks('SELECT 1; -- = one\r\n', 'postgres').code).toBe('SELECT 1;\r\n');
  });

  test.each([
    ['SELECT 1; -- = One', /this is no mark: `-- = name`/],
    ['SELECT 1; -- = one "SELECT', /this is no mark/],
    ["SELECT 1; -- = one 'SELECT'", /this is no mark/],
    ['SELECT 1; -- = one "\\x"', /this is no mark/],
    ['SELECT 1; -- = one "SELECT 2"', /the line has no "SELECT 2"/],
    ['SELECT 1 + 1; -- = one "1"', /"1" is in the line more than once; quote more of it/],
    ['  -- = one', /stands at the end of a line of code; this line has none/],
  ])('that is wrong is named with its line: %s', (line, message) => {
    const reading = () => readMarks(`SELECT 0;\n${line}`, 'postgres');
    expect(reading).toThrow(message);
    expect(reading).toThrow(expect.objectContaining({ line: 2 }));
  });
});

/** Throws what is wrong and where, as one text. */
function joined(
  dynamodb: string,
  postgres: string,
  translations: Record<string, Record<string, string>>,
  compare: Array<{ dynamodb: string; postgres: string }> = [],
) {
  return translate({ dynamodb, postgres }, { translations, compare }, (at, message) => {
    const place = 'keys' in at ? at.keys.join('.') : `${at.side}:${at.line}`;
    throw new Error(`${place}: ${message}`);
  });
}

describe('clauses that correspond', () => {
  test('are joined by the mark, in the order of lab.yaml', () => {
    const { sources, translations } = joined(TYPESCRIPT, SQL, { Read: SENTENCES });
    expect(sources.dynamodb).not.toContain('// =');
    expect(translations.map(({ number, mark }) => [number, mark])).toEqual([
      [1, 'table'],
      [2, 'author'],
      [3, 'value'],
      [4, 'limit'],
    ]);
    const { clauses, difference } = translations[1] ?? {};
    expect(clauses?.dynamodb.map(({ text }) => text)).toEqual([
      "KeyConditionExpression: 'Author = :author'",
      "':author': 7",
    ]);
    expect(clauses?.postgres.map(({ text }) => text)).toEqual(['author = 7']);
    expect(difference).toBe(SENTENCES.author);
  });

  test('may stand in steps of different names that `compare` pairs', () => {
    const { translations } = joined(
      '// step: Get it\nawait get(); // = read',
      '-- step: Select it\nSELECT 1; -- = read',
      { 'Get it': { read: 'One is a call, the other a statement.' } },
      [{ dynamodb: 'Get it', postgres: 'Select it' }],
    );
    expect(translations[0]?.clauses.postgres[0]?.text).toBe('SELECT 1');
  });

  const { limit, ...others } = SENTENCES;
  const { table, ...withoutTable } = SENTENCES;
  test.each([
    [
      'a mark without a sentence',
      () => joined(TYPESCRIPT, SQL, { Read: others }),
      "dynamodb:7: translations of lab.yaml has no sentence for 'limit' of the step 'Read'",
    ],
    [
      'a misspelt mark',
      () => joined(TYPESCRIPT, SQL.replace('= table', '= tabel'), { Read: SENTENCES }),
      "postgres:3: translations of lab.yaml has no sentence for 'tabel' of the step 'Read'; did you mean 'table'?",
    ],
    [
      'a sentence without marks',
      () => joined(TYPESCRIPT, SQL, { Read: { ...SENTENCES, order: 'There is no such order.' } }),
      "translations.Read.order: no line of the step 'Read' is marked 'order' in the source of dynamodb",
    ],
    [
      'a mark on one side only',
      () => joined(TYPESCRIPT.replace(' // = limit', ''), SQL, { Read: SENTENCES }),
      "postgres:5: no line of the step 'Read' is marked 'limit' in the source of dynamodb",
    ],
    [
      'a step that is not there',
      () => joined(TYPESCRIPT, SQL, { Raed: SENTENCES }),
      "translations.Raed: no step is named 'Raed'; did you mean 'Read'?",
    ],
    [
      'a mark before the first step',
      () => joined(`f(); // = table\n${TYPESCRIPT}`, SQL, { Read: { table, ...withoutTable } }),
      "dynamodb:1: the mark 'table' stands before the first step",
    ],
    [
      'a piece that is not in the line',
      () => joined(TYPESCRIPT.replace('"7"', '"8"'), SQL, { Read: { limit, ...others } }),
      'dynamodb:6: the line has no "8"',
    ],
  ])('%s is named', (_what, reading, message) => {
    expect(reading).toThrow(message);
  });

  test('are no more than a page has colours for', () => {
    const names = Array.from({ length: 13 }, (_, index) => `mark-${index}`);
    const marked = (comment: string) => names.map((name) => `f(); ${comment} = ${name}`).join('\n');
    const sentences = Object.fromEntries(names.map((name) => [name, 'They are the same.']));
    expect(() =>
      joined(`// step: Read\n${marked('//')}`, `-- step: Read\n${marked('--')}`, {
        Read: sentences,
      }),
    ).toThrow('translations.Read.mark-12: a lab has at most 12 translations');
  });
});

/** How a file of PartiQL statements is read, and what becomes of its statements. */
import { describe, expect, test } from 'vitest';
import { partiqlStatements } from '../../../src/engine/dialect/partiql.ts';
import { logicalCalls } from '../../../src/engine/lab/logical-reads.ts';
import { run } from './support.ts';

const texts = (source: string) => [...partiqlStatements(source)].map(({ text }) => text);

describe('statements', () => {
  test('end at a semicolon, the last one at the end of the file', () => {
    expect(texts('SELECT 1;\n;SELECT\n 2 ; SELECT 3')).toEqual([
      'SELECT 1',
      'SELECT\n 2',
      'SELECT 3',
    ]);
  });

  test('keep semicolons and dashes in strings, quoted names and literals', () => {
    expect(texts(`SELECT 'a;''--' FROM "b;"; SELECT \`c;\``)).toEqual([
      `SELECT 'a;''--' FROM "b;"`,
      'SELECT `c;`',
    ]);
  });

  test('are sent with blanks for their comments, so that places stay', () => {
    expect(texts('-- one\nSELECT /* a; /* b */ */ 1 -- two\nFROM c;')).toEqual([
      'SELECT                  1       \nFROM c',
    ]);
  });

  test('know their place', () => {
    const source = '-- one\nSELECT 1; -- two\n SELECT 2\n';
    const places = [...partiqlStatements(source)].map(({ start, end }) => source.slice(start, end));
    expect(places).toEqual(['SELECT 1;', 'SELECT 2']);
  });

  test.each([
    ["SELECT 1;\nSELECT 'a;\n", 'This string has no end.', 2, 8],
    ['SELECT "a', 'This name in double quotes has no end.', 1, 8],
    ['/* a', 'This comment has no end: close it with “*/”.', 1, 1],
  ])('%j is refused at its place', async (source, message, line, column) => {
    expect((await run('partiql', source)).error).toEqual({
      name: 'SyntaxError',
      message,
      line,
      column,
    });
  });
});

describe('a run', () => {
  test('sends a statement as one ExecuteStatement, and says what it used', async () => {
    const { steps } = await run('partiql', `SELECT * FROM Users WHERE UserID = 'U12345';`);
    const [call] = steps[0]?.calls ?? [];
    expect(call).toMatchObject({
      operation: 'ExecuteStatement',
      request: {
        Statement: `SELECT * FROM Users WHERE UserID = 'U12345'`,
        ReturnConsumedCapacity: 'TOTAL',
      },
      metering: { itemsRead: 1, itemsReturned: 1 },
    });
  });

  test('goes on after NextToken: the pages are one read', async () => {
    // A statement has at most 8,192 characters, a page at most 1 MB: 150 items are more than that.
    const long = 'x'.repeat(8_000);
    const writes = Array.from(
      { length: 150 },
      (_, n) => `INSERT INTO Sessions VALUE {'SessionID': 'New${n}', 'Long': '${long}'};`,
    );
    const { steps } = await run('partiql', `${writes.join('\n')}\nSELECT SessionID FROM Sessions;`);
    const { error, calls = [] } = steps[0] ?? {};
    expect(error).toBeUndefined();
    const read = logicalCalls(calls).at(-1) ?? [];
    expect(read.length).toBe(2);
    expect(read.reduce((sum, { metering }) => sum + metering.itemsReturned, 0)).toBe(200);
  });

  test('goes on after a statement that fails; the error stands at its line', async () => {
    const { steps } = await run(
      'partiql',
      `SELECT * FROM Nowhere;\n\n  INSERT INTO Users VALUE {'UserID': 'U12345'};\nSELECT * FROM Users WHERE UserID = 'U12345';`,
    );
    expect(steps[0]).toMatchObject({
      status: 'failed',
      error: { name: 'ResourceNotFoundException', line: 1, column: 1 },
      calls: [{ status: 400 }, { status: 400 }, { status: 200 }],
    });
  });

  test('a failure that the lab declares is as it should be', async () => {
    const declared = { Twice: { dynamodb: ['DuplicateItemException'] } };
    const source = `-- step: Twice\nINSERT INTO Users VALUE {'UserID': 'U12345'};`;
    const { steps } = await run('partiql', source, { lab: { expect: declared } });
    expect(steps).toMatchObject([
      {
        name: 'Twice',
        status: 'expected-failure',
        error: { name: 'DuplicateItemException', line: 2 },
      },
    ]);
    const empty = await run('partiql', '-- step: Twice\n', { lab: { expect: declared } });
    expect(empty.steps).toMatchObject([{ status: 'unexpected-success' }]);
  });
});

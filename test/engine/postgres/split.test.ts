/** Scripts are split where psql splits them. */
import { describe, expect, it } from 'vitest';
import {
  formOf,
  parseSteps,
  SqlScriptError,
  splitSql,
} from '../../../src/engine/postgres/split.ts';

const texts = (script: string) => splitSql(script).map(({ text }) => text);

describe('a script is one statement where', () => {
  it.each([
    ['a semicolon is in a string', "SELECT 'a;b'"],
    ['a string has a doubled quote', "SELECT 'it''s; fine'"],
    ['a backslash ends an ordinary string', "SELECT '\\', ';'"],
    ['an E string has an escaped quote', "SELECT E'it\\'s; fine'"],
    ['an E string ends in an escaped backslash', "SELECT E'\\\\', ';'"],
    ['a semicolon is in a quoted identifier', 'SELECT 1 AS "a;""b"'],
    ['a semicolon is between dollars', 'SELECT $$a;b$$'],
    ['a dollar quote has a tag and another inside', 'SELECT $x$a;$$;$y$;$x$'],
    ['parameters are no dollar quotes', 'PREPARE p AS SELECT $1, $2'],
    ['dollars are part of a name', 'SELECT a$b$ FROM t$b$'],
    ['a semicolon is in a comment', 'SELECT 1 -- a; b\n, 2'],
    ['comments are nested', 'SELECT /* a; /* b; */ c; */ 1'],
    ['a rule has several actions', 'CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2)'],
    [
      'a function has a body of statements',
      'CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END',
    ],
    [
      'such a body holds CASE',
      'CREATE OR REPLACE PROCEDURE f() BEGIN ATOMIC SELECT CASE WHEN a THEN 1 END; SELECT 2; END',
    ],
    ['there is no semicolon at all', 'SELECT 1'],
  ])('%s', (_, script) => {
    expect(texts(script)).toEqual([script]);
    expect(texts(`${script};`)).toEqual([`${script};`]);
  });
});

describe('a script is several statements where', () => {
  it('semicolons stand outside all that', () => {
    expect(texts('SELECT 1; SELECT 2 ;\nSELECT 3')).toEqual([
      'SELECT 1;',
      'SELECT 2 ;',
      'SELECT 3',
    ]);
  });

  it('BEGIN starts a transaction, which is no body', () => {
    expect(texts('BEGIN; SELECT 1; END;')).toEqual(['BEGIN;', 'SELECT 1;', 'END;']);
  });

  it('a function whose body is a string is followed by another statement', () => {
    const create = 'CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1; $$;';
    expect(texts(`${create} SELECT f();`)).toEqual([create, 'SELECT f();']);
  });
});

describe('what is no statement is left out:', () => {
  it.each([
    ['nothing', ''],
    ['space', ' \n\t'],
    ['comments', '-- a\n/* b */'],
    ['lone semicolons', ';;\n;'],
  ])('%s', (_, script) => {
    expect(splitSql(script)).toEqual([]);
  });
});

describe('a statement knows where it begins', () => {
  it('in lines and columns from 1, behind the comments before it', () => {
    expect(splitSql('-- first\nSELECT 1; /* x */ SELECT\n  2;\n\n  SELECT 3')).toEqual([
      { text: 'SELECT 1;', line: 2, column: 1 },
      { text: 'SELECT\n  2;', line: 2, column: 19 },
      { text: 'SELECT 3', line: 5, column: 3 },
    ]);
  });

  it('with lines that end as on Windows', () => {
    expect(splitSql('SELECT 1;\r\nSELECT 2;\r\n')[1]).toEqual({
      text: 'SELECT 2;',
      line: 2,
      column: 1,
    });
  });
});

describe('what has no end is an error at the place where it begins:', () => {
  it.each([
    ['unterminated-string', "SELECT 1;\n  SELECT 'abc;\n"],
    ['unterminated-string', "SELECT 1;\n  SELECT E'abc\\'"],
    ['unterminated-identifier', 'SELECT 1;\n  SELECT "abc'],
    ['unterminated-comment', 'SELECT 1;\n  SELECT /* a /* b */ ;'],
    ['unterminated-dollar-quote', 'SELECT 1;\n  SELECT $x$ abc; $$ $y$'],
  ])('%s', (kind, script) => {
    const error = errorOf(() => splitSql(script));
    expect(error).toMatchObject({ kind, line: 2 });
    expect(error.column).toBeGreaterThanOrEqual(10);
    expect(error.column).toBeLessThanOrEqual(11);
  });
});

describe('data of COPY FROM STDIN', () => {
  const script = "COPY t (a, b) FROM STDIN;\n1\t;x\n2\t'y\n\\.\nSELECT 1;";

  it('belong to their statement, whatever they hold', () => {
    expect(splitSql(script)).toEqual([
      { text: "COPY t (a, b) FROM STDIN;\n1\t;x\n2\t'y\n\\.", line: 1, column: 1 },
      { text: 'SELECT 1;', line: 5, column: 1 },
    ]);
  });

  it('are sent apart from it', () => {
    expect(formOf(texts(script)[0] ?? '')).toEqual({
      query: 'COPY t (a, b) FROM STDIN;',
      copyData: "1\t;x\n2\t'y\n",
      words: ['copy', 't', 'from', 'stdin'],
      isJoined: false,
    });
  });

  it('may be missing', () => {
    expect(formOf('COPY t FROM stdin WITH (FORMAT csv);')).toMatchObject({ copyData: '' });
  });

  it('begin below the line of their COPY, whatever comments end it', () => {
    const copies = ['COPY t FROM STDIN; -- x\n1\n\\.', 'COPY t FROM STDIN; /* y */\n2\n\\.'];
    expect(texts(copies.join('\n'))).toEqual(copies);
  });

  it('end only where \\. is alone on its line, as in psql', () => {
    const script = 'COPY t FROM STDIN;\n1\n\\. \n \\.\n2\n\\.\r\nSELECT 1;';
    expect(texts(script)).toEqual([script.slice(0, -'\r\nSELECT 1;'.length), 'SELECT 1;']);
  });

  it('may follow \\g, and a COPY joined to other statements', () => {
    expect(formOf(texts('COPY t FROM STDIN \\g\n1\n\\.\nSELECT 1;')[0] ?? '')).toMatchObject({
      query: 'COPY t FROM STDIN',
      metaCommand: '\\g',
      copyData: '1\n',
    });
    expect(formOf('BEGIN\\; COPY t FROM STDIN\\; COMMIT;\n1\n\\.')).toMatchObject({
      copyData: '1\n',
    });
  });

  it('are not looked for behind other kinds of COPY', () => {
    const copies = ['COPY t TO STDOUT;', "COPY t FROM '/tmp/t';", 'COPY (SELECT 1) TO STDOUT;'];
    expect(texts(copies.join('\n'))).toEqual(copies);
  });
});

describe('backslash commands of psql', () => {
  it('are statements of their own, up to the end of their line', () => {
    expect(texts('\\d orders;\nSELECT 1;')).toEqual(['\\d orders;', 'SELECT 1;']);
  });

  it('end the statement in which they stand', () => {
    expect(texts('SELECT 1 \\gx\nSELECT 2;')).toEqual(['SELECT 1 \\gx', 'SELECT 2;']);
  });

  it('are named for whoever runs them', () => {
    expect(formOf('SELECT 1 \\gx').metaCommand).toBe('\\gx');
    expect(formOf("SELECT '\\gx'").metaCommand).toBeUndefined();
  });
});

describe('steps', () => {
  it('begin at their markers and hold the statements below', () => {
    const script = `-- step: Take one
SELECT 1;
SELECT 2;

  --step: Take another
SELECT 3;
-- step: Look`;
    expect(parseSteps(script)).toEqual({
      steps: [
        {
          name: 'Take one',
          line: 1,
          statements: [
            { text: 'SELECT 1;', line: 2, column: 1 },
            { text: 'SELECT 2;', line: 3, column: 1 },
          ],
        },
        {
          name: 'Take another',
          line: 5,
          statements: [{ text: 'SELECT 3;', line: 6, column: 1 }],
        },
        { name: 'Look', line: 7, statements: [] },
      ],
    });
  });

  it('have one without a name where statements precede the first marker', () => {
    const { steps } = parseSteps('-- about\nSELECT 1;\n-- step: One\nSELECT 2;');
    expect(steps.map(({ name, line }) => [name, line])).toEqual([
      ['', 2],
      ['One', 3],
    ]);
    expect(parseSteps('-- about\n-- step: One\n').steps.map(({ name }) => name)).toEqual(['One']);
  });

  it.each([
    ['inside a statement', 'SELECT\n-- step: x\n1;', 'misplaced-step', 2],
    ['inside parentheses', 'SELECT (\n-- step: x\n1);', 'misplaced-step', 2],
    ['inside a string', "SELECT '\n-- step: x\n';", 'misplaced-step', 2],
    ['inside a dollar quote', 'DO $$\nBEGIN\n-- step: x\nEND $$;', 'misplaced-step', 3],
    ['inside a comment', '/*\n-- step: x\n*/', 'misplaced-step', 2],
    ['behind a statement', 'SELECT 1; -- step: x', 'misplaced-step', 1],
    ['without a name', 'SELECT 1;\n-- step:', 'unnamed-step', 2],
    ['of a name that is taken', '-- step: x\n-- step: y\n-- step: x', 'duplicate-step', 3],
  ])('cannot begin %s', (_, script, kind, line) => {
    expect(errorOf(() => parseSteps(script))).toMatchObject({ kind, line });
  });
});

function errorOf(work: () => unknown): SqlScriptError {
  try {
    work();
  } catch (error) {
    if (error instanceof SqlScriptError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** A part of a program in a dialect is run: a step, a selection, the statement or command at a cursor. */
import { describe, expect, test } from 'vitest';
import type { Dialect } from '../../../src/engine/lab/dialects.ts';
import type { Part } from '../../../src/engine/lab/part.ts';
import { run } from './support.ts';

const PROGRAMS = {
  partiql: `-- step: One
INSERT INTO Users VALUE {'UserID': 'one'};

-- step: Two
INSERT INTO Users VALUE {'UserID': 'two'}; SELECT * FROM Users WHERE UserID = 'one';
-- the other
SELECT * FROM Users WHERE UserID = 'two';

-- step: Three
SELECT 'half written
`,
  cli: `# step: One
aws dynamodb put-item --table-name Users --item UserID={S=one}

# step: Two
aws dynamodb put-item --table-name Users --item UserID={S=two}
# the other
aws dynamodb get-item --table-name Users \\
  --key UserID={S=two}

# step: Three
aws dynamodb 'half written
`,
} satisfies Record<Dialect, string>;

const at = (dialect: Dialect, text: string) => {
  const offset = PROGRAMS[dialect].indexOf(text);
  if (offset === -1) throw new Error(`the program has no ${text}`);
  return offset;
};

async function ran(dialect: Dialect, part: Part) {
  const { steps, asked, error } = await run(dialect, PROGRAMS[dialect], { part });
  if (error) return `${error.name}: ${error.message}`;
  return {
    asked,
    steps: steps.map(({ name, status, calls }) => [name, status, calls.length]),
    items: steps.at(-1)?.calls.map(({ metering }) => metering.itemsReturned),
  };
}

describe.each(['partiql', 'cli'] as const)('%s', (dialect) => {
  test('up to a step: what stands behind may be half written', async () => {
    const offset = at(dialect, 'two');
    expect(await ran(dialect, { kind: 'step', at: offset })).toMatchObject({
      steps: [
        ['One', 'ok', 1],
        ['Two', 'ok', dialect === 'partiql' ? 3 : 2],
      ],
    });
  });

  test('at the cursor: what stands before is run first, and what stands behind is not read', async () => {
    const offset = at(dialect, 'the other');
    expect(await ran(dialect, { kind: 'text', from: offset, to: offset })).toEqual({
      asked: 2,
      steps: [
        ['One', 'ok', 1],
        ['Two', 'ok', dialect === 'partiql' ? 2 : 1],
        ['', 'ok', 1],
      ],
      items: [1],
    });
  });

  test('a selection is run exactly', async () => {
    const from = at(dialect, dialect === 'partiql' ? 'SELECT' : 'aws dynamodb get');
    const to = at(dialect, dialect === 'partiql' ? '\n-- the other' : '\n\n# step: Three');
    const { steps, items } = (await ran(dialect, { kind: 'text', from, to })) as {
      steps: unknown[];
      items: number[];
    };
    expect(steps.at(-1)).toEqual(['', 'ok', 1]);
    expect(items).toEqual([1]);
  });

  test('a part of a statement that cannot be read is refused at its place in the file', async () => {
    const from = at(dialect, 'half written') - 1;
    const to = from + 6;
    const { error } = await run(dialect, PROGRAMS[dialect], { part: { kind: 'text', from, to } });
    expect(error).toMatchObject({ name: 'SyntaxError', line: dialect === 'partiql' ? 10 : 11 });
  });

  test('where there is nothing to run, it says so', async () => {
    const from = at(dialect, '\n\n');
    const word = dialect === 'partiql' ? 'statement' : 'command';
    expect(await ran(dialect, { kind: 'text', from, to: from + 2 })).toBe(
      `NothingToRun: There is no ${word} in the selection.`,
    );
  });
});

describe('a step marker', () => {
  test.each([
    [
      'partiql',
      'SELECT 1\n-- step: A\nFROM b;',
      2,
      'The step marker "A" stands inside of a statement: end that with a semicolon.',
    ],
    [
      'cli',
      "aws 'a\n# step: A\n'",
      2,
      'The step marker "A" stands inside of a command: end that with the end of its quotes.',
    ],
    [
      'cli',
      '# step: A\n# step: A\n',
      2,
      'There is a step "A" in line 1 already: name this one anew.',
    ],
    ['partiql', '-- step:\n', 1, 'A step needs a name: “step: Name”.'],
  ] as const)('%s, %j', async (dialect, source, line, message) => {
    expect((await run(dialect, source)).error).toMatchObject({ message, line });
  });
});

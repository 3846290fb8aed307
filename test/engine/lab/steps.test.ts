/** Steps of a lab's sources: cutting, lining up, joining. */
import { describe, expect, test } from 'vitest';
import { alignSteps, joinBlocks, stepBlocks } from '../../../src/engine/lab/steps.ts';

const typescript = `import { x } from 'x';

// step: Read
await read();

// step: Write
await write();
`;
const sql = `-- step: Read
SELECT 1;

-- step: Look again
SELECT 2;
-- step: Write
INSERT INTO t VALUES (1);
`;

describe('stepBlocks', () => {
  test('cuts a source at its markers and says on which line each text begins', () => {
    expect(stepBlocks(typescript, 'dynamodb')).toEqual([
      { name: '', text: "import { x } from 'x';", startLine: 1 },
      { name: 'Read', text: 'await read();', startLine: 4 },
      { name: 'Write', text: 'await write();', startLine: 7 },
    ]);
  });

  test('leaves out an empty beginning, but not a step without text', () => {
    expect(stepBlocks('\n-- step: Nothing\n\n', 'postgres')).toEqual([
      { name: 'Nothing', text: '', startLine: 3 },
    ]);
  });

  test('a comment that only mentions a step is no marker', () => {
    expect(stepBlocks('SELECT 1; -- step: no\n', 'postgres')).toHaveLength(1);
    expect(stepBlocks('// the next step: read\n', 'dynamodb')).toHaveLength(1);
  });

  test('takes the line ends of Windows', () => {
    expect(stepBlocks(sql.replaceAll('\n', '\r\n'), 'postgres')).toEqual(
      stepBlocks(sql, 'postgres'),
    );
  });
});

describe('joinBlocks', () => {
  test('gives a source that is cut into the same blocks', () => {
    const blocks = stepBlocks(typescript, 'dynamodb');
    const { source, startLines } = joinBlocks(blocks, 'dynamodb');
    expect(source).toBe(typescript);
    expect(startLines).toEqual(blocks.map((block) => block.startLine));
  });

  test('says where each block begins after an edit made one of them longer', () => {
    const edited = stepBlocks(typescript, 'dynamodb').map((block) =>
      block.name === 'Read' ? { ...block, text: `${block.text}\nawait again();` } : block,
    );
    const { source, startLines } = joinBlocks(edited, 'dynamodb');
    expect(source.split('\n')[(startLines[2] ?? 0) - 1]).toBe('await write();');
  });
});

describe('alignSteps', () => {
  test('puts steps of one name on one row and keeps the order of both sides', () => {
    const rows = alignSteps({ sources: { dynamodb: typescript, postgres: sql } });
    expect(rows.map((row) => [row.name, row.dynamodb?.text, row.postgres?.text])).toEqual([
      ['', "import { x } from 'x';", undefined],
      ['Read', 'await read();', 'SELECT 1;'],
      ['Look again', undefined, 'SELECT 2;'],
      ['Write', 'await write();', 'INSERT INTO t VALUES (1);'],
    ]);
  });
});

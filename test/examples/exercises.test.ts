/** What is said of an exercise whose starter, solution or decoy is not what it is called. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gradeRun } from '../../src/engine/lab/check.ts';
import { checkSchema } from '../../src/engine/lab/check-schema.ts';
import { loadLab } from '../../src/engine/lab/load.ts';
import { proveLab } from '../../src/engine/lab/prove.ts';
import { runLab } from '../../src/engine/lab/run.ts';
import type { Lab } from '../../src/engine/lab/schema.ts';
import { type OpenEngines, openEngines } from '../../tools/engines/open.ts';

let engines: OpenEngines;
let exercise: Lab & Required<Pick<Lab, 'variants'>>;
beforeAll(async () => {
  engines = await openEngines();
  const { lab } = await loadLab('acid-transactions/never-below-zero');
  exercise = lab as typeof exercise;
});
afterAll(() => engines.close());

const problems = async (lab: Lab) => (await proveLab(engines, lab)).exercise;

describe('an exercise that does not hold', () => {
  test('its starter is not refused', async () => {
    const { solution } = exercise.variants;
    expect(await problems({ ...exercise, sources: solution })).toEqual([
      "the starter is not refused by 'One copy is sold in DynamoDB'",
    ]);
  });

  test('its solution does not pass: the check says what it found', async () => {
    const variants = { ...exercise.variants, solution: exercise.sources };
    expect(await problems({ ...exercise, variants })).toEqual([
      'the solution does not pass: Inventory {"ProductID":"P9012"}: found {"Stock":-1}, wanted {"Stock":0}',
      'the solution does not pass: items that DynamoDB wrote: found 1, wanted "exactly 0"',
      'the solution does not pass: SELECT stock FROM inventory WHERE product_id = \'P9012\': found [["-1"]], wanted [["0"]]',
      'the solution does not pass: UPDATE inventory SET stock = -1 WHERE product_id = \'P9013\': found "no error", wanted "23514"',
    ]);
  });

  test('its decoy is refused by more than the check that means it', async () => {
    const variants = { ...exercise.variants, decoy: exercise.sources };
    expect((await problems({ ...exercise, variants }))[0]).toMatch(
      /^the decoy is to be refused by 'PostgreSQL refuses it to every program' alone; it is by: 'One copy is sold in DynamoDB', /,
    );
  });
});

describe('a check', () => {
  const grade = async (check: object, sources: Partial<Lab['sources']>) => {
    const run = await runLab(engines, {
      lab: { dataset: 'inkwell', expect: {} },
      sides: ['dynamodb', 'postgres'],
      sources,
      signal: new AbortController().signal,
    });
    const [result] = await gradeRun([checkSchema.parse(check)], run, engines);
    return result && { passed: result.passed, found: result.found, wanted: result.wanted };
  };
  const read = (keys: string[]) => `import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, BatchGetCommand } from '@aws-sdk/lib-dynamodb';
const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
${keys.map((key) => `await db.send(new GetCommand({ TableName: 'Inventory', Key: { ProductID: '${key}' } }));`).join('\n')}
`;

  test('compares rows in their order, or in any', async () => {
    const postgres = "SELECT * FROM (VALUES (2, 'b'), (1, NULL)) AS t (n, c);";
    const rows = [
      [1, null],
      [2, 'b'],
    ];
    const answer = { answer: 'postgres', rows, columns: ['n', 'c'] };
    expect(await grade(answer, { postgres })).toEqual({
      passed: false,
      found: '["2","b"]\n["1",null]',
      wanted: '["1",null]\n["2","b"]',
    });
    expect(await grade({ ...answer, ordered: false }, { postgres })).toMatchObject({
      passed: true,
    });
  });

  test('names the columns when they are others', async () => {
    const answer = { answer: 'postgres', rows: [[1]], columns: ['total'] };
    expect(await grade(answer, { postgres: 'SELECT 1 AS sum;' })).toEqual({
      passed: false,
      found: 'sum',
      wanted: 'total',
    });
  });

  test('compares the named attributes of all items that were answered', async () => {
    const items = [{ ProductID: 'P9013' }, { ProductID: 'P9012', Stock: 1 }];
    const answer = { answer: 'dynamodb', items };
    expect(await grade(answer, { dynamodb: read(['P9012']) })).toMatchObject({
      passed: false,
      found: '{"ProductID":"P9012","Stock":1}',
    });
    const unordered = {
      answer: 'dynamodb',
      ordered: false,
      items: [{ ProductID: 'P9012' }, { ProductID: 'P9013' }],
    };
    expect(await grade(unordered, { dynamodb: read(['P9013', 'P9012']) })).toMatchObject({
      passed: true,
    });
  });

  test('probes what a table refuses, and leaves no trace of the probe', async () => {
    const given = ['DELETE FROM order_items', 'DELETE FROM orders'];
    const sql = 'SELECT count(*) FROM orders';
    expect(await grade({ sql, rows: [[0]], given }, {})).toMatchObject({ passed: true });
    const [left] = (await engines.postgres.run({ text: sql, line: 1, column: 1 })).rows ?? [];
    expect(left).not.toEqual(['0']);
  });

  test('of a probe that fails before its query names the statement', async () => {
    const probe = { sql: 'SELECT 1', rows: [[1]], given: ['SELECT * FROM nowhere'] };
    expect(await grade(probe, {})).toEqual({
      passed: false,
      found: 'relation "nowhere" does not exist',
      wanted: 'no error',
    });
  });

  test('counts what the run cost', async () => {
    const postgres = 'SELECT count(*) FROM posts;';
    expect(await grade({ cost: 'rowsScanned', is: 1000 }, { postgres })).toMatchObject({
      passed: true,
    });
    expect(await grade({ cost: 'requests', atMost: 1 }, { dynamodb: read(['a', 'b']) })).toEqual({
      passed: false,
      found: '2',
      wanted: 'at most 1',
    });
    const refused = 'SELECT 1; SELECT 1 / 0; SELECT 2;';
    expect(await grade({ cost: 'errors', is: 0 }, { postgres: refused })).toEqual({
      passed: false,
      found: '1',
      wanted: 'exactly 0',
    });
  });

  test('of an index that is not there says so', async () => {
    expect(await grade({ count: 'Inventory', index: 'ByName', is: 2 }, {})).toEqual({
      passed: false,
      found: 'The table does not have the specified index: ByName',
      wanted: undefined,
    });
  });
});

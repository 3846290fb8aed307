/** A run is told while it goes on. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LabRun } from '../../../src/engine/lab/result.ts';
import { runLab } from '../../../src/engine/lab/run.ts';
import { type OpenEngines, openEngines } from '../../../tools/engines/open.ts';

let engines: OpenEngines;
beforeAll(async () => {
  engines = await openEngines();
});
afterAll(() => engines.close());

const PROGRAM = `import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
// step: Write
for (let n = 0; n < 300; n++) {
  await db.send(new PutCommand({ TableName: 'Users', Item: { UserID: \`N\${n}\` } }));
  console.log(n);
}
// step: Say so
console.log('done');
`;
const SCRIPT =
  '-- step: Wait\nSELECT pg_sleep(0.1);\nSELECT pg_sleep(0.1);\nSELECT pg_sleep(0.1);\n';

test('each value is the run as it was then, whatever comes later', async () => {
  const told: LabRun[] = [];
  const texts: string[] = [];
  const run = await runLab(engines, {
    lab: { dataset: 'inkwell', expect: {} },
    sides: ['dynamodb', 'postgres'],
    sources: { dynamodb: PROGRAM, postgres: SCRIPT },
    signal: new AbortController().signal,
    onRun(partial) {
      told.push(partial);
      texts.push(JSON.stringify(partial));
    },
  });
  expect(told.length).toBeGreaterThan(2);
  expect(told.map((partial) => JSON.stringify(partial))).toEqual(texts);
  const printed = told.map(({ dynamodb }) => dynamodb?.steps[0]?.console.length ?? 0);
  expect(printed).toEqual(printed.toSorted((a, b) => a - b));
  expect(printed[0]).toBeLessThan(300);
  expect(run.dynamodb?.steps.map(({ console }) => console.length)).toEqual([300, 1]);
});

/** What is said of a lab whose dialect does not hold what the lab says. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadLab } from '../../src/engine/lab/load.ts';
import { proveLab } from '../../src/engine/lab/prove.ts';
import { type OpenEngines, openEngines } from '../../tools/engines/open.ts';

let engines: OpenEngines;
beforeAll(async () => {
  engines = await openEngines();
});
afterAll(() => engines.close());

test('a dialect is held to the checks of DynamoDB’s side and to its own recording', async () => {
  const { lab, expected } = await loadLab('introduction/hello-twice');
  const dialects = { ...lab.dialects, partiql: '-- step: Read one user\nSELECT * FROM "Users";' };
  const { badSteps, checks, differences } = await proveLab(engines, { ...lab, dialects }, expected);
  expect(badSteps).toEqual([]);
  expect(checks.flatMap(({ passed, message }) => (passed ? [] : [message]))).toEqual([
    'PartiQL: read units: found 5.5, wanted "exactly 0.5"',
  ]);
  expect(differences.map(({ path }) => path)).toContain(
    'dialects.partiql.steps[0].calls[0].metering.itemsRead',
  );
});

test('a dialect that cannot be read is said with its line', async () => {
  const { lab } = await loadLab('introduction/hello-twice');
  const dialects = { cli: '# step: Read one user\naws dynamodb get-item --tabel-name Users' };
  expect((await proveLab(engines, { ...lab, dialects })).badSteps).toEqual([
    {
      program: 'cli',
      name: '',
      problem:
        "line 2: UsageError: “aws dynamodb get-item” has no option --tabel-name; did you mean '--table-name'?",
    },
  ]);
});

/** Every lab runs on both engines, passes its own checks, proves its claims and answers what is recorded. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isProvable, readLedger } from '../../src/components/claim/ledger.ts';
import { listLabs, loadLab } from '../../src/engine/lab/load.ts';
import { proveLab } from '../../src/engine/lab/prove.ts';
import { type OpenEngines, openEngines } from '../../tools/engines/open.ts';

let engines: OpenEngines;
beforeAll(async () => {
  engines = await openEngines();
});
afterAll(() => engines.close());

describe('lab', async () => {
  const ledger = (await readLedger()).filter(isProvable);
  test.each(await listLabs())('%s', async (id) => {
    const { lab, expected } = await loadLab(id);
    const own = ledger.filter(({ claim }) => claim.proof.lab === id);
    const { badSteps, checks, claims, exercise, differences } = await proveLab(
      engines,
      lab,
      expected,
      own.map(({ claim }) => claim.proof),
    );
    expect({
      badSteps,
      failedChecks: checks.filter((check) => !check.passed).map((check) => check.message),
      failedClaims: own.flatMap(({ name }, index) =>
        (claims[index] ?? []).flatMap((c) => (c.passed ? [] : [`${name}: ${c.message}`])),
      ),
      exercise,
      differences,
    }).toEqual({
      badSteps: [],
      failedChecks: [],
      failedClaims: [],
      exercise: [],
      differences: [],
    });
  });
});

/** Every lab runs on both engines, passes its own checks and answers what is recorded. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listLabs, loadLab } from '../../src/engine/lab/load.ts';
import { proveLab } from '../../src/engine/lab/prove.ts';
import { type OpenEngines, openEngines } from '../../tools/engines/open.ts';

let engines: OpenEngines;
beforeAll(async () => {
  engines = await openEngines();
});
afterAll(() => engines.close());

describe('lab', async () => {
  test.each(await listLabs())('%s', async (id) => {
    const { lab, expected } = await loadLab(id);
    const { badSteps, checks, exercise, differences } = await proveLab(engines, lab, expected);
    expect({
      badSteps,
      failedChecks: checks.filter((check) => !check.passed).map((check) => check.message),
      exercise,
      differences,
    }).toEqual({ badSteps: [], failedChecks: [], exercise: [], differences: [] });
  });
});

/** Proves an exercise: its solution passes, its starter and its decoy are refused by the checks that mean them. */
import { type CheckResult, gradeRun } from './check.ts';
import type { Engines } from './engines.ts';
import type { LabRun } from './result.ts';
import { runLab } from './run.ts';
import type { Lab, Sources } from './schema.ts';

/**
 * All that is wrong with an exercise, a sentence each. The starter's own run is graded by the
 * caller, who also compares it with the recording.
 */
export async function exerciseProblems(
  engines: Engines,
  lab: Lab,
  starter: readonly CheckResult[],
  badSteps: (run: LabRun) => ReadonlyArray<{ problem: string }>,
): Promise<string[]> {
  const { exercise, variants } = lab;
  if (!exercise || !variants) return [];
  const problems: string[] = [];
  if (!refusedBy(starter).includes(exercise.starter.fails)) {
    problems.push(`the starter is not refused by '${exercise.starter.fails}'`);
  }
  const solution = await runVariant(engines, lab, variants.solution);
  problems.push(...badSteps(solution.run).map(({ problem }) => `the solution: ${problem}`));
  for (const { passed, message } of solution.checks) {
    if (!passed) problems.push(`the solution does not pass: ${message}`);
  }
  const decoy = await runVariant(engines, lab, variants.decoy);
  problems.push(...badSteps(decoy.run).map(({ problem }) => `the decoy: ${problem}`));
  const refusals = refusedBy(decoy.checks);
  if (refusals.length !== 1 || refusals[0] !== exercise.decoy.fails) {
    const found = refusals.map((name) => `'${name}'`).join(', ') || 'none';
    problems.push(
      `the decoy is to be refused by '${exercise.decoy.fails}' alone; it is by: ${found}`,
    );
  }
  return problems;
}

async function runVariant(engines: Engines, lab: Lab, sources: Sources) {
  const run = await runLab(engines, {
    lab,
    sides: lab.sides,
    sources,
    signal: new AbortController().signal,
  });
  return { run, checks: await gradeRun(lab.checks, run, engines) };
}

const refusedBy = (checks: readonly CheckResult[]) =>
  checks.flatMap(({ check, passed }) => (passed ? [] : [check.name ?? '']));

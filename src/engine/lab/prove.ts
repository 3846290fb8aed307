/** Proves a lab: runs it, grades its checks, and compares it with its recording. */
import { type CheckResult, gradeRun } from './check.ts';
import { type Difference, differences } from './compare.ts';
import type { Engines } from './engines.ts';
import { exerciseProblems } from './prove-exercise.ts';
import type { LabRun, Side } from './result.ts';
import { runLab } from './run.ts';
import type { Lab } from './schema.ts';

/** A step that did not end as lab.yaml says. */
export interface BadStep {
  side: Side;
  name: string;
  /** What happened instead, in words. */
  problem: string;
}

/** What running a lab showed. */
export interface Proof {
  run: LabRun;
  badSteps: BadStep[];
  /** What the checks say of the run; of an exercise nothing: they refuse its starter. */
  checks: CheckResult[];
  /** What is wrong with an exercise's starter, solution or decoy, a sentence each. */
  exercise: string[];
  /** Empty also when there is no recording to compare with. */
  differences: Difference[];
}

/** True when a proof found nothing wrong. */
export const proved = (proof: Proof): boolean =>
  proof.badSteps.length === 0 &&
  proof.exercise.length === 0 &&
  proof.differences.length === 0 &&
  proof.checks.every((check) => check.passed);

/** Runs a lab as it is in its folder, and says all that is wrong with it. */
export async function proveLab(engines: Engines, lab: Lab, expected?: LabRun): Promise<Proof> {
  const run = await runLab(engines, {
    lab,
    sides: lab.sides,
    sources: lab.sources,
    signal: new AbortController().signal,
  });
  const checks = await gradeRun(lab.checks, run, engines);
  return {
    run,
    badSteps: badSteps(run),
    checks: lab.exercise ? [] : checks,
    exercise: await exerciseProblems(engines, lab, checks, badSteps),
    differences: expected === undefined ? [] : differences(expected, run),
  };
}

function badSteps(run: LabRun): BadStep[] {
  const bad: BadStep[] = [];
  const wrong = (status: string) => status !== 'ok' && status !== 'expected-failure';
  for (const side of ['dynamodb', 'postgres'] as const) {
    const error = run[side]?.error;
    if (error) {
      const at = error.line === undefined ? '' : `line ${error.line}: `;
      bad.push({ side, name: '', problem: `${at}${error.name}: ${error.message}` });
    }
  }
  for (const step of run.dynamodb?.steps ?? []) {
    if (!wrong(step.status)) continue;
    const { error } = step;
    const what = error ? `: line ${error.line ?? '?'}: ${error.name}: ${error.message}` : '';
    bad.push({ side: 'dynamodb', name: step.name, problem: `${step.status}${what}` });
  }
  for (const step of run.postgres?.steps ?? []) {
    if (!wrong(step.status)) continue;
    const errors = step.statements.flatMap(({ error }) => (error ? [error] : []));
    const what = errors.map((e) => `line ${e.line ?? '?'}: ${e.code ?? e.severity}: ${e.message}`);
    bad.push({
      side: 'postgres',
      name: step.name,
      problem: [step.status, ...what].join('; '),
    });
  }
  return bad;
}

/** Proves a lab: runs it, grades its checks, and compares it with its recording. */
import { type CheckResult, gradeRun } from './check.ts';
import { sideOf } from './check-schema.ts';
import { type Difference, differences } from './compare.ts';
import { DIALECT_FILES, type Dialect, type Program } from './dialects.ts';
import type { Engines } from './engines.ts';
import { type ClaimProof, gradeClaims } from './prove-claim.ts';
import { exerciseProblems } from './prove-exercise.ts';
import type { LabRun, Recording } from './result.ts';
import { runLab } from './run.ts';
import type { Lab } from './schema.ts';

/** A step that did not end as lab.yaml says. */
export interface BadStep {
  program: Program;
  name: string;
  /** What happened instead, in words. */
  problem: string;
}

/** What running a lab showed. */
export interface Proof {
  run: Recording;
  badSteps: BadStep[];
  /** What the checks say of the run; of an exercise nothing: they refuse its starter. */
  checks: CheckResult[];
  /** What the checks of each claim say that the lab proves, in the order of the claims. */
  claims: CheckResult[][];
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
  [proof.checks, ...proof.claims].flat().every((check) => check.passed);

/**
 * Runs a lab as it is in its folder, in each of its dialects, and says all that is wrong with it and
 * with the claims that rest on it.
 */
export async function proveLab(
  engines: Engines,
  lab: Lab,
  expected?: Recording,
  proofs: readonly ClaimProof[] = [],
): Promise<Proof> {
  const { signal } = new AbortController();
  const { sides, sources } = lab;
  const run: Recording = await runLab(engines, { lab, sides, sources, signal });
  const of = (dialect: 'sdk' | Dialect) =>
    lab.checks.filter(
      (check) => !('dialect' in check) || [dialect, undefined].includes(check.dialect),
    );
  const checks = await gradeRun(of('sdk'), run, engines);
  // The checks of the state ask the engines as the run has left them.
  const claims = await gradeClaims(proofs, run, engines);
  const bad = badSteps(run);
  for (const [name, source] of Object.entries(lab.dialects)) {
    const dialect = name as Dialect;
    const request = { lab, sides: ['dynamodb' as const], sources: { dynamodb: source }, dialect };
    const { dynamodb } = await runLab(engines, { ...request, signal });
    if (!dynamodb) continue;
    run.dialects = { ...run.dialects, [dialect]: dynamodb };
    bad.push(...badSteps({ dynamodb }).map((step) => ({ ...step, program: dialect })));
    const own = of(dialect).filter((check) => sideOf(check) === 'dynamodb');
    for (const { message, ...result } of await gradeRun(own, { dynamodb }, engines)) {
      checks.push({ ...result, message: `${DIALECT_FILES[dialect].name}: ${message}` });
    }
  }
  return {
    run,
    badSteps: bad,
    checks: lab.exercise ? [] : checks,
    claims,
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
      bad.push({ program: side, name: '', problem: `${at}${error.name}: ${error.message}` });
    }
  }
  for (const step of run.dynamodb?.steps ?? []) {
    if (!wrong(step.status)) continue;
    const { error } = step;
    const what = error ? `: line ${error.line ?? '?'}: ${error.name}: ${error.message}` : '';
    bad.push({ program: 'dynamodb', name: step.name, problem: `${step.status}${what}` });
  }
  for (const step of run.postgres?.steps ?? []) {
    if (!wrong(step.status)) continue;
    const errors = step.statements.flatMap(({ error }) => (error ? [error] : []));
    const what = errors.map((e) => `line ${e.line ?? '?'}: ${e.code ?? e.severity}: ${e.message}`);
    bad.push({
      program: 'postgres',
      name: step.name,
      problem: [step.status, ...what].join('; '),
    });
  }
  return bad;
}

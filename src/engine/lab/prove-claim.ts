/** Proves claims by a run of the lab that they name, and shows that the proof could have failed. */
import { type CheckResult, gradeRun } from './check.ts';
import type { Check } from './check-schema.ts';
import type { Engines } from './engines.ts';
import type { LabRun } from './result.ts';
import { runLab } from './run.ts';
import type { Lab, Sources } from './schema.ts';
import { joinBlocks, stepBlocks } from './steps.ts';

/** What a claim comes to in a lab, as its entry in the ledger says it. */
export interface ClaimProof {
  /** The step that shows it. */
  step: string;
  holds: readonly Check[];
}

/** The checks of a claim; those about the trace are about its step, where they name no other. */
export function claimChecks({ step, holds }: ClaimProof): Check[] {
  return holds.map((check) =>
    asksTrace(check) && check.step === undefined ? { ...check, step } : check,
  );
}

const TRACE = ['calls', 'units', 'plan', 'cost', 'answer', 'shows'] as const;

/** Whether a check looks at what the run did, and not at what it left behind. */
function asksTrace(check: Check): check is Extract<Check, { step?: string | undefined }> {
  return TRACE.some((field) => field in check);
}

/** Grades the checks of each claim after a run, in the order of the claims. */
export async function gradeClaims(
  proofs: readonly ClaimProof[],
  run: LabRun,
  engines: Pick<Engines, 'dynamodb' | 'postgres'>,
): Promise<CheckResult[][]> {
  const results: CheckResult[][] = [];
  for (const proof of proofs) results.push(await gradeRun(claimChecks(proof), run, engines));
  return results;
}

/** Runs the lab once and grades each claim's checks. */
export async function proveClaims(
  engines: Engines,
  lab: Lab,
  proofs: readonly ClaimProof[],
): Promise<CheckResult[][]> {
  const { sides, sources } = lab;
  const { signal } = new AbortController();
  const run = await runLab(engines, { lab, sides, sources, signal });
  return gradeClaims(proofs, run, engines);
}

/** The lab's programs with nothing in a step: its marker stays, so that the others keep their places. */
export function withoutStep({ sources, sides }: Pick<Lab, 'sources' | 'sides'>, step: string) {
  const left: Sources = { ...sources };
  for (const side of sides) {
    const blocks = stepBlocks(sources[side], side).map((block) =>
      block.name === step ? { ...block, text: '' } : block,
    );
    left[side] = joinBlocks(blocks, side).source;
  }
  return left;
}

/**
 * Whether each claim's checks notice that its step did nothing: the lab is run once more for each
 * step, without what the step does. Answers those that noticed nothing, by their place in `proofs`.
 */
export async function blindProofs(
  engines: Engines,
  lab: Lab,
  proofs: readonly ClaimProof[],
): Promise<number[]> {
  const blind: number[] = [];
  for (const step of new Set(proofs.map((proof) => proof.step))) {
    const mutant = { ...lab, sources: withoutStep(lab, step) };
    const shown = proofs
      .map((proof, index) => ({ proof, index }))
      .filter((p) => p.proof.step === step);
    const results = await proveClaims(
      engines,
      mutant,
      shown.map(({ proof }) => proof),
    );
    results.forEach((checks, at) => {
      if (checks.every(({ passed }) => passed)) blind.push(shown[at]?.index as number);
    });
  }
  return blind;
}

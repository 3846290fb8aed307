/** Proofs by a play of several sessions: their scenarios, and what is wrong with them. Node only. */
import type { SessionsProof } from '../../config/claim.ts';
import { didYouMean } from '../../engine/lab/nearest.ts';
import {
  listScenarios,
  type Recorded,
  readRecorded,
  readRecording,
  readScenario,
} from '../../engine/sessions/load.ts';
import { inOrder, OrderError } from '../../engine/sessions/orders.ts';
import { gradePlay } from '../../engine/sessions/prove.ts';
import type { Recording } from '../../engine/sessions/recording.ts';
import { type NamedScenario, stepsOf } from '../../engine/sessions/scenario.ts';
import type { LedgerEntry } from './ledger.ts';

/** A claim that a play of several sessions proves. */
export type Played = LedgerEntry & { claim: { proof: SessionsProof } };

/** Whether a play of several sessions proves a claim. */
export const isPlayed = (entry: LedgerEntry): entry is Played =>
  entry.claim.proof.kind === 'sessions';

/** The scenarios that proofs name, by name, and on what they were recorded. */
export interface ScenariosOfClaims {
  scenarios: ReadonlyMap<string, { scenario: NamedScenario; recording: Recording }>;
  /** Undefined when no claim rests on a recording. */
  recorded: Recorded | undefined;
}

/** Reads the scenarios that prove claims. Those that are not there are left out. */
export async function scenariosOf(
  entries: readonly LedgerEntry[],
  root = process.cwd(),
): Promise<ScenariosOfClaims> {
  const all = new Set(await listScenarios(root));
  const named = new Set(entries.filter(isPlayed).map(({ claim }) => claim.proof.scenario));
  const scenarios = new Map<string, { scenario: NamedScenario; recording: Recording }>();
  for (const name of named) {
    if (!all.has(name)) continue;
    scenarios.set(name, {
      scenario: await readScenario(name, root),
      recording: await readRecording(name, root),
    });
  }
  return { scenarios, recorded: scenarios.size > 0 ? await readRecorded(root) : undefined };
}

/** What is wrong with a proof: what it names that is not there, and what was not recorded so. */
export function playedProblems({ claim: { proof } }: Played, all: ScenariosOfClaims): string[] {
  const { scenarios } = all;
  const found = scenarios.get(proof.scenario);
  if (!found) {
    return [
      `no scenario is named '${proof.scenario}'${didYouMean(proof.scenario, [...scenarios.keys()])}`,
    ];
  }
  const { scenario, recording } = found;
  if (!scenario.levels.includes(proof.level)) {
    return [
      `${scenario.name} is not played at ${proof.level}, but at ${scenario.levels.join(', ')}`,
    ];
  }
  const steps = stepsOf(scenario, proof.level);
  if (!steps.some(({ id }) => id === proof.step)) {
    return [
      `${scenario.name} has no step ${proof.step}; it has ${steps.map(({ id }) => id).join(', ')}`,
    ];
  }
  try {
    inOrder(steps, proof.order);
  } catch (error) {
    if (!(error instanceof OrderError)) throw error;
    return [`${scenario.name}: ${error.message}`];
  }
  const play = recording.play(proof.level, proof.order);
  if (!play) return [`${scenario.name}: ${proof.order} at ${proof.level} was not recorded`];
  return gradePlay(proof, play).flatMap(({ passed, found: otherwise }, index) =>
    passed
      ? []
      : [
          `${scenario.name}: holds.${index} is not as recorded in ${proof.order} at ${proof.level}: ${otherwise}`,
        ],
  );
}

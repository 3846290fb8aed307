/** Proves claims by a play of two sessions, and shows that the proof could have failed. */
import { foundWords } from './condition-words.ts';
import { holds, type Level, type PlayCondition } from './conditions.ts';
import { inOrder } from './orders.ts';
import type { Play, PlayStep } from './play.ts';
import { type Scenario, stepsOf } from './scenario.ts';

/** What a claim comes to in a scenario, as its entry in the ledger says it. */
export interface SessionsProof {
  scenario: string;
  level: Level;
  order: string;
  /** The step that shows it. */
  step: string;
  holds: readonly PlayCondition[];
}

/** What is to be played: the scenario's set-up, statements in their order, and queries at the end. */
export interface PlayRequest {
  setup: string;
  steps: PlayStep[];
  final: readonly string[];
}

/** One condition of a proof, and whether the play was so; `found` says what it was otherwise. */
export interface ConditionResult {
  passed: boolean;
  found?: string;
}

/**
 * What a proof plays.
 * @throws {OrderError} for an order that the scenario has not.
 */
export function proofRequest(
  scenario: Pick<Scenario, 'setup' | 'sessions' | 'final'>,
  { level, order }: Pick<SessionsProof, 'level' | 'order'>,
): PlayRequest {
  const { setup, final } = scenario;
  return { setup, final, steps: inOrder(stepsOf(scenario, level), order) };
}

/** The same with a statement that does nothing in the place of the proof's step. */
export function withoutStep(request: PlayRequest, step: string): PlayRequest {
  const steps = request.steps.map((each) => (each.id === step ? { ...each, sql: 'SELECT' } : each));
  return { ...request, steps };
}

/** Whether a play is as each condition of the proof says. */
export function gradePlay(
  proof: Pick<SessionsProof, 'level' | 'holds'>,
  play: Play,
): ConditionResult[] {
  return proof.holds.map((condition) =>
    holds(condition, play, proof.level)
      ? { passed: true }
      : { passed: false, found: foundWords(condition, play) },
  );
}

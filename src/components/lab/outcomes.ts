/** The sentences below the two sides that compare what came of a step on each of them. */
import { type OutcomePair, outcomeSentence } from '../../engine/lab/outcome.ts';
import type { LabRun, Side } from '../../engine/lab/result.ts';
import { results, type SideState } from './state.ts';

/** Below the sentences: what they are of. Without a word, they are of the recorded output. */
const NOTES = {
  run: 'As it came out in this run.',
  half: 'Of the recorded output: run both sides to compare this run.',
  older: 'As it came out before the edit.',
};

/** Keeps the sentences of one lab. */
export class Outcomes {
  readonly #root: HTMLElement | null;
  readonly #recorded: Node[][];

  constructor(root: HTMLElement) {
    this.#root = root.querySelector('[data-outcomes]');
    this.#recorded = this.#lines().map((line) => [...line.childNodes]);
  }

  /** Says them of what the sides show, where both have run; otherwise of what was recorded. */
  paint(pairs: readonly OutcomePair[], states: Record<Side, SideState | undefined>): void {
    if (!this.#root) return;
    const runs = (['dynamodb', 'postgres'] as const).map((side) => {
      const state = states[side];
      return state ? results(state) : [];
    });
    const ran = runs.filter((list) => list.length > 0).length;
    const [left = [], right = []] = runs;
    for (const [index, line] of this.#lines().entries()) {
      const pair = pairs[index];
      if (!pair) continue;
      const run: LabRun = {
        ...withStep(
          left.map(({ run }) => run),
          'dynamodb',
          pair.dynamodb,
        ),
        ...withStep(
          right.map(({ run }) => run),
          'postgres',
          pair.postgres,
        ),
      };
      const compared = 'Not compared: a step did not come to its end.';
      line.replaceChildren(
        ...(ran < 2 ? (this.#recorded[index] ?? []) : [outcomeSentence(pair, run) ?? compared]),
      );
    }
    const stale = Object.values(states).some((state) => state?.state === 'stale');
    const note = this.#root.querySelector('[data-outcomes-note]');
    if (!note) return;
    if (ran === 2) note.textContent = stale ? NOTES.older : NOTES.run;
    else note.textContent = ran === 1 ? NOTES.half : '';
  }

  #lines(): Element[] {
    return [...(this.#root?.querySelectorAll('[data-outcome]') ?? [])];
  }
}

/** The newest of the runs in which a step was run. */
function withStep(runs: readonly LabRun[], side: Side, name: string): LabRun {
  const found = runs.find((run) =>
    run[side]?.steps.some((step) => step.name === name && step.status !== 'not-run'),
  );
  const own = found?.[side];
  return own ? { [side]: own } : {};
}

/** Random sequences of actions: the engine and a model of a few lines agree on all that can be seen of them. */
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { actions } from './actions.ts';
import { SECONDS, SEED } from './settings.ts';
import { Versus } from './versus.ts';

/** Sequences of a run that is not told how long to go on. */
const SEQUENCES = 200;

describe('the engine and the model', () => {
  it(
    'agree on items, indexes, pages, conditions, capacity and streams',
    () => {
      const property = fc.property(actions, (sequence) => {
        const versus = new Versus();
        for (const action of sequence) versus.step(action);
        versus.compareAll();
      });
      fc.assert(property, {
        seed: SEED,
        ...(SECONDS > 0
          ? { numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: SECONDS * 1000 }
          : { numRuns: SEQUENCES }),
      });
    },
    SECONDS * 1000 + 120_000,
  );
});

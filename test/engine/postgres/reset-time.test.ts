/** A reset takes a small part of what a new instance takes: a ratio within one run, as machines differ. */
import { expect, it } from 'vitest';
import { LIMITS } from '../../../tools/bench/postgres.ts';
import { measureReset } from '../../../tools/bench/reset.ts';

it('takes at most 0.15 of closing PGlite and creating it again', async () => {
  const { ratio } = await measureReset(5);
  expect(ratio).toBeLessThanOrEqual(LIMITS.reset);
}, 120_000);

/** Scores on public test suites: what `npm run conformance -- --write` puts into `src/content/data`. */
import { z } from 'astro/zod';

const amount = z.number().int().min(0);

/** A part of a suite. */
const tierSchema = z.strictObject({
  name: z.string(),
  total: amount,
  passed: amount,
  skipped: amount,
});

/** The file. */
export const scoresSchema = z.strictObject({
  suites: z.array(
    z.strictObject({
      suite: z.string(),
      date: z.iso.date().describe('The day of the run'),
      commit: z.string().optional().describe('Of the suite'),
      tiers: z.array(tierSchema),
      total: amount,
      passed: amount,
      skipped: amount,
      failed: z
        .array(z.strictObject({ reason: z.string(), tests: z.array(z.string()) }))
        .describe('Names of the tests that failed, by the reason why'),
    }),
  ),
});

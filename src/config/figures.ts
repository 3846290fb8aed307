/** Measured figures of an engine: what a `*-figures.json` of `src/content/data` may say. */
import { z } from 'astro/zod';

const amount = z.number().positive();

/** One figure, beside what it is compared with. */
const figureSchema = z.strictObject({
  what: z.string().describe('What was measured, in a few words'),
  unit: z.enum(['ms', 'MB', 'MiB']),
  here: amount.describe('The median of the runs'),
  beside: z
    .strictObject({ what: z.string(), value: amount })
    .optional()
    .describe('The same of something else, measured in the same run'),
  runs: z.number().int().min(1),
  how: z.string().describe('The command that measures it again, or where it was measured'),
});

/** The file. */
export const figuresSchema = z.strictObject({
  date: z.iso.date().describe('The day on which they were measured'),
  machine: z.string().describe('Processor, cores, memory, system, browser'),
  figures: z.array(figureSchema).min(1),
});

/** The schema of a condition on a play, as scenario.yaml and claims write it. */
import * as z from 'zod';
import { LEVELS } from './conditions.ts';

const step = z
  .string()
  .regex(/^[ABC][1-9]\d?$/, { error: 'a step is named by its session and its place: A1, B3' });
const steps = z.union([z.array(step), step]);
const code = z
  .string()
  .regex(/^[0-9A-Z]{5}$/, { error: 'a SQLSTATE: five digits or capitals, quoted' });
const rows = z.array(z.array(z.union([z.string(), z.null()])));

/** All that is given must hold. */
export const conditionSchema = z.strictObject({
  level: z
    .union([z.enum(LEVELS), z.array(z.enum(LEVELS))])
    .optional()
    .describe('One of these isolation levels'),
  waits: steps.optional().describe('These steps had to wait'),
  atOnce: steps.optional().describe('These steps were answered at once'),
  cancelled: steps.optional().describe('These waited until the end and were cancelled'),
  fails: z
    .record(z.union([step, z.enum(['A', 'B', 'C', 'any'])]), code)
    .optional()
    .describe('SQLSTATE by step, by session (any step of it), or under `any`'),
  nothingFails: z
    .union([z.literal(true), code])
    .optional()
    .describe('No step fails, or none with this SQLSTATE'),
  succeeds: steps.optional().describe('These steps were answered without an error'),
  answers: z.record(step, rows).optional().describe('Exactly these rows were answered, by step'),
  tags: z.record(step, z.string()).optional().describe('The command tag, by step: UPDATE 0'),
  before: z
    .array(z.tuple([step, step]))
    .optional()
    .describe('Pairs: the first had been answered when the second was sent'),
  final: rows.optional().describe("The rows of the scenario's first query about the final state"),
});

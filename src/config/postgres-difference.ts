/** Where PGlite answers a lab otherwise than a PostgreSQL server: what `examples/postgres-differences.yaml` may say. */
import { z } from 'astro/zod';

/** What of an answer can differ. */
export const ASPECTS = ['columns', 'rows', 'tag', 'notices', 'error', 'plan', 'cost'] as const;
/** One of them. */
export type Aspect = (typeof ASPECTS)[number];

const lab = z
  .string()
  .regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, 'a lab is named chapter/name')
  .describe('The lab: its folder below examples');

/** An entry: one aspect of one statement. */
export const postgresDifferenceSchema = z.strictObject({
  lab,
  step: z
    .string()
    .describe('The name of the step; "" before the first, "checks" for the queries of lab.yaml'),
  statement: z.int().min(1).describe('The statement, counted from 1 in its step'),
  differs: z
    .enum(ASPECTS)
    .describe(
      'What differs: names and types of columns, rows, command tag, notices, error, the plan (nodes, indexes, conditions) or its figures (rows, pages)',
    ),
  pglite: z.string().describe('What PGlite answers, in the words of npm run verify:postgres'),
  server: z.string().describe('What the server answers, in the same words'),
  why: z.string().min(20).describe('Why it cannot be avoided, in a sentence for readers'),
});

/** A lab that cannot be compared. */
export const unverifiedLabSchema = z.strictObject({
  lab,
  extension: z.string().describe('The extension that the lab needs and the server does not have'),
});

/** The whole file. */
export const postgresDifferencesSchema = z.strictObject({
  differences: z.array(postgresDifferenceSchema).describe('Differences that cannot be avoided'),
  unverified: z.array(unverifiedLabSchema).describe('Labs that no server was asked about'),
});

/** A difference as read. */
export type PostgresDifference = z.infer<typeof postgresDifferenceSchema>;
/** The file as read. */
export type PostgresDifferences = z.infer<typeof postgresDifferencesSchema>;

/** What was tried on the PostgreSQL of this site: what `src/content/data/postgres-tried.yaml` may say. */
import { z } from 'astro/zod';

const script = {
  sql: z.string().describe('A script for psql, run on the dataset Inkwell'),
  extensions: z.array(z.string()).default([]).describe('Extensions that it creates'),
};
const rows = z
  .array(z.array(z.string().nullable()))
  .describe('Rows of the last statement, as psql prints them');

/** Something that works. */
const workSchema = z.strictObject({
  what: z.string().describe('In a few words, for readers'),
  ...script,
  rows: rows.optional(),
});

/** Something that does not. */
const failureSchema = z.strictObject({
  what: z.string().describe('The statement as readers see it'),
  ...script,
  code: z
    .union([z.string().regex(/^[0-9A-Z]{5}$/), z.literal('broken')])
    .describe('SQLSTATE of the last statement, or `broken`: PostgreSQL is restored'),
  message: z.string().describe('A part of the message, enough to know it'),
});

/** Something that works otherwise than on a server. */
const differenceTriedSchema = z.strictObject({
  difference: z.string().describe('An id of src/content/differences/postgresql.yaml'),
  ...script,
  rows,
});

/** The whole file. */
export const postgresTriedSchema = z.strictObject({
  works: z.array(z.strictObject({ area: z.string(), tried: z.array(workSchema).min(1) })),
  fails: z.array(failureSchema),
  differs: z.array(differenceTriedSchema),
});

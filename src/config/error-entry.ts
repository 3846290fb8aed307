/** An error that readers meet, explained: the entries of `src/content/errors`. */
import { z } from 'astro/zod';
import { checkedOn, sourceList } from './evidence.ts';

/** What a program may do with the same request. */
export const RETRY = {
  changed: 'change it first',
  later: 'try again later',
  whole: 'run the transaction again',
} as const;

const errorSchema = z.strictObject({
  code: z.string().describe('SQLSTATE, exception, or reason inside a cancelled transaction'),
  means: z.string().min(10).describe('What has happened, in a sentence or two'),
  remedy: z.string().min(10).describe('What to do'),
  retry: z
    .enum(Object.keys(RETRY) as Array<keyof typeof RETRY>)
    .describe('Whether to send the same again'),
  beside: z.string().optional().describe('The code that says nearly the same elsewhere'),
});

/** A file of them. */
export const errorsSchema = z.strictObject({
  checked: checkedOn,
  sources: sourceList,
  errors: z.array(errorSchema).min(1),
  reasons: z
    .array(errorSchema)
    .default([])
    .describe('Of DynamoDB: reasons inside a TransactionCanceledException'),
});

/** All SQLSTATEs of PostgreSQL 18 by its own names: facts of its source, src/backend/utils/errcodes.txt. */
export const sqlstatesSchema = z.strictObject({
  classes: z.record(z.string(), z.string()).describe('Title by class, the first two characters'),
  codes: z.record(z.string(), z.string()).describe('Condition name by SQLSTATE'),
});

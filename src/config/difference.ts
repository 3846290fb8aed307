/** One way in which an engine of this site differs from the real service: an entry of `src/content/differences`. */
import { z } from 'astro/zod';
import { checkedOn, kebab, sourceList } from './evidence.ts';

/** Requests that a difference touches: all that is named must be so. */
const touchSchema = z.strictObject({
  operation: z.string().describe('An operation, as `DescribeTable`'),
  error: z.string().optional().describe('Only when it answered with this exception'),
  member: z.string().optional().describe('Only when the request has this member, at any depth'),
});

/** An entry. */
export const differenceSchema = z.strictObject({
  id: kebab.describe('Unique; part of a permanent link'),
  title: z.string().describe('The difference in a sentence without a full stop'),
  kind: z
    .enum(['on-purpose', 'left-out', 'impossible', 'unknown'])
    .describe('Chosen so; not built; not to be had in a page; or not to be learned'),
  there: z.string().describe('What the real service does: AWS, a PostgreSQL server'),
  here: z.string().describe('What this engine does'),
  why: z.string().optional().describe('Why it does so'),
  touches: z
    .array(touchSchema)
    .default([])
    .describe('Labs whose recorded requests match one of these show the difference'),
  checked: checkedOn,
  sources: sourceList,
});

/** A file of them. */
export const differencesSchema = z.strictObject({ differences: z.array(differenceSchema).min(1) });

/** A difference as read. */
export type Difference = z.infer<typeof differenceSchema>;

/** How a kind is named to readers. */
export const DIFFERENCE_KIND: Record<Difference['kind'], string> = {
  'on-purpose': 'on purpose',
  'left-out': 'not built',
  impossible: 'not possible here',
  unknown: 'not known',
};

/** One claim of the guide that this site examines, as an entry of `src/content/claims`. */
import { z } from 'astro/zod';
import { checkedOn, kebab, sourceList } from './evidence.ts';

/** An entry of a chapter's file. Labs name it as `chapter--id` in their `claims`. */
export const claimSchema = z.strictObject({
  id: kebab.describe('Unique in its chapter; part of a permanent link'),
  kind: z
    .enum(['table-row', 'claim', 'example'])
    .describe('A row of a comparison table, a sentence or list entry, or a code example'),
  table: z.string().optional().describe("Of a table's row: the table's heading in the guide"),
  aspect: z.string().describe('What it is about, in a few words'),
  guide: z
    .strictObject({ dynamodb: z.string().optional(), postgres: z.string().optional() })
    .describe('What the guide says of each side'),
  verdict: z
    .enum(['holds', 'imprecise', 'outdated', 'wrong', 'broken-example'])
    .describe('What this site found'),
  corrected: z.string().optional().describe('What to say instead; needed unless it holds'),
  why: z.string().describe('The reason for the verdict'),
  checked: checkedOn,
  sources: sourceList,
});

/** A chapter's file: its claims in the guide's order. */
export const claimsSchema = z.strictObject({ claims: z.array(claimSchema).min(1) });

/** A claim as read. */
export type Claim = z.infer<typeof claimSchema>;

/** How a verdict is named to readers. */
export const VERDICT: Record<Claim['verdict'], string> = {
  holds: 'holds',
  imprecise: 'needs a condition',
  outdated: 'was true',
  wrong: 'not true',
  'broken-example': 'does not run',
};

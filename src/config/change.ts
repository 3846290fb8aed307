/** What changed in either world since the guide was written: the file `src/content/changes.yaml`. */
import { z } from 'astro/zod';
import { checkedOn, sourceList } from './evidence.ts';

const changeSchema = z.strictObject({
  date: z
    .string()
    .regex(/^\d{4}-\d{2}(-\d{2})?$/, 'a day as 2025-09-25, or a month as 2025-09')
    .describe('The day on which it came into force; the month where no source gives a day'),
  side: z.enum(['dynamodb', 'postgresql']).describe('In whose world'),
  what: z.string().min(10).describe('What changed, in a sentence'),
  means: z.string().min(20).describe('What of the guide it touches, and how'),
  claims: z
    .array(z.string().regex(/^[a-z0-9-]+--[a-z0-9-]+$/, 'a claim as chapter--id'))
    .min(1)
    .describe('The claims that it touches, by their permanent names'),
  sources: sourceList,
});

/** The file: changes from the earliest to the latest. */
export const changesSchema = z
  .strictObject({
    checked: checkedOn,
    changes: z.array(changeSchema).min(1),
  })
  .refine(({ changes }) => changes.every(({ date }, i) => !isBefore(date, changes[i - 1]?.date)), {
    error: 'the changes are not in the order of their dates',
  });

/** Whether a date is earlier than another, as far as both are known: a month may hold any day. */
function isBefore(date: string, other = date): boolean {
  return date.slice(0, other.length) < other.slice(0, date.length);
}

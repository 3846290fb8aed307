/** What a chapter says about itself in its frontmatter. */
import { z } from 'astro/zod';

/** The `chapter` field of a page below `src/content/docs/guide`. */
export const chapterSchema = z.strictObject({
  number: z.int().min(1).describe('Its place in the guide, counted from 1; decides the order'),
  question: z.string().min(10).describe('The question that the chapter opens with and answers'),
  minutes: z
    .int()
    .min(5)
    .max(120)
    .describe('Minutes to read it and run its labs: near what components/path/times.ts counts'),
  status: z
    .enum(['written', 'planned'])
    .describe(
      'planned: the page states what the chapter will ask, and says that it is not written',
    ),
});

/** A chapter's own description of itself. */
export type Chapter = z.infer<typeof chapterSchema>;

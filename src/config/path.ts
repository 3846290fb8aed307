/** Learning paths: the file `src/content/paths.yaml`. */
import { z } from 'astro/zod';
import { kebab } from './evidence.ts';

const sentence = z.string().min(20);

/** One stop of a path. */
const stopSchema = z.strictObject({
  at: z
    .string()
    .regex(/^[a-z0-9-]+(\/[a-z0-9-]+)?$/, 'a chapter, or `chapter/name` of a lab or an exercise')
    .describe(
      'A chapter as `schema-evolution`, or a lab or an exercise as `dynamodb-engine/stale-read`',
    ),
  why: sentence.describe('Why this reader stops here, in a sentence or two'),
  skip: z
    .strictObject({
      labs: z
        .array(z.string())
        .min(1)
        .describe('Labs and exercises of the chapter, by name; they are not counted'),
      because: sentence.describe('Why this reader can leave them out'),
    })
    .optional()
    .describe('What of a chapter can be left out'),
});

/** One path. */
const pathSchema = z.strictObject({
  id: kebab.describe('Its anchor on the page'),
  title: z.string().describe('What its reader would say, as `I know SQL`'),
  who: sentence.describe('Whom it is for'),
  able: sentence.describe('What they can do at its end'),
  stops: z.array(stopSchema).min(2).describe('In the order in which they are taken'),
});

/** The file. Times are not in it: they are computed from what the stops hold. */
export const pathsSchema = z
  .strictObject({ paths: z.array(pathSchema).min(1) })
  .refine(({ paths }) => new Set(paths.map(({ id }) => id)).size === paths.length, {
    error: 'two paths have the same id',
  });

/** The file as read. */
export type Paths = z.infer<typeof pathsSchema>;

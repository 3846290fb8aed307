/** The content collections and what each entry may say; every field is described. */

import { defineCollection } from 'astro:content';
import { docsLoader, i18nLoader } from '@astrojs/starlight/loaders';
import { docsSchema, i18nSchema } from '@astrojs/starlight/schema';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';
import { changesSchema } from './config/change.ts';
import { chapterSchema } from './config/chapter.ts';
import { claimsSchema } from './config/claim.ts';
import { differencesSchema } from './config/difference.ts';
import { errorsSchema, sqlstatesSchema } from './config/error-entry.ts';
import { figuresSchema } from './config/figures.ts';
import { pathsSchema } from './config/path.ts';
import { postgresDifferencesSchema } from './config/postgres-difference.ts';
import { postgresTriedSchema } from './config/postgres-tried.ts';
import { pricesSchema } from './config/price.ts';
import { scoresSchema } from './config/score.ts';
import { glossarySchema } from './config/term.ts';

/** A collection of the files in a folder that match a pattern. */
function files<Schema extends z.ZodType>(base: string, pattern: string, schema: Schema) {
  return defineCollection({ loader: glob({ pattern, base }), schema });
}

export const collections = {
  i18n: defineCollection({ loader: i18nLoader(), schema: i18nSchema() }),
  docs: defineCollection({
    loader: docsLoader(),
    schema: docsSchema({
      extend: z.object({
        chapter: chapterSchema.optional().describe('Only and always on the pages of guide/'),
      }),
    }),
  }),
  claims: files('./src/content/claims', '*.yaml', claimsSchema),
  scores: files('./src/content/data', '*-conformance.json', scoresSchema),
  figures: files('./src/content/data', '*-figures.json', figuresSchema),
  tried: files('./src/content/data', '*-tried.yaml', postgresTriedSchema),
  labDifferences: files('./examples', 'postgres-differences.yaml', postgresDifferencesSchema),
  differences: files('./src/content/differences', '*.yaml', differencesSchema),
  prices: files('./src/content', 'prices.yaml', pricesSchema),
  glossary: files('./src/content/glossary', '*.yaml', glossarySchema),
  changes: files('./src/content', 'changes.yaml', changesSchema),
  paths: files('./src/content', 'paths.yaml', pathsSchema),
  sqlstates: files('./src/content/errors', 'sqlstates.json', sqlstatesSchema),
  errors: files('./src/content/errors', '*.yaml', errorsSchema),
};

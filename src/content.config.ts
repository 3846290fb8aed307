/** The content collections and what each entry may say; every field is described. */

import { defineCollection } from 'astro:content';
import { docsLoader, i18nLoader } from '@astrojs/starlight/loaders';
import { docsSchema, i18nSchema } from '@astrojs/starlight/schema';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';
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
  claims: defineCollection({
    loader: glob({ pattern: '*.yaml', base: './src/content/claims' }),
    schema: claimsSchema,
  }),
  scores: defineCollection({
    loader: glob({ pattern: '*-conformance.json', base: './src/content/data' }),
    schema: scoresSchema,
  }),
  figures: defineCollection({
    loader: glob({ pattern: '*-figures.json', base: './src/content/data' }),
    schema: figuresSchema,
  }),
  tried: defineCollection({
    loader: glob({ pattern: '*-tried.yaml', base: './src/content/data' }),
    schema: postgresTriedSchema,
  }),
  labDifferences: defineCollection({
    loader: glob({ pattern: 'postgres-differences.yaml', base: './examples' }),
    schema: postgresDifferencesSchema,
  }),
  differences: defineCollection({
    loader: glob({ pattern: '*.yaml', base: './src/content/differences' }),
    schema: differencesSchema,
  }),
  prices: defineCollection({
    loader: glob({ pattern: 'prices.yaml', base: './src/content' }),
    schema: pricesSchema,
  }),
  paths: defineCollection({
    loader: glob({ pattern: 'paths.yaml', base: './src/content' }),
    schema: pathsSchema,
  }),
  sqlstates: defineCollection({
    loader: glob({ pattern: 'sqlstates.json', base: './src/content/errors' }),
    schema: sqlstatesSchema,
  }),
  errors: defineCollection({
    loader: glob({ pattern: '*.yaml', base: './src/content/errors' }),
    schema: errorsSchema,
  }),
};

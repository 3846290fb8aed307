/** The content collections and what each entry may say; every field is described. */
import { docsLoader } from '@astrojs/starlight/loaders';
import { docsSchema } from '@astrojs/starlight/schema';
import { defineCollection } from 'astro:content';
import { z } from 'astro/zod';
import { glob } from 'astro/loaders';
import { chapterSchema } from './config/chapter.ts';
import { claimsSchema } from './config/claim.ts';

export const collections = {
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
};

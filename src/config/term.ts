/** A term of the glossary: an entry of `src/content/glossary`. */
import { z } from 'astro/zod';
import { kebab, sourceSchema } from './evidence.ts';

/** Whose word a term is. */
export const WORLD = { dynamodb: 'DynamoDB', postgresql: 'PostgreSQL', both: 'both' } as const;

const termSchema = z.strictObject({
  id: kebab.describe('Unique among all terms; the anchor of its entry'),
  term: z.string().min(2).describe('As it is written in a sentence; code in backticks'),
  world: z.enum(Object.keys(WORLD) as Array<keyof typeof WORLD>).describe('Whose word it is'),
  means: z.string().min(20).describe('What it means, in a sentence or two; `code` in backticks'),
  beside: kebab.optional().describe('The term that comes nearest on the other side'),
  source: sourceSchema.describe('Where it is defined'),
});

/** A chapter's file: the terms that it needs first. */
export const glossarySchema = z.strictObject({ terms: z.array(termSchema).min(1) });

/** A term as read. */
export type Term = z.infer<typeof termSchema>;

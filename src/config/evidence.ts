/** What every entry that makes a statement carries: a permanent id, its sources, and when they were read. */
import { z } from 'astro/zod';

/** A part of a permanent link. */
export const kebab = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'small letters, digits and single hyphens');

/** A day. YAML 1.1 makes a date of an unquoted one. */
export const checkedOn = z
  .union([z.iso.date(), z.date().transform((day) => day.toISOString().slice(0, 10))])
  .describe('The day on which the sources were read');

/** A page that says so. */
export const sourceSchema = z.strictObject({ title: z.string(), url: z.url() });

/** Where it can be read. */
export const sourceList = z.array(sourceSchema).min(1).describe('Where it can be read');

/** The list of chapters for Starlight's sidebar, read from the chapters themselves. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'astro/zod';
import { parse } from 'yaml';
import { chapterSchema } from './chapter.ts';

/** A link of the sidebar, as Starlight takes it; the number is shown by the style sheet. */
export interface ChapterLink {
  slug: string;
  attrs: { 'data-chapter': string };
}

/** A chapter that cannot take its place in the sidebar. */
export class ChapterError extends Error {
  override name = 'ChapterError';
}

function numberOf(file: string): number {
  const frontmatter = /^---\r?\n([\s\S]*?)\r?\n---/.exec(readFileSync(file, 'utf8'))?.[1];
  if (frontmatter === undefined) {
    throw new ChapterError(`${file}: it must begin with frontmatter between two lines of ---`);
  }
  const read = z.object({ chapter: chapterSchema }).safeParse(parse(frontmatter));
  if (!read.success) throw new ChapterError(`${file}: ${z.prettifyError(read.error)}`);
  return read.data.chapter.number;
}

/**
 * The chapters in `folder` by number.
 * @throws ChapterError naming the file, when frontmatter is missing or wrong or a number comes twice.
 */
export function chapterLinks(folder: string): ChapterLink[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.mdx'));
  const byNumber = new Map<number, string>();
  for (const name of files) {
    const number = numberOf(join(folder, name));
    const other = byNumber.get(number);
    if (other)
      throw new ChapterError(`${name} and ${other} both say that they are chapter ${number}`);
    byNumber.set(number, name);
  }
  return [...byNumber.entries()]
    .sort(([a], [b]) => a - b)
    .map(([number, name]) => ({
      slug: `guide/${name.slice(0, -'.mdx'.length)}`,
      attrs: { 'data-chapter': String(number) },
    }));
}

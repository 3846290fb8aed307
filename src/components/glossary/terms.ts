/** The glossary as a whole, and where each term is used first. For the build only. */
import { getCollection } from 'astro:content';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { chapterLinks } from '../../config/sidebar.ts';
import type { Term } from '../../config/term.ts';
import { didYouMean } from '../../engine/lab/nearest.ts';
import { termIds } from './term-ids.ts';

const CHAPTERS = 'src/content/docs/guide';

/** A mistake in the glossary or in the use of a term. */
export class TermError extends Error {
  override readonly name = 'TermError';
}

/** A term, and the chapters that mark it, by their slugs, in the guide's order. */
export interface UsedTerm extends Term {
  chapters: string[];
}

/**
 * All terms by name.
 * @throws {TermError} for an id that comes twice, and for one that `beside` names and nobody defines.
 */
export async function allTerms(): Promise<UsedTerm[]> {
  const files = await getCollection('glossary');
  const terms = files.flatMap(({ data }) => data.terms);
  const uses = await usesOfTerms();
  const ids = new Set<string>();
  for (const { id } of terms) {
    if (ids.has(id)) throw new TermError(`src/content/glossary: the id '${id}' comes twice`);
    ids.add(id);
  }
  for (const { id, beside } of terms) {
    if (beside === undefined || ids.has(beside)) continue;
    const near = didYouMean(beside, [...ids]);
    throw new TermError(`src/content/glossary: '${id}' stands beside '${beside}', no term${near}`);
  }
  return terms
    .map((term) => ({ ...term, chapters: uses.get(term.id) ?? [] }))
    .sort((a, b) => bare(a.term).localeCompare(bare(b.term), 'en', { sensitivity: 'base' }));
}

/** Code counts as the words that it is. */
const bare = (text: string) => text.replaceAll('`', '');

/**
 * A term.
 * @throws {TermError} for an id that no file of the glossary defines.
 */
export async function termOf(id: string): Promise<Term> {
  const terms = (await getCollection('glossary')).flatMap(({ data }) => data.terms);
  const term = terms.find((candidate) => candidate.id === id);
  if (term) return term;
  const near = didYouMean(
    id,
    terms.map((other) => other.id),
  );
  throw new TermError(`<Term id="${id}">: src/content/glossary defines no such term${near}`);
}

/** The chapters that mark a term, by the term's id. */
async function usesOfTerms(): Promise<Map<string, string[]>> {
  const uses = new Map<string, string[]>();
  for (const { slug } of chapterLinks(CHAPTERS)) {
    const text = await readFile(path.join('src/content/docs', `${slug}.mdx`), 'utf8');
    for (const id of new Set(termIds(text))) uses.set(id, [...(uses.get(id) ?? []), slug]);
  }
  return uses;
}

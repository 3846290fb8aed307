/** Every document that claims, terms and prices name, once, by its publisher. For the build only. */
import { getCollection } from 'astro:content';
import { soundLedger } from '../claim/ledger.ts';
import { OTHERS, PUBLISHERS, publisherOf } from './publishers.ts';

/** A document. */
export interface Document {
  title: string;
  url: string;
  /** The last day on which it was read for a claim; of a term's or a price's, none is kept here. */
  read?: string;
  /** Permanent names of the claims that name it. */
  claims: string[];
}

/** Documents by publisher, the official ones first; each list by title. */
export async function documentsByPublisher(): Promise<Map<string, Document[]>> {
  const documents = new Map<string, Document>();
  const meet = ({ title, url }: Pick<Document, 'title' | 'url'>, read?: string, claim?: string) => {
    const document = documents.get(url) ?? { title, url, claims: [] };
    if (read !== undefined && (document.read ?? '') < read) document.read = read;
    if (claim !== undefined) document.claims.push(claim);
    documents.set(url, document);
  };
  for (const { name, claim } of (await soundLedger()).entries) {
    for (const source of claim.sources) meet(source, claim.checked, name);
  }
  for (const { data } of await getCollection('glossary')) {
    for (const { source } of data.terms) meet(source);
  }
  for (const { data } of await getCollection('prices')) {
    for (const source of data.sources) meet(source, data.checked);
  }
  const groups = new Map<string, Document[]>(
    [...PUBLISHERS.map(([name]) => name), OTHERS].map((name) => [name, []]),
  );
  for (const document of documents.values()) groups.get(publisherOf(document.url))?.push(document);
  for (const group of groups.values()) group.sort((a, b) => a.title.localeCompare(b.title, 'en'));
  return groups;
}

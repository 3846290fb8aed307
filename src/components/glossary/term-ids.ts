/** Where a page marks terms. */

/** The ids of the terms that a page marks; of its source, as MDX. */
export function termIds(source: string): string[] {
  return [...source.matchAll(/<Term\s[^>]*?\bid="([^"]+)"/g)].map(([, id = '']) => id);
}

/** Keeps a result small enough to show and to record: long texts are cut, and say so. */

/** Texts longer than this are cut; a paragraph, a plan or a page of JSON is shorter. */
const LONGEST = 2_000;
/** How much of a long text is kept. */
const KEPT = 200;

/** The text, or its beginning and its length in characters. */
export function shortenText(text: string): string {
  if (text.length <= LONGEST) return text;
  return `${text.slice(0, KEPT)}... (${text.length.toLocaleString('en')} characters)`;
}

/** A value in which every long text is cut; everything else is as it was. */
export function shorten<T>(value: T): T {
  if (typeof value === 'string') return shortenText(value) as T;
  if (Array.isArray(value)) return value.map(shorten) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, shorten(inner)]),
  ) as T;
}

/** Keeps a result small enough to show and to record: long texts are cut, and say so. */

/** Texts longer than this are cut; a paragraph, a plan or a page of JSON is shorter. */
const LONGEST = 2_000;
/** How much of a long text is kept at either end: an error often says at its end what is wrong. */
const KEPT = 200;

/** The text, or its beginning, its length in characters, and its end. */
export function shortenText(text: string): string {
  if (text.length <= LONGEST) return text;
  const length = text.length.toLocaleString('en');
  return `${text.slice(0, KEPT)} ... (${length} characters) ... ${text.slice(-KEPT)}`;
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

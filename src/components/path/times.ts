/** How long things take, from what can be counted in them. */

/**
 * Words that a reader takes in a minute. Adults read English non-fiction at some 240 words a minute
 * (Brysbaert, How many words do we read per minute?, 2019); a chapter is denser than that.
 */
export const WORDS_A_MINUTE = 200;
/** To look at a lab's code, run it, and read what it answers. */
export const MINUTES_A_LAB = 3;
/** To solve an exercise, with a hint or two. */
export const MINUTES_AN_EXERCISE = 10;

/** The words of a page that are read: its source as MDX without frontmatter, imports and tags. */
export function wordsOf(source: string): number {
  const text = source
    .replace(/^---\r?\n[\s\S]*?\r?\n---/, '')
    .replace(/^import .*$/gm, '')
    .replace(/<\/?[A-Za-z][^>]*>/g, ' ')
    .replace(/\]\([^)]*\)/g, ']');
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

/** Whole minutes for words to read, labs to run and exercises to solve. */
export function minutesFor(amount: { words: number; labs: number; exercises: number }): number {
  const { words, labs, exercises } = amount;
  return Math.round(
    words / WORDS_A_MINUTE + labs * MINUTES_A_LAB + exercises * MINUTES_AN_EXERCISE,
  );
}

/** `45 min`, `1 h`, `2 h 5 min`. */
export function timeText(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return [hours > 0 && `${hours} h`, (rest > 0 || hours === 0) && `${rest} min`]
    .filter(Boolean)
    .join(' ');
}

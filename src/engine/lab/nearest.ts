/** What a misspelt name most likely means. */
import { distance } from 'fastest-levenshtein';

/** The candidate that a misspelt name most likely means, if one is near enough. */
function nearest(name: string, candidates: readonly string[]): string | undefined {
  const [best] = candidates
    .filter((candidate) => candidate !== '')
    .map((candidate) => ({ candidate, far: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  return best && best.far <= Math.max(2, Math.floor(name.length / 3)) ? best.candidate : undefined;
}

/** `; did you mean 'this'?`, or nothing where no candidate is near. */
export function didYouMean(name: string, candidates: readonly string[]): string {
  const near = nearest(name, candidates);
  return near === undefined ? '' : `; did you mean '${near}'?`;
}

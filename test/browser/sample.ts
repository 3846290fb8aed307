/** What the browser tests leave out of a short run: never the same for long, always the same for a commit. */
import { execFileSync } from 'node:child_process';

/** A number that each commit has of its own; 0 outside of a repository. */
function commitNumber(): number {
  try {
    const hash = execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8', stdio: 'pipe' });
    return Number.parseInt(hash.slice(0, 8), 16);
  } catch {
    return 0;
  }
}

/** `count` of `all`, from a place that the commit decides; all of them in the full run (`FULL_RUN=1`). */
export function sample<Value>(all: readonly Value[], count: number): Value[] {
  if (process.env.FULL_RUN === '1' || all.length <= count) return [...all];
  const start = commitNumber() % all.length;
  return Array.from({ length: count }, (_, index) => all[(start + index) % all.length] as Value);
}

/** The labs that a command line names. */
import { listLabs } from '../../src/engine/lab/load.ts';
import { UsageError } from './command-line.ts';
import { ROOT } from './root.ts';

/**
 * Ids of the labs that `names` asks for: all, those of a chapter, or single ones.
 * @throws {UsageError} for a name that is no lab's and no chapter's.
 */
export async function selectLabs(names: readonly string[]): Promise<string[]> {
  const ids = await listLabs(ROOT);
  if (names.length === 0) return ids;
  return names.flatMap((name) => {
    const matches = ids.filter((id) => id === name || id.startsWith(`${name}/`));
    if (matches.length === 0) {
      throw new UsageError(
        `no lab or chapter is named '${name}'; there are:\n  ${ids.join('\n  ')}`,
      );
    }
    return matches;
  });
}

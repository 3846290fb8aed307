/**
 * Changes that a page had no time to write before it was left: IndexedDB writes in the background, and a
 * page that goes away ends that. They are noted in localStorage, which writes at once, one workspace a
 * key: `kj-playground-ahead:<id>`, `{"after": revision, "kept": workspace or null}`.
 */
import * as z from 'zod/mini';

const PREFIX = 'kj-playground-ahead:';
const shape = z.object({ after: z.string(), kept: z.unknown() });

/** A change: of the revision that it goes on from, and what is to be kept; null where it was deleted. */
export type Ahead = z.infer<typeof shape> & { id: string };

/** Notes a change. Where there is no room for it, the page can do no more. */
export function noteAhead(storage: Storage, { id, ...ahead }: Ahead): void {
  try {
    storage.setItem(PREFIX + id, JSON.stringify(ahead));
  } catch (error) {
    console.warn('The last change may be lost:', error);
  }
}

/** Forgets the change of a workspace: it is written. */
export function forgetAhead(storage: Storage, id: string): void {
  storage.removeItem(PREFIX + id);
}

/** All changes that are noted. */
export function readAhead(storage: Storage): Ahead[] {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
  return keys
    .filter((key) => key.startsWith(PREFIX))
    .flatMap((key) => {
      const read = shape.safeParse(parsed(storage.getItem(key)));
      return read.success ? { ...read.data, id: key.slice(PREFIX.length) } : [];
    });
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

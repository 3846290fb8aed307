/**
 * The playground's workspaces, kept in this browser, one a key: `kj-playground:<id>` of localStorage.
 *
 * Shape: `{"version": 1, "name": text, "made": time, "revision": text, "code": {"dynamodb":
 * {"names", "texts", "of"}, "postgres": ...}}`, with the code of edited sides as a lab's draft has it.
 * Each writing makes a new revision and says which one it goes on from: where another tab has
 * written meanwhile, nothing is written. Which workspace a tab shows is in its sessionStorage.
 */
import * as z from 'zod/mini';
import type { StoredSide } from '../lab/draft.ts';

const PREFIX = 'kj-playground:';
const SHOWN = 'kj-playground';

/** The longest name, in characters. */
export const LONGEST_NAME = 60;

const side = z.object({ names: z.array(z.string()), texts: z.array(z.string()), of: z.string() });
const shape = z.object({
  version: z.literal(1),
  name: z.string(),
  made: z.iso.datetime(),
  revision: z.string(),
  code: z.object({ dynamodb: z.optional(side), postgres: z.optional(side) }),
});

/** The code of a workspace; a side is there only when it was edited. */
export type Code = { dynamodb?: StoredSide | undefined; postgres?: StoredSide | undefined };

/** A workspace as it is kept. */
export type Workspace = Omit<z.infer<typeof shape>, 'version'> & { id: string };

/** The one there is before any was made; it is kept with the first edit. */
export const FIRST: Workspace = {
  id: 'first',
  name: 'My workspace',
  made: '2000-01-01T00:00:00.000Z',
  revision: '',
  code: {},
};

/** Another tab has changed the workspace, or deleted it. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
}

/** Reads and writes the workspaces in a `Storage`. */
export class Workspaces {
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** All of them, the oldest first; never none. */
  all(): Workspace[] {
    const ids = Array.from({ length: this.#storage.length }, (_, index) => this.#storage.key(index))
      .filter((key) => key?.startsWith(PREFIX))
      .map((key) => key?.slice(PREFIX.length) ?? '');
    const all = ids.flatMap((id) => this.read(id) ?? []);
    all.sort((a, b) => (a.made < b.made ? -1 : 1));
    return all.length > 0 ? all : [FIRST];
  }

  /** Undefined where there is none, or none that this page can read. */
  read(id: string): Workspace | undefined {
    try {
      const kept = shape.safeParse(JSON.parse(this.#storage.getItem(PREFIX + id) ?? ''));
      return kept.success ? { ...kept.data, id } : undefined;
    } catch {
      return undefined;
    }
  }

  /** Makes another one. Its name gets a number where it is taken. */
  make(name: string, code: Code, now = new Date()): Workspace {
    const id = crypto.randomUUID();
    const made = now.toISOString();
    return this.#put({ id, name: this.#free(name), made, revision: '', code });
  }

  /**
   * Keeps a workspace with what has changed in it. Answers it with its new revision.
   * @throws {ConflictError} when what is kept is not what `known` was.
   */
  change(known: Workspace, to: { name?: string; code?: Code }): Workspace {
    if ((this.read(known.id)?.revision ?? '') !== known.revision) throw new ConflictError();
    const name = to.name === undefined ? known.name : this.#free(to.name, known.id);
    return this.#put({ ...known, ...to, name });
  }

  /** @throws {ConflictError} when what is kept is not what `known` was. */
  remove(known: Workspace): void {
    if ((this.read(known.id)?.revision ?? '') !== known.revision) throw new ConflictError();
    this.#storage.removeItem(PREFIX + known.id);
  }

  /** The workspace that a key of the storage belongs to. */
  static idOf(key: string | null): string | undefined {
    return key?.startsWith(PREFIX) ? key.slice(PREFIX.length) : undefined;
  }

  #put(workspace: Workspace): Workspace {
    const { id, ...kept } = { ...workspace, revision: crypto.randomUUID() };
    this.#storage.setItem(PREFIX + id, JSON.stringify({ version: 1, ...kept }));
    return { ...kept, id };
  }

  #free(name: string, own?: string): string {
    const wanted = name.trim().slice(0, LONGEST_NAME) || 'Workspace';
    const taken = this.all().flatMap((each) => (each.id === own ? [] : each.name));
    let free = wanted;
    for (let count = 2; taken.includes(free); count += 1) free = `${wanted} ${count}`;
    return free;
  }
}

/** The workspace that this tab has shown last. */
export function shownId(): string | null {
  try {
    return sessionStorage.getItem(SHOWN);
  } catch {
    return null;
  }
}

/** Notes which workspace this tab shows. */
export function noteShown(id: string): void {
  try {
    sessionStorage.setItem(SHOWN, id);
  } catch {
    // Reloaded, the tab shows the newest one.
  }
}

/**
 * The playground's workspaces: those that are kept, and what another tab has made of them.
 *
 * They are read once and then at hand; each change is written in the background. A change makes a new
 * revision and says which one it goes on from: where another tab has written meanwhile, nothing is
 * written. Which workspace a tab shows is in its sessionStorage. What is not written when the page is
 * left, the next page writes (`ahead.ts`).
 */
import { type Ahead, forgetAhead, noteAhead, readAhead } from './ahead.ts';
import type { Shelf } from './shelf.ts';
import {
  type Contents,
  FIRST,
  LONGEST_NAME,
  toKept,
  type Workspace,
  workspaceOf,
} from './workspace.ts';

/** Before version 2, workspaces were in localStorage, one a key: `kj-playground:<id>`. */
const OLD_PREFIX = 'kj-playground:';
const SHOWN = 'kj-playground';

/** Another tab has changed the workspace, or deleted it. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
}

/** What can be changed of a workspace. */
export type Change = Partial<Contents & { name: string; stays: boolean }>;

/** What is told about workspaces. */
export interface Listener {
  /** Another tab has changed one, or what was changed here met such a change and is not kept. */
  onOther(id: string): void;
  /** The browser does not keep it: its room is full, or it keeps nothing. */
  onUnkept(error: unknown): void;
}

/** Reads and writes the workspaces. */
export class Workspaces {
  readonly #shelf: Shelf;
  readonly #listener: Listener;
  /** A localStorage, where the browser has one for this page. */
  readonly #storage: Storage | undefined;
  readonly #all: Map<string, Workspace>;
  /** Of each, the revision that was last written or read. */
  readonly #kept = new Map<string, string>();
  readonly #writing = new Map<string, Promise<void>>();

  private constructor(
    shelf: Shelf,
    listener: Listener,
    storage: Storage | undefined,
    all: Iterable<Workspace>,
  ) {
    this.#shelf = shelf;
    this.#listener = listener;
    this.#storage = storage;
    this.#all = new Map([...all].map((workspace) => [workspace.id, workspace]));
    for (const { id, revision } of all) this.#kept.set(id, revision);
    shelf.onChange((id) => void this.#readAgain(id));
  }

  /** Opens a shelf. What is still in `storage`, a localStorage, moves over. */
  static async open(shelf: Shelf, listener: Listener, storage?: Storage): Promise<Workspaces> {
    if (storage) await moveOver(storage, shelf);
    const all = (await shelf.all()).flatMap(([id, kept]) => workspaceOf(id, kept) ?? []);
    const workspaces = new Workspaces(shelf, listener, storage, all);
    if (storage) for (const ahead of readAhead(storage)) workspaces.#catchUp(ahead);
    return workspaces;
  }

  /** All of them, the oldest first; never none. */
  all(): Workspace[] {
    const all = [...this.#all.values()].sort((a, b) => (a.made < b.made ? -1 : 1));
    return all.length > 0 ? all : [FIRST];
  }

  /** As it is kept, or about to be. */
  read(id: string): Workspace | undefined {
    return this.#all.get(id);
  }

  /** Makes another one. Its name gets a number where it is taken. */
  make(name: string, contents: Contents, now = new Date()): Workspace {
    const { dataset, files, settings } = contents;
    const id = crypto.randomUUID();
    return this.#put({
      ...{ id, dataset, files, settings },
      name: this.#free(name),
      made: now.toISOString(),
      revision: '',
    });
  }

  /**
   * Keeps a workspace with what has changed in it. Answers it with its new revision.
   * @throws {ConflictError} when what is kept is not what `known` was.
   */
  change(known: Workspace, to: Change): Workspace {
    this.#check(known);
    const name = to.name === undefined ? known.name : this.#free(to.name, known.id);
    return this.#put({ ...known, ...to, name });
  }

  /** @throws {ConflictError} when what is kept is not what `known` was. */
  remove(known: Workspace): void {
    this.#check(known);
    this.#all.delete(known.id);
    this.#write(known.id);
  }

  /** Waits until everything is written. */
  async settled(): Promise<void> {
    await Promise.all(this.#writing.values());
  }

  /** The page is being left: notes what is not written yet. */
  hold(): void {
    if (!this.#storage) return;
    for (const id of this.#writing.keys()) {
      const newest = this.#all.get(id);
      const after = this.#kept.get(id) ?? '';
      noteAhead(this.#storage, { id, after, kept: newest ? toKept(newest) : null });
    }
  }

  /** Writes what the last page had no time for; beside it where another tab has written meanwhile. */
  #catchUp({ id, after, kept }: Ahead): void {
    const change = workspaceOf(id, kept) ?? undefined;
    const there = this.#all.get(id)?.revision ?? '';
    if (there === after && there !== (change?.revision ?? '')) {
      if (change) this.#all.set(id, change);
      else this.#all.delete(id);
      this.#write(id);
      return;
    }
    if (change && there !== change.revision) this.make(change.name, change);
    this.#forget(id);
  }

  #forget(id: string): void {
    if (this.#storage) forgetAhead(this.#storage, id);
  }

  #check({ id, revision }: Workspace): void {
    if ((this.#all.get(id)?.revision ?? '') !== revision) throw new ConflictError();
  }

  #put(workspace: Workspace): Workspace {
    const kept = { ...workspace, revision: crypto.randomUUID() };
    this.#all.set(kept.id, kept);
    this.#write(kept.id);
    return kept;
  }

  /** Writes what there is of a workspace. One writing at a time: the last text wins, the others are passed over. */
  #write(id: string): void {
    if (this.#writing.has(id)) return;
    const writing = this.#writeNewest(id).finally(() => this.#writing.delete(id));
    this.#writing.set(id, writing);
  }

  async #writeNewest(id: string): Promise<void> {
    try {
      while ((this.#all.get(id)?.revision ?? '') !== (this.#kept.get(id) ?? '')) {
        const newest = this.#all.get(id);
        await this.#shelf.change(id, (now) => {
          const there = workspaceOf(id, now)?.revision ?? '';
          // Another tab has caught up with what was noted here.
          if (newest && there === newest.revision) return now;
          if (there !== (this.#kept.get(id) ?? '')) throw new ConflictError();
          return newest && toKept(newest);
        });
        this.#kept.set(id, newest?.revision ?? '');
      }
      this.#forget(id);
    } catch (error) {
      if (error instanceof ConflictError) await this.#readAgain(id);
      else this.#listener.onUnkept(error);
    }
  }

  async #readAgain(id: string): Promise<void> {
    const there = workspaceOf(id, await this.#shelf.read(id));
    this.#kept.set(id, there?.revision ?? '');
    if (there) this.#all.set(id, there);
    else this.#all.delete(id);
    this.#listener.onOther(id);
  }

  #free(name: string, own?: string): string {
    const wanted = name.trim().slice(0, LONGEST_NAME) || 'Workspace';
    const taken = this.all().flatMap((each) => (each.id === own ? [] : each.name));
    let free = wanted;
    for (let count = 2; taken.includes(free); count += 1) free = `${wanted} ${count}`;
    return free;
  }
}

/** Moves what an older edition of the page has kept; one that is on the shelf already comes as another. */
async function moveOver(old: Storage, shelf: Shelf): Promise<void> {
  const keys = Array.from({ length: old.length }, (_, index) => old.key(index) ?? '');
  for (const key of keys.filter((each) => each.startsWith(OLD_PREFIX))) {
    const id = key.slice(OLD_PREFIX.length);
    const workspace = workspaceOf(id, parse(old.getItem(key)));
    // What cannot be read stays where it is.
    if (!workspace) continue;
    const isTaken = (await shelf.read(id)) !== undefined;
    await shelf.change(isTaken ? crypto.randomUUID() : id, () => toKept(workspace));
    old.removeItem(key);
  }
}

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
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

/** Notes which workspace this tab shows, and that there is something to show at once. */
export function noteShown(id: string): void {
  try {
    sessionStorage.setItem(SHOWN, id);
    localStorage.setItem(SHOWN, 'used');
  } catch {
    // Reloaded, the tab shows the newest one.
  }
}

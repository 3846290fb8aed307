/** Where workspaces are kept: IndexedDB, which holds more than the 5 MB of localStorage. */
import { createStore, del, entries, get, update } from 'idb-keyval';

/** Values by their ids, of which each can be changed by several tabs. */
export interface Shelf {
  /** All that is kept. */
  all(): Promise<Array<[id: string, value: unknown]>>;
  read(id: string): Promise<unknown>;
  /**
   * Replaces a value by what `next` makes of the one that is kept, undefined where none is; undefined
   * removes it. No other tab comes in between. What `next` throws is thrown, and nothing is written.
   */
  change(id: string, next: (now: unknown) => unknown): Promise<void>;
  /** Calls back with the id of what another tab has changed. */
  onChange(listener: (id: string) => void): void;
}

const NAME = 'kj-playground';

/** The workspaces of this browser; where it keeps nothing, they last as long as the page. */
export async function openShelf(): Promise<Shelf> {
  try {
    const store = createStore(NAME, 'workspaces');
    await entries(store);
    return new DatabaseShelf(store);
  } catch {
    return memoryShelf();
  }
}

class DatabaseShelf implements Shelf {
  readonly #store: ReturnType<typeof createStore>;
  readonly #channel = new BroadcastChannel(NAME);

  constructor(store: ReturnType<typeof createStore>) {
    this.#store = store;
  }

  all(): Promise<Array<[string, unknown]>> {
    return entries<string, unknown>(this.#store);
  }

  read(id: string): Promise<unknown> {
    return get<unknown>(id, this.#store);
  }

  async change(id: string, next: (now: unknown) => unknown): Promise<void> {
    let isGone = false;
    await update<unknown>(
      id,
      (now) => {
        const value = next(now);
        isGone = value === undefined;
        return value;
      },
      this.#store,
    );
    // Where two tabs meet, the one without a revision to go on from has been told by now.
    if (isGone) await del(id, this.#store);
    this.#channel.postMessage(id);
  }

  onChange(listener: (id: string) => void): void {
    this.#channel.addEventListener('message', ({ data }: MessageEvent<string>) => listener(data));
  }
}

/** A shelf that lasts as long as the page. */
export function memoryShelf(kept = new Map<string, unknown>()): Shelf {
  return {
    all: async () => [...kept],
    read: async (id) => kept.get(id),
    async change(id, next) {
      const value = next(kept.get(id));
      if (value === undefined) kept.delete(id);
      else kept.set(id, value);
    },
    onChange: () => {},
  };
}

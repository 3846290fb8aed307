/** States that a run went through, kept to be looked into: as images, which take some 8 MiB each. */
import type {
  DatabaseDescription,
  PageRange,
  TableDescription,
  TableName,
  TablePages,
} from '../lab/inspect.ts';
import { countChanges, markChanges, tableId } from '../lab/inspect-changes.ts';
import { type Moment, type RowRange, StateLostError, type TableRows } from '../lab/inspect-rows.ts';
import { type DescribedDatabase, describeDatabase, InspectError } from './inspect.ts';
import { describePages } from './inspect-pages.ts';
import {
  mergeContents,
  mergedPage,
  readContents,
  readPage,
  type TableContents,
} from './inspect-rows.ts';
import type { Instance, InstanceImage } from './instance.ts';

/** Memory that an instance may have taken and still be copied, in bytes; it starts with 128 MiB. */
export const MEMORY_TO_KEEP = 192 * 1024 * 1024;
/** Bytes that the images of a run may take together. */
const IMAGE_BYTES = 256 * 1024 * 1024;
/** Larger tables are not compared row by row. */
const COMPARED_ROWS = 20_000;

/** What is known of a state. */
interface Known extends DescribedDatabase {
  contents: Map<string, TableContents | undefined>;
}

/** The states of one instance. What was found out about a state is kept with it. */
export class KeptStates {
  readonly #instance: Instance;
  readonly #states = new Map<number, { image: InstanceImage; known?: Known }>();
  #bytes = 0;

  constructor(instance: Instance) {
    this.#instance = instance;
  }

  /** Keeps the present state, unless there is no memory for it. */
  keep(state: number): void {
    if (this.#bytes > IMAGE_BYTES || this.#instance.memory > MEMORY_TO_KEEP) return;
    const image = this.#instance.takeImage();
    this.#bytes += image.size;
    this.#states.set(state, { image });
  }

  /** Describes a state; with an earlier one, what has changed since then is marked. */
  async describe({ state, since }: Moment): Promise<DatabaseDescription> {
    const after = await this.#know(state);
    if (since === undefined) return after.description;
    const before = await this.#know(since);
    const marked = markChanges(before.description, after.description);
    const tables: TableDescription[] = [];
    for (const table of marked.tables) {
      const changes = await this.#changes(table, { state, since }, before, after);
      tables.push(changes ? { ...table, rowChanges: changes } : table);
    }
    return { ...marked, tables };
  }

  /** Reads a page of rows. */
  async rows(table: TableName, range: RowRange, { state, since }: Moment): Promise<TableRows> {
    const after = await this.#know(state);
    const before = since === undefined ? undefined : await this.#know(since);
    const later = find(after, table);
    const earlier = before && find(before, table);
    const described = later ?? (earlier && { ...earlier, change: 'removed' as const });
    if (!described) throw new InspectError(`There is no table ${table.name}.`);
    if (!before || !isOther(table, before, after)) {
      if (range.changedOnly) return mergedPage(described, undefined, undefined, range);
      return this.#at(state, () => readPage(this.#instance, described, range));
    }
    if (!isComparable(later, earlier)) {
      const page = await this.#at(state, () => readPage(this.#instance, described, range));
      return { ...page, notes: [...page.notes, TOO_LARGE] };
    }
    const [old, now] = [
      await this.#contents(earlier, since, before),
      await this.#contents(later, state, after),
    ];
    return mergedPage(described, old, now, range);
  }

  /** Reads pages of a table with all versions of its rows. */
  async pages(table: TableName, range: PageRange, { state }: Moment): Promise<TablePages> {
    return this.#at(state, () => describePages(this.#instance, table, range));
  }

  async #changes(table: TableDescription, { state, since }: Moment, before: Known, after: Known) {
    const [earlier, later] = [find(before, table), find(after, table)];
    if (!isOther(table, before, after) || !isComparable(later, earlier)) return undefined;
    const old = await this.#contents(earlier, since, before);
    const now = await this.#contents(later, state, after);
    const changes = countChanges(mergeContents(old, now));
    return changes.added + changes.changed + changes.removed > 0 ? changes : undefined;
  }

  /** All rows of a table in a state, read once. */
  async #contents(
    table: TableDescription | undefined,
    state: number | undefined,
    { contents }: Known,
  ): Promise<TableContents | undefined> {
    if (!table) return undefined;
    const id = tableId(table);
    const found =
      contents.get(id) ?? (await this.#at(state, () => readContents(this.#instance, table)));
    contents.set(id, found);
    return found;
  }

  /** What is known of a state; the present is asked anew every time. */
  async #know(state: number | undefined): Promise<Known> {
    const kept = state === undefined ? undefined : this.#kept(state);
    if (kept?.known) return kept.known;
    const described = await this.#at(state, () => describeDatabase(this.#instance));
    const known = { ...described, contents: new Map() };
    if (kept) kept.known = known;
    return known;
  }

  /** Does something with the instance in a state, and then puts it back as it was. */
  async #at<T>(state: number | undefined, look: () => Promise<T>): Promise<T> {
    if (this.#instance.memory > MEMORY_TO_KEEP) {
      throw new InspectError(
        'PostgreSQL has taken too much memory for a copy of it: reset it, then look again.',
      );
    }
    const image = state === undefined ? undefined : this.#kept(state).image;
    return this.#instance.aside(() => {
      image?.restore();
      return look();
    });
  }

  #kept(state: number) {
    const kept = this.#states.get(state);
    if (kept) return kept;
    throw new StateLostError();
  }
}

const TOO_LARGE = `What has changed is not marked: the table has more than ${COMPARED_ROWS.toLocaleString('en')} rows.`;

function find({ description }: Known, table: TableName): TableDescription | undefined {
  const id = tableId({ schema: 'public', ...table });
  return description.tables.find((one) => tableId(one) === id);
}

/** Whether a table's rows or columns are others than before, or nothing is known of them. */
function isOther(table: TableName, before: Known, after: Known): boolean {
  const id = tableId({ schema: 'public', ...table });
  const digest = before.digests.get(id);
  return digest === undefined || digest !== after.digests.get(id);
}

function isComparable(...states: Array<TableDescription | undefined>): boolean {
  return states.every(
    (table) => !table || (table.rows?.exact && table.rows.count <= COMPARED_ROWS),
  );
}

/** The data of the workspace that is shown: whether they stay, what is kept of them, and their export. */
import type { LabRun, Side } from '../../engine/lab/result.ts';
import { door } from '../lab/jobs.ts';
import { SIDE_NAMES, SIDES } from '../lab/names.ts';
import { inTurn } from '../lab/queue.ts';
import type { LabData } from '../lab/runs.ts';
import { saveFile } from '../lab/save-file.ts';
import type { KeptRecord } from './kept-data.ts';
import type { Workspace } from './workspace.ts';
import { ConflictError } from './workspaces.ts';

/** What these controls need of the playground. */
interface Home {
  workspace(): Workspace;
  /** Notes whether data stay, and answers the workspace as it is then. */
  stay(stays: boolean): Workspace;
  /** Runs begin from other data now. */
  changed(): void;
  say(words: string): void;
}

type PerSide<T> = Partial<Record<Side, T>>;

/** Of each side, what an export is. */
const EXPORTS: Record<Side, { ending: string; type: string; what: string }> = {
  dynamodb: { ending: 'jsonl', type: 'application/jsonl', what: 'DynamoDB JSON, a line an item' },
  postgres: { ending: 'sql', type: 'application/sql', what: 'a script by pg_dump' },
};

/** The controls above the lab that are about data. */
export class DataControls {
  readonly #home: Home;
  readonly #part: <E extends HTMLElement>(selector: string) => E;
  #kept: PerSide<KeptRecord> = {};
  /** Data that this page cannot go on from: they stay as they are, and runs keep nothing. */
  #unreadable: PerSide<string> = {};
  /** What a run has left that another tab's data stand in the way of. */
  #mine: PerSide<Blob> = {};
  /** The workspace whose data these are. */
  #of = '';
  #hasRun = new Set<Side>();

  /** `root` is the `<kj-playground>`. */
  constructor(root: HTMLElement, home: Home) {
    this.#home = home;
    this.#part = <E extends HTMLElement>(selector: string) => {
      const found = root.querySelector<E>(selector);
      if (!found) throw new Error(`<kj-playground> has no ${selector}`);
      return found;
    };
    this.#stays.addEventListener('change', () => {
      const stays = this.#stays.checked;
      void this.enter(home.stay(stays)).then(() => {
        home.say(
          stays
            ? 'Data stay: a run goes on from what the run before has left. Open transactions, temporary and unlogged tables and settings of a session do not stay.'
            : 'Each run begins from the dataset again. What was kept stays kept until you reset it.',
        );
      });
    });
  }

  /** What runs begin from, and what is done with what they leave. */
  forRuns(): Pick<LabData, 'kept' | 'after'> {
    const kept: NonNullable<LabData['kept']> = {};
    if (this.#home.workspace().stays) {
      for (const side of SIDES) {
        const record = this.#kept[side];
        if (record) kept[side] = { revision: record.revision, data: record.data };
      }
    }
    return { kept, after: (run, sides, dump) => this.#after(run, sides, dump) };
  }

  /** Shows the data of a workspace. */
  async enter({ id, stays = false, settings }: Workspace): Promise<void> {
    this.#of = id;
    this.#kept = {};
    this.#unreadable = {};
    this.#mine = {};
    this.#hasRun.clear();
    this.#stays.checked = stays;
    // Extensions and the world's clock are not among the data that can be kept.
    this.#stays.disabled = settings !== undefined;
    this.#part('[data-data-conflict]').hidden = true;
    this.#part('[data-sure-data]').hidden = true;
    if (stays) await this.#read(id);
    if (this.#of !== id) return;
    this.#paint();
    this.#home.changed();
  }

  /** Forgets what is kept of a workspace. */
  forget(id: string): void {
    import('./kept-data.ts')
      .then(({ forgetKept }) => forgetKept(id))
      .catch((error: unknown) => console.warn('The data are still kept:', error));
  }

  /** Answers a press on one of the buttons; false when it is none of these. */
  press(button: HTMLElement): boolean {
    const side = button.dataset['export'] as Side | undefined;
    if (side) void this.#export(side);
    else if (button.matches('[data-reset-data]')) this.#ask(true);
    else if (button.matches('[data-keep-data]')) this.#ask(false);
    else if (button.matches('[data-reset-data-now]')) void this.#reset();
    else if (button.matches('[data-their-data]')) void this.#takeTheirs();
    else if (button.matches('[data-my-data]')) void this.#keepMine();
    else return false;
    return true;
  }

  get #stays(): HTMLInputElement {
    return this.#part<HTMLInputElement>('[data-stays]');
  }

  async #read(id: string): Promise<void> {
    try {
      const { readKept, whyUnreadable } = await import('./kept-data.ts');
      for (const side of SIDES) {
        const record = await readKept(id, side);
        if (this.#of !== id || !record) continue;
        const why = whyUnreadable(record, side);
        if (why) this.#unreadable[side] = why;
        else this.#kept[side] = record;
      }
    } catch (error) {
      this.#home.say('This browser keeps no data for this site: each run begins from the dataset.');
      console.warn('The data could not be read:', error);
    }
  }

  /** A run has ended: what it has left is kept, unless it was stopped or broke the engine. */
  async #after(
    run: LabRun,
    sides: readonly Side[],
    dump: (side: Side) => Promise<Blob>,
  ): Promise<void> {
    for (const side of sides) this.#hasRun.add(side);
    const { id, stays } = this.#home.workspace();
    if (!stays || id !== this.#of) return;
    for (const side of sides) {
      if (!isWhole(run, side) || this.#unreadable[side]) continue;
      try {
        const data = await dump(side);
        await this.#write(side, data, this.#kept[side]?.revision ?? '');
      } catch (error) {
        this.#home.say(`What ${SIDE_NAMES[side].name} holds now could not be kept.`);
        console.warn('The data are not kept:', error);
      }
    }
    this.#paint();
    this.#home.changed();
  }

  async #write(side: Side, data: Blob, known: string | undefined): Promise<void> {
    const { writeKept } = await import('./kept-data.ts');
    try {
      this.#kept[side] = await writeKept(this.#of, side, data, known);
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      this.#mine[side] = data;
      this.#part('[data-data-conflict]').hidden = false;
    }
  }

  async #takeTheirs(): Promise<void> {
    await this.enter(this.#home.workspace());
    this.#home.say('The next run goes on from the data that the other tab has kept.');
    this.#stays.focus();
  }

  async #keepMine(): Promise<void> {
    for (const side of SIDES) {
      const data = this.#mine[side];
      if (data) await this.#write(side, data, undefined);
    }
    this.#mine = {};
    this.#part('[data-data-conflict]').hidden = true;
    this.#paint();
    this.#home.changed();
    this.#home.say('Your data are kept.');
    this.#stays.focus();
  }

  #ask(open: boolean): void {
    this.#part('[data-sure-data]').hidden = !open;
    this.#part(open ? '[data-keep-data]' : '[data-reset-data]').focus();
  }

  async #reset(): Promise<void> {
    const { forgetKept } = await import('./kept-data.ts');
    await forgetKept(this.#of);
    await this.enter(this.#home.workspace());
    this.#home.say('The data are reset: the next run begins from the dataset.');
    this.#stays.focus();
  }

  /** Saves what a side holds: what the last run has left or, before any run, what one begins from. */
  async #export(side: Side): Promise<void> {
    const { name } = SIDE_NAMES[side];
    const { dataset, name: workspace } = this.#home.workspace();
    const { ending, type, what } = EXPORTS[side];
    const { signal } = new AbortController();
    const onProgress = () => {};
    this.#home.say(`${name} is being exported.`);
    const task = async () => {
      const engines = await door();
      if (!this.#hasRun.has(side)) {
        const lab = { dataset, expect: {}, ...this.forRuns() };
        await engines.prepare({ lab, sides: [side], sources: {}, signal, onProgress });
      }
      return engines.dump({ side, as: 'sql', signal, onProgress });
    };
    try {
      const data = await inTurn(task, signal, () => {});
      if (!data) return;
      const file = `${workspace.replace(/[^\p{L}\p{N}]+/gu, '-').toLowerCase()}-${side}.${ending}`;
      saveFile(file, type, await data.text());
      this.#home.say(`${file} is saved: ${what}.`);
    } catch (error) {
      this.#home.say(`${name} could not be exported. Run the program and try again.`);
      console.error('The export failed:', error);
    }
  }

  #paint(): void {
    const { stays } = this.#home.workspace();
    const records = SIDES.flatMap((side) => {
      const record = this.#kept[side];
      return record ? [`${SIDE_NAMES[side].name} ${kilobytes(record.data.size)}`] : [];
    });
    const why = SIDES.flatMap((side) => {
      const words = this.#unreadable[side];
      return words ? [`The data of ${SIDE_NAMES[side].name} are left alone. ${words}`] : [];
    });
    const words = records.length > 0 ? [`Kept: ${records.join(', ')}.`] : [];
    this.#part('[data-kept-words]').textContent = stays
      ? [...words, ...why].join(' ') || 'Nothing is kept yet.'
      : '';
    this.#part('[data-reset-data]').hidden = !stays || records.length + why.length === 0;
  }
}

/** Whether a side came to its end: what a stopped run or a broken engine has left is no result. */
function isWhole(run: LabRun, side: Side): boolean {
  const { steps = [], error } = run[side] ?? {};
  if (error || steps.some(({ status }) => status === 'stopped')) return false;
  const statements = run.postgres?.steps.flatMap((step) => step.statements) ?? [];
  return side === 'dynamodb' || statements.every((each) => each.error?.severity !== 'FATAL');
}

const kilobytes = (bytes: number) =>
  bytes < 100_000 ? `${Math.ceil(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

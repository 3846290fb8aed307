/** The button that opens the data browser of a lab, and what it remembers of the lab's runs. */
import type { RunRequest } from '../../engine/client.ts';
import type { LabRun, Side } from '../../engine/lab/result.ts';
import type { RunStates } from '../../engine/lab/states.ts';
import type { ShownStates } from './data/DataBrowser.tsx';
import type { PanelPlace } from './data/panel.tsx';
import { type Door, door } from './jobs.ts';
import { SIDES } from './names.ts';
import { inTurn } from './queue.ts';

/** Programs that ran, what of them, and what they went on from. */
interface Ran extends Pick<RunRequest, 'sources' | 'dialect'> {
  parts: NonNullable<RunRequest['parts']>;
  kept: NonNullable<RunRequest['lab']['kept']>;
}

/** The data of one lab. Nothing of the browser is loaded before the button is pressed. */
export class DataButton {
  readonly #root: HTMLElement;
  readonly #lab: RunRequest['lab'];
  readonly #sides: readonly Side[];
  /** What ran last, side by side, to do it again when its states are gone. */
  #ran: Ran = { sources: {}, parts: {}, kept: {} };
  #place: PanelPlace | undefined;
  #states: RunStates | undefined;

  /** `root` is the lab's element. */
  constructor(root: HTMLElement, lab: RunRequest['lab'], sides: readonly Side[]) {
    this.#root = root;
    this.#lab = lab;
    this.#sides = SIDES.filter((side) => sides.includes(side));
  }

  /** Opens the panel, or closes it. */
  async toggle(): Promise<void> {
    if (this.#place) {
      await this.#close();
      return;
    }
    const { showPanel } = await import('./data/panel.tsx');
    const host = document.createElement('div');
    this.#root.querySelector('.kj-pair')?.after(host);
    const id = `${this.#root.id}-data`;
    const title = document.getElementById(`${this.#root.id}-title`)?.textContent ?? '';
    this.#place = { host, id, title, onClose: () => void this.#close() };
    showPanel(this.#place, this.#source());
    this.#button?.setAttribute('aria-expanded', 'true');
    // The panel may be far below the button.
    host.querySelector<HTMLElement>('[data-data-title]')?.focus();
  }

  /** Runs as the door does; while the panel is open, what the run went through is shown there. */
  async run(door: Door, request: RunRequest): Promise<LabRun> {
    for (const side of request.sides) this.#note(side, request);
    if (!this.#place) return this.#ended(await door.run(request));
    const { run, states } = await door.runKeepingStates(request);
    // A side that did not take part stays as it was.
    this.#states = this.#states ? joined(this.#states, states) : states;
    this.#ended(run);
    await this.#show({ states: this.#states });
    return run;
  }

  /** Takes note of a run that has kept no states: another one makes them when they are looked at. */
  async note(request: RunRequest): Promise<void> {
    for (const side of request.sides) this.#note(side, request);
    this.#states = undefined;
    await this.#show(undefined);
  }

  /** The lab was reset: the data is the dataset again. */
  async reset(): Promise<void> {
    this.#ran = { sources: {}, parts: {}, kept: {} };
    this.#states = undefined;
    await this.#show(undefined);
  }

  get #button(): HTMLElement | null {
    return this.#root.querySelector<HTMLElement>('[data-data]');
  }

  async #show(shown: ShownStates | undefined): Promise<void> {
    if (!this.#place) return;
    const { showPanel } = await import('./data/panel.tsx');
    showPanel(this.#place, this.#source(), shown);
  }

  async #close(): Promise<void> {
    const place = this.#place;
    if (!place) return;
    this.#place = undefined;
    this.#states = undefined;
    const { clearPanel } = await import('./data/panel.tsx');
    clearPanel(place);
    place.host.remove();
    this.#button?.setAttribute('aria-expanded', 'false');
    this.#button?.focus();
  }

  #note(side: Side, { sources, parts, dialect, lab }: RunRequest): void {
    const { [side]: _, ...others } = this.#ran.parts;
    const { [side]: __, ...otherKept } = this.#ran.kept;
    const kept = lab.kept?.[side];
    const part = parts?.[side];
    this.#ran = {
      dialect: side === 'dynamodb' ? dialect : this.#ran.dialect,
      sources: { ...this.#ran.sources, [side]: sources[side] ?? '' },
      parts: part ? { ...others, [side]: part } : others,
      kept: kept ? { ...otherKept, [side]: kept } : otherKept,
    };
  }

  /** What was stopped is not done again: it may never end. */
  #ended(run: LabRun): LabRun {
    for (const side of this.#sides) {
      const { steps = [], error } = run[side] ?? {};
      if (error?.name === 'Stopped' || steps.some(({ status }) => status === 'stopped')) {
        this.#note(side, { sources: {}, lab: this.#lab } as RunRequest);
      }
    }
    return run;
  }

  #source() {
    return { sides: this.#sides, open: () => this.#open() };
  }

  /** Runs again what ran last, with nothing but its states in view. */
  async #open(): Promise<ShownStates> {
    const { signal } = new AbortController();
    const { sources, parts, dialect } = this.#ran;
    // What ran begins again from where it began; a side on which nothing ran, from where it would.
    const began = Object.fromEntries(
      this.#sides.flatMap((side) => {
        const kept = (sources[side] ? this.#ran : this.#lab).kept?.[side];
        return kept ? [[side, kept]] : [];
      }),
    );
    const isReplay = Object.values(sources).some((source) => source !== '');
    const task = async () =>
      (await door()).runKeepingStates({
        lab: { ...this.#lab, kept: began },
        sides: this.#sides,
        sources,
        parts,
        dialect,
        signal,
        onProgress: () => {},
      });
    const kept = await inTurn(task, signal, () => {});
    if (!kept) throw new Error('The databases could not be opened.');
    const steps = { ...kept.states.steps };
    // An empty program has a step without a name, in which nothing happens.
    for (const side of this.#sides) if (!sources[side]) steps[side] = [];
    this.#states = { ...kept.states, steps };
    return { states: this.#states, note: isReplay ? REPLAYED : undefined };
  }
}

const REPLAYED =
  'The last run was repeated for this: what the code takes from the clock or from chance may differ from the output above.';

/** The later states, and those of sides that are only in the earlier ones. */
function joined(earlier: RunStates, later: RunStates): RunStates {
  const of = (side: Side) => (later.steps[side] ? later : earlier);
  return {
    steps: { ...earlier.steps, ...later.steps },
    describe: (side, moment) => of(side).describe(side, moment),
    readRows: (side, ...asked) => of(side).readRows(side, ...asked),
    inspectPages: (...asked) => of('postgres').inspectPages(...asked),
  };
}

/** The lab's program: what each button and key does, one run at a time. Loaded when it is needed. */
import type { LabRun, Side } from '../../engine/lab/result.ts';
import type { LabMeta } from '../../engine/lab/schema.ts';
import { sentence } from './announce.ts';
import { type Draft, readDraft, writeDraft } from './draft.ts';
import { engineProblem, withoutWebAssembly } from './problems.ts';
import { inTurn } from './queue.ts';
import { LabSide, part } from './side.ts';
import { isBusy, isWhole, labState, type SideEvent, sameTexts, type Texts } from './state.ts';

type Door = typeof import('../../engine/client.ts');

/** What Lab.astro writes into `data-lab`. */
interface LabData {
  id: string;
  dataset: string;
  expect: LabMeta['expect'];
  world?: LabMeta['world'];
  extensions?: LabMeta['extensions'];
}

/** Takes a lab over. The element is a `<kj-lab>` as Lab.astro writes it. */
export class LabApp {
  readonly #root: HTMLElement;
  readonly #lab: LabData;
  readonly #sides: LabSide[];
  #abort: AbortController | undefined;
  /** The code before the last reset, while the way back is open. */
  #undo: Map<LabSide, Texts> | undefined;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#lab = JSON.parse(root.dataset['lab'] ?? '{}') as LabData;
    this.#sides = [...root.querySelectorAll<HTMLElement>('[data-side]')].map(
      (side) => new LabSide(side, (edited) => this.#edited(edited)),
    );
    this.#restoreDraft();
    root.addEventListener('click', (event) => {
      if (event.target instanceof Element) this.#press(event.target);
    });
    root.addEventListener('keydown', (event) => this.#key(event), { capture: true });
    for (const sign of ['pointerover', 'focusin']) {
      root.addEventListener(sign, (event) => {
        if (event.target instanceof Element) this.#intent(event.target);
      });
    }
  }

  /** Does what was asked for before the program was there. */
  meanwhile(event: Event): void {
    if (!(event.target instanceof Element)) return;
    if (event.type === 'click') this.#press(event.target);
    else this.#intent(event.target);
    for (const side of this.#sides) side.answer(event);
  }

  /** A pointer on a Run button, or focus on it, is reason enough to fetch the engine. */
  #intent(target: Element): void {
    const asked = target.closest<HTMLElement>('[data-run]');
    if (!asked) return;
    // A failure is told when the reader presses the button.
    door().then(
      ({ warm }) =>
        warm(
          this.#asked(asked).map(({ side }) => side),
          this.#lab.extensions,
        ),
      () => {},
    );
  }

  #press(target: Element): void {
    const run = target.closest<HTMLElement>('[data-run]');
    if (run) this.#abort ? this.#stop() : void this.#run(this.#asked(run));
    else if (target.closest('[data-reset]')) this.#reset();
    else if (target.closest('[data-undo]')) this.#undoReset();
    else if (target.closest('[data-restart]')) void this.#restart();
    else if (target.closest('[data-copy-link]')) void this.#copyLink();
    const rest = target.closest('[data-show-rest]');
    if (rest) showRest(rest);
  }

  #key(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    // The editor has a use of its own for these keys.
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat && !this.#abort) void this.#run(this.#sides);
  }

  #asked(button: HTMLElement): LabSide[] {
    const { run } = button.dataset;
    return this.#sides.filter(({ side }) => run === 'both' || run === side);
  }

  async #run(asked: LabSide[]): Promise<void> {
    const able = asked.filter((side) => {
      const problem = withoutWebAssembly(side.side);
      if (problem) this.#dispatch([side], () => ({ type: 'fail', problem }));
      return !problem;
    });
    if (able.length === 0) return;
    const abort = new AbortController();
    this.#abort = abort;
    const texts = new Map(able.map((side) => [side, side.texts]));
    const sources = Object.fromEntries(able.map((side) => [side.side, side.source]));
    const event = (type: 'partial' | 'finish', run: LabRun) => (side: LabSide) => ({
      type,
      result: { run: onlySide(run, side.side), texts: texts.get(side) ?? [] },
      texts: side.texts,
    });
    const queue = () => this.#dispatch(able, () => ({ type: 'queue' }));
    const task = async () => {
      this.#dispatch(able, () => ({ type: 'start' }));
      this.#say('Running.');
      const { run } = await door();
      return run({
        lab: this.#lab,
        sides: able.map(({ side }) => side),
        sources,
        signal: abort.signal,
        onProgress: ({ engine, ...progress }) => {
          if (this.#abort !== abort) return;
          const of = engine === 'postgres' ? 'postgres' : 'dynamodb';
          const loading = able.filter(({ side }) => side === of);
          this.#dispatch(loading, () => ({ type: 'progress', progress }));
        },
        onRun: (partial) => {
          if (this.#abort === abort) this.#dispatch(able, event('partial', partial));
        },
      });
    };
    try {
      const run = await inTurn(task, abort.signal, queue);
      if (!this.#ended(abort)) return;
      if (run) this.#dispatch(able, event('finish', run));
      else this.#dispatch(able, (side) => ({ type: 'cancel', texts: side.texts }));
    } catch (error) {
      if (!this.#ended(abort)) return;
      // One engine's failure takes nothing from the side that had come to its end.
      this.#dispatch(able, ({ side, state, texts }) => {
        const result = state.state === 'running' ? state.result : undefined;
        return result && isWhole(result, side)
          ? { type: 'finish', result, texts }
          : { type: 'fail', problem: engineProblem(error, side) };
      });
    }
  }

  #stop(): void {
    this.#abort?.abort();
  }

  /** A run has ended. Answers false when a reset went over it: then its result is nobody's. */
  #ended(abort: AbortController): boolean {
    if (this.#abort !== abort) return false;
    this.#abort = undefined;
    return true;
  }

  #edited(side: LabSide): void {
    this.#undo = undefined;
    this.#keepDraft();
    this.#dispatch([side], () => ({ type: 'edit', texts: side.texts }));
  }

  /** Code and results as they were. The databases need nothing: each run begins from the dataset. */
  #reset(): void {
    this.#stop();
    this.#abort = undefined;
    const edited = this.#sides.some((side) => !sameTexts(side.texts, side.first.texts));
    if (edited) this.#undo = new Map(this.#sides.map((side) => [side, side.texts]));
    for (const side of this.#sides) side.texts = side.first.texts;
    this.#keepDraft();
    this.#dispatch(this.#sides, (side) => ({ type: 'reset', to: side.first }));
    this.#say(edited ? 'Reset. The edits can be brought back with Undo reset.' : 'Reset.');
  }

  #undoReset(): void {
    for (const [side, texts] of this.#undo ?? []) {
      side.texts = texts;
      this.#edited(side);
    }
    part(this.#root, '[data-reset]').focus();
    this.#say('The edits are back.');
  }

  async #restart(): Promise<void> {
    const dead = this.#sides.filter(({ state }) => state.state === 'dead');
    part(this.#root, '[data-run="both"]').focus();
    try {
      await (await door()).restart();
      this.#dispatch(dead, (side) => ({ type: 'revive', texts: side.texts }));
      this.#say('The engine is ready for a new start.');
    } catch (error) {
      this.#dispatch(dead, ({ side }) => ({ type: 'fail', problem: engineProblem(error, side) }));
    }
  }

  async #copyLink(): Promise<void> {
    try {
      await navigator.clipboard.writeText(new URL(`#${this.#root.id}`, location.href).href);
      this.#say('The link is copied.');
    } catch {
      // Without the right to copy, the link is in the address bar.
    }
  }

  #restoreDraft(): void {
    const count = (of: Side) => this.#sides.find(({ side }) => side === of)?.texts.length ?? 0;
    const draft = readDraft(this.#lab.id, {
      dynamodb: count('dynamodb'),
      postgres: count('postgres'),
    });
    for (const side of this.#sides) {
      const texts = draft[side.side];
      if (!texts) continue;
      side.texts = texts;
      this.#dispatch([side], () => ({ type: 'edit', texts }));
    }
  }

  #keepDraft(): void {
    const draft: Draft = {};
    for (const side of this.#sides) {
      if (!sameTexts(side.texts, side.first.texts)) draft[side.side] = side.texts;
    }
    writeDraft(this.#lab.id, draft);
  }

  /** Moves sides on, paints the lab, and says what is worth saying. */
  #dispatch(sides: readonly LabSide[], event: (side: LabSide) => SideEvent): void {
    const said: string[] = [];
    for (const side of sides) {
      const before = side.state.state;
      side.dispatch(event(side));
      const words = side.state.state === before ? undefined : sentence(side.state, side.side);
      if (words) said.push(words);
    }
    this.#root.dataset['state'] = labState(this.#sides.map(({ state }) => state));
    const busy = this.#sides.some(({ state }) => isBusy(state));
    part(this.#root, '[data-run="both"] [data-run-label]').textContent = busy ? 'Stop' : 'Run both';
    for (const { side, state } of this.#sides) {
      const button = part(this.#root, `[data-run="${side}"]`);
      button.toggleAttribute('aria-disabled', busy && !isBusy(state));
    }
    part(this.#root, '[data-undo]').hidden = this.#undo === undefined;
    if (said.length > 0) this.#say(said.join(' '));
  }

  #say(text: string): void {
    part(this.#root, '[data-live]').textContent = text;
  }
}

/** The engines' door, fetched once. A failed fetch is tried again by the next call. */
function door(): Promise<Door> {
  return import('../../engine/client.ts');
}

function onlySide(run: LabRun, side: Side): LabRun {
  if (side === 'dynamodb') return run.dynamodb ? { dynamodb: run.dynamodb } : {};
  return run.postgres ? { postgres: run.postgres } : {};
}

function showRest(button: Element): void {
  const before = button.previousElementSibling as HTMLElement | null;
  const rest = before?.querySelector<HTMLElement>('[data-rest]') ?? before;
  if (rest) rest.hidden = false;
  // The focus goes on to what has come up, not to the top of the page.
  before?.focus();
  button.remove();
}

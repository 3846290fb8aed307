/** The lab's program: what each button and key does, one run at a time. Loaded when it is needed. */
import type { CheckResult } from '../../engine/lab/check.ts';
import type { Side } from '../../engine/lab/result.ts';
import { sentence } from './announce.ts';
import { DataButton } from './data-button.ts';
import { DIALECT_SHOWN, keyAtTab, pressTab } from './dialect-tabs.ts';
import { draftKeeper, Edits, type Keeper } from './edits.ts';
import { part } from './element-part.ts';
import { door, Jobs } from './jobs.ts';
import { menu } from './menu.ts';
import { Outcomes } from './outcomes.ts';
import { engineProblem } from './problems.ts';
import { explain, type LabData, type Place, runSides, runText, runTo } from './runs.ts';
import type { SharedLab } from './share.tsx';
import { showRest } from './show-rest.ts';
import { LabSide, type OpenFile } from './side.ts';
import { labState, type SideEvent, sameTexts, type Texts } from './state.ts';

/** Buttons that need an engine. */
const RUNS = '[data-run], [data-run-step], [data-run-text], [data-explain]';
/** Buttons of results: sort, copy and so on. */
const TABLE_BUTTONS = '[data-result] button';

/** Takes a lab over. The element is a `<kj-lab>` as Lab.astro writes it; `keeper` keeps its edits. */
export class LabApp {
  readonly #root: HTMLElement;
  readonly #data: LabData;
  /** In all dialects. */
  readonly #all: LabSide[];
  readonly #jobs: Jobs;
  readonly #outcomes: Outcomes;
  readonly #browser: DataButton;
  readonly #edits: Edits;
  /** What a run needs of this lab. */
  readonly #lab: Parameters<typeof runSides>[0];
  /** The code before the last reset, while the way back is open. */
  #undo: Map<LabSide, Texts> | undefined;

  constructor(root: HTMLElement, keeper?: Keeper) {
    this.#root = root;
    this.#data = JSON.parse(root.dataset['lab'] ?? '{}') as LabData;
    this.#all = [...root.querySelectorAll<HTMLElement>('[data-side]')].map(
      (side) => new LabSide(side, (edited) => this.#edited(edited)),
    );
    const lab = {
      dispatch: (sides: readonly LabSide[], event: (side: LabSide) => SideEvent) =>
        this.#dispatch(sides, event),
      say: (text: string) => this.#say(text),
      ran: (results: readonly CheckResult[]) => void this.#ran(results),
    };
    this.#jobs = new Jobs(root, lab);
    const sides = this.#all.flatMap((side) => side.sides);
    this.#browser = new DataButton(root, this.#data, sides);
    const shown = () => this.#sides;
    this.#lab = {
      ...lab,
      data: this.#data,
      get sides() {
        return shown();
      },
      jobs: this.#jobs,
      browser: this.#browser,
    };
    this.#outcomes = new Outcomes(root);
    this.#edits = new Edits(
      { ...lab, root, sides: this.#all },
      keeper ?? draftKeeper(this.#data.id),
    );
    this.#edits.restore();
    menu(root);
    document.addEventListener(DIALECT_SHOWN, () => this.#dispatch([], () => ({ type: 'queue' })));
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

  /** Those that the reader sees. */
  get #sides(): LabSide[] {
    return this.#all.filter(({ isShown }) => isShown);
  }

  /** Does what was asked for before the program was there. */
  meanwhile(event: Event): void {
    if (!(event.target instanceof Element)) return;
    if (event.type === 'click') this.#press(event.target);
    else this.#intent(event.target);
    for (const side of this.#all) side.answer(event);
  }

  /** A pointer on a Run button, or focus on it, is reason enough to fetch the engine. */
  #intent(target: Element): void {
    if (target.closest(TABLE_BUTTONS)) import('./tables.ts').catch(() => {});
    const asked = target.closest<HTMLElement>(RUNS);
    if (!asked) return;
    // A failure is told when the reader presses the button.
    door().then(
      ({ warm }) =>
        warm(
          this.#asked(asked).flatMap(({ sides }) => sides),
          this.#data.dataset,
          this.#data.extensions,
        ),
      () => {},
    );
  }

  #press(target: Element): void {
    const button = target.closest<HTMLElement>(RUNS);
    const reply = target.closest('[data-close-reply]');
    if (button && 'run' in button.dataset) {
      if (this.#jobs.busy) this.#jobs.stop();
      else void runSides(this.#lab, this.#asked(button));
    } else if (button) this.#pressAtStep(button);
    else if (reply) this.#closeReply(reply);
    else if (target.closest('[data-reset]')) this.#reset();
    else if (target.closest('[data-undo]')) this.#undoReset();
    else if (pressTab(target)) return;
    else if (target.closest('[data-data]')) void this.#browser.toggle();
    else if (target.closest('[data-restart]')) void this.#restart();
    else if (target.closest('[data-copy-link]')) void this.#copyLink();
    else if (target.closest('[data-share]')) void this.#sharing(({ share }, lab) => share(lab));
    else if (target.closest('[data-download]')) {
      void this.#sharing(({ downloadFiles }, lab) => downloadFiles(lab));
    } else if (target.closest('[data-playground]')) {
      void this.#sharing(({ openInPlayground }, lab) => openInPlayground(lab));
    }
    const rest = target.closest('[data-show-rest]');
    if (rest) showRest(rest);
    const tool = target.closest<HTMLElement>(TABLE_BUTTONS);
    if (tool) void this.#useTable(tool);
  }

  #pressAtStep(button: HTMLElement): void {
    const place = this.#placeOf(button);
    if (this.#jobs.controls.stops(button)) this.#jobs.stop();
    if (!place || this.#jobs.busy) return;
    if ('explain' in button.dataset) void explain(this.#lab, place, button);
    else if ('runText' in button.dataset) void runText(this.#lab, place, button);
    else void runTo(this.#lab, place, button.dataset['runStep'] === 'both', button);
  }

  #key(event: KeyboardEvent): void {
    keyAtTab(event);
    const isRun = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
    const isExplain = event.key === 'F7' && event.shiftKey;
    if (!isRun && !isExplain) return;
    const place = event.target instanceof Element ? this.#placeOf(event.target) : undefined;
    if ((isExplain || event.shiftKey) && !place) return;
    // The editor has a use of its own for these keys.
    event.preventDefault();
    event.stopPropagation();
    if (event.repeat || this.#jobs.busy) return;
    if (!place || (isRun && !event.shiftKey)) void runSides(this.#lab, this.#sides);
    else if (isExplain) void explain(this.#lab, place);
    else void runText(this.#lab, place);
  }

  /** A button of a result's table. */
  async #useTable(button: HTMLElement): Promise<void> {
    try {
      const { pressTable } = await import('./tables.ts');
      const said = await pressTable(button);
      if (said) this.#say(said);
    } catch (error) {
      this.#say('That could not be done. Try again.');
      console.error('The table could not be used:', error);
    }
  }

  /** The sides that a button is about. */
  #asked(button: HTMLElement): LabSide[] {
    const { run, runStep, runText } = button.dataset;
    const which = run ?? runStep ?? runText ?? 'postgres';
    return this.#sides.filter(({ side }) => which === 'both' || which === side);
  }

  /** The step in which an element stands. */
  #placeOf(element: Element): Place | undefined {
    const side = this.#sides.find((one) => one.indexOf(element) !== -1);
    return side && { side, index: side.indexOf(element) };
  }

  #closeReply(button: Element): void {
    const place = this.#placeOf(button);
    if (!place) return;
    const step = button.closest('.kj-step');
    place.side.closeReply(place.index);
    // The focus stays at the step, at what can ask again.
    step?.querySelector<HTMLElement>('[data-explain], [data-run-step], summary')?.focus();
  }

  #edited(side: LabSide): void {
    this.#undo = undefined;
    this.#edits.keep();
    this.#dispatch([side], () => ({ type: 'edit', texts: side.texts }));
  }

  /** Code and results as they were. The databases need nothing: each run begins from the dataset. */
  #reset(): void {
    const edited = this.#all.some((side) => !sameTexts(side.texts, side.first.texts));
    if (edited) this.#undo = new Map(this.#all.map((side) => [side, side.texts]));
    this.#clear();
    this.#edits.keep();
    if (!this.#edits.isGuest && this.#root.querySelector('[data-shared]')) {
      void this.#sharing(({ closePanel }) => closePanel(this.#root));
    }
    this.#say(edited ? 'Reset. The edits can be brought back with Undo reset.' : 'Reset.');
  }

  /** Shows the lab as the page came, and leaves alone what is kept. */
  #clear(): void {
    this.#jobs.drop();
    void this.#browser.reset();
    for (const side of this.#all) side.texts = side.first.texts;
    this.#dispatch(this.#all, (side) => ({ type: 'reset', to: side.first }));
    for (const rules of this.#root.querySelectorAll<HTMLElement>('[data-rules]')) {
      void import('../exercise/grades.ts').then(({ clearGrades }) => clearGrades(rules));
    }
  }

  #undoReset(): void {
    for (const [side, texts] of this.#undo ?? []) {
      side.texts = texts;
      this.#edited(side);
    }
    part(this.#root, '[data-reset]').focus();
    this.#say('The edits are back.');
  }

  /** A run has come to its end: it counts, and the checks of an exercise have their say. */
  async #ran(results: readonly CheckResult[]): Promise<void> {
    const { id, exercise } = this.#data;
    if (!exercise) {
      const [{ labRan }, { compareGuess }] = await Promise.all([
        import('../progress/store.ts'),
        import('./predict.ts'),
      ]);
      labRan(id);
      const guess = compareGuess(this.#root, id);
      // After what the run has said, and not in its place.
      if (guess) this.#say(`${part(this.#root, '[data-live]').textContent} ${guess}`);
    } else if (results.length > 0) {
      const { showGrades } = await import('../exercise/grades.ts');
      const rules = part(this.#root, '[data-rules]');
      this.#say(showGrades(rules, { id, of: exercise.of }, results));
    }
  }

  async #restart(): Promise<void> {
    const dead = this.#all.filter(({ state }) => state.state === 'dead');
    part(this.#root, '[data-run="both"]').focus();
    try {
      await (await door()).restart();
      this.#dispatch(dead, (side) => ({ type: 'revive', texts: side.texts }));
      this.#say('The engine is ready for a new start.');
    } catch (error) {
      this.#dispatch(dead, ({ panel }) => ({ type: 'fail', problem: engineProblem(error, panel) }));
      this.#say('The engine could not be started again.');
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

  /** Shows the code that the page's address holds, if it holds any for this lab. */
  openLink(): void {
    const before = `#${this.#root.id}&code=`;
    const { hash } = location;
    if (!hash.startsWith(before)) return;
    void this.#sharing(({ openLink }, lab) => openLink(lab, hash.slice(before.length)));
  }

  /** The sides, for a playground that shows files of its own in them. */
  get sides(): readonly LabSide[] {
    return this.#sides;
  }

  /** Shows other files, on other data, without the results of what was shown before. */
  open(files: Partial<Record<Side, OpenFile>>, data: Partial<LabData>): void {
    this.#undo = undefined;
    this.#jobs.drop();
    this.setData(data);
    void this.#browser.reset();
    for (const side of this.#sides) {
      const file = files[side.side];
      if (file) side.open(file);
    }
    this.#dispatch([], () => ({ type: 'cancel', texts: [] }));
  }

  /** Changes what runs find beside the code that is shown. */
  setData(data: Partial<LabData>): void {
    Object.assign(this.#data, data);
    for (const side of this.#sides) {
      side.before = (this.#data.first?.[side.side] ?? []).map(({ text }) => text);
    }
    this.#root.dataset['lab'] = JSON.stringify({ ...this.#data, first: undefined });
  }

  async #sharing(
    what: (program: typeof import('./share.tsx'), lab: SharedLab) => unknown,
  ): Promise<void> {
    const lab = {
      root: this.#root,
      data: this.#data,
      sides: this.#all,
      edits: this.#edits,
      say: (text: string) => this.#say(text),
    };
    try {
      await what(await import('./share.tsx'), lab);
    } catch (error) {
      this.#say('That could not be done. Look after the connection and try again.');
      console.error('Code could not be shared or opened:', error);
    }
  }

  /** Moves sides on, paints the lab, and says what is worth saying. */
  #dispatch(sides: readonly LabSide[], event: (side: LabSide) => SideEvent): void {
    const said: string[] = [];
    for (const side of sides) {
      const before = side.state.state;
      const moved = event(side);
      side.dispatch(moved);
      // What comes back after something else is nothing new.
      const isNews = side.state.state !== before && moved.type !== 'cancel';
      const words = isNews ? sentence(side.state, side.panel) : undefined;
      if (words) said.push(words);
    }
    this.#root.dataset['state'] = labState(this.#sides.map(({ state }) => state));
    this.#jobs.controls.paint(this.#all);
    const [dynamodb, postgres] = (['dynamodb', 'postgres'] as const).map(
      (name) => this.#sides.find(({ sides }) => sides.includes(name))?.state,
    );
    this.#outcomes.paint(this.#data.compare ?? [], { dynamodb, postgres });
    part(this.#root, '[data-undo]').hidden = this.#undo === undefined;
    if (said.length > 0) this.#say(said.join(' '));
  }

  #say(text: string): void {
    part(this.#root, '[data-live]').textContent = text;
  }
}

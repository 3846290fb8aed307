/** Lays what a run answered over a side's blocks: each step under its code, the cost below. */
import { h } from 'preact';
import type { ScriptError } from '../../engine/lab/result.ts';
import type { CodeBlock } from './code-block.ts';
import { begun, errorMarks, whileRunning } from './errors.ts';
import { type Panel, sidesOf } from './names.ts';
import { type BlockPlace, placeLine, placeSteps } from './place.ts';
import type { UnitPrices } from './prices.ts';
import { CostStrip } from './results/CostStrip.tsx';
import { ErrorBox } from './results/ErrorBox.tsx';
import { FirstRuns } from './results/FirstRuns.tsx';
import { LastGood } from './results/LastGood.tsx';
import { Output, StepResult } from './results/StepResult.tsx';
import { placesOf, type Share, type Shown, shownUnder } from './shown.ts';
import { Slot } from './slot.ts';
import type { Original, Result, Texts } from './state.ts';
import { lineOf, stepsWithSide } from './view.ts';

/** The result slots of one panel. */
export class ResultPainter {
  readonly #panel: Panel;
  readonly #blocks: readonly CodeBlock[];
  readonly #slots: Slot[];
  readonly #cost: Slot;
  /** Only DynamoDB has prices for what it does. */
  readonly #prices: UnitPrices | undefined;

  constructor(root: HTMLElement, panel: Panel, blocks: readonly CodeBlock[]) {
    this.#panel = panel;
    this.#blocks = blocks;
    this.#slots = [...root.querySelectorAll<HTMLElement>('[data-slot]')].map((s) => new Slot(s));
    const cost = root.querySelector('[data-cost]') as HTMLElement;
    this.#cost = new Slot(cost);
    const { prices } = cost.dataset;
    this.#prices = prices === undefined ? undefined : (JSON.parse(prices) as UnitPrices);
  }

  /** A run of the first `blocks` blocks begins: what these show is from before it. */
  begin(blocks: number): void {
    for (const [index, slot] of this.#slots.entries()) {
      if (index < blocks) this.#tellAge(slot, { older: true, words: '' });
    }
    // A run that is shown in a place of its own takes nothing from what the strip says.
    this.#cost.element.toggleAttribute('data-fresh', blocks === 0);
    if (blocks > 0) for (const block of this.#blocks) block.mark([]);
  }

  /** Shows what a run has answered so far; steps that have not begun keep what they showed before. */
  paintLive(result: Result): void {
    const places = placesOf(this.#blocks, this.#panel, result.texts);
    const steps = stepsWithSide(result.run, this.#panel);
    const at = placeSteps(places, steps);
    for (const [index, slot] of this.#slots.entries()) {
      const own = steps.filter(({ step }, n) => at[n] === index && begun(step));
      if (own.length === 0) continue;
      this.#tellAge(slot, { older: false, words: '' });
      slot.show(own.map(({ step }) => this.#result(whileRunning(step), places, index, true)));
    }
    if (!steps.some(({ step }) => begun(step))) return;
    this.#cost.element.setAttribute('data-fresh', '');
    this.#cost.show(this.#strip(result));
  }

  /** Shows results, newest first, or the recorded output where there is none. */
  paint(results: readonly Result[], first: Original, texts: Texts): void {
    const all = shownUnder(this.#blocks, this.#panel, results, first, texts);
    for (const [index, slot] of this.#slots.entries()) {
      const shown = all[index];
      if (shown?.share) slot.show(this.#content(shown, shown.share, slot, index));
      else if (first.state === 'stored') slot.restore();
      else slot.show(null);
    }
    this.tellAges(results, first, texts);
    this.#cost.element.removeAttribute('data-fresh');
    const [newest] = results;
    if (newest) this.#cost.show(this.#strip(newest));
    else if (first.state === 'stored') this.#cost.restore();
    else this.#cost.show(null);
    this.#mark(newest);
  }

  /** Says of each block whether what it shows is of the code as it is now. */
  tellAges(results: readonly Result[], first: Original, texts: Texts): void {
    const all = shownUnder(this.#blocks, this.#panel, results, first, texts);
    for (const [index, slot] of this.#slots.entries()) {
      this.#tellAge(slot, all[index] ?? { older: false, words: '' });
    }
  }

  #tellAge({ element }: Slot, { older, words }: Pick<Shown, 'older' | 'words'>): void {
    element.toggleAttribute('data-older', older);
    const place = element.parentElement?.querySelector('[data-word]');
    if (place) place.textContent = words;
  }

  #content({ good }: Shown, { result, steps, places }: Share, slot: Slot, index: number) {
    const { error, first } = result.run[this.#panel === 'both' ? 'dynamodb' : this.#panel] ?? {};
    return [
      index === 0 &&
        first &&
        this.#panel !== 'both' &&
        h(FirstRuns, { files: first, side: this.#panel, error }),
      error && this.#startError(error, places, index),
      ...steps.map((step) => this.#result(step, places, index)),
      good === 'recorded' &&
        slot.recorded.length > 0 &&
        h(LastGood, { words: 'as recorded', nodes: slot.recorded }),
      good !== undefined &&
        good !== 'recorded' &&
        h(
          LastGood,
          { words: 'from an earlier run' },
          good.steps.map((step) => this.#result(step, good.places, index)),
        ),
    ];
  }

  #result(
    step: Share['steps'][number],
    places: readonly BlockPlace[],
    index: number,
    live = false,
  ) {
    return h(StepResult, { step, lineOf: lineOf(places, index), prices: this.#prices, live });
  }

  /** A program that did not start says so at the block with the error, or at the first one. */
  #startError(error: ScriptError, places: readonly BlockPlace[], index: number) {
    // It stands with the file that it is in.
    if (error.file !== undefined) return null;
    const place = error.line === undefined ? undefined : placeLine(places, error.line);
    if ((place?.block ?? 0) !== index) {
      // What stands before the first step answers nothing by itself.
      if (places[index]?.name === '') return null;
      return h(Output, { status: 'skipped', words: 'Not run: the program did not start' });
    }
    const { name: code, message } = error;
    const facts = place ? [`Line ${place.line}.`] : [];
    return h(Output, { status: 'failed' }, h(ErrorBox, { code, message, facts }));
  }

  #mark(result: Result | undefined): void {
    const places = placesOf(this.#blocks, this.#panel, result?.texts ?? []);
    const marks = (result ? errorMarks(result.run, this.#panel) : []).flatMap((mark) => {
      const place = placeLine(places, mark.line);
      return place ? { ...mark, ...place } : [];
    });
    for (const [index, block] of this.#blocks.entries()) {
      block.mark(marks.filter((mark) => mark.block === index));
    }
  }

  #strip({ run }: Result) {
    const open = this.#cost.element.querySelector('details')?.open === true;
    return sidesOf(this.#panel).map((side) =>
      h(CostStrip, {
        key: side,
        side:
          side === 'dynamodb'
            ? { dynamodb: run.dynamodb?.steps ?? [], prices: this.#prices }
            : { postgres: run.postgres?.steps ?? [] },
        open,
      }),
    );
  }
}

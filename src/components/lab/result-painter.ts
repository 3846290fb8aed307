/** Lays what a run answered over a side's blocks: each step under its code, the cost below. */
import { h } from 'preact';
import type { ScriptError, Side } from '../../engine/lab/result.ts';
import { joinBlocks } from '../../engine/lab/steps.ts';
import type { CodeBlock } from './code-block.ts';
import { begun, errorLines, whileRunning } from './errors.ts';
import { type BlockPlace, placeLine, placeSteps } from './place.ts';
import type { UnitPrices } from './prices.ts';
import { CostStrip } from './results/CostStrip.tsx';
import { ErrorBox } from './results/ErrorBox.tsx';
import { Output, StepResult } from './results/StepResult.tsx';
import { Slot } from './slot.ts';
import type { Result } from './state.ts';
import { lineOf, stepsWithSide } from './view.ts';

/** The result slots of one side. */
export class ResultPainter {
  readonly #side: Side;
  readonly #blocks: readonly CodeBlock[];
  readonly #slots: Slot[];
  readonly #cost: Slot;
  /** Only DynamoDB has prices for what it does. */
  readonly #prices: UnitPrices | undefined;

  constructor(root: HTMLElement, side: Side, blocks: readonly CodeBlock[]) {
    this.#side = side;
    this.#blocks = blocks;
    this.#slots = [...root.querySelectorAll<HTMLElement>('[data-slot]')].map((s) => new Slot(s));
    const cost = root.querySelector('[data-cost]') as HTMLElement;
    this.#cost = new Slot(cost);
    const { prices } = cost.dataset;
    this.#prices = prices === undefined ? undefined : (JSON.parse(prices) as UnitPrices);
  }

  /** A run begins: what is shown is from before it. */
  begin(): void {
    for (const { element } of this.#slots) element.removeAttribute('data-fresh');
    for (const block of this.#blocks) block.mark([]);
  }

  /**
   * Shows a result, or the recorded output when there is none. While the run goes on (`live`),
   * steps that have not begun keep what they showed before.
   */
  paint(result: Result | undefined, live: boolean): void {
    if (!result) {
      for (const slot of [...this.#slots, this.#cost]) slot.restore();
      for (const block of this.#blocks) block.mark([]);
      return;
    }
    const places = this.#places(result);
    const steps = stepsWithSide(result.run, this.#side);
    const at = placeSteps(places, steps);
    const error = result.run[this.#side]?.error;
    for (const [index, slot] of this.#slots.entries()) {
      const own = steps.filter((_, step) => at[step] === index).map(({ step }) => step);
      const shown = live ? own.filter(begun).map(whileRunning) : own;
      if (live && shown.length === 0) continue;
      slot.element.setAttribute('data-fresh', '');
      slot.show([
        error && this.#startError(error, places, index),
        ...shown.map((step) =>
          h(StepResult, { step, lineOf: lineOf(places, index), prices: this.#prices }),
        ),
      ]);
    }
    if (live && !steps.some(({ step }) => begun(step))) return;
    this.#cost.element.toggleAttribute('data-fresh', live);
    this.#cost.show(this.#strip(result));
    if (!live) this.#mark(result, places);
  }

  #places({ texts }: Result): BlockPlace[] {
    const blocks = this.#blocks.map(({ name }, index) => ({ name, text: texts[index] ?? '' }));
    const { startLines } = joinBlocks(blocks, this.#side);
    return blocks.map(({ name, text }, index) => ({
      name,
      startLine: startLines[index] ?? 1,
      lines: text.split('\n').length,
    }));
  }

  /** A program that did not start says so at the block with the error, or at the first one. */
  #startError(error: ScriptError, places: readonly BlockPlace[], index: number) {
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

  #mark(result: Result, places: readonly BlockPlace[]): void {
    const lines = errorLines(result.run, this.#side).flatMap(
      (line) => placeLine(places, line) ?? [],
    );
    for (const [index, block] of this.#blocks.entries()) {
      block.mark(lines.filter((line) => line.block === index).map((line) => line.line));
    }
  }

  #strip({ run }: Result) {
    const open = this.#cost.element.querySelector('details')?.open === true;
    const side =
      this.#side === 'dynamodb'
        ? { dynamodb: run.dynamodb?.steps ?? [], prices: this.#prices }
        : { postgres: run.postgres?.steps ?? [] };
    return h(CostStrip, { side, open });
  }
}

/** One side of a lab in the page: reads its parts from the markup and paints its state on them. */
import { h, render } from 'preact';
import type { Side } from '../../engine/lab/result.ts';
import { joinBlocks } from '../../engine/lab/steps.ts';
import { STOPPED, shortly } from './announce.ts';
import { CodeBlock } from './code-block.ts';
import { SIDE_NAMES } from './names.ts';
import { ResultPainter } from './result-painter.ts';
import { ProblemBox } from './results/ProblemBox.tsx';
import {
  isBusy,
  next,
  type Original,
  type SideEvent,
  type SideState,
  shownResult,
  type Texts,
} from './state.ts';

/** A side's elements and its state. */
export class LabSide {
  readonly side: Side;
  /** What was there before anything was run. */
  readonly first: Original;
  readonly #root: HTMLElement;
  readonly #blocks: CodeBlock[];
  readonly #results: ResultPainter;
  #state: SideState;

  constructor(root: HTMLElement, onEdit: (side: LabSide) => void) {
    this.#root = root;
    this.side = root.dataset['side'] as Side;
    this.#blocks = [...root.querySelectorAll<HTMLElement>('[data-block]')].map(
      (block) => new CodeBlock(block, this.side, () => onEdit(this)),
    );
    this.#results = new ResultPainter(root, this.side, this.#blocks);
    const texts = this.#blocks.map((block) => block.original);
    this.first = { state: root.dataset['state'] === 'stored' ? 'stored' : 'idle', texts };
    this.#state = this.first;
  }

  get state(): SideState {
    return this.#state;
  }

  /** The code as it is now, block by block. */
  get texts(): Texts {
    return this.#blocks.map((block) => block.text);
  }

  set texts(texts: Texts) {
    for (const [index, block] of this.#blocks.entries()) {
      block.setText(texts[index] ?? block.original);
    }
  }

  /** Hands an event on that came before this side was there. */
  answer(event: Event): void {
    for (const block of this.#blocks) block.answer(event);
  }

  /** The program to run: the blocks with their markers between them. */
  get source(): string {
    return joinBlocks(this.#blocks, this.side).source;
  }

  /** Moves the state on and paints it. */
  dispatch(event: SideEvent): void {
    const before = this.#state;
    this.#state = next(before, event);
    if (this.#state === before) return;
    this.#paintHead();
    const result = shownResult(this.#state);
    const live = this.#state.state === 'running' && this.#state.result !== undefined;
    if (isBusy(this.#state) && !isBusy(before)) this.#results.begin();
    if (result !== shownResult(before) || live) this.#results.paint(result, live);
    else if (isBusy(before) && !isBusy(this.#state)) this.#results.paint(result, false);
  }

  #paintHead(): void {
    const state = this.#state;
    const busy = isBusy(state);
    this.#root.dataset['state'] = state.state;
    const say = part(this.#root, '[data-say]');
    say.textContent = shortly(state, this.side);
    // What the reader stopped is no mistake.
    say.toggleAttribute('data-calm', say.textContent === STOPPED);
    const button = part(this.#root, '[data-run]');
    part(button, '[data-run-label]').textContent = busy ? 'Stop' : 'Run';
    button.setAttribute('aria-label', `${busy ? 'Stop' : 'Run'} ${SIDE_NAMES[this.side].name}`);
    const bar = part(this.#root, '[data-progress]') as HTMLProgressElement;
    bar.hidden = state.state !== 'loading';
    const { loaded, total } = state.state === 'loading' ? state.progress : {};
    if (loaded !== undefined && total !== undefined && total > 0) bar.value = loaded / total;
    else bar.removeAttribute('value');
    render(
      state.state === 'dead' ? h(ProblemBox, state.problem) : null,
      part(this.#root, '[data-problem]'),
    );
  }
}

/** A part that the markup of a lab always has. */
export function part(root: HTMLElement, selector: string): HTMLElement {
  const found = root.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`The lab's markup has no ${selector}.`);
  return found;
}

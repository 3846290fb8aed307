/** One side of a lab in the page: reads its parts from the markup and paints its state on them. */
import { type ComponentChild, h, render } from 'preact';
import type { Dialect, Program } from '../../engine/lab/dialects.ts';
import type { Part } from '../../engine/lab/part.ts';
import type { Side } from '../../engine/lab/result.ts';
import { joinBlocks } from '../../engine/lab/steps.ts';
import { STOPPED, shortly } from './announce.ts';
import { CodeBlock } from './code-block.ts';
import { shownIn } from './dialect-choice.ts';
import { part } from './element-part.ts';
import type { ErrorMark } from './errors.ts';
import { type Panel, SIDE_NAMES, sidesOf } from './names.ts';
import { Replies } from './replies.ts';
import { ResultPainter } from './result-painter.ts';
import { ProblemBox } from './results/ProblemBox.tsx';
import type { LineOf } from './results/StepResult.tsx';
import { placesOf } from './shown.ts';
import {
  isBusy,
  next,
  type Original,
  results,
  type SideEvent,
  type SideState,
  settled,
  type Texts,
} from './state.ts';
import { lineOf } from './view.ts';

/** How much of a file that runs first is looked through for tables, in characters: they are made before they are filled. */
const READ_AHEAD = 20_000;

/** A file that a side shows in place of what the page came with. */
export interface OpenFile {
  text: string;
  /** What Reset comes back to. */
  base: string;
  /** Whether the recorded output is of it. */
  recorded: boolean;
}

/** A side's elements and its state. */
export class LabSide {
  /** Whose program it is; of one for both databases, DynamoDB's stands for it. */
  readonly side: Side;
  /** What its results are about. */
  readonly panel: Panel;
  /** In what its program is written, where it is not for the SDK. */
  readonly dialect: Dialect | undefined;
  /** What was there before anything was run. */
  first: Original;
  /** Texts that run before the program: what they create can be completed. */
  before: readonly string[] = [];
  readonly #root: HTMLElement;
  /** As the page came. */
  readonly #original: Original;
  readonly #blocks: CodeBlock[];
  readonly #results: ResultPainter;
  readonly #replies: Replies;
  /** How many blocks, from the first, the next run shows its results under. */
  scope: number;
  #state: SideState;

  constructor(root: HTMLElement, onEdit: (side: LabSide) => void) {
    this.#root = root;
    this.side = root.dataset['side'] as Side;
    this.panel = root.dataset['main'] === undefined ? this.side : 'both';
    const { dialect } = root.dataset;
    this.dialect = dialect === 'sdk' ? undefined : (dialect as Dialect | undefined);
    this.#blocks = [...root.querySelectorAll<HTMLElement>('[data-block]')].map(
      (block) =>
        new CodeBlock(
          block,
          this.program,
          () => onEdit(this),
          () => [...this.before.map((text) => text.slice(0, READ_AHEAD)), this.source].join('\n'),
        ),
    );
    this.#results = new ResultPainter(root, this.panel, this.#blocks);
    this.#replies = new Replies(root);
    this.scope = this.#blocks.length;
    const texts = this.#blocks.map((block) => block.original);
    this.first = { state: root.dataset['state'] === 'stored' ? 'stored' : 'idle', texts };
    this.#original = this.first;
    this.#state = this.first;
  }

  /** What its code is: it is kept and shared under this name. */
  get program(): Program {
    return this.dialect ?? this.side;
  }

  /** Whether it is the one that the reader sees: of the dialects of a side, one is. */
  get isShown(): boolean {
    const { dialect } = this.#root.dataset;
    const lab = this.#root.closest('kj-lab');
    return dialect === undefined || lab === null || shownIn(lab) === dialect;
  }

  /** The databases that it runs on. */
  get sides(): readonly Side[] {
    return sidesOf(this.panel);
  }

  /** The button that runs it. */
  get runButton(): HTMLElement {
    return part(this.#root, '[data-run]');
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

  /** Shows another file in the one block that there is. Nothing of it has run. */
  open({ text, base, recorded }: OpenFile): void {
    this.first = recorded ? this.#original : { state: 'idle', texts: [base] };
    this.#blocks[0]?.renew(text, base);
    this.dispatch({ type: 'reset', to: { ...this.first } });
    this.dispatch({ type: 'edit', texts: this.texts });
  }

  /** Marks a place of the file that is shown. */
  mark(mark: ErrorMark): void {
    this.#blocks[0]?.mark([mark]);
  }

  /** Hands an event on that came before this side was there. */
  answer(event: Event): void {
    for (const block of this.#blocks) block.answer(event);
  }

  /** The program to run: the blocks with their markers between them. */
  get source(): string {
    return joinBlocks(this.#blocks, this.program).source;
  }

  /** The number of its blocks. */
  get length(): number {
    return this.#blocks.length;
  }

  /** The block of the step in which an element stands, counted from 0; -1 when it is none of this side. */
  indexOf(element: Element): number {
    if (!this.#root.contains(element)) return -1;
    const block = element.closest('.kj-step')?.querySelector('[data-block]');
    return this.#blocks.findIndex(({ root }) => root === block);
  }

  /** The block of the step of that name; -1 without one. */
  named(name: string): number {
    return this.#blocks.findIndex((block) => block.name === name);
  }

  nameOf(index: number): string {
    return this.#blocks[index]?.name ?? '';
  }

  /** Everything up to the end of a block. */
  stepPart(index: number): Part {
    return { kind: 'step', at: this.#range(index).to };
  }

  /** What is selected in a block, or the caret's place; undefined where the reader has not been. */
  cursorPart(index: number): (Part & { kind: 'text' }) | undefined {
    const selection = this.#blocks[index]?.selection;
    const { from } = this.#range(index);
    return selection && { kind: 'text', from: from + selection.from, to: from + selection.to };
  }

  /** All of a block. */
  blockPart(index: number): Part & { kind: 'text' } {
    return { kind: 'text', ...this.#range(index) };
  }

  /** Shows at a block what was asked for apart from the steps. */
  reply(index: number, title: string, texts: Texts, content: (lineOf: LineOf) => ComponentChild) {
    const places = placesOf(this.#blocks, this.panel, texts);
    this.#replies.show(index, title, content(lineOf(places, index)), texts);
    this.#replies.tellAges(this.texts);
  }

  closeReply(index: number): void {
    this.#replies.close(index);
  }

  #range(index: number): { from: number; to: number } {
    const from = joinBlocks(this.#blocks, this.program).offsets[index] ?? 0;
    return { from, to: from + (this.#blocks[index]?.text.length ?? 0) };
  }

  /** Moves the state on and paints it. */
  dispatch(event: SideEvent): void {
    const before = this.#state;
    this.#state = next(before, event);
    if (event.type === 'edit') this.#replies.tellAges(event.texts);
    if (event.type === 'reset') this.#replies.clear();
    if (this.#state === before) {
      if (event.type === 'edit' && !isBusy(before)) this.#tellAges(event.texts);
      return;
    }
    this.#paintHead();
    const busy = isBusy(this.#state);
    if (busy && !isBusy(before)) this.#results.begin(this.scope);
    if (this.#state.state === 'running' && this.#state.result) {
      this.#results.paintLive(this.#state.result);
    } else if (!busy) {
      if (isBusy(before) || settled(before) !== settled(this.#state)) {
        this.#results.paint(results(this.#state), this.first, this.texts);
      } else this.#tellAges(this.texts);
    }
  }

  #tellAges(texts: Texts): void {
    this.#results.tellAges(results(this.#state), this.first, texts);
  }

  #paintHead(): void {
    const state = this.#state;
    const busy = isBusy(state);
    this.#root.dataset['state'] = state.state;
    const say = part(this.#root, '[data-say]');
    say.textContent = shortly(state, this.panel);
    // What the reader stopped is no mistake.
    say.toggleAttribute('data-calm', say.textContent === STOPPED);
    const button = this.runButton;
    part(button, '[data-run-label]').textContent = busy ? 'Stop' : 'Run';
    button.setAttribute('aria-label', `${busy ? 'Stop' : 'Run'} ${SIDE_NAMES[this.panel].name}`);
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

/** The buttons of a lab while something runs: the one that was pressed stops it, the others wait. */
import { part } from './element-part.ts';
import type { LabSide } from './side.ts';
import { isBusy } from './state.ts';

/** Buttons that begin something at a step. */
const AT_STEPS = '[data-run-step], [data-run-text], [data-explain]';

/** The words of the button for all sides. */
const RUN_ALL = '[data-run="both"] [data-run-label]';

/** What a button says at rest. */
interface Words {
  text: string | null;
  label: string | null;
}

/** Paints the buttons of one lab. */
export class Controls {
  readonly #root: HTMLElement;
  readonly #atSteps: readonly HTMLElement[];
  /** What the button for all sides says at rest. */
  readonly #runWords: string;
  #stop: { button: HTMLElement; words: Words } | undefined;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#runWords = part(root, RUN_ALL).textContent ?? '';
    this.#atSteps = [...root.querySelectorAll<HTMLElement>(AT_STEPS)];
  }

  /** Whether a press of this button stops what goes on. */
  stops(button: HTMLElement): boolean {
    return this.#stop?.button === button;
  }

  /** What goes on was begun with this button of a step, or with none. */
  begin(button: HTMLElement | undefined): void {
    if (!button) return;
    const words = { text: button.textContent, label: button.getAttribute('aria-label') };
    this.#stop = { button, words };
    button.textContent = 'Stop';
    button.setAttribute('aria-label', 'Stop');
  }

  /** It has ended. */
  end(): void {
    if (!this.#stop) return;
    const { button, words } = this.#stop;
    button.textContent = words.text;
    if (words.label !== null) button.setAttribute('aria-label', words.label);
    this.#stop = undefined;
  }

  paint(sides: readonly LabSide[]): void {
    const busy = sides.some(({ state }) => isBusy(state));
    part(this.#root, RUN_ALL).textContent = busy ? 'Stop' : this.#runWords;
    for (const { runButton, state } of sides) disable(runButton, busy && !isBusy(state));
    for (const button of this.#atSteps) disable(button, busy && !this.stops(button));
  }
}

/** A button that waits can still be reached: a reader who is on it must not lose the place. */
function disable(button: HTMLElement, isDisabled: boolean): void {
  if (isDisabled) button.setAttribute('aria-disabled', 'true');
  else button.removeAttribute('aria-disabled');
}

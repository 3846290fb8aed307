/** A place in the page that shows what was recorded, or what a run answered instead. */
import { type ComponentChild, render } from 'preact';

/** Keeps the recorded nodes, so that they can come back as they were. */
export class Slot {
  readonly element: HTMLElement;
  #recorded: ChildNode[] | undefined;

  constructor(element: HTMLElement) {
    this.element = element;
  }

  /** The recorded nodes, wherever they are now. */
  get recorded(): readonly ChildNode[] {
    return this.#recorded ?? [...this.element.childNodes];
  }

  /** Shows live output in place of the recorded one. */
  show(content: ComponentChild): void {
    if (!this.#recorded) {
      this.#recorded = [...this.element.childNodes];
      this.element.replaceChildren();
    }
    render(content, this.element);
  }

  /** Brings the recorded output back. */
  restore(): void {
    if (!this.#recorded) return;
    render(null, this.element);
    this.element.replaceChildren(...this.#recorded);
    this.#recorded = undefined;
  }
}

/** The places above a side's results where a text that was run alone, or a plan, is shown. */
import { type ComponentChild, h, render } from 'preact';
import { Reply } from './results/Reply.tsx';
import { isCodeOf, type Texts } from './state.ts';

/** One place for each block of a side. */
export class Replies {
  readonly #places: readonly HTMLElement[];
  /** The code of which each reply is. */
  readonly #texts: Array<Texts | undefined> = [];

  constructor(root: HTMLElement) {
    this.#places = [...root.querySelectorAll<HTMLElement>('[data-reply]')];
  }

  /** Shows a reply at a block; `texts` is the code that it answers. */
  show(index: number, title: string, content: ComponentChild, texts: Texts): void {
    const place = this.#places[index];
    if (!place) return;
    this.#texts[index] = texts.slice(0, index + 1);
    // The set-up is folded away; what the reader asks for is not.
    place.closest('details')?.setAttribute('open', '');
    place.removeAttribute('data-older');
    render(h(Reply, { title, children: content }), place);
  }

  /** Dims the replies to code that has changed since. */
  tellAges(now: Texts): void {
    for (const [index, place] of this.#places.entries()) {
      const own = this.#texts[index];
      place.toggleAttribute('data-older', own !== undefined && !isCodeOf(own, now));
    }
  }

  close(index: number): void {
    this.#texts[index] = undefined;
    const place = this.#places[index];
    if (place) render(null, place);
  }

  clear(): void {
    for (const index of this.#places.keys()) this.close(index);
  }
}

/**
 * `<kj-interleavings>`: waits for a sign that the reader means to use it, loads the explorer and the
 * recording, and hands over what was pressed meanwhile. The only script that every such page loads.
 */
import { askedText } from './address.ts';
import { levelOfSlug } from './data.ts';
import { replay } from './replay.ts';

const WAKE = ['pointerover', 'focusin'] as const;
const PRESS = ['click', 'change', 'keydown'] as const;
const SIGNS = [...WAKE, ...PRESS] as const;

export class InterleavingsElement extends HTMLElement {
  #ready: Promise<void> | undefined;
  #pressed: Event[] = [];

  connectedCallback(): void {
    for (const sign of SIGNS) this.addEventListener(sign, this);
    // An address that asks for another play, or an entry of the history that the reader came back to.
    const asks = () => askedText(location, this.#fragment) !== undefined;
    if (asks()) void this.wake();
    addEventListener('hashchange', () => asks() && void this.wake());
  }

  disconnectedCallback(): void {
    for (const sign of SIGNS) this.removeEventListener(sign, this);
  }

  /** Its name in the fragment of addresses; undefined where the page is its own. */
  get #fragment(): string | undefined {
    return this.dataset['own'] === undefined ? this.id : undefined;
  }

  handleEvent(event: Event): void {
    const target = event.target as Element;
    if ((PRESS as readonly string[]).includes(event.type) && target.closest('[data-explorer]')) {
      // A mark is a link: what it leads to is shown here.
      if (event.type === 'click' && target.closest('[data-order]')) event.preventDefault();
      this.#pressed.push(event);
    }
    void this.wake();
  }

  /** Loads what draws it; a failure is said, and the next sign tries again. */
  async wake(): Promise<void> {
    this.#ready ??= this.#load();
    try {
      await this.#ready;
    } catch (error) {
      this.#ready = undefined;
      this.#say('The other orders could not be loaded. Try again.');
      console.error('The explorer could not be loaded:', error);
    }
  }

  async #load(): Promise<void> {
    const { start } = await import('./app.tsx');
    const { scenario = '', level = '', order = '' } = this.dataset;
    await start(this, {
      scenario,
      level: levelOfSlug(level),
      order,
      fragment: this.#fragment,
    });
    for (const sign of SIGNS) this.removeEventListener(sign, this);
    this.#say('');
    for (const event of this.#pressed.splice(0)) replay(event);
  }

  #say(text: string): void {
    const note = this.querySelector<HTMLElement>('[data-note]');
    if (!note) return;
    note.textContent = text;
    note.hidden = text === '';
  }
}

customElements.define('kj-interleavings', InterleavingsElement);

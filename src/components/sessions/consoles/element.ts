/**
 * `<kj-consoles>`: waits for a sign that the reader means to use them, loads what makes them work, and
 * hands over what was pressed meanwhile. The only script that their page loads.
 */
import { replay } from '../replay.ts';
import { hasKept, scriptText } from './place.ts';

const PRESS = ['click', 'change', 'keydown'] as const;
const SIGNS = ['pointerover', 'focusin', ...PRESS] as const;

export class ConsolesElement extends HTMLElement {
  #ready: Promise<void> | undefined;
  #pressed: Event[] = [];

  connectedCallback(): void {
    for (const sign of SIGNS) this.addEventListener(sign, this);
    // What was typed before a reload, and what a link holds, is there at once.
    const link = scriptText(location.hash);
    if (link !== undefined || hasKept(undefined)) void this.wake();
    // Another link is another script.
    addEventListener('hashchange', () => {
      if (scriptText(location.hash) !== link) location.reload();
    });
  }

  handleEvent(event: Event): void {
    if (this.dataset['awake'] !== undefined) return;
    if ((PRESS as readonly string[]).includes(event.type)) {
      const { key, ctrlKey, metaKey } = event as KeyboardEvent;
      const isRun = key === 'Enter' && (ctrlKey || metaKey);
      if (event.type !== 'keydown' || isRun) this.#pressed.push(event);
    }
    void this.wake();
  }

  /** Loads what makes them work; a failure is said, and the next sign tries again. */
  async wake(): Promise<void> {
    this.#ready ??= this.#load();
    try {
      await this.#ready;
    } catch (error) {
      this.#ready = undefined;
      this.#say('The consoles could not be loaded. Look after the connection and try again.');
      console.error('The consoles could not be loaded:', error);
    }
  }

  async #load(): Promise<void> {
    const { start } = await import('./app.tsx');
    await start(this, scriptText(location.hash));
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

customElements.define('kj-consoles', ConsolesElement);

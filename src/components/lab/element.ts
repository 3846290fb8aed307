/**
 * The only script of a lab that every page loads: `<kj-lab>` waits for a sign that the reader means
 * to use it (pointer, focus, key), loads the lab's program and hands over what was pressed meanwhile.
 */
import type { PlaygroundElement } from '../playground/element.ts';
import type { LabApp } from './app.ts';
import { showChoice } from './dialect-choice.ts';
import { hasDraft } from './draft.ts';

const SIGNS = ['pointerover', 'focusin', 'click'] as const;

export class LabElement extends HTMLElement {
  #app: Promise<LabApp> | undefined;

  connectedCallback(): void {
    for (const sign of SIGNS) this.addEventListener(sign, this);
    showChoice(this);
    const keys = this.querySelector('kbd');
    if (keys && /Mac|iP/.test(navigator.platform)) keys.textContent = '⌘ ↵';
    if (hasDraft((JSON.parse(this.dataset['lab'] ?? '{}') as { id: string }).id)) void this.wake();
    addEventListener('hashchange', () => void this.#openLink());
    void this.#openLink();
  }

  /** An address that ends in `#<lab>&code=...` holds code for the lab. */
  async #openLink(): Promise<void> {
    if (location.hash.startsWith(`#${this.id}&code=`)) (await this.wake())?.openLink();
  }

  /** A sign came before the program did: load it, then do what was asked. */
  async handleEvent(event: Event): Promise<void> {
    // The engines' door is fetched beside the program that will ask for it, and not after it.
    const isRun = event.target instanceof Element && event.target.closest('[data-run]');
    if (isRun) import('../../engine/client.ts').catch(() => undefined);
    const app = await this.wake();
    app?.meanwhile(event);
  }

  /** The lab's program; undefined when it could not be loaded, which the lab says. */
  async wake(): Promise<LabApp | undefined> {
    this.#app ??= import('./app.ts').then(async ({ LabApp }) => {
      const home = this.closest<PlaygroundElement>('kj-playground');
      if (home) await customElements.whenDefined('kj-playground');
      const playground = await home?.open();
      for (const sign of SIGNS) this.removeEventListener(sign, this);
      const app = new LabApp(this, playground?.keeper);
      playground?.take(app);
      return app;
    });
    try {
      return await this.#app;
    } catch (error) {
      // The next sign tries again: a network may be back by then.
      this.#app = undefined;
      for (const say of this.querySelectorAll('[data-say]')) {
        say.textContent = 'could not be loaded, try again';
      }
      console.error('The lab could not be loaded:', error);
      return undefined;
    }
  }
}

customElements.define('kj-lab', LabElement);

/**
 * The only script of the playground that its page loads: `<kj-playground>` waits for a sign that the
 * reader means to use it, or for something that they have kept, and then loads its program.
 */
import type { LabElement } from '../lab/element.ts';
import type { PlaygroundApp } from './app.ts';

const SIGNS = ['pointerover', 'focusin', 'click'] as const;

export class PlaygroundElement extends HTMLElement {
  #app: Promise<PlaygroundApp> | undefined;

  connectedCallback(): void {
    for (const sign of SIGNS) this.addEventListener(sign, this);
    if (hasKept()) void this.#lab.wake();
  }

  /** A sign came before the program did: load it, then do what was asked. */
  async handleEvent(event: Event): Promise<void> {
    if (!(await this.#lab.wake())) return;
    const app = await this.open();
    if (event.type === 'click' && event.target instanceof Element) app.press(event.target);
  }

  /**
   * The playground's program.
   * @throws {Error} when it could not be loaded; the next call tries again.
   */
  async open(): Promise<PlaygroundApp> {
    this.#app ??= import('./app.ts').then(async ({ PlaygroundApp }) => {
      const app = await PlaygroundApp.open(this);
      for (const sign of SIGNS) this.removeEventListener(sign, this);
      return app;
    });
    try {
      return await this.#app;
    } catch (error) {
      this.#app = undefined;
      throw error;
    }
  }

  get #lab(): LabElement {
    return this.querySelector('kj-lab') as LabElement;
  }
}

/** Whether this browser has kept a workspace, of this edition of the page or of an older one. */
function hasKept(): boolean {
  try {
    return Object.keys(localStorage).some((key) => key.startsWith('kj-playground'));
  } catch {
    return false;
  }
}

customElements.define('kj-playground', PlaygroundElement);

/**
 * `<kj-proof>`: a claim's proof, which a press runs in place. What runs it is loaded with the first
 * sign that the reader means it.
 */
import type { CheckResult } from '../../engine/lab/check.ts';
import type { Level, PlayCondition } from '../../engine/sessions/conditions.ts';

/** A play of several sessions, and what must hold of it. */
export interface PlayProof {
  scenario: string;
  level: Level;
  order: string;
  holds: PlayCondition[];
}

/** How a proof stands. */
export type ProofState = 'queued' | 'running' | 'holds' | 'recorded' | 'fails' | 'stopped' | 'dead';

const SAID: Record<ProofState, string> = {
  queued: 'waits for its turn',
  running: 'running',
  holds: 'holds: run here',
  recorded: 'holds: as recorded',
  fails: 'does not hold here',
  stopped: 'stopped',
  dead: 'could not run',
};

export class ProofElement extends HTMLElement {
  connectedCallback(): void {
    const button = this.find<HTMLButtonElement>('[data-prove]');
    button.hidden = false;
    button.addEventListener('click', () => void this.#press());
    for (const sign of ['pointerover', 'focusin'] as const) {
      this.addEventListener(sign, () => void import('./prove.ts').catch(() => undefined), {
        once: true,
      });
    }
  }

  /** The claim's permanent name. */
  get claim(): string {
    return this.dataset['claim'] ?? '';
  }

  /** `chapter/name` of the lab; empty for a proof by a play of several sessions. */
  get lab(): string {
    return this.dataset['lab'] ?? '';
  }

  /** The play that is the proof; undefined where a run of a lab is. */
  get play(): PlayProof | undefined {
    const { scenario, level, order, holds } = this.dataset;
    if (scenario === undefined) return undefined;
    return {
      scenario,
      level: level as Level,
      order: order ?? '',
      holds: JSON.parse(holds ?? '[]'),
    };
  }

  find<E extends HTMLElement = HTMLElement>(selector: string): E {
    const found = this.querySelector<E>(selector);
    if (!found) throw new Error(`<kj-proof> has no ${selector}`);
    return found;
  }

  get state(): ProofState | undefined {
    return this.dataset['state'] as ProofState | undefined;
  }

  /** Shows a state, and a sentence for who cannot see it. */
  show(state: ProofState, sentence = ''): void {
    this.dataset['state'] = state;
    this.find('[data-said]').textContent = SAID[state];
    this.find('[data-say]').textContent = sentence;
    const isBusy = state === 'running' || state === 'queued';
    this.find('[data-prove]').textContent = isBusy ? 'Stop' : 'Run the proof again';
  }

  /** Marks each check with what was found. */
  grade(results: ReadonlyArray<Pick<CheckResult, 'passed' | 'found'>>): void {
    for (const [index, item] of [...this.querySelectorAll<HTMLElement>('[data-check]')].entries()) {
      const result = results[index];
      if (!result) continue;
      item.dataset['passed'] = String(result.passed);
      const found = item.querySelector('[data-found]');
      if (found) {
        found.textContent = result.passed
          ? ' ✓ so it is'
          : ` ✕ found ${result.found ?? 'otherwise'}`;
      }
    }
  }

  async #press(): Promise<void> {
    try {
      const { press } = await import('./prove.ts');
      await press(this);
    } catch (error) {
      this.show('dead', 'What runs the proof could not be loaded. Try again.');
      console.error('A proof could not be loaded:', error);
    }
  }
}

customElements.define('kj-proof', ProofElement);

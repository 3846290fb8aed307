/** A lab as a reader handles it: what the browser tests of labs press, type and read. */
import type { Locator, Page } from 'playwright-core';

/** One side of a lab. */
export type SideName = 'dynamodb' | 'postgres';

/** The states in which nothing goes on. */
const AT_REST = ['ok', 'error', 'dead', 'stale', 'stored'];

/** Handles one lab of a page. */
export class LabPage {
  readonly page: Page;
  readonly root: Locator;

  constructor(page: Page, name: string) {
    this.page = page;
    this.root = page.locator(`kj-lab#${name}`);
  }

  /** A side, in the dialect that is shown. */
  side(side: SideName): Locator {
    return this.root.locator(`[data-side=${side}]:visible`);
  }

  /** A step of a side; steps are counted from 1, the set-up is 0. */
  output(side: SideName, step: number): Locator {
    const steps = this.side(side).locator('.kj-step:not([data-absent])');
    const title = step === 0 ? /^\s*Set-up\s*$/ : new RegExp(`^\\s*(Step )?\\s*${step}\\s*\\S`);
    return steps.filter({ has: this.page.locator('.kj-step-title', { hasText: title }) });
  }

  /** What stands below a step's code, as text with plain spaces. */
  async answer(side: SideName, step: number): Promise<string> {
    return plain(await this.output(side, step).locator('[data-slot]').textContent());
  }

  /** The cost strip of a side, as text with plain spaces. */
  async cost(side: SideName): Promise<string> {
    return plain(await this.side(side).locator('[data-cost]').textContent());
  }

  /** What the lab has said last to a screen reader. */
  said(): Promise<string | null> {
    return this.root.locator('[data-live]').textContent();
  }

  state(): Promise<string | null> {
    return this.root.getAttribute('data-state');
  }

  /** Presses a Run button and waits until nothing goes on any more. Answers the state then. */
  async run(what: SideName | 'both' = 'both'): Promise<string> {
    await this.press(what);
    return this.rest();
  }

  /**
   * Presses a Run button and waits until something comes of it: the first press loads the lab's
   * program, and until then the lab stands as it stood. While a run goes on, the same button stops it.
   */
  async press(what: SideName | 'both'): Promise<void> {
    const change = await this.root.evaluateHandle((lab) => ({
      seen: new Promise<void>((resolve) => {
        const observer = new MutationObserver(() => {
          observer.disconnect();
          resolve();
        });
        observer.observe(lab, { attributeFilter: ['data-state'], subtree: true });
      }),
    }));
    await this.root.locator(`[data-run=${what}]:visible`).click();
    await change.evaluate(({ seen }) => seen);
    await change.dispose();
  }

  /** Waits until a run that was begun has ended. */
  async rest(): Promise<string> {
    await this.page.waitForFunction(
      ([id, states]) => {
        const lab = document.getElementById(id);
        const label = lab?.querySelector('[data-run=both] [data-run-label]')?.textContent;
        return label !== 'Stop' && states.includes(lab?.dataset.state ?? '');
      },
      [(await this.root.getAttribute('id')) ?? '', AT_REST] as const,
      { timeout: 45_000 },
    );
    return (await this.state()) ?? '';
  }

  /** Replaces the code of a step, as a reader does: click, select all, type. */
  async edit(side: SideName, step: number, code: string): Promise<void> {
    const block = this.output(side, step).locator('[data-block]');
    await block.locator('pre, .cm-content').first().click();
    const editor = block.locator('.cm-content');
    await editor.waitFor();
    await editor.focus();
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.keyboard.insertText(code);
  }

  /** The code of a step as it stands. */
  async code(side: SideName, step: number): Promise<string> {
    const block = this.output(side, step).locator('[data-block]');
    const text = await block
      .locator('pre, .cm-content')
      .first()
      .evaluate((code) => {
        const lines = [...code.querySelectorAll('.cm-line')];
        return lines.length === 0
          ? code.textContent
          : lines.map((line) => line.textContent).join('\n');
      });
    return (text ?? '').trimEnd();
  }

  /**
   * All that both sides show: outputs and costs, as text, white space evened out. The token that the SDK makes up for a
   * transaction is another one each time, and a phrase in what is recorded: it is left out.
   */
  async shown(): Promise<string[]> {
    const texts = await this.root
      .locator('[data-slot], [data-cost]')
      .evaluateAll((parts) => parts.map((part) => part.textContent ?? ''));
    return texts.map((text) =>
      text.replaceAll(MADE_UP_TOKEN, '"ClientRequestToken": ""').replaceAll(/\s+/g, ' ').trim(),
    );
  }
}

const MADE_UP_TOKEN =
  /"ClientRequestToken": "([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|made up by the SDK \(\d+\))"/g;

const plain = (text: string | null) => (text ?? '').replaceAll('\u00a0', ' ');

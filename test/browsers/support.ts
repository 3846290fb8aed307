/** What every test of all browsers uses: one tab for a file, and the engines of the page in it. */
import { test as base, expect, inject } from 'vitest';
import type { CheckResult } from '../../src/engine/lab/check.ts';
import type { Check } from '../../src/engine/lab/check-schema.ts';
import type { LabRun, StatementResult } from '../../src/engine/lab/result.ts';
import type { LabRequest } from '../../src/engine/lab/run.ts';
import type { Play } from '../../src/engine/sessions/play.ts';
import type { PlayRequest } from '../../src/engine/sessions/prove.ts';
import { openChromium } from './chromium.ts';
import { openFirefox } from './firefox.ts';
import type { Installed } from './setup.ts';
import { type Driver, Tab } from './tab.ts';
import { openWebKit } from './webkit.ts';

type Door = typeof import('../../src/engine/client.ts');
type SessionsDoor = typeof import('../../src/engine/postgres/sessions/client.ts');

/** A run that is asked for, without what cannot travel to a page. */
export interface Request extends Omit<LabRequest, 'signal' | 'onRun' | 'onState'> {
  /** Milliseconds after which the reader presses Stop. */
  stopAfter?: number;
}

/** A page with the engines, in the browser that is tested. */
export class EnginePage {
  readonly #tab: Tab<Door>;
  readonly #sessions: Tab<SessionsDoor>;

  /** Both tabs are the same, with another door. */
  constructor(tab: Tab<Door>, sessions: Tab<SessionsDoor>) {
    this.#tab = tab;
    this.#sessions = sessions;
  }

  /** Goes to a page of the site, as `guide/acid-transactions/`. */
  open(path: string): Promise<void> {
    return this.#tab.open(new URL(path, inject('siteUrl')).href);
  }

  /** Runs something as a lab of the page does, from the dataset's snapshot. */
  run(request: Request): Promise<LabRun> {
    return this.#tab.run(({ run }, { stopAfter, ...asked }) => {
      const stop = new AbortController();
      if (stopAfter !== undefined) setTimeout(() => stop.abort(), stopAfter);
      return run({ ...asked, signal: stop.signal, onProgress: () => {} });
    }, request);
  }

  /** Runs an exercise and grades it, as its lab does. */
  async check(request: Request & { checks: readonly Check[] }): Promise<CheckResult[]> {
    const { results } = await this.#tab.run(
      ({ check }, asked) =>
        check({ ...asked, signal: new AbortController().signal, onProgress: () => {} }),
      request,
    );
    return results;
  }

  /** Runs SQL on the dataset Inkwell; answers one result for each statement that was sent. */
  async sql(
    text: string,
    extensions: string[] = [],
    stopAfter?: number,
  ): Promise<StatementResult[]> {
    const { postgres } = await this.run({
      lab: { dataset: 'inkwell', expect: {}, extensions },
      sides: ['postgres'],
      sources: { postgres: text },
      ...(stopAfter !== undefined && { stopAfter }),
    });
    if (postgres?.error) throw new Error(postgres.error.message);
    return postgres?.steps.flatMap(({ statements }) => statements) ?? [];
  }

  /** Runs a TypeScript program on the dataset Inkwell; answers what it did. */
  async program(text: string) {
    const { dynamodb } = await this.run({
      lab: { dataset: 'inkwell', expect: {} },
      sides: ['dynamodb'],
      sources: { dynamodb: text },
    });
    if (dynamodb?.error) throw new Error(dynamodb.error.message);
    return dynamodb?.steps ?? [];
  }

  /** Plays steps of several sessions, one request after the other. */
  play(requests: readonly PlayRequest[]): Promise<Play[]> {
    return this.#sessions.run(async ({ playLive }, all) => {
      const plays = [];
      for (const request of all) plays.push(await playLive(request));
      return plays;
    }, requests);
  }

  /** Does something in the page itself; see `Tab.run`. */
  inPage<Argument, Answer>(
    work: (argument: Argument) => Promise<Answer>,
    argument: Argument,
  ): Promise<Answer> {
    return this.#tab.evaluate(work, argument);
  }
}

function openBrowser(installed: Installed): Promise<Driver> {
  switch (installed.name) {
    case 'chromium':
      return openChromium(installed.program);
    case 'firefox':
      return openFirefox(installed.program);
    case 'webkit':
      return openWebKit(installed.programs);
  }
}

/** Vitest's `test` with `page`, which the tests of a file share: its engines are booted once. */
export const test = base.extend<{ page: EnginePage }>({
  page: [
    // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the fixtures it needs from the pattern.
    async ({}, use) => {
      const browser = await openBrowser(inject('installed'));
      const tab = new Tab<Door>(browser, inject('doorUrl'));
      try {
        const page = new EnginePage(tab, new Tab(browser, inject('sessionsDoorUrl')));
        await page.open('guide/acid-transactions/');
        await use(page);
      } finally {
        await tab.close();
      }
    },
    { scope: 'file' },
  ],
});

export { expect };

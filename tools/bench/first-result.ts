/** Measures how long a browser takes from a click to a PostgreSQL result: cold, warm, and after a Stop. */
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { BROWSER_ARGS } from '../lib/browser.ts';
import { countBytes } from './counting-proxy.ts';

/** A page with a button that runs PostgreSQL, and how it says that the result is there. */
export interface RunPage {
  /** Where it is served. */
  server: string;
  /** The page, relative to the server's address. */
  path: string;
  /** Selector of the button. */
  button: string;
  /** Selector of the element whose `data-state` tells how far the run is. */
  state: string;
  /** How to have it run something that never ends, where it can be stopped. */
  endless?: {
    /** What to write into the browser's storage before the page loads. */
    key: string;
    value: string;
    /** Selector of the button that brings the page's own program back. */
    reset: string;
  };
}

/** One run. */
interface FirstResult {
  /** From the click to the state `ok`, in milliseconds. */
  milliseconds: number;
  /** What the server sent, from the start of the navigation to the result, in bytes. */
  wireBytes: number;
}

/** What one browser was seen to do. */
export interface Visits {
  /** The first visit, with nothing in the cache. */
  cold: FirstResult;
  /** Another load of the page, with what the first has left in the cache. */
  warm: FirstResult;
  /** From a Stop of an endless program to the result of the page's own, in milliseconds. */
  afterStop?: number;
}

/** A run that ended otherwise than with a result. */
export class NoResultError extends Error {
  override name = 'NoResultError';
}

/** States in which a run is still under way. */
const UNDER_WAY = ['idle', 'stored', 'stale', 'loading', 'queued', 'running'];
/** How long an endless program is let run, so that it is surely PostgreSQL that is stopped. */
const RUNNING_MS = 1000;

/** Starts a browser with an empty profile and visits the page: twice, and once more to stop a run. */
export async function measureVisits(executablePath: string, page: RunPage): Promise<Visits> {
  const proxy = await countBytes(page.server);
  const browser = await chromium.launch({ executablePath, args: [...BROWSER_ARGS] });
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const visit = async (): Promise<FirstResult> => {
      const before = proxy.bytes();
      const tab = await open(context, proxy.url + page.path, page);
      const milliseconds = await press(tab, page);
      const wireBytes = proxy.bytes() - before;
      await tab.close();
      return { milliseconds, wireBytes };
    };
    const cold = await visit();
    const warm = await visit();
    if (!page.endless) return { cold, warm };
    return { cold, warm, afterStop: await stopAndRun(context, proxy.url + page.path, page) };
  } finally {
    await browser.close();
    await proxy.close();
  }
}

/** Opens the page and waits until it is quiet, without hovering over anything. */
async function open(context: BrowserContext, url: string, page: RunPage): Promise<Page> {
  const tab = await context.newPage();
  await tab.goto(url, { waitUntil: 'networkidle' });
  await tab.locator(page.button).waitFor();
  return tab;
}

/**
 * Presses the button and waits for the end of the run. With other buttons, a run is under way: it is
 * stopped first, and they are pressed once it has ended. Answers the milliseconds of all that.
 * @throws NoResultError when the last run ends in another state than `ok`.
 */
async function press(tab: Page, page: RunPage, before: readonly string[] = []): Promise<number> {
  const { state, milliseconds } = await tab.evaluate(
    async ({ button, state: selector, underWay, before }) => {
      const find = (what: string) => {
        const found = document.querySelector<HTMLElement>(what);
        if (found) return found;
        throw new Error(`there is no ${what} in ${location.href}`);
      };
      const element = find(selector);
      const pressed = find(button);
      const run = () =>
        new Promise<string>((resolve) => {
          const observer = new MutationObserver(() => {
            const now = element.dataset['state'] ?? '';
            if (underWay.includes(now)) return;
            observer.disconnect();
            resolve(now);
          });
          observer.observe(element, { attributes: true, attributeFilter: ['data-state'] });
          pressed.click();
        });
      const start = performance.now();
      if (before.length > 0) await run();
      for (const other of before) find(other).click();
      const state = await run();
      return { state, milliseconds: performance.now() - start };
    },
    { button: page.button, state: page.state, underWay: UNDER_WAY, before: [...before] },
  );
  if (state === 'ok') return milliseconds;
  const text = await tab.locator(page.state).textContent();
  throw new NoResultError(`${page.path}: the run ended as "${state}":\n${text}`);
}

/** Stops an endless program, then runs the page's own. Answers the milliseconds of both. */
async function stopAndRun(context: BrowserContext, url: string, page: RunPage): Promise<number> {
  const { key, value, reset } = page.endless as NonNullable<RunPage['endless']>;
  await context.addInitScript(([name, text]) => localStorage.setItem(name, text), [
    key,
    value,
  ] as const);
  const tab = await open(context, url, page);
  await tab.evaluate((button) => document.querySelector<HTMLElement>(button)?.click(), page.button);
  await tab.locator(`${page.state}[data-state="running"]`).waitFor();
  await tab.waitForTimeout(RUNNING_MS);
  // The button is the one that stops now.
  const milliseconds = await press(tab, page, [reset]);
  await tab.close();
  return milliseconds;
}

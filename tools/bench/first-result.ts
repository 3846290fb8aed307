/** Measures how long a cold browser takes from a click to the first PostgreSQL result. */
import { chromium } from 'playwright-core';
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
}

/** One cold run. */
export interface FirstResult {
  /** From the click to the state `ok`, in milliseconds. */
  milliseconds: number;
  /** What the server sent, from the start of the navigation to the result, in bytes. */
  wireBytes: number;
}

/** A run that ended otherwise than with a result. */
export class NoResultError extends Error {
  override name = 'NoResultError';
}

/** States in which a run is still under way. */
const UNDER_WAY = ['idle', 'stored', 'stale', 'loading', 'queued', 'running'];

/**
 * Starts a browser with an empty profile, opens the page, waits until it is quiet, presses the
 * button without hovering over it first, and waits for the result.
 * @throws NoResultError when the run ends in another state than `ok`.
 */
export async function measureFirstResult(
  executablePath: string,
  page: RunPage,
): Promise<FirstResult> {
  const proxy = await countBytes(page.server);
  const browser = await chromium.launch({ executablePath, args: [...BROWSER_ARGS] });
  try {
    const tab = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await tab.goto(proxy.url + page.path, { waitUntil: 'networkidle' });
    await tab.locator(page.button).waitFor();
    const { state, milliseconds } = await tab.evaluate(
      ({ button, state: selector, underWay }) =>
        new Promise<{ state: string; milliseconds: number }>((resolve, reject) => {
          const element = document.querySelector<HTMLElement>(selector);
          const pressed = document.querySelector<HTMLElement>(button);
          if (!element || !pressed) {
            reject(new Error(`there is no ${element ? button : selector} in ${location.href}`));
            return;
          }
          const observer = new MutationObserver(() => {
            const now = element.dataset['state'] ?? '';
            if (underWay.includes(now)) return;
            observer.disconnect();
            resolve({ state: now, milliseconds: performance.now() - start });
          });
          observer.observe(element, { attributes: true, attributeFilter: ['data-state'] });
          const start = performance.now();
          pressed.click();
        }),
      { button: page.button, state: page.state, underWay: UNDER_WAY },
    );
    if (state !== 'ok') {
      const text = await tab.locator(page.state).textContent();
      throw new NoResultError(`${page.path}: the run ended as "${state}":\n${text}`);
    }
    return { milliseconds, wireBytes: proxy.bytes() };
  } finally {
    await browser.close();
    await proxy.close();
  }
}

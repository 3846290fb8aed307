/** What every browser test uses: pages that must stay free of errors, and axe. */
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, test as base, expect, inject } from 'vitest';
import { BROWSER_ARGS } from '../../tools/lib/browser.ts';

/** How a page is opened. */
export interface OpenOptions {
  /** The reader's choice in the theme picker; `light` by default. */
  theme?: 'light' | 'dark';
  /** Width and height of the window in CSS pixels; 1280 x 900 by default. */
  size?: { width: number; height: number };
  /** Open the site that was built under `/a/b/`. */
  underBase?: boolean;
  /** Errors that the test provokes: a console message or page error that matches is none. */
  expectErrors?: RegExp;
  /** As in a browser that runs no scripts. */
  withoutScripts?: boolean;
  /** Runs before the page's own scripts. */
  before?: (context: BrowserContext) => Promise<unknown>;
}

/** Opens a page of the site: `open('guide/acid-transactions/#place-order')`. */
export type Open = (path: string, options?: OpenOptions) => Promise<Page>;

let shared: Promise<Browser> | undefined;

/**
 * The Chromium that the tests of a file share; each page gets a fresh profile. Not one for all files:
 * of several windows of one headless Chromium, some get no frames for minutes.
 */
function launch(): Promise<Browser> {
  shared ??= chromium.launch({
    executablePath: inject('browserPath'),
    args: [...BROWSER_ARGS],
  });
  return shared;
}

afterAll(async () => (await shared)?.close());

/** Listens for everything that a reader's console would show as an error, refused scripts included. */
function collectErrors(page: Page, expected: RegExp | undefined): string[] {
  const errors: string[] = [];
  const add = (text: string) => {
    if (!expected?.test(text)) errors.push(`${page.url()}: ${text}`);
  };
  page.on('pageerror', (error) => add(`uncaught ${error.name}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') add(`console: ${message.text()}`);
  });
  const own = new URL(inject('siteUrl')).hostname;
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (/^(https?|wss?):$/.test(protocol) && hostname !== own) {
      errors.push(`${page.url()}: asks another host: ${request.url()}`);
    }
  });
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    // A page that is left or closed ends its own requests.
    if (reason !== 'net::ERR_ABORTED') add(`${request.url()}: ${reason}`);
  });
  return errors;
}

/**
 * Vitest's `test` with `open`. A test fails when one of its pages reported an error that it did not
 * expect: an exception, a console error, a failed request, a violation of the Content Security Policy;
 * and always when it asked another host for anything.
 */
export const test = base.extend<{ open: Open }>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the fixtures it needs from the pattern.
  open: async ({}, use) => {
    const contexts: BrowserContext[] = [];
    const errors: string[][] = [];
    await use(async (path, options = {}) => {
      const browser = await launch();
      const context = await browser.newContext({
        viewport: options.size ?? { width: 1280, height: 900 },
        colorScheme: options.theme ?? 'light',
        reducedMotion: 'reduce',
        javaScriptEnabled: !options.withoutScripts,
      });
      contexts.push(context);
      await options.before?.(context);
      const page = await context.newPage();
      errors.push(collectErrors(page, options.expectErrors));
      const root = inject(options.underBase ? 'siteUnderBaseUrl' : 'siteUrl');
      await page.goto(new URL(path.replace(/^\//, ''), root).href);
      return page;
    });
    for (const context of contexts) await context.close();
    expect(errors.flat(), 'errors that the pages reported').toEqual([]);
  },
});

/**
 * What axe objects to in the page as it stands, a line for each element: rule, place and reason.
 * @param within a CSS selector; without it the whole page, but for the words of code: they are
 * spans without meaning, thousands in a chapter, and test/site/tokens.test.ts measures their colours.
 * @param rules the names of axe's rules to ask; all of them by default.
 */
export async function axeViolations(
  page: Page,
  within?: string,
  rules?: string[],
): Promise<string[]> {
  const builder = new AxeBuilder({ page });
  if (rules) builder.withRules(rules);
  if (within) builder.include(within);
  else builder.exclude('pre > code');
  const { violations } = await builder.analyze();
  return violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${node.target.join(' ')}: ${violation.help}`),
  );
}

/** How far the page can be scrolled sideways, in CSS pixels: 0 where nothing sticks out. */
export function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => {
    const root = document.documentElement;
    return root.scrollWidth - root.clientWidth;
  });
}

export { expect };

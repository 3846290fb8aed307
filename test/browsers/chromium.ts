/** Drives Chromium by its own protocol. */
import { chromium } from 'playwright-core';
import { BROWSER_ARGS } from '../../tools/lib/browser.ts';
import type { Driver } from './tab.ts';

/** Starts the Chromium at this path. */
export async function openChromium(program: string): Promise<Driver> {
  const browser = await chromium.launch({ executablePath: program, args: [...BROWSER_ARGS] });
  const page = await browser.newPage();
  return {
    open: async (url) => {
      await page.goto(url);
    },
    evaluate: (expression) => page.evaluate<string>(expression),
    close: () => browser.close(),
  };
}

/** Drives Firefox by WebDriver BiDi. */
import puppeteer from 'puppeteer-core';
import { type Driver, EVALUATE_LIMIT } from './tab.ts';

/** Starts the Firefox at this path. */
export async function openFirefox(program: string): Promise<Driver> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: program,
    headless: true,
    protocolTimeout: EVALUATE_LIMIT,
  });
  const page = await browser.newPage();
  return {
    open: async (url) => {
      await page.goto(url);
    },
    evaluate: async (expression) => (await page.evaluate(expression)) as string,
    close: () => browser.close(),
  };
}

/** Checks what a chapter costs a reader who has not pressed anything yet. */
import { glob } from 'node:fs/promises';
import { sep } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { BROWSER_ARGS, ensureBrowser } from '../lib/browser.ts';
import { measurePage, totalBrotli } from '../lib/page-bytes.ts';
import { serve } from '../serve.ts';

/** JavaScript of a page before any interaction, in brotli, in bytes. */
export const SCRIPT_BUDGET = 40_000;

/** Engines, editors and datasets: nothing of these is asked for before the reader shows intent. */
const ON_INTENT = /\.(?:wasm|data|tar|tgz|packed)$/;

/**
 * How many pages are open at a time, each in a browser of its own: most of a page's time is waiting
 * for a quiet network. Of several windows of one headless Chromium, some get no frames for minutes.
 */
const LANES = 2;

/** One page and what it loaded. */
export interface PageCost {
  page: string;
  /** JavaScript in brotli, in bytes. */
  scripts: number;
  problems: string[];
}

/** The pages that are held to the budget: every page of the site. */
async function pagesIn(folder: string): Promise<string[]> {
  const pages: string[] = [];
  for await (const file of glob('**/index.html', { cwd: folder })) {
    pages.push(
      file
        .split(sep)
        .join('/')
        .replace(/index\.html$/, ''),
    );
  }
  return pages.sort();
}

/** Loads every page of the site that was built into `folder` for `base`, and weighs it. */
export async function weighPages(folder: string, base: string): Promise<PageCost[]> {
  const executablePath = await ensureBrowser();
  const site = await serve({ dir: folder, base });
  const weigh = async (browser: Browser, page: string): Promise<PageCost> => {
    const { scripts, requests } = await measurePage(browser, site.url + page);
    const bytes = totalBrotli(scripts);
    const problems = requests
      .filter((path) => ON_INTENT.test(path))
      .map((path) => `${path} is loaded before the reader asks for it`);
    if (bytes > SCRIPT_BUDGET) {
      const list = scripts
        .sort((a, b) => b.brotli - a.brotli)
        .map((file) => `  ${String(file.brotli).padStart(7)} ${file.path}`);
      problems.push(`${bytes} bytes of JavaScript, ${SCRIPT_BUDGET} allowed:`, ...list);
    }
    return { page: `/${page}`, scripts: bytes, problems };
  };
  try {
    const costs: PageCost[] = [];
    const waiting = (await pagesIn(folder)).values();
    const lane = async () => {
      const browser = await chromium.launch({ executablePath, args: [...BROWSER_ARGS] });
      try {
        for (const page of waiting) costs.push(await weigh(browser, page));
      } finally {
        await browser.close();
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    return costs.sort((a, b) => a.page.localeCompare(b.page));
  } finally {
    await site.close();
  }
}

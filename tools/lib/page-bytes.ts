/** What a page really loads before its reader does anything, measured in Chromium. */
import { brotliCompressSync, constants } from 'node:zlib';
import type { Browser } from 'playwright-core';

/** A file that a page loaded. */
export interface LoadedFile {
  /** Its path on the server; of a script inside the page, the page's path and `(inline)`. */
  path: string;
  /** Its size in brotli at full strength, in bytes. */
  brotli: number;
}

/** What a page loaded. */
export interface PageBytes {
  /** JavaScript from files and inside the page. */
  scripts: LoadedFile[];
  /** Every address that it asked for, of any kind. */
  requests: string[];
}

/** How long a page may take to come and to grow quiet, in milliseconds; only a hang takes longer. */
const PATIENCE = 120_000;

/** Size of `bytes` in brotli at full strength. */
export function brotliSize(bytes: Uint8Array | string): number {
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  return brotliCompressSync(bytes, { params }).length;
}

/**
 * Opens `url` in a fresh profile, reads it from top to bottom as a reader would who only scrolls,
 * waits until the network is quiet, and answers what it loaded.
 */
export async function measurePage(browser: Browser, url: string): Promise<PageBytes> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    const scripts: Array<Promise<LoadedFile>> = [];
    const requests: string[] = [];
    page.on('request', (request) => requests.push(new URL(request.url()).pathname));
    page.on('response', (response) => {
      const type = response.headers()['content-type'] ?? '';
      if (!/javascript/.test(type)) return;
      const path = new URL(response.url()).pathname;
      const file = response.body().then((body) => ({ path, brotli: brotliSize(body) }));
      // Awaited below. Should the page fail before that, its own error is the one to report.
      file.catch(() => {});
      scripts.push(file);
    });
    await page.goto(url, { waitUntil: 'networkidle' });
    await page.evaluate(async () => {
      for (let top = 0; top < document.body.scrollHeight; top += window.innerHeight) {
        window.scrollTo(0, top);
        // Not for a frame: a window that Chromium does not draw has none.
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    });
    await page.waitForLoadState('networkidle');
    const inline = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLScriptElement>('script:not([src])')]
        .filter(({ type }) => type === '' || type === 'module' || type.endsWith('javascript'))
        .map((script) => script.text),
    );
    const path = `${new URL(url).pathname} (inline)`;
    const inside = inline.map((text) => ({ path, brotli: brotliSize(text) }));
    return { scripts: [...(await Promise.all(scripts)), ...inside], requests };
  } finally {
    await context.close();
  }
}

/** The sum of sizes in brotli, in bytes. */
export function totalBrotli(files: readonly LoadedFile[]): number {
  return files.reduce((sum, file) => sum + file.brotli, 0);
}

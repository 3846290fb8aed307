/** What surrounds the chapters: search, menu, contents, widths, themes, print and the way without a mouse. */
import { describe } from 'vitest';
import { axeViolations, expect, sidewaysScroll, test } from './support.ts';

const CHAPTER = 'guide/security/';
const NARROW = { width: 320, height: 640 };

describe('the search', () => {
  test('opens with Ctrl+K, finds, and goes to the place found', async ({ open }) => {
    const page = await open(CHAPTER);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('savepoint');
    const first = page.locator('kj-search li a').first();
    await first.waitFor();
    expect(await page.locator('kj-search [role=status]').textContent()).toMatch(
      /^\d+ places found\.$/,
    );
    expect(await axeViolations(page, 'kj-search')).toEqual([]);
    await page.keyboard.press('ArrowDown');
    expect(await first.evaluate((link) => link === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/guide\/acid-transactions\/#/);
  });

  test('finds under a base path', async ({ open }) => {
    const page = await open(CHAPTER, { underBase: true });
    await page.getByRole('button', { name: /^Search/ }).click();
    await page.keyboard.type('savepoint');
    const first = page.locator('kj-search li a').first();
    await first.waitFor();
    expect(await first.getAttribute('href')).toMatch(/^\/a\/b\/guide\/acid-transactions\//);
  });

  test('says when there is nothing, and closes with Escape', async ({ open }) => {
    const page = await open(CHAPTER, { size: NARROW });
    const button = page.getByRole('button', { name: /^Search/ });
    await button.click();
    // Of a word that it does not know, Pagefind takes the beginning: that must be no word either.
    await page.keyboard.type('ωψξ');
    await page.getByText('Nothing found for “ωψξ”.').waitFor();
    expect(await sidewaysScroll(page)).toBe(0);
    await page.keyboard.press('Escape');
    expect(await page.locator('kj-search dialog').isVisible()).toBe(false);
    expect(await button.evaluate((each) => each === document.activeElement)).toBe(true);
  });

  test('says what went wrong when the index cannot be loaded, and the page stays', async ({
    open,
  }) => {
    const page = await open(CHAPTER, {
      expectErrors: /pagefind|ERR_FAILED/,
      before: (context) => context.route('**/pagefind.js', (route) => route.abort()),
    });
    await page.keyboard.press('Control+k');
    await page
      .getByText(/^The search could not be loaded \(.*\)\. Type again to retry\.$/)
      .waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Security features');
  });

  test('costs nothing until it is opened', async ({ open }) => {
    const requests: string[] = [];
    const page = await open(CHAPTER, {
      before: async (context) => {
        context.on('request', (request) => requests.push(request.url()));
      },
    });
    await page.waitForLoadState('networkidle');
    expect(requests.filter((url) => url.includes('pagefind'))).toEqual([]);
  });
});

describe('a chapter’s page', () => {
  test('leaves a lab 900 px at a window of 1280', async ({ open }) => {
    const page = await open(CHAPTER);
    const width = await page
      .locator('.sl-markdown-content')
      .evaluate((content) => content.getBoundingClientRect().width);
    expect(width).toBeGreaterThanOrEqual(900);
    expect(await page.getByRole('complementary', { name: 'Table of contents' }).count()).toBe(1);
    expect(await page.getByRole('navigation', { name: 'On this page' }).count()).toBe(1);
  });

  test('keeps 900 px where the table of contents gets its column', async ({ open }) => {
    const page = await open(CHAPTER, { size: { width: 1504, height: 900 } });
    const content = page.locator('.sl-markdown-content');
    const width = await content.evaluate((each) => each.getBoundingClientRect().width);
    expect(width).toBeGreaterThanOrEqual(900);
    const contents = page.getByRole('navigation', { name: 'On this page' });
    expect(await contents.getByRole('link').count()).toBeGreaterThan(3);
  });

  test('does not move while it loads', async ({ open }) => {
    const page = await open(CHAPTER, {
      before: (context) =>
        context.addInitScript(() => {
          const shifts: number[] = [];
          Object.assign(window, { shifts });
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries())
              shifts.push((entry as PerformanceEntry & { value: number }).value);
          }).observe({ type: 'layout-shift', buffered: true });
        }),
    });
    await page.waitForLoadState('networkidle');
    expect(await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts)).toEqual(
      [],
    );
  });

  test('jumps over the menu with the first Tab', async ({ open }) => {
    const page = await open(CHAPTER);
    await page.keyboard.press('Tab');
    const skip = page.getByRole('link', { name: 'Skip to content' });
    expect(await skip.evaluate((link) => link === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    expect(new URL(page.url()).hash).toBe('#_top');
  });

  test('shows the chapters in a menu on a small screen', async ({ open }) => {
    const page = await open(CHAPTER, { size: NARROW });
    expect(await sidewaysScroll(page)).toBe(0);
    const link = page.getByRole('link', { name: 'Costs and pricing models' });
    expect(await link.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Menu' }).click();
    expect(await axeViolations(page)).toEqual([]);
    await link.click();
    await page.waitForURL(/\/guide\/costs-pricing\/$/);
  });

  test('keeps the reader’s theme', async ({ open }) => {
    const page = await open(CHAPTER);
    const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
    expect(await theme()).toBe('light');
    await page.getByLabel('Select theme').first().selectOption('dark');
    expect(await theme()).toBe('dark');
    await page.reload();
    expect(await theme()).toBe('dark');
  });

  test('prints its text without what surrounds it', async ({ open }) => {
    const page = await open(CHAPTER, { theme: 'dark' });
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('navigation', { name: 'Main' }).isVisible()).toBe(false);
    expect(await page.getByRole('button', { name: /^Search/ }).isVisible()).toBe(false);
    const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(paper).toBe('rgb(255, 255, 255)');
  });
});

test('an address without a page says so and shows the way', async ({ open }) => {
  const page = await open('guide/nothing/', { expectErrors: /404/, underBase: true });
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Not here');
  expect(await page.getByRole('link', { name: 'All chapters' }).getAttribute('href')).toBe(
    '/a/b/#chapters',
  );
  expect(await axeViolations(page)).toEqual([]);
});

test('marks what is done of a learning path, which the start page leads to', async ({ open }) => {
  const ran = { ran: '2026-11-01T00:00:00Z' };
  const progress = {
    version: 1,
    labs: { 'dynamodb-engine/stale-read': ran, 'core-architecture/who-says-no': ran },
    exercises: {},
  };
  const page = await open('', {
    underBase: true,
    before: (context) =>
      context.addInitScript(
        (kept) => localStorage.setItem('kj-progress', kept),
        JSON.stringify(progress),
      ),
  });
  await page.getByRole('link', { name: 'path with times' }).click();
  const path = page.getByRole('region', { name: 'I know SQL' });
  await path.getByText(/2 of \d+ labs and exercises done/).waitFor();
  const stop = path.locator('[data-stop]', {
    has: page.getByRole('link', { name: 'A stale read' }),
  });
  expect(await stop.locator('[data-say]').textContent()).toBe('1 of 1 lab run');
  expect(await stop.getAttribute('data-done')).toBe('');
  const chapter = path.locator('[data-stop]').first();
  expect(await chapter.locator('[data-say]').textContent()).toMatch(
    /^1 of \d+ labs run, 0 of \d+ exercises solved$/,
  );
  expect(await chapter.getAttribute('data-done')).toBeNull();
  await stop.getByRole('link').click();
  await page.waitForURL(/\/engines\/dynamodb\/#stale-read$/);
});

/** Claims in the page: proofs that open and run in place, and the ledger that runs them all. */
import type { Page } from 'playwright-core';
import { describe } from 'vitest';
import { isProvable, readLedger } from '../../src/components/claim/ledger.ts';
import { isPlayed } from '../../src/components/claim/played.ts';
import { sample } from './sample.ts';
import { axeViolations, expect, sidewaysScroll, test } from './support.ts';

const ledger = await readLedger();
/** Those with a button: a run of a lab, or a play of several sessions. */
const proved = ledger.filter((entry) => isProvable(entry) || isPlayed(entry));
const provable = ledger.filter(isProvable);
const chapters = [...new Set(proved.map(({ chapter }) => chapter))];

/** Presses "Run all proofs" and waits for its end. Answers what it says, and what did not hold. */
async function runAll(page: Page): Promise<{ sum: string; broken: string[] }> {
  await page.locator('[data-run-all]').click();
  const sum = page.locator('[data-sum]');
  await expect.poll(() => sum.textContent(), { timeout: 900_000 }).toMatch(/All have run/);
  return {
    sum: (await sum.textContent()) ?? '',
    broken: await page.locator('[data-broken] li').allTextContents(),
  };
}

describe('the ledger', () => {
  const full = process.env['FULL_RUN'] === '1';
  const [chapter] = sample(chapters, 1);
  const own = full ? proved : proved.filter((entry) => entry.chapter === chapter);

  test('runs all proofs, and each of them holds', { timeout: 1_000_000 }, async ({ open }) => {
    const page = await open(full ? 'claims/' : `claims/?chapter=${chapter}`, { underBase: true });
    const { sum, broken } = await runAll(page);
    expect(broken).toEqual([]);
    expect(sum).toMatch(new RegExp(`^${own.length} of ${own.length} hold; 0 to go`));
  });

  test('shows what the filter in its address asks for, and keeps it there', async ({ open }) => {
    const page = await open('claims/?verdict=broken-example');
    const shown = page.locator('tbody[data-claim]:visible');
    const verdicts = await shown.evaluateAll((all) => all.map((one) => one.dataset['verdict']));
    expect(new Set(verdicts)).toEqual(new Set(['broken-example']));
    await page.locator('select[name=chapter]').selectOption('acid-transactions');
    await expect.poll(() => page.url()).toMatch(/chapter=acid-transactions/);
    expect(await shown.count()).toBeGreaterThan(0);
    expect(await shown.count()).toBeLessThan(verdicts.length + 1);
    await page.getByLabel('Text').fill('no claim says this');
    expect(await shown.count()).toBe(0);
    expect(await page.locator('[data-shown]').textContent()).toMatch(/^0 of \d+ claims$/);
    expect(await page.locator('[data-run-all]').isDisabled()).toBe(true);
  });

  test('stops where it is told to', async ({ open }) => {
    const page = await open('claims/');
    await page.locator('[data-run-all]').click();
    await expect.poll(() => page.locator('[data-run-all]').textContent()).toBe('Stop');
    await page.locator('[data-run-all]').click();
    // The engine that was being loaded is loaded to its end: the next run needs it.
    const sum = page.locator('[data-sum]');
    await expect.poll(() => sum.textContent(), { timeout: 30_000 }).toMatch(/^Stopped: /);
  });
});

describe('a claim in its chapter', () => {
  const entry = provable.find(({ claim }) => claim.kind === 'table-row');
  const { chapter = '', claim } = entry ?? {};

  test('runs its proof in place, by keyboard alone', async ({ open }) => {
    const page = await open(`guide/${chapter}/`);
    const row = page.locator(`#claim-${claim?.id}`);
    await row.locator('summary').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe(
      'Run the proof',
    );
    await page.keyboard.press('Enter');
    const proof = row.locator('kj-proof');
    await expect.poll(() => proof.getAttribute('data-state'), { timeout: 60_000 }).toBe('holds');
    expect(await row.locator('[data-say]').textContent()).toBe('The claim holds: all was found.');
    expect(await row.locator('[data-panel] .kj-output').count()).toBeGreaterThan(0);
    expect(await axeViolations(page, `#claim-${claim?.id}`)).toEqual([]);
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await sidewaysScroll(page)).toBe(0);
  });

  test('says without any script what its proof shows', async ({ open }) => {
    const page = await open(`guide/${chapter}/`, { withoutScripts: true });
    const row = page.locator(`#claim-${claim?.id}`);
    await row.locator('summary').click();
    expect(await row.locator('[data-check]').first().isVisible()).toBe(true);
    expect(await row.locator('[data-prove]').isVisible()).toBe(false);
    expect(await row.getByRole('link', { name: 'Open it in its lab' }).isVisible()).toBe(true);
  });
});

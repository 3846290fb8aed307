/** What a reader does with clauses that correspond: point at one, go through the list, edit. */
import type { Locator } from 'playwright-core';
import { describe } from 'vitest';
import { LabPage } from './lab-page.ts';
import { axeViolations, expect, type Open, sidewaysScroll, test } from './support.ts';

const PAGE = 'guide/core-architecture/';
const lab = async (open: Open, options?: Parameters<Open>[1]) =>
  new LabPage(await open(PAGE, options), 'keys-and-order');

/** A clause of the first step's code, in the static text or in the editor. */
const clause = (page: LabPage, side: 'dynamodb' | 'postgres', text: string) =>
  page.output(side, 1).locator('.kj-code .kj-clause', { hasText: text }).first();

const row = (page: LabPage, text: string) =>
  page.root.locator('.kj-translation', { hasText: text }).first();

/** Whether it stands out: by a thick line below it, and not by its colour alone. */
async function standsOut(element: Locator): Promise<boolean> {
  const { style, width, wash } = await element.evaluate((one) => {
    const computed = getComputedStyle(one);
    return {
      style: computed.textDecorationStyle,
      width: computed.textDecorationThickness,
      wash: computed.backgroundColor,
    };
  });
  return style === 'solid' && width === '2px' && wash !== 'rgba(0, 0, 0, 0)';
}

describe('a clause', () => {
  test('that is pointed at marks its counterpart, on either side, before any script', async ({
    open,
  }) => {
    const page = await lab(open);
    const limit = clause(page, 'dynamodb', 'Limit: 3');
    const twin = clause(page, 'postgres', 'LIMIT 3');
    expect(await standsOut(twin)).toBe(false);
    await limit.hover();
    expect(await standsOut(twin)).toBe(true);
    expect(await standsOut(limit)).toBe(true);
    expect(await standsOut(clause(page, 'postgres', 'ORDER BY'))).toBe(false);
    expect(await row(page, 'LIMIT').evaluate((one) => getComputedStyle(one).backgroundColor)).toBe(
      await limit.evaluate((one) => getComputedStyle(one).backgroundColor),
    );
    await twin.hover();
    expect(await standsOut(limit)).toBe(true);
  });

  test('keeps its counterpart in the editor, through edits, until it is deleted', async ({
    open,
  }) => {
    const page = await lab(open);
    await page.output('dynamodb', 1).locator('[data-block] pre').click();
    const editor = page.output('dynamodb', 1).locator('.cm-content');
    await editor.waitFor();
    await page.page.keyboard.press('ControlOrMeta+Home');
    await page.page.keyboard.insertText('// newest first\n');
    await clause(page, 'postgres', 'LIMIT 3').hover();
    expect(await standsOut(clause(page, 'dynamodb', 'Limit: 3'))).toBe(true);
    await editor.locator('.cm-line', { hasText: 'Limit: 3' }).click({ clickCount: 3 });
    await page.page.keyboard.press('Delete');
    const marked = editor.locator('.kj-clause');
    expect(await marked.allTextContents()).not.toContain('Limit: 3');
    expect(await marked.allTextContents()).toContain('ScanIndexForward: false');
    await page.root.locator('[data-reset]').click();
    await clause(page, 'dynamodb', 'Limit: 3').waitFor();
  });
});

describe('the list of what corresponds', () => {
  test('is gone through by keyboard, and each row marks its clauses', async ({ open }) => {
    const page = await lab(open);
    await page.root.locator('.kj-translations summary').first().focus();
    await page.page.keyboard.press('Tab');
    expect(await standsOut(clause(page, 'postgres', 'WHERE user_id'))).toBe(true);
    await page.page.keyboard.press('Tab');
    expect(await standsOut(clause(page, 'postgres', 'WHERE user_id'))).toBe(false);
    expect(await standsOut(clause(page, 'postgres', 'post_date, title'))).toBe(true);
    expect(await axeViolations(page.page, '#keys-and-order .kj-translations')).toEqual([]);
  });

  test('tells both clauses by the name of their database, and the difference', async ({ open }) => {
    const page = await lab(open);
    const text = (await row(page, 'Limit: 3').textContent())?.replaceAll(/\s+/g, ' ').trim();
    expect(text).toMatch(/^DynamoDB: Limit: 3 ?PostgreSQL: LIMIT 3 ?Limit ends the reading: /);
  });

  test('stands between the code and the answers of its step, as wide as both sides', async ({
    open,
  }) => {
    const page = await lab(open);
    const box = async (element: Locator) => {
      const found = await element.boundingBox();
      if (!found) throw new Error('it is not on the page');
      return found;
    };
    const list = await box(page.root.locator('.kj-translations').first());
    const pair = await box(page.root.locator('.kj-pair'));
    expect(list.width).toBe(pair.width);
    for (const side of ['dynamodb', 'postgres'] as const) {
      const code = await box(page.output(side, 1).locator('.kj-code'));
      const answers = await box(page.output(side, 1).locator('.kj-answers'));
      expect(list.y).toBeGreaterThanOrEqual(code.y + code.height);
      expect(answers.y).toBeGreaterThanOrEqual(list.y + list.height);
    }
  });

  test('is about the SDK’s code: beside another dialect nothing is linked', async ({ open }) => {
    const page = await lab(open);
    const limit = clause(page, 'postgres', 'LIMIT 3');
    const line = () => limit.evaluate((one) => getComputedStyle(one).textDecorationLine);
    expect(await line()).toBe('underline');
    await page.root.getByRole('tab', { name: 'PartiQL' }).click();
    await page.root.locator('.kj-translations').first().waitFor({ state: 'hidden' });
    expect(await line()).toBe('none');
  });

  test('names its step on a narrow screen, where it stands below both sides', async ({ open }) => {
    const page = await lab(open, { theme: 'dark', size: { width: 320, height: 640 } });
    const list = page.root.locator('.kj-translations').first();
    expect(await list.getByText('in “The newest three”').isVisible()).toBe(true);
    await row(page, 'Limit: 3').focus();
    expect(await sidewaysScroll(page.page)).toBe(0);
    expect(await axeViolations(page.page, '#keys-and-order .kj-translations')).toEqual([]);
  });
});

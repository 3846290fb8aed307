/** The data of a lab: what is in both databases at every step of a run, as a reader looks through it. */
import type { Locator, Page } from 'playwright-core';
import { describe } from 'vitest';
import { LabPage } from './lab-page.ts';
import { axeViolations, expect, type Open, sidewaysScroll, test } from './support.ts';

const ACID = 'guide/acid-transactions/';

/** The data browser of a lab. */
class DataPage {
  readonly lab: LabPage;
  readonly button: Locator;
  readonly root: Locator;

  constructor(page: Page, name: string) {
    this.lab = new LabPage(page, name);
    this.button = this.lab.root.getByRole('button', { name: 'Data', exact: true });
    this.root = this.lab.root.locator('.kj-data');
  }

  side(side: 'dynamodb' | 'postgres'): Locator {
    return this.root.locator(`[data-of=${side}]`);
  }

  /** Waits until both sides show the rows of a table and nothing is asked any more. */
  async settled(): Promise<void> {
    await this.side('dynamodb').locator('.kj-data-table').waitFor({ timeout: 60_000 });
    await this.side('postgres').locator('.kj-data-table').waitFor({ timeout: 60_000 });
    await this.root
      .locator('[aria-busy=true]')
      .first()
      .waitFor({ state: 'detached', timeout: 60_000 });
  }

  /** Rows of the table that is shown, as text. */
  async rows(side: 'dynamodb' | 'postgres'): Promise<string[]> {
    const texts = await this.side(side)
      .locator('.kj-data-rows')
      .first()
      .locator('tbody tr')
      .evaluateAll((rows) =>
        rows.map((row) => [...row.children].map((cell) => cell.textContent).join(' ')),
      );
    return texts.map((text) => text.replaceAll(/\s+/g, ' ').trim());
  }

  async choose(side: 'dynamodb' | 'postgres', table: string): Promise<void> {
    await this.side(side).getByRole('button', { name: table, exact: true }).click();
    await this.settled();
  }
}

/** Runs the order that is placed twice, with its data open. */
async function ordered(open: Open, options?: Parameters<Open>[1]): Promise<DataPage> {
  const data = new DataPage(await open(ACID, options), 'place-order');
  await data.button.click();
  await data.settled();
  await data.lab.run();
  await data.root.locator('.kj-data-time').waitFor();
  await data.settled();
  return data;
}

describe('the data of a lab', () => {
  test('is the dataset before anything was run, and loads nothing before it is asked for', async ({
    open,
  }) => {
    const urls: string[] = [];
    const page = await open(ACID, {
      before: async (context) => {
        context.on('request', (request) => urls.push(new URL(request.url()).pathname));
      },
    });
    await page.waitForLoadState('networkidle');
    expect(urls.filter((url) => /(panel|inspect|client).*\.js$/.test(url))).toEqual([]);
    const data = new DataPage(page, 'place-order');
    await data.button.click();
    await data.settled();
    expect(await data.button.getAttribute('aria-expanded')).toBe('true');
    expect(await data.root.textContent()).toContain('the data that every run begins with');
    expect(await data.root.getByRole('slider').count()).toBe(0);
    await data.choose('postgres', 'orders');
    expect(await data.rows('postgres')).toHaveLength(25);
    expect(await data.side('postgres').textContent()).toContain('1 to 25 of 300 rows');
    await data.side('postgres').getByRole('button', { name: 'Later' }).click();
    await data.settled();
    expect(await data.side('postgres').textContent()).toContain('26 to 50 of 300 rows');
    expect(await axeViolations(page, '#place-order')).toEqual([]);
    await data.root.getByRole('button', { name: /^Close/ }).click();
    await data.root.waitFor({ state: 'detached' });
    expect(await data.button.evaluate((button) => button === document.activeElement)).toBe(true);
    expect(await axeViolations(page, '#place-order')).toEqual([]);
  });

  test('shows on both sides what the run has changed, and goes back step by step', async ({
    open,
  }) => {
    const data = await ordered(open);
    await data.choose('dynamodb', 'Inventory');
    await data.choose('postgres', 'inventory');
    const [item] = await data.rows('dynamodb');
    const [row] = await data.rows('postgres');
    expect(item).toMatch(/^~ changed P9012 .*was 1\s?, now 0/);
    expect(row).toMatch(/^~ changed P9012 .*was 1\s?, now 0/);
    await data.choose('dynamodb', 'Orders');
    await data.choose('postgres', 'orders');
    expect((await data.rows('dynamodb')).map((text) => text.slice(0, 13))).toEqual([
      '+ added O1234',
    ]);
    expect((await data.rows('postgres')).map((text) => text.slice(0, 13))).toEqual([
      '+ added O1234',
    ]);
    const slider = data.root.getByRole('slider');
    expect(await slider.getAttribute('aria-valuetext')).toMatch(/^After step 3/);
    await slider.focus();
    await data.lab.page.keyboard.press('Home');
    await data.settled();
    expect(await slider.getAttribute('aria-valuetext')).toBe('Before the run');
    expect((await data.rows('postgres')).join()).not.toContain('O1234');
    await data.lab.page.keyboard.press('ArrowRight');
    await data.settled();
    expect(await slider.getAttribute('aria-valuetext')).toMatch(/^After step 1/);
    expect((await data.rows('postgres')).join()).toContain('O1234');
    await data.root.getByLabel('the step before').check();
    await data.lab.page.keyboard.press('Tab');
    await slider.focus();
    await data.lab.page.keyboard.press('End');
    await data.settled();
    expect(await data.side('postgres').textContent()).toContain(
      'No rows and no tables have changed.',
    );
  });

  test('shows a row’s page with every version of it', async ({ open }) => {
    const data = await ordered(open);
    await data.choose('postgres', 'inventory');
    await data
      .side('postgres')
      .getByRole('button', { name: /show its page/ })
      .first()
      .click();
    const page = data.side('postgres').locator('.kj-data-pages');
    await page.locator('tr[aria-current]').waitFor();
    const text = (await page.textContent())?.replaceAll(/\s+/g, ' ');
    expect(text).toContain('Page 0 of inventory');
    expect(text).toContain('HOT: no index entry was added');
    expect(await page.locator('tr[aria-current]').textContent()).toContain('live');
    expect(await page.locator('tr[data-version=dead]').first().textContent()).toContain(
      'committed',
    );
  });

  test('tells how a table is built, and in which partition an item lies', async ({ open }) => {
    const data = await ordered(open);
    await data.choose('dynamodb', 'Orders');
    const side = data.side('dynamodb');
    await side.locator('.kj-data-structure > summary').click();
    expect(await side.locator('.kj-data-structure').textContent()).toContain(
      'OrderID S, partition key',
    );
    expect(await side.locator('.kj-data-structure').textContent()).toContain(
      'OrdersByStatus global',
    );
    expect(await side.getByRole('columnheader', { name: 'Partition' }).count()).toBe(1);
    await side
      .getByRole('combobox', { name: 'Read' })
      .selectOption({ label: 'index OrdersByStatus' });
    await data.settled();
    expect(await side.getByRole('columnheader').nth(4).textContent()).toMatch(/Change|Status/);
  });

  test('is there again after another lab has run, and says that it was repeated', async ({
    open,
  }) => {
    const data = await ordered(open);
    const other = new LabPage(data.lab.page, 'savepoint');
    await other.run();
    await data.choose('postgres', 'posts');
    await data.root.getByText('The last run was repeated for this').waitFor({ timeout: 60_000 });
    await data.choose('postgres', 'orders');
    expect((await data.rows('postgres')).join()).toContain('O1234');
  });

  for (const theme of ['light', 'dark'] as const) {
    test(`is free of axe violations and sideways scrolling at 320 px, ${theme}`, async ({
      open,
    }) => {
      const data = await ordered(open, { theme, size: { width: 320, height: 640 } });
      await data.side('postgres').getByRole('button', { name: 'Heap pages' }).click();
      await data.root.locator('.kj-data-space').waitFor();
      for (const summary of await data.root.locator('.kj-data-structure > summary').all()) {
        await summary.click();
      }
      expect(await axeViolations(data.lab.page, '#place-order')).toEqual([]);
      expect(await sidewaysScroll(data.lab.page)).toBe(0);
    });
  }
});

/** What it cost: the work of each request and statement as a tree, and the strip below each side. */
import { describe } from 'vitest';
import { LabPage } from './lab-page.ts';
import { axeViolations, expect, sidewaysScroll, test } from './support.ts';

const SCHEMA = 'guide/schema-evolution/';
const NARROW = { width: 320, height: 640 };

/** Dollars of a text such as `$1,250.00`. */
const amount = (text: string) => Number(text.replace(/[$,]/g, ''));

describe('the work behind an answer', () => {
  test('unfolds by keyboard, from what is recorded, alike on both sides', async ({ open }) => {
    const page = await open(SCHEMA);
    const lab = new LabPage(page, 'new-question');
    const request = lab.output('dynamodb', 1);
    await request.locator('details.kj-act > summary').first().focus();
    await page.keyboard.press('Enter');
    const scan = request.locator('.kj-work').first();
    expect(await scan.isVisible()).toBe(true);
    const told = (await scan.textContent()) ?? '';
    expect(told).toContain('Scan on UserPosts');
    expect(told).toContain('read 1,000, dropped 989');
    expect(told).toContain('FilterTitle = "Notes on joins"');
    expect(told).toContain('Round trips1');
    expect(told).toMatch(/A million of these\$10\.44/);
    expect(await lab.answer('dynamodb', 1)).toContain(
      'Read 1,000 items to return 11: the filter runs after the read',
    );

    const statement = lab.output('postgres', 1);
    await statement.locator('details.kj-act > summary').first().focus();
    await page.keyboard.press('Enter');
    const part = statement.locator('details.kj-part').last();
    await part.locator('summary').focus();
    const opened = await part.getAttribute('open');
    await page.keyboard.press('Space');
    expect(await part.getAttribute('open')).not.toBe(opened);
    expect(await part.textContent()).toContain('Buffers');
    expect(await axeViolations(page, 'kj-lab#new-question')).toEqual([]);
  });

  test('of a paginated read is one, with its round trips', async ({ open }) => {
    const lab = new LabPage(await open(SCHEMA), 'one-table-for-all');
    expect(await lab.run('dynamodb')).toBe('ok');
    const step = lab.output('dynamodb', 3);
    expect(await step.locator('details.kj-act').count()).toBe(1);
    expect(await step.locator('details.kj-act > summary').textContent()).toContain(
      '2\u00a0round\u00a0trips',
    );
    expect(await step.locator('.kj-raw figcaption').allTextContents()).toEqual([
      'Request 1 of 2',
      'Response 1 of 2, HTTP 200',
      'Request 2 of 2',
      'Response 2 of 2, HTTP 200',
    ]);
  });

  test('is on paper, without the JSON', async ({ open }) => {
    const page = await open(SCHEMA);
    await page.emulateMedia({ media: 'print' });
    const lab = new LabPage(page, 'new-question');
    expect(await lab.output('dynamodb', 1).locator('.kj-work').first().isVisible()).toBe(true);
    expect(await lab.output('dynamodb', 1).locator('.kj-raw').first().isVisible()).toBe(false);
    expect(await lab.output('postgres', 1).locator('.kj-work').first().isVisible()).toBe(true);
  });
});

describe('the strip below a side', () => {
  test('unfolds to its steps with a running total, and stays so over a run', async ({ open }) => {
    const page = await open(SCHEMA);
    const lab = new LabPage(page, 'one-table-for-all');
    const strip = lab.side('dynamodb').locator('[data-cost]');
    expect(await strip.locator('summary').textContent()).toMatch(/141\.5 RCU.*6 requests/);
    await strip.locator('summary').click();
    expect(await lab.run()).toBe('ok');
    expect(await strip.locator('table').isVisible()).toBe(true);
    const cells = async (column: number) =>
      (await strip.locator(`tbody tr > :nth-child(${column})`).allTextContents()).map(amount);
    const [each, soFar] = [await cells(5), await cells(6)];
    expect(each).toHaveLength(4);
    expect(soFar.at(-1)).toBeCloseTo(
      each.reduce((sum, one) => sum + one, 0),
      1,
    );
    const words = (await strip.locator('p').textContent()) ?? '';
    expect(words).toMatch(
      /list prices of \d+ \w+ 20\d\d, US East \(N\. Virginia\), Standard class/,
    );
    const postgres = lab.side('postgres').locator('[data-cost]');
    await postgres.locator('summary').click();
    expect(await postgres.textContent()).toContain('PostgreSQL has no price for a statement');
    expect(await postgres.textContent()).not.toContain('$');
  });

  test('and the trees fit a small screen, in the dark too', async ({ open }) => {
    const page = await open(SCHEMA, { size: NARROW, theme: 'dark' });
    const lab = new LabPage(page, 'new-question');
    await lab.root.locator('details').evaluateAll((all) => {
      for (const one of all as HTMLDetailsElement[]) one.open = true;
    });
    expect(await sidewaysScroll(page)).toBe(0);
    const wide = await lab.root
      .locator('.kj-work, .kj-cost')
      .evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth).length);
    expect(wide).toBe(0);
    expect(await axeViolations(page, 'kj-lab#new-question')).toEqual([]);
  });
});

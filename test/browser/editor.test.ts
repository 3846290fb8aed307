/** The editor as a reader uses it: completes, formats, shows errors at their place, and lets Tab go on. */
import { describe } from 'vitest';
import { LabPage } from './lab-page.ts';
import { axeViolations, expect, sidewaysScroll, test } from './support.ts';

const ACID = 'guide/acid-transactions/';

/** The options of the list that is open. */
async function options(lab: LabPage): Promise<string[]> {
  const list = lab.page.locator('.cm-tooltip-autocomplete');
  await list.waitFor();
  return list.locator('.cm-completionLabel').allTextContents();
}

describe('completion', () => {
  test('knows the columns behind an alias', async ({ open }) => {
    const lab = new LabPage(await open(ACID), 'place-order');
    await lab.edit('postgres', 3, 'SELECT o. FROM orders o;');
    for (let at = 0; at < ' FROM orders o;'.length; at += 1)
      await lab.page.keyboard.press('ArrowLeft');
    await lab.page.keyboard.press('Control+Space');
    expect(await options(lab)).toContain('customer_id');
    await lab.page.keyboard.type('sta');
    await lab.page.keyboard.press('Enter');
    expect(await lab.code('postgres', 3)).toBe('SELECT o.status FROM orders o;');
  });

  test('writes a command of the SDK, and then its table', async ({ open }) => {
    const lab = new LabPage(await open(ACID), 'place-order');
    await lab.edit('dynamodb', 3, 'await db.send(new TransactG');
    await lab.page.keyboard.press('Control+Space');
    expect(await options(lab)).toContain('TransactGetCommand');
    await lab.page.keyboard.press('Enter');
    await lab.page.keyboard.type("{ Get: { TableName: '");
    await lab.page.keyboard.press('Control+Space');
    expect(await options(lab)).toContain('Inventory');
  });

  test('never opens by itself: Enter and the arrows stay the reader’s', async ({ open }) => {
    const lab = new LabPage(await open(ACID), 'place-order');
    await lab.edit('postgres', 3, '');
    await lab.page.keyboard.type('SELECT or');
    await lab.page.keyboard.press('Enter');
    expect(await lab.page.locator('.cm-tooltip-autocomplete').count()).toBe(0);
    expect(await lab.code('postgres', 3)).toBe('SELECT or');
  });

  test('fetches nothing before an editor is opened', async ({ open }) => {
    const urls: string[] = [];
    const page = await open(ACID, {
      before: async (context) => {
        context.on('request', (request) => urls.push(new URL(request.url()).pathname));
      },
    });
    await page.waitForLoadState('networkidle');
    expect(urls.filter((url) => url.includes('/editor/'))).toEqual([]);
    const schema = page.waitForResponse(/\/editor\/inkwell\.json$/);
    await new LabPage(page, 'place-order').edit('postgres', 3, 'SELECT 1;');
    expect((await schema).status()).toBe(200);
  });
});

describe('Tab', () => {
  test('leaves the editor, which is said on the way in', async ({ open }) => {
    const lab = new LabPage(await open(ACID), 'place-order');
    const block = lab.output('postgres', 3).locator('[data-block]');
    await lab.output('postgres', 3).locator('[data-explain]').focus();
    await lab.page.keyboard.press('Tab');
    await block.locator('.cm-content:focus').waitFor();
    await expect.poll(() => lab.said()).toMatch(/^Tab leaves the editor/);
    await lab.page.keyboard.press('Tab');
    expect(await block.locator('.cm-content:focus').count()).toBe(0);
  });

  test('indents when that was asked for, on the next visit too; Escape is the way out', async ({
    open,
  }) => {
    const lab = new LabPage(await open(ACID), 'place-order');
    await lab.edit('postgres', 3, 'SELECT 1;');
    await lab.page.keyboard.press('Control+m');
    expect(await lab.said()).toMatch(/^Tab indents; Escape, then Tab, leaves/);
    await lab.page.reload();
    await lab.edit('postgres', 3, 'SELECT 1;');
    await lab.page.keyboard.press('Tab');
    expect(await lab.code('postgres', 3)).toBe('  SELECT 1;');
    await lab.page.keyboard.press('Escape');
    await lab.page.keyboard.press('Tab');
    expect(await lab.page.locator('.cm-content:focus').count()).toBe(0);
  });
});

describe('an error', () => {
  test('is marked at its word, told by F8, and described', async ({ open }) => {
    const page = await open(ACID);
    const lab = new LabPage(page, 'place-order');
    await lab.edit('postgres', 3, 'SELECT order_id\n  FORM orders;');
    expect(await lab.run('postgres')).toBe('error');
    const step = lab.output('postgres', 3);
    expect(await step.locator('.cm-lintRange-error').textContent()).toBe('orders');
    await step.locator('.cm-content').focus();
    await page.keyboard.press('ControlOrMeta+Home');
    await page.keyboard.press('F8');
    expect(await lab.said()).toBe('Line 2: syntax error at or near "orders"');
    const id = await step.locator('.cm-content[aria-invalid]').getAttribute('aria-describedby');
    expect(await page.locator(`[id="${id}"]`).textContent()).toBe(
      'Line 2, column 8: syntax error at or near "orders"',
    );
    expect(await axeViolations(page, '#place-order')).toEqual([]);
  });
});

describe('Format', () => {
  test('lays out by button and by key, and can be undone', async ({ open }) => {
    const lab = new LabPage(await open(ACID), 'place-order');
    const sql = 'select order_id,status from orders where amount>1;';
    await lab.edit('postgres', 3, sql);
    await lab.output('postgres', 3).locator('[data-format]').click();
    await expect.poll(() => lab.said()).toBe('Formatted.');
    expect((await lab.code('postgres', 3)).split('\n').length).toBeGreaterThan(3);
    await lab.output('postgres', 3).locator('.cm-content').focus();
    await lab.page.keyboard.press('ControlOrMeta+z');
    expect(await lab.code('postgres', 3)).toBe(sql);
    await lab.edit('dynamodb', 3, 'const a={b:1}');
    await lab.page.keyboard.press('Shift+Alt+F');
    await expect.poll(() => lab.code('dynamodb', 3)).toBe('const a = { b: 1 };');
  });

  test('leaves code alone that it cannot read, and says so', async ({ open }) => {
    const lab = new LabPage(await open(ACID), 'place-order');
    await lab.edit('postgres', 3, 'SELECT (1');
    await lab.page.keyboard.press('Shift+Alt+F');
    await expect.poll(() => lab.said()).toMatch(/^Not formatted/);
    expect(await lab.code('postgres', 3)).toBe('SELECT (1');
  });
});

describe('a guess', () => {
  test('is compared once the lab has run, and kept', async ({ open }) => {
    const page = await open(ACID);
    const lab = new LabPage(page, 'place-order');
    const predict = lab.root.locator('[data-predict]');
    await predict.locator('label').nth(2).click();
    await lab.run('dynamodb');
    await predict.locator('[data-guess]').waitFor();
    expect(await predict.locator('[data-guess]').textContent()).toBe(
      'Your guess was not right. It is: Nothing, on both sides.',
    );
    expect(await predict.locator('details[open]').count()).toBe(1);
    await expect.poll(() => lab.said()).toMatch(/3 steps ran.*Your guess was not right/);
    expect(await axeViolations(page, '#place-order')).toEqual([]);
    expect(await page.evaluate(() => localStorage.getItem('kj-progress'))).toContain(
      '"guess":"Nothing in PostgreSQL; the order without the stock in DynamoDB"',
    );
  });

  test('that nobody made is not asked for', async ({ open }) => {
    const lab = new LabPage(await open(ACID), 'place-order');
    await lab.run('dynamodb');
    expect(await lab.root.locator('[data-predict] details[open]').count()).toBe(0);
    expect(await lab.said()).not.toContain('guess');
  });
});

test('larger type holds from page to page, wide and narrow', async ({ open }) => {
  const page = await open(ACID);
  await page.getByRole('button', { name: 'Larger type' }).first().click();
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    await page.reload();
    const size = await page.evaluate(() => getComputedStyle(document.documentElement).fontSize);
    expect(size).toBe('20px');
    expect(await sidewaysScroll(page), `at ${width} px`).toBe(0);
  }
});

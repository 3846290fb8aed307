/** Labs in a real page: run, edit, break, stop, reset, and what they say of it. */
import { describe } from 'vitest';
import { LabPage } from './lab-page.ts';
import { axeViolations, expect, sidewaysScroll, test } from './support.ts';

const ACID = 'guide/acid-transactions/';
const NARROW = { width: 320, height: 640 };

describe('the order that is placed twice', () => {
  test('runs on both engines in the page, under its policy', async ({ open }) => {
    const lab = new LabPage(await open(ACID), 'place-order');
    expect(await lab.state()).toBe('stored');
    expect(await lab.run()).toBe('ok');
    expect(await lab.answer('dynamodb', 1)).toContain('6 WCU');
    const refused = await lab.answer('dynamodb', 2);
    expect(refused).toContain('Fails, as it should');
    expect(refused).toContain('TransactionCanceledException');
    expect(refused).toContain('Put Orders: None');
    expect(refused).toContain('ConditionalCheckFailed');
    const raised = await lab.answer('postgres', 2);
    expect(raised).toContain('Fails, as it should');
    expect(raised).toContain('P0001');
    expect(raised).toContain('Insufficient stock for product P9012');
    expect(raised).toContain('ROLLBACK');
    expect(await lab.answer('dynamodb', 3)).toContain('O1235: undefined');
    expect(await lab.output('postgres', 3).locator('tbody').first().textContent()).toBe(
      'O1234Pending',
    );
    expect(await lab.cost('dynamodb')).toContain('12 WCU');
    expect(await lab.cost('postgres')).toMatch(/\d+ buffers/);
    expect(await lab.said()).toContain('PostgreSQL: 3 steps ran, 1 failed as it should');
  });

  test('runs again from the same data', async ({ open }) => {
    const lab = new LabPage(await open(ACID), 'place-order');
    await lab.run();
    const first = await lab.shown();
    await lab.run();
    expect(await lab.shown()).toEqual(first);
  });

  test('fetches nothing of an engine or an editor before it is asked to', async ({ open }) => {
    const urls: string[] = [];
    const page = await open(ACID, {
      before: async (context) => {
        context.on('request', (request) => urls.push(new URL(request.url()).pathname));
      },
    });
    await page.waitForLoadState('networkidle');
    const heavy = /\.(wasm|data|tar|so)$|worker|runtime|client|editor|compile/;
    expect(urls.filter((url) => heavy.test(url))).toEqual([]);
    await new LabPage(page, 'place-order').run('dynamodb');
    expect(urls.some((url) => url.includes('runtime'))).toBe(true);
    expect(urls.filter((url) => /pglite|\.tar$/.test(url))).toEqual([]);
  });
});

describe('an edit', () => {
  test('changes what runs, dims what was shown, and is undone by Reset', async ({ open }) => {
    const lab = new LabPage(await open(ACID), 'place-order');
    const before = { code: await lab.code('postgres', 3), shown: await lab.shown() };
    await lab.edit('postgres', 3, "SELECT 'edited' AS what;");
    expect(await lab.state()).toBe('stale');
    expect(await lab.run('postgres')).toBe('ok');
    expect(await lab.output('postgres', 3).locator('tbody').textContent()).toBe('edited');
    await lab.root.getByRole('button', { name: 'Reset', exact: true }).click();
    expect(await lab.state()).toBe('stored');
    expect(await lab.code('postgres', 3)).toBe(before.code);
    expect(await lab.shown()).toEqual(before.shown);
    await lab.root.getByRole('button', { name: 'Undo reset' }).click();
    expect(await lab.code('postgres', 3)).toBe("SELECT 'edited' AS what;");
  });

  test('survives a walk to another page, and is not run on return', async ({ open }) => {
    const page = await open(ACID);
    await new LabPage(page, 'place-order').edit('dynamodb', 3, "console.log('mine');");
    await page.goto(new URL('../security/', page.url()).href);
    await page.goBack();
    const lab = new LabPage(page, 'place-order');
    await page.waitForFunction(() => document.querySelector('#place-order .cm-content'));
    expect(await lab.code('dynamodb', 3)).toBe("console.log('mine');");
    expect(await lab.state()).toBe('stale');
    expect(await lab.run('dynamodb')).toBe('ok');
    expect(await lab.answer('dynamodb', 3)).toContain('mine');
  });
});

describe('bad input', () => {
  test('a syntax error is told at its line, on either side, and the other side runs', async ({
    open,
  }) => {
    const lab = new LabPage(await open(ACID), 'place-order');
    await lab.edit('dynamodb', 3, 'const a = 1;\nconst b = ;');
    await lab.edit('postgres', 3, 'SELECT 1;\nSELEC 2;');
    expect(await lab.run()).toBe('error');
    expect(await lab.side('dynamodb').textContent()).toMatch(/SyntaxError/);
    expect(await lab.side('dynamodb').textContent()).toMatch(/[Ll]ine 2/);
    expect(await lab.output('dynamodb', 3).locator('[data-marked], .kj-marked').count()).toBe(1);
    const sql = await lab.answer('postgres', 3);
    expect(sql).toContain('42601');
    expect(sql).toContain('syntax error at or near "SELEC"');
    expect(sql).toMatch(/[Ll]ine 2/);
  });

  test('an unknown table is named', async ({ open }) => {
    const lab = new LabPage(await open(ACID), 'place-order');
    await lab.edit(
      'dynamodb',
      3,
      "await db.send(new TransactGetCommand({ TransactItems: [{ Get: { TableName: 'Ordres', Key: { OrderID: 'O1' } } }] }));",
    );
    await lab.edit('postgres', 3, 'SELECT * FROM ordres;');
    expect(await lab.run()).toBe('error');
    expect(await lab.answer('dynamodb', 3)).toContain('ResourceNotFoundException');
    const sql = await lab.answer('postgres', 3);
    expect(sql).toContain('42P01');
    expect(sql).toContain('relation "ordres" does not exist');
  });

  test('a program that throws is told where', async ({ open }) => {
    const lab = new LabPage(await open(ACID), 'place-order');
    await lab.edit('dynamodb', 1, "const price = 1;\nthrow new RangeError('too dear');");
    expect(await lab.run('dynamodb')).toBe('error');
    const text = await lab.answer('dynamodb', 1);
    expect(text).toContain('RangeError');
    expect(text).toContain('too dear');
    expect(text).toMatch(/[Ll]ine 2/);
  });

  test('a program that prints a megabyte is cut, and says so', async ({ open }) => {
    const lab = new LabPage(await open(ACID), 'place-order');
    await lab.edit('dynamodb', 3, "console.log('x'.repeat(1_000_000));\nconsole.log('after');");
    expect(await lab.run('dynamodb')).toBe('ok');
    const text = (await lab.answer('dynamodb', 3)) ?? '';
    expect(text.length).toBeLessThan(100_000);
    expect(text).toMatch(/cut/);
  });

  test('an endless loop is ended by Stop, the page answers meanwhile, and both databases live on', async ({
    open,
  }) => {
    const page = await open(ACID);
    const lab = new LabPage(page, 'place-order');
    await lab.edit('dynamodb', 3, 'while (true) {}');
    await lab.press('both');
    await page.waitForFunction(
      () => document.querySelectorAll('#place-order [data-side=postgres] table').length > 0,
    );
    expect(await page.evaluate(() => 6 * 7)).toBe(42);
    await lab.press('both');
    expect(await lab.rest()).toBe('error');
    expect(await lab.side('dynamodb').locator('[data-say]').textContent()).toBe('stopped');
    await lab.root.getByRole('button', { name: 'Reset', exact: true }).click();
    expect(await lab.run()).toBe('ok');
  });

  test('an endless loop that nobody stops is ended by the watchdog, which says why', async ({
    open,
  }) => {
    const lab = new LabPage(await open(ACID), 'place-order');
    await lab.edit('dynamodb', 3, 'while (true) {}');
    expect(await lab.run('dynamodb')).toBe('error');
    expect(await lab.answer('dynamodb', 3)).toMatch(/loop/);
  });
});

describe('the way to and through a lab', () => {
  test('a link to a lab goes to it', async ({ open }) => {
    const page = await open(`${ACID}#savepoint`);
    await page.waitForFunction(() => {
      const lab = document.getElementById('savepoint');
      const top = lab?.getBoundingClientRect().top ?? -1;
      return top >= 0 && top < innerHeight / 2;
    });
  });

  test('everything works by keyboard, and Tab leaves the editor', async ({ open }) => {
    const page = await open(ACID);
    const lab = new LabPage(page, 'place-order');
    const block = lab.output('postgres', 1).locator('[data-block]');
    await lab.side('postgres').locator('[data-run=postgres]').focus();
    // On the way from the button to the code stand the link of the step and its three buttons.
    for (let stop = 1; stop <= 5; stop += 1) await page.keyboard.press('Tab');
    await block.locator('.cm-content').waitFor();
    await page.keyboard.press('ControlOrMeta+Home');
    await page.keyboard.type('-- mine\n');
    expect(await lab.code('postgres', 1)).toMatch(/^-- mine\nBEGIN;/);
    await page.keyboard.press('Control+Enter');
    expect(await lab.rest()).toBe('ok');
    await page.keyboard.press('Tab');
    expect(await block.evaluate((each) => each.contains(document.activeElement))).toBe(false);
  });

  test('stands stacked on a small screen, with nothing sticking out', async ({ open }) => {
    const page = await open(ACID, { size: NARROW });
    const lab = new LabPage(page, 'place-order');
    await lab.run();
    const [left, right] = await Promise.all([
      lab.side('dynamodb').boundingBox(),
      lab.side('postgres').boundingBox(),
    ]);
    expect((left?.y ?? 0) + (left?.height ?? 0)).toBeLessThanOrEqual((right?.y ?? 0) + 1);
    expect(await sidewaysScroll(page)).toBe(0);
  });

  test('stands side by side on a wide screen, steps level', async ({ open }) => {
    const lab = new LabPage(await open(ACID), 'place-order');
    const box = await lab.root.boundingBox();
    expect(box?.width).toBeGreaterThanOrEqual(900);
    for (const step of [1, 2, 3]) {
      const [left, right] = await Promise.all([
        lab.output('dynamodb', step).locator('.kj-step-title').boundingBox(),
        lab.output('postgres', step).locator('.kj-step-title').boundingBox(),
      ]);
      expect(Math.abs((left?.y ?? 0) - (right?.y ?? 9))).toBeLessThan(1);
    }
  });

  test('does not move when its program takes over, nor when code becomes an editor', async ({
    open,
  }) => {
    const page = await open(ACID);
    const lab = new LabPage(page, 'place-order');
    const block = lab.output('postgres', 3).locator('[data-block]');
    await block.scrollIntoViewIfNeeded();
    const line = () =>
      block.evaluate((each) => {
        const walker = document.createTreeWalker(each, NodeFilter.SHOW_TEXT);
        const range = document.createRange();
        range.selectNodeContents(walker.nextNode() as Node);
        const { x, y, height } = range.getBoundingClientRect();
        return { x: Math.round(x), y: Math.round(y), height: Math.round(height) };
      });
    const before = { line: await line(), box: await block.boundingBox() };
    await block.locator('pre').click();
    await block.locator('.cm-content').waitFor();
    expect({ line: await line(), box: await block.boundingBox() }).toEqual(before);
  });
});

describe.each(['light', 'dark'] as const)('axe finds nothing in a lab', (theme) => {
  test(`edited, run and failed, ${theme}`, async ({ open }) => {
    const page = await open(ACID, { theme });
    const lab = new LabPage(page, 'place-order');
    await lab.edit('dynamodb', 3, "throw new Error('on purpose');");
    await lab.edit('postgres', 3, 'SELEC 1;');
    expect(await axeViolations(page, '#place-order')).toEqual([]);
    expect(await lab.run()).toBe('error');
    expect(await axeViolations(page, '#place-order')).toEqual([]);
  });
});

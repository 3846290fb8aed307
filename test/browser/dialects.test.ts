/** What a reader does with DynamoDB's side in PartiQL and for the AWS CLI. */
import { describe } from 'vitest';
import { LabPage } from './lab-page.ts';
import { axeViolations, expect, type Open, sidewaysScroll, test } from './support.ts';

const PAGE = 'guide/core-architecture/';
const place = async (open: Open, options?: Parameters<Open>[1]) =>
  new LabPage(await open(PAGE, options), 'keys-and-order');

const tab = (lab: LabPage, name: string) => lab.root.getByRole('tab', { name });
const chosen = (lab: LabPage) => lab.root.getByRole('tab', { selected: true }).textContent();

/** Presses a tab, and waits until its side is there: the first press loads the lab's program. */
async function choose(lab: LabPage, name: string): Promise<void> {
  await tab(lab, name).click();
  await lab.root.getByRole('tabpanel', { name: `DynamoDB, ${name}` }).waitFor();
}

describe('the tabs', () => {
  test('are used by keyboard: an arrow goes on and chooses, Home and End go to the ends', async ({
    open,
  }) => {
    const lab = await place(open);
    expect((await chosen(lab))?.trim()).toBe('AWS SDK v3');
    await choose(lab, 'PartiQL');
    const { keyboard } = lab.page;
    const focused = () => lab.page.evaluate(() => document.activeElement?.textContent?.trim());
    await keyboard.press('ArrowRight');
    expect(await focused()).toBe('AWS CLI');
    expect((await chosen(lab))?.trim()).toBe('AWS CLI');
    await keyboard.press('ArrowRight');
    expect(await focused()).toBe('AWS SDK v3');
    await keyboard.press('ArrowLeft');
    expect(await focused()).toBe('AWS CLI');
    await keyboard.press('Home');
    expect(await focused()).toBe('AWS SDK v3');
    await keyboard.press('End');
    expect((await chosen(lab))?.trim()).toBe('AWS CLI');
    // One stop for Tab: the next one is in what the tab shows.
    await keyboard.press('Tab');
    expect(await lab.side('dynamodb').locator(':focus').count()).toBe(1);
    expect(await axeViolations(lab.page, '#keys-and-order')).toEqual([]);
  });

  test('are remembered, on this page and on others, and shown before any script of a lab runs', async ({
    open,
  }) => {
    const lab = await place(open);
    await choose(lab, 'AWS CLI');
    const other = new LabPage(lab.page, 'who-says-no');
    expect((await chosen(other))?.trim()).toBe('AWS CLI');
    await lab.page.reload();
    expect(await lab.code('dynamodb', 1)).toContain('aws dynamodb query');
    await lab.page.goto(new URL('../acid-transactions/', lab.page.url()).href);
    const order = new LabPage(lab.page, 'place-order');
    expect(await order.code('dynamodb', 1)).toContain('aws dynamodb transact-write-items');
    // A lab without that dialect shows the SDK.
    expect(await new LabPage(lab.page, 'see-mvcc').side('dynamodb').count()).toBe(1);
  });

  test('take the anchors of the steps with them', async ({ open }) => {
    const lab = await place(open);
    await choose(lab, 'AWS CLI');
    await lab.page.goto(`${lab.page.url().split('#')[0]}#keys-and-order--only-some-in-the-index`);
    await lab.page.reload();
    const heading = lab.page.locator('#keys-and-order--only-some-in-the-index');
    expect(await heading.isVisible()).toBe(true);
    expect(await heading.count()).toBe(1);
  });

  test('fit a narrow window', async ({ open }) => {
    const lab = await place(open, { size: { width: 320, height: 700 } });
    await choose(lab, 'AWS CLI');
    expect(await sidewaysScroll(lab.page)).toBe(0);
  });
});

describe('a dialect', () => {
  test('runs, with the other side, and says what it cost', async ({ open }) => {
    const lab = await place(open);
    await choose(lab, 'PartiQL');
    expect(await lab.run()).toBe('ok');
    expect(await lab.answer('dynamodb', 2)).toContain('Read 1,000 items to return 3');
    expect(await lab.cost('dynamodb')).toContain('10 requests');
    await choose(lab, 'AWS CLI');
    expect(await lab.side('dynamodb').getAttribute('data-state')).toBe('stored');
    expect(await lab.run('dynamodb')).toBe('ok');
    expect(await lab.answer('dynamodb', 1)).toContain('Query');
  });

  test('runs up to a step, and the command at the cursor', async ({ open }) => {
    const lab = await place(open);
    await choose(lab, 'AWS CLI');
    await lab
      .output('dynamodb', 1)
      .getByRole('button', { name: /^Run to here/ })
      .click();
    await lab.rest();
    expect(await lab.side('dynamodb').locator('[data-say]').textContent()).toBe('ran 1 of 4 steps');
    await lab.output('dynamodb', 3).locator('[data-block] pre').click();
    await lab.output('dynamodb', 3).locator('.cm-content').press('Control+End');
    await lab
      .output('dynamodb', 3)
      .getByRole('button', { name: /^Run command/ })
      .click();
    await lab.output('dynamodb', 3).locator('[data-reply] table').waitFor();
    expect(await lab.output('dynamodb', 3).locator('[data-reply]').textContent()).toContain(
      'The command at the cursor',
    );
  });

  test('shows a mistake at its line, with the option that was meant', async ({ open }) => {
    const lab = await place(open);
    await choose(lab, 'AWS CLI');
    await lab.edit('dynamodb', 2, 'aws dynamodb scan \\\n  --tabel-name Users');
    expect(await lab.run('dynamodb')).toBe('error');
    const step = lab.output('dynamodb', 2);
    expect(await step.locator('[data-slot]').textContent()).toContain(
      "did you mean '--table-name'?",
    );
    expect(await step.locator('.cm-lintRange-error').count()).toBe(1);
    expect(await axeViolations(lab.page, '#keys-and-order')).toEqual([]);
  });

  test('keeps its own edits, for the next visit and until Reset', async ({ open }) => {
    const lab = await place(open);
    await choose(lab, 'PartiQL');
    await lab.edit('dynamodb', 3, `SELECT * FROM "Users" WHERE UserID = 'U12345';`);
    await choose(lab, 'AWS CLI');
    expect(await lab.root.locator('[data-edited]:visible').count()).toBe(0);
    await lab.page.reload();
    await choose(lab, 'PartiQL');
    await lab.root.locator('[data-edited]:visible').waitFor();
    expect(await lab.code('dynamodb', 3)).toContain('FROM "Users"');
    await lab.root.locator('[data-reset]').click();
    expect(await lab.code('dynamodb', 3)).toContain('INSERT INTO "App"');
  });

  test('goes with a link, which shows it and leaves the choice of its reader alone', async ({
    open,
  }) => {
    const lab = await place(open);
    await choose(lab, 'AWS CLI');
    await lab.edit('dynamodb', 1, 'aws dynamodb list-tables');
    await lab.root.locator('[data-menu] summary').click();
    await lab.root.getByRole('button', { name: 'Share a link' }).click();
    const link = await lab.root.locator('[data-shared] input').inputValue();
    expect(await lab.root.locator('[data-shared]').textContent()).toContain('DynamoDB (AWS CLI)');

    const other = new LabPage(await open(PAGE + new URL(link).hash), 'keys-and-order');
    await other.root.locator('[data-shared]').waitFor();
    expect((await chosen(other))?.trim()).toBe('AWS CLI');
    await other.output('dynamodb', 1).locator('.cm-content').waitFor();
    expect(await other.code('dynamodb', 1)).toBe('aws dynamodb list-tables');
    expect(await other.page.evaluate(() => localStorage.getItem('kj-dialect'))).toBeNull();
  });

  test('is not taken to the playground, which says what it takes instead', async ({ open }) => {
    const lab = await place(open);
    await choose(lab, 'PartiQL');
    await lab.root.locator('[data-menu] summary').click();
    await lab.root.locator('[data-playground]').click();
    const words = lab.root.locator('[data-shared]', { hasText: 'The playground has no PartiQL' });
    await words.getByRole('link', { name: 'Open it there' }).click();
    await lab.page.getByText('This code comes from a link.').first().waitFor();
    const bench = new LabPage(lab.page, 'workbench');
    const code = bench.side('dynamodb').locator('[data-block]').first();
    await code.getByText('@aws-sdk/lib-dynamodb').first().waitFor();
  });

  test('completes options of the command and tables', async ({ open }) => {
    const lab = await place(open);
    await choose(lab, 'AWS CLI');
    await lab.edit('dynamodb', 2, 'aws dynamodb query --table-name Users --key-c');
    await lab.output('dynamodb', 2).locator('.cm-content').press('Control+Space');
    const list = lab.page.locator('.cm-tooltip-autocomplete');
    await list.waitFor();
    expect(await list.textContent()).toContain('--key-condition-expression');
  });
});

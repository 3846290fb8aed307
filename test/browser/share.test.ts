/** What a reader does with a link that carries code, and with a lab as files. */
import { describe } from 'vitest';
import { LabPage } from './lab-page.ts';
import { axeViolations, expect, type Open, sidewaysScroll, test } from './support.ts';

const PAGE = 'guide/acid-transactions/';
const place = async (open: Open, options?: Parameters<Open>[1]) =>
  new LabPage(await open(PAGE, options), 'place-order');

/** Chooses something in the menu of a lab. */
async function choose(lab: LabPage, name: string): Promise<void> {
  await lab.root.locator('[data-menu] summary').click();
  await lab.root.getByRole('button', { name }).click();
}

const words = (lab: LabPage) => lab.root.locator('[data-shared]');

/** The link that the lab offers for its code as it stands. */
async function linkOf(lab: LabPage): Promise<string> {
  await choose(lab, 'Share a link');
  return words(lab).locator('input').inputValue();
}

describe('a link to code', () => {
  test('opens the code un-run, at the lab, and runs when Run is pressed', async ({ open }) => {
    const lab = await place(open);
    await lab.edit('postgres', 3, 'SELECT 40 + 2 AS shared;');
    const link = await linkOf(lab);
    expect(await linkOf(lab)).toBe(link);

    const other = new LabPage(await open(PAGE + new URL(link).hash), 'place-order');
    await words(other).waitFor();
    expect(await words(other).textContent()).toContain('It runs only when you press Run.');
    expect(await other.code('postgres', 3)).toBe('SELECT 40 + 2 AS shared;');
    expect(await other.side('postgres').getAttribute('data-state')).toBe('stale');
    expect(await other.side('dynamodb').getAttribute('data-state')).toBe('stored');
    expect((await other.root.boundingBox())?.y).toBeLessThan(300);
    expect(await axeViolations(other.page, '#place-order')).toEqual([]);
    await other.run('postgres');
    expect(await other.answer('postgres', 3)).toContain('42');
    await other.page.getByRole('button', { name: 'Show the lab’s own code' }).click();
    expect(await other.code('postgres', 3)).not.toContain('shared');
    expect(await words(other).count()).toBe(0);
  });

  test('takes nothing from the reader’s own edits', async ({ open }) => {
    const lab = await place(open);
    await lab.edit('postgres', 3, 'SELECT 1 AS shared;');
    const { hash } = new URL(await linkOf(lab));
    await lab.edit('postgres', 3, 'SELECT 2 AS mine;');
    await lab.page.evaluate((code) => {
      location.hash = code;
    }, hash);
    await lab.page.getByRole('button', { name: 'Back to my edits' }).waitFor();
    expect(await lab.code('postgres', 3)).toBe('SELECT 1 AS shared;');
    await lab.edit('postgres', 3, 'SELECT 3 AS guest;');
    await lab.page.getByRole('button', { name: 'Back to my edits' }).click();
    expect(await lab.code('postgres', 3)).toBe('SELECT 2 AS mine;');
    await lab.page.reload();
    await lab.root.locator('[data-edited]').first().waitFor();
    expect(await lab.code('postgres', 3)).toBe('SELECT 2 AS mine;');
  });

  test('that is broken says so and changes nothing', async ({ open }) => {
    const lab = new LabPage(await open(`${PAGE}#place-order&code=AQAAAAAA`), 'place-order');
    await words(lab).waitFor();
    expect(await words(lab).textContent()).toContain('This link is broken');
    expect(await lab.state()).toBe('stored');
  });

  test('stands selected where it cannot be copied', async ({ open }) => {
    const lab = await place(open, {
      size: { width: 320, height: 640 },
      before: (context) =>
        context.addInitScript(() => {
          Object.defineProperty(navigator, 'clipboard', { value: undefined });
        }),
    });
    const link = await linkOf(lab);
    expect(await words(lab).textContent()).toContain('To copy');
    const selected = await words(lab)
      .locator('input')
      .evaluate((field: HTMLInputElement) =>
        field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0),
      );
    expect(selected).toBe(link);
    expect(await sidewaysScroll(lab.page)).toBe(0);
  });
});

describe('the menu of a lab', () => {
  test('closes with Escape, and the focus is on it again', async ({ open }) => {
    const lab = await place(open);
    const summary = lab.root.locator('[data-menu] summary');
    await summary.focus();
    await lab.page.keyboard.press('Enter');
    await lab.root.getByRole('button', { name: 'Share a link' }).waitFor();
    expect(await axeViolations(lab.page, '#place-order')).toEqual([]);
    await lab.page.keyboard.press('Tab');
    await lab.page.keyboard.press('Escape');
    expect(await lab.root.locator('[data-menu]').getAttribute('open')).toBeNull();
    expect(await summary.evaluate((element) => element === document.activeElement)).toBe(true);
  });
});

test('a lab is saved as files, with its dataset', async ({ open }) => {
  const lab = await place(open, {});
  const saved = lab.page.waitForEvent('download');
  await choose(lab, 'Download as files');
  expect((await saved).suggestedFilename()).toBe('acid-transactions-place-order.zip');
  expect(await words(lab).textContent()).toContain('9 files');
});

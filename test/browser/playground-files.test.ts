/** The files of a workspace as a reader uses them: tabs, files that run first, their errors, links. */
import type { Page } from 'playwright-core';
import { describe } from 'vitest';
import { LabPage } from './lab-page.ts';
import { axeViolations, expect, sidewaysScroll, test } from './support.ts';

const SQL = '#workbench [data-side=postgres]';
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true });
const tabs = (page: Page) => page.locator(`${SQL} [role=tab]`).allTextContents();
const code = (page: Page) => page.locator(`${SQL} :is(pre, .cm-content)`).first().textContent();

/** Makes a workspace on the dataset Empty. */
async function makeEmpty(page: Page): Promise<void> {
  await press(page, 'New');
  await page.getByRole('combobox', { name: 'Begin with' }).selectOption('empty');
  await press(page, 'Make it');
  await tab(page, 'schema.sql runs first').waitFor();
}

/** Replaces the SQL that is shown. */
async function write(page: Page, sql: string): Promise<void> {
  await page.locator(`${SQL} :is(pre, .cm-content)`).first().click();
  await page.locator(`${SQL} .cm-content`).focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(sql);
}

/** Presses an entry of the menu of the file that is shown. */
async function inMenu(page: Page, entry: string): Promise<void> {
  await page.locator(`${SQL} [data-file-menu] summary`).click();
  await page.locator(`${SQL} [data-file-menu]`).getByRole('button', { name: entry }).click();
}

describe('a schema of one’s own', () => {
  test('runs before the program on both sides, and survives a reload', async ({ open }) => {
    const page = await open('playground/');
    await makeEmpty(page);
    await page.getByText('Run: first schema.sql, then query.sql.').waitFor();
    expect(await axeViolations(page, 'kj-playground')).toEqual([]);
    const lab = new LabPage(page, 'workbench');
    expect(await lab.run()).toBe('ok');
    expect(await lab.side('postgres').textContent()).toContain('Ran first: schema.sql');
    expect(await lab.side('postgres').locator('td').allTextContents()).toEqual([
      ...['Emma', '1815', 'Dune', '1965'],
    ]);
    expect(await lab.side('dynamodb').textContent()).toContain('Dune');
    await page.reload();
    await tab(page, 'schema.sql runs first').waitFor();
    expect(await lab.run('postgres')).toBe('ok');
  });

  test('that fails is said with its file and line, and shown there', async ({ open }) => {
    const page = await open('playground/');
    await makeEmpty(page);
    await tab(page, 'schema.sql runs first').click();
    await write(page, 'CREATE TABLE book (id int);\nSELEC 1;');
    await tab(page, 'query.sql').click();
    const lab = new LabPage(page, 'workbench');
    expect(await lab.run('postgres')).toBe('error');
    expect(await lab.side('postgres').textContent()).toContain('Nothing behind it was run.');
    expect(await axeViolations(page, 'kj-playground')).toEqual([]);
    await press(page, 'Show schema.sql, line 2');
    expect(await tab(page, 'schema.sql runs first').getAttribute('aria-selected')).toBe('true');
    await page
      .locator(`${SQL} .cm-content [data-marked], ${SQL} .cm-lintRange-error`)
      .first()
      .waitFor();
  });
});

describe('files', () => {
  test('are added, named, marked, moved, deleted and brought back, by keyboard too', async ({
    open,
  }) => {
    const page = await open('playground/', { size: { width: 320, height: 640 } });
    await press(page, 'Add a file for PostgreSQL');
    await page.getByText('file.sql is added.').waitFor();
    expect(await tabs(page)).toEqual(['query.sql', 'file.sql']);
    await write(page, 'CREATE TABLE mine (n int);');
    await inMenu(page, 'Rename');
    await page.keyboard.type('mine');
    await page.keyboard.press('Enter');
    await page.getByText('The file is named mine.sql now.').waitFor();
    await inMenu(page, 'Runs first');
    expect(await tabs(page)).toEqual(['mine.sql runs first', 'query.sql']);
    await tab(page, 'mine.sql runs first').focus();
    await page.keyboard.press('ArrowRight');
    expect(await tab(page, 'query.sql').getAttribute('aria-selected')).toBe('true');
    expect(await tab(page, 'query.sql').evaluate((at) => at === document.activeElement)).toBe(true);
    expect(await code(page)).toContain('SELECT title');
    await page.keyboard.press('Home');
    expect(await code(page)).toContain('CREATE TABLE mine');
    await inMenu(page, 'Delete');
    await page.getByText('mine.sql is deleted.').waitFor();
    expect(await tabs(page)).toEqual(['query.sql']);
    await press(page, 'Undo');
    expect(await tabs(page)).toEqual(['mine.sql runs first', 'query.sql']);
    expect(await sidewaysScroll(page)).toBe(0);
    expect(await axeViolations(page, 'kj-playground')).toEqual([]);
  });

  test('are all in a link, which opens un-run and beside what is kept', async ({ open }) => {
    const page = await open('playground/');
    await makeEmpty(page);
    await page.locator('#workbench [data-menu] summary').click();
    await press(page, 'Share a link to this code');
    const link = await page.getByRole('textbox', { name: 'Link to this lab' }).inputValue();
    await press(page, 'Delete');
    await press(page, 'Delete it');
    await page.getByText('“Workspace” is deleted.').waitFor();
    await page.goto('about:blank');
    await page.goto(link);
    await page.getByText('This code comes from a link.').first().waitFor();
    expect(await tabs(page)).toEqual(['schema.sql runs first', 'query.sql']);
    expect(await page.getByRole('combobox', { name: 'Data', exact: true }).inputValue()).toBe(
      'empty',
    );
    // What is written makes it a workspace of its own.
    await write(page, 'SELECT 1;');
    await page.getByText('It is kept as “From a link”.').waitFor();
    expect(new LabPage(page, 'workbench').side('postgres')).toBeDefined();
  });
});

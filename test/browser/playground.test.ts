/** The playground as a reader uses it: workspaces, two tabs, and code that comes from a lab. */
import type { Page } from 'playwright-core';
import { describe } from 'vitest';
import { LabPage } from './lab-page.ts';
import { axeViolations, expect, sidewaysScroll, test } from './support.ts';

const editor = (page: Page) => page.locator('#workbench [data-side=postgres] [data-block]');

/** Replaces the SQL of the workbench. */
async function write(page: Page, sql: string): Promise<void> {
  await editor(page).locator('pre, .cm-content').first().click();
  const content = editor(page).locator('.cm-content');
  await content.waitFor();
  await content.focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(sql);
}

const written = (page: Page) => editor(page).locator('pre, .cm-line').first().textContent();
const workspaces = (page: Page) => page.getByRole('combobox', { name: 'Workspace' });
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

describe('workspaces', () => {
  test('are made, named, chosen and deleted; what is in them survives a reload', async ({
    open,
  }) => {
    const page = await open('playground/');
    await write(page, 'SELECT 1;');
    await press(page, 'Rename');
    await page.keyboard.type('One');
    await page.keyboard.press('Enter');
    await press(page, 'New');
    await press(page, 'Make it');
    await page.getByText('A new workspace is shown.').waitFor();
    expect(await written(page)).toContain('SELECT title');
    await write(page, 'SELECT 2;');
    await workspaces(page).selectOption('One');
    await page.getByText('“One” is shown.').waitFor();
    expect(await written(page)).toBe('SELECT 1;');
    await page.reload();
    await editor(page).and(page.locator('[data-edited]')).waitFor();
    expect(await written(page)).toBe('SELECT 1;');
    await press(page, 'Delete');
    expect(await axeViolations(page, 'kj-playground')).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await page.getByRole('button', { name: 'Delete it' }).count()).toBe(0);
    await press(page, 'Delete');
    await press(page, 'Delete it');
    await page.getByText('“One” is deleted.').waitFor();
    expect(await workspaces(page).locator('option').allTextContents()).toEqual(['Workspace']);
    expect(await written(page)).toBe('SELECT 2;');
  });

  test('of two tabs: the reader chooses, and nothing is lost', async ({ open }) => {
    const page = await open('playground/');
    await write(page, 'SELECT 1;');
    const other = await page.context().newPage();
    await other.goto(page.url());
    await editor(other).and(other.locator('[data-edited]')).waitFor();
    await write(other, 'SELECT 2;');
    await page.getByRole('alert').getByText('was changed in another tab').waitFor();
    expect(await axeViolations(page, 'kj-playground')).toEqual([]);
    await write(page, 'SELECT 3;');
    await press(page, 'Keep mine as a copy');
    expect(await workspaces(page).locator('option').allTextContents()).toEqual([
      'My workspace',
      'My workspace 2',
    ]);
    await workspaces(page).selectOption('My workspace');
    await page.getByText('“My workspace” is shown.').waitFor();
    expect(await written(page)).toBe('SELECT 2;');
  });
});

test('a lab opens in the playground, un-run, and can be kept and run there', async ({ open }) => {
  const page = await open('playground/', { size: { width: 320, height: 640 } });
  await write(page, 'SELECT 1;');
  await page.goto(new URL('../guide/acid-transactions/', page.url()).href);
  await page.locator('#place-order [data-menu] summary').click();
  await page.locator('#place-order [data-playground]').click();
  await page.getByText('This code comes from a link.').first().waitFor();
  expect(await written(page)).toBe('-- step: Take the last one');
  expect(await sidewaysScroll(page)).toBe(0);
  await press(page, 'Keep it as a workspace of its own');
  expect(await workspaces(page).locator('option').allTextContents()).toEqual([
    'My workspace',
    'From a link',
  ]);
  const lab = new LabPage(page, 'workbench');
  // Its second order fails, as the lab declares.
  expect(await lab.run('postgres')).toBe('ok');
  expect(await lab.side('postgres').textContent()).toContain('Insufficient stock');
});

test('a lab brings the world that it switches on, which can be left out', async ({ open }) => {
  const page = await open('engines/dynamodb/');
  await page.locator('#stale-read [data-menu] summary').click();
  await page.locator('#stale-read [data-playground]').click();
  await page.getByText('As in “A stale read”: replicas lag 1 second').waitFor();
  expect(await axeViolations(page, 'kj-playground')).toEqual([]);
  const lab = new LabPage(page, 'workbench');
  expect(await lab.run('dynamodb')).toBe('ok');
  const printed = lab.side('dynamodb').getByRole('list', { name: 'Printed' });
  expect(await printed.first().textContent()).toContain('Read: 1');
  await press(page, 'Leave that out');
  expect(await page.getByText('As in “A stale read”').count()).toBe(0);
  // The sale that trusted the old number is no longer refused, for the read was fresh.
  await lab.run('dynamodb');
  expect(await printed.first().textContent()).toContain('Read: 31');
});

/** The data of a workspace as a reader uses them: imports, data that stay, exports, two tabs. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describe } from 'vitest';
import { LabPage } from './lab-page.ts';
import { axeViolations, expect, sidewaysScroll, test } from './support.ts';

const SQL = '#workbench [data-side=postgres]';
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const cells = (page: Page) => page.locator(`${SQL} [data-slot] td`).allTextContents();

const BOOKS = 'id,title,price\n1,"Emma, a novel",9.50\n2,Dune,\n';

/** Replaces the code that is shown on a side. */
async function write(page: Page, side: 'dynamodb' | 'postgres', text: string): Promise<void> {
  const block = page.locator(`#workbench [data-side=${side}]`);
  await block.locator(':is(pre, .cm-content)').first().click();
  await block.locator('.cm-content').focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(text);
}

/** Imports CSV into a side. */
async function importBooks(page: Page, side: string): Promise<void> {
  await press(page, `Import into ${side}`);
  const file = { name: 'books.csv', mimeType: 'text/csv', buffer: Buffer.from(BOOKS) };
  await page.locator('.kj-import input[type=file]').setInputFiles(file);
  await page.getByRole('heading', { name: /^CSV: 2 rows, 3/ }).waitFor();
}

describe('CSV', () => {
  test('becomes a file of either side that runs first', async ({ open }) => {
    const page = await open('playground/', { size: { width: 320, height: 640 } });
    await importBooks(page, 'PostgreSQL');
    expect(await axeViolations(page, '.kj-import')).toEqual([]);
    expect(await sidewaysScroll(page)).toBe(0);
    await press(page, 'Add the file');
    await page.getByText('Run: first books.sql, then query.sql.').waitFor();
    await importBooks(page, 'DynamoDB');
    await press(page, 'Add the file');
    await page.getByText('Run: first books.ts, then query.ts.').waitFor();
    await write(page, 'postgres', 'SELECT title, price FROM books ORDER BY id;');
    await write(
      page,
      'dynamodb',
      `import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
await new DynamoDBClient({}).send(new GetItemCommand({ TableName: 'Books', Key: { id: { N: '1' } } }));`,
    );
    const lab = new LabPage(page, 'workbench');
    expect(await lab.run()).toBe('ok');
    expect(await cells(page)).toEqual(['Emma, a novel', '9.50', 'Dune', 'NULL']);
    expect(await lab.side('dynamodb').textContent()).toContain('Emma, a novel');
  });

  test('that does not fit is told of by row and column, before anything is added', async ({
    open,
  }) => {
    const page = await open('playground/');
    await importBooks(page, 'PostgreSQL');
    await page.getByRole('combobox', { name: 'Type of title' }).selectOption('integer');
    await page.getByText('row 1, “title”: "Emma, a novel" is no integer').waitFor();
    expect(await page.getByRole('button', { name: 'Add the file' }).isDisabled()).toBe(true);
    expect(await axeViolations(page, '.kj-import')).toEqual([]);
    await page.locator('.kj-import textarea').fill('{"a": 1}\n{"a": }');
    await press(page, 'Read it');
    await page.getByRole('alert').getByText('Line 2: it is no JSON').waitFor();
  });
});

describe('data that stay', () => {
  const COUNT =
    'CREATE TABLE IF NOT EXISTS visit (n int);\nINSERT INTO visit SELECT count(*) + 1 FROM visit RETURNING n;';

  async function stay(page: Page): Promise<LabPage> {
    await write(page, 'postgres', COUNT);
    await page.getByRole('checkbox', { name: 'Data stay from run to run' }).check();
    await page.getByText('Data stay: a run goes on').waitFor();
    return new LabPage(page, 'workbench');
  }

  test('are there after the next run and after a reload, until they are reset', async ({
    open,
  }) => {
    const page = await open('playground/');
    const lab = await stay(page);
    expect(await lab.run('postgres')).toBe('ok');
    expect(await cells(page)).toEqual(['1']);
    expect(await lab.run('postgres')).toBe('ok');
    expect(await cells(page)).toEqual(['2']);
    await page.reload();
    await page.getByText('Kept: PostgreSQL').waitFor();
    expect(await axeViolations(page, 'kj-playground')).toEqual([]);
    expect(await lab.run('postgres')).toBe('ok');
    expect(await cells(page)).toEqual(['3']);
    await press(page, 'Reset data');
    await press(page, 'Reset them');
    await page.getByText('The data are reset').waitFor();
    expect(await lab.run('postgres')).toBe('ok');
    expect(await cells(page)).toEqual(['1']);
  });

  test('of two tabs: the one that does not know the newest writes nothing, and chooses', async ({
    open,
  }) => {
    const page = await open('playground/');
    const lab = await stay(page);
    expect(await lab.run('postgres')).toBe('ok');
    const other = await page.context().newPage();
    await other.goto(page.url());
    await other.getByText('Kept: PostgreSQL').waitFor();
    expect(await new LabPage(other, 'workbench').run('postgres')).toBe('ok');
    expect(await cells(other)).toEqual(['2']);
    await page.bringToFront();
    expect(await lab.run('postgres')).toBe('ok');
    expect(await cells(page)).toEqual(['2']);
    await page.getByRole('alert').getByText('Another tab has kept data').waitFor();
    expect(await axeViolations(page, 'kj-playground')).toEqual([]);
    await press(page, 'Go on from those');
    await page.getByText('The next run goes on from').waitFor();
    expect(await lab.run('postgres')).toBe('ok');
    expect(await cells(page)).toEqual(['3']);
  });
});

test('both sides are exported: PostgreSQL by pg_dump, DynamoDB as lines', async ({ open }) => {
  const page = await open('playground/');
  const exported = async (name: string) => {
    const download = page.waitForEvent('download');
    await press(page, `Export ${name}`);
    return readFile(await (await download).path(), 'utf8');
  };
  const sql = await exported('PostgreSQL');
  expect(sql).toContain('-- PostgreSQL database dump');
  expect(sql).toContain('CREATE TABLE public.posts');
  const lines = (await exported('DynamoDB')).trim().split('\n');
  expect(lines.length).toBeGreaterThan(1000);
  expect(JSON.parse(lines[0] ?? '')).toHaveProperty('Table.TableName');
  expect(JSON.parse(lines[1] ?? '')).toHaveProperty('Item');
});

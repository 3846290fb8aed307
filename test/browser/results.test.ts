/** What a reader does with a result's table: sort, unfold, look at it as psql or JSON, copy, save. */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { describe } from 'vitest';
import { LabPage } from './lab-page.ts';
import { axeViolations, expect, sidewaysScroll, test } from './support.ts';

const SCHEMA = 'guide/schema-evolution/';
const ARCHITECTURE = 'guide/core-architecture/';
const NARROW = { width: 320, height: 640 };

const resultIn = (lab: LabPage, side: 'dynamodb' | 'postgres', step: number): Locator =>
  lab.output(side, step).locator('[data-result]').first();

const press = (result: Locator, name: string) =>
  result.getByRole('button', { name, exact: true }).click();

const column = (result: Locator, at: number): Promise<string[]> =>
  result.locator(`tbody tr > :nth-child(${at})`).allTextContents();

/** Presses a button that saves a file; answers the file. */
async function saved(page: Page, result: Locator, name: string) {
  const [file] = await Promise.all([page.waitForEvent('download'), press(result, name)]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
}

describe('the rows of a result', () => {
  test('are sorted by keyboard from what is recorded: up, down, and as they came', async ({
    open,
  }) => {
    const page = await open(SCHEMA);
    const lab = new LabPage(page, 'one-table-for-all');
    const result = resultIn(lab, 'dynamodb', 1);
    const came = await column(result, 2);
    const title = result.getByRole('button', { name: 'Title', exact: true });
    await title.focus();
    await page.keyboard.press('Enter');
    const head = result.getByRole('columnheader', { name: /Title/ });
    await result.locator('th[aria-sort="ascending"]').waitFor();
    const up = (await column(result, 2)).filter((text) => text !== '');
    expect(up).toEqual([...up].sort());
    expect(up).not.toEqual(came);
    expect(await lab.said()).toBe('Sorted by Title, ascending.');
    await page.keyboard.press('Enter');
    await result.locator('th[aria-sort="descending"]').waitFor();
    expect((await column(result, 2))[0]).not.toBe(up[0]);
    expect(await axeViolations(page, 'kj-lab#one-table-for-all')).toEqual([]);
    await page.keyboard.press('Enter');
    await result.locator('th[aria-sort]').waitFor({ state: 'detached' });
    expect(await head.getAttribute('aria-sort')).toBeNull();
    expect(await column(result, 2)).toEqual(came);
  });

  test('that a run answers are sorted alike, numbers by value; a new run shows its own', async ({
    open,
  }) => {
    const lab = new LabPage(await open(SCHEMA), 'one-table-for-all');
    await lab.edit('postgres', 1, 'SELECT * FROM (VALUES (9), (10), (NULL)) AS v(n);');
    await lab.run('postgres');
    const result = resultIn(lab, 'postgres', 1);
    await press(result, 'n');
    await press(result, 'n');
    await result.locator('th[aria-sort="descending"]').waitFor();
    expect(await column(result, 1)).toEqual(['10', '9', 'NULL']);
    await lab.edit('postgres', 1, 'SELECT * FROM (VALUES (2), (1)) AS v(n);');
    await lab.run('postgres');
    expect(await column(result, 1)).toEqual(['2', '1']);
    expect(await result.locator('th[aria-sort]').count()).toBe(0);
  });

  test('are shown in full when asked for', async ({ open }) => {
    const lab = new LabPage(await open(SCHEMA), 'one-table-for-all');
    const result = resultIn(lab, 'dynamodb', 1);
    expect(await result.locator('tbody tr').count()).toBe(50);
    await press(result, 'Show all 61 rows');
    await result.locator('tbody tr:nth-child(61)').waitFor();
    expect(await lab.said()).toBe('Rows 1 to 61 of 61 are shown.');
    // The button is gone; the focus is where the rows have come up.
    expect(await result.locator('.kj-scroll:focus').count()).toBe(1);
  });

  test('of a thousand come by pages', async ({ open }) => {
    const lab = new LabPage(await open(SCHEMA), 'one-table-for-all');
    await lab.edit('postgres', 1, 'SELECT n FROM generate_series(1, 1000) AS n;');
    await lab.run('postgres');
    const result = resultIn(lab, 'postgres', 1);
    await press(result, 'Rows 1 to 250 of 1,000');
    await press(result, 'Rows 251 to 500 of 1,000');
    await press(result, 'Rows 501 to 750 of 1,000');
    expect(await result.locator('tbody tr').count()).toBe(250);
    expect((await column(result, 1))[0]).toBe('501');
    await press(result, 'Rows 251 to 500 of 1,000');
    expect((await column(result, 1))[0]).toBe('251');
    await press(result, 'n');
    await press(result, 'n');
    expect((await column(result, 1))[0]).toBe('1000');
  });

  test('fold their documents, which unfold by keyboard', async ({ open }) => {
    const page = await open(ARCHITECTURE, { size: NARROW, theme: 'dark' });
    const lab = new LabPage(page, 'one-item-or-three-tables');
    const folded = resultIn(lab, 'dynamodb', 2).locator('td details').first();
    await folded.locator('summary').focus();
    await page.keyboard.press('Enter');
    expect(await folded.locator('pre').isVisible()).toBe(true);
    expect(await folded.locator('pre').textContent()).toContain('\n  "Theme": "Dark"');
    expect(await sidewaysScroll(page)).toBe(0);
    expect(await axeViolations(page, 'kj-lab#one-item-or-three-tables')).toEqual([]);
  });
});

describe('a result', () => {
  test('of PostgreSQL is shown as psql prints it, and copied so', async ({ open }) => {
    const page = await open(SCHEMA, {
      before: (context) => context.grantPermissions(['clipboard-read', 'clipboard-write']),
    });
    const lab = new LabPage(page, 'one-table-for-all');
    const result = resultIn(lab, 'postgres', 1);
    await press(result, 'As psql');
    const text = result.locator('pre');
    await text.waitFor();
    expect(await text.textContent()).toBe(
      [
        ' username | posts |     first_title     ',
        '----------+-------+---------------------',
        ' johndoe  |    60 | A week with backups',
        '(1 row)',
      ].join('\n'),
    );
    expect(await result.locator('table').isVisible()).toBe(false);
    await press(result, 'Copy');
    await result.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('(1 row)\n');
    expect(await lab.said()).toBe('Copied 1 row as it is shown.');
    await press(result, 'As table');
    await result.locator('table').waitFor();
  });

  test('of DynamoDB is shown as JSON, and copied as a table', async ({ open }) => {
    const page = await open(SCHEMA, {
      before: (context) => context.grantPermissions(['clipboard-read', 'clipboard-write']),
    });
    const lab = new LabPage(page, 'one-table-for-all');
    const result = resultIn(lab, 'dynamodb', 1);
    await press(result, 'Copy');
    await result.getByRole('button', { name: 'Copied' }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied.split('\n')[0]).toBe('SK\tTitle\tUsername');
    // All rows, not only those that are shown.
    expect(copied.trimEnd().split('\n')).toHaveLength(62);
    await press(result, 'As JSON');
    await result.locator('pre').waitFor();
    expect(await result.locator('pre').textContent()).toContain('"SK": "POST#');
    expect(await axeViolations(page, 'kj-lab#one-table-for-all')).toEqual([]);
  });

  test('of different shapes comes as JSON, and as a table when asked', async ({ open }) => {
    const lab = new LabPage(await open(SCHEMA), 'one-table-for-all');
    await lab.edit(
      'dynamodb',
      2,
      `import { PutCommand } from '@aws-sdk/lib-dynamodb';
for (const Item of [{ A: 1, B: 2 }, { C: 3, D: 4 }, { E: 5, F: 6 }, { G: 7, H: 8 }]) {
  await db.send(new PutCommand({ TableName: 'App', Item: { PK: 'MIXED', SK: Object.keys(Item)[0], ...Item } }));
}
await db.send(new QueryCommand({
  TableName: 'App',
  KeyConditionExpression: 'PK = :mixed',
  ExpressionAttributeValues: { ':mixed': 'MIXED' },
}));`,
    );
    await lab.run('dynamodb');
    const result = resultIn(lab, 'dynamodb', 2);
    const text = (await result.locator('pre').textContent()) ?? '';
    expect(text.split('\n').map((line) => JSON.parse(line))).toEqual([
      { PK: 'MIXED', SK: 'A', A: 1, B: 2 },
      { PK: 'MIXED', SK: 'C', C: 3, D: 4 },
      { PK: 'MIXED', SK: 'E', E: 5, F: 6 },
      { PK: 'MIXED', SK: 'G', G: 7, H: 8 },
    ]);
    await press(result, 'As table');
    await result.locator('table').waitFor();
    expect(await result.locator('tbody tr').count()).toBe(4);
  });

  test('is saved as CSV and JSON, with all of its rows in the order shown', async ({ open }) => {
    const page = await open(SCHEMA);
    const lab = new LabPage(page, 'one-table-for-all');
    const result = resultIn(lab, 'dynamodb', 1);
    const csv = await saved(page, result, 'Save as CSV');
    expect(csv.name).toBe('one-table-for-all-dynamodb.csv');
    expect(csv.text.split('\r\n')).toHaveLength(63);
    expect(await lab.said()).toBe('Saved 61 rows as one-table-for-all-dynamodb.csv.');
    await press(result, 'SK');
    await result.locator('th[aria-sort="ascending"]').waitFor();
    const first = (await column(result, 1))[0];
    const json = await saved(page, result, 'Save as JSON');
    const items = JSON.parse(json.text) as Array<{ SK: string }>;
    expect(items).toHaveLength(61);
    expect(items[0]?.SK).toBe(first);
  });

  test('has no buttons on paper', async ({ open }) => {
    const page = await open(ARCHITECTURE);
    await page.emulateMedia({ media: 'print' });
    const lab = new LabPage(page, 'one-item-or-three-tables');
    const result = resultIn(lab, 'dynamodb', 2);
    expect(await result.getByRole('button', { name: 'Copy' }).isVisible()).toBe(false);
    expect(await result.locator('td pre').first().isVisible()).toBe(true);
  });
});

test('thousands of requests and lines keep the page at work, and are shown in full when asked for', async ({
  open,
}) => {
  const page = await open('playground/');
  const lab = new LabPage(page, 'workbench');
  await lab.run('dynamodb');
  const block = lab.side('dynamodb').locator('[data-block]').first();
  await block.locator('pre, .cm-content').first().click();
  await block.locator('.cm-content').focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(`import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
for (let n = 1; n <= 1000; n++) {
  await db.send(new PutCommand({ TableName: 'Users', Item: { UserID: \`N\${n}\` } }));
  console.log(\`line \${n}\`);
}`);
  await lab.press('dynamodb');
  const side = lab.side('dynamodb');
  await side.getByText(/^and \d+ lines more so far$/).waitFor();
  expect(await lab.rest()).toBe('ok');
  const calls = side.locator('.kj-act:visible', { hasText: 'PutItem' });
  const lines = side.getByRole('list', { name: 'Printed' }).getByRole('listitem');
  expect(await calls.count()).toBe(20);
  expect(await lines.count()).toBe(200);
  await side.getByRole('button', { name: 'Show all 1,000 requests' }).click();
  expect(await calls.count()).toBe(1000);
  await side.getByRole('button', { name: 'Show all 1,000 printed lines' }).click();
  expect(await lines.count()).toBe(1000);
  expect(await lines.last().textContent()).toBe('line 1000');
});

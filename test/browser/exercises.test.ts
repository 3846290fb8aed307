/** Exercises and the page of progress, as a reader uses them. */
import { readFile } from 'node:fs/promises';
import { describe } from 'vitest';
import { LabPage } from './lab-page.ts';
import { axeViolations, expect, sidewaysScroll, test } from './support.ts';

const ACID = 'guide/acid-transactions/';
const NARROW = { width: 320, height: 640 };
const EXERCISE = 'never-below-zero';
const solution = (file: string) =>
  readFile(`examples/acid-transactions/never-below-zero/solution.${file}`, 'utf8');

/** What each rule says, with the word of its grade first. */
async function rules(lab: LabPage): Promise<string[]> {
  const list = lab.root.locator('[data-rule]');
  return list.evaluateAll((items) =>
    items.map((item) =>
      ['[data-grade]', '.kj-rule']
        .map((part) => item.querySelector(part)?.textContent?.trim() ?? '')
        .join(': '),
    ),
  );
}

/** Puts the solution into the step blocks, as a reader would type it. */
async function solve(lab: LabPage): Promise<void> {
  const condition = "    ConditionExpression: 'Stock >= :one',\n";
  for (const step of [1, 2]) {
    const code = await lab.code('dynamodb', step);
    const changed = code.replace(/( {4}ExpressionAttributeValues)/, `${condition}$1`);
    await lab.edit('dynamodb', step, changed);
  }
  const update = await lab.code('postgres', 1);
  const check = 'ALTER TABLE inventory ADD CHECK (stock >= 0);\n\n';
  await lab.edit('postgres', 1, check + update);
}

describe('an exercise', () => {
  test('says which rule failed, with what was expected and found', async ({ open }) => {
    const lab = new LabPage(await open(ACID), EXERCISE);
    expect(await rules(lab)).toEqual([
      'not checked yet: One copy is sold in DynamoDB',
      'not checked yet: DynamoDB refuses the second order',
      'not checked yet: DynamoDB decides without a read',
      'not checked yet: One copy is sold in PostgreSQL',
      'not checked yet: PostgreSQL refuses it to every program',
    ]);
    await lab.run();
    await lab.root.locator('[data-rule][data-passed=false]').first().waitFor();
    expect(await rules(lab)).toEqual([
      'failed: One copy is sold in DynamoDB',
      'failed: DynamoDB refuses the second order',
      'passed: DynamoDB decides without a read',
      'failed: One copy is sold in PostgreSQL',
      'failed: PostgreSQL refuses it to every program',
    ]);
    const found = lab.root.locator('[data-verdicts] dl').nth(2);
    expect(await found.locator('dt').allTextContents()).toEqual(['Expected', 'Got']);
    expect(await found.locator('dd').allTextContents()).toEqual(['["0"]', '["-1"]']);
    expect(await lab.said()).toBe('Not yet: One copy is sold in DynamoDB, and 3 more.');
  });

  test('is solved, is noted, and keeps the edits over a new visit', async ({ open }) => {
    const page = await open(ACID);
    const lab = new LabPage(page, EXERCISE);
    await solve(lab);
    expect(await lab.run()).toBe('ok');
    await lab.root.locator('[data-solved]:not([hidden])').waitFor();
    expect(await lab.said()).toBe('Solved: all checks passed.');
    await page.reload();
    await lab.root.locator('[data-undo]').waitFor({ state: 'attached' });
    await page.waitForFunction(
      (id) => document.getElementById(id)?.dataset.state === 'stale',
      EXERCISE,
    );
    expect(await lab.code('postgres', 1)).toContain('ADD CHECK (stock >= 0)');

    await page.goto(new URL('progress/', page.url().replace('guide/acid-transactions/', '')).href);
    const item = page.locator('[data-id="acid-transactions/never-below-zero"]');
    await page.locator('[data-sum]', { hasText: '1 of' }).waitFor();
    expect(await item.locator('[data-say]').textContent()).toBe('solved');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    const file = await (await download).path();
    await page.getByRole('button', { name: 'Erase', exact: true }).click();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Keep it');
    await page.getByRole('button', { name: 'Erase it all' }).click();
    expect(await item.locator('[data-say]').textContent()).toBe('exercise');
    await page.locator('[data-file]').setInputFiles(file);
    await page.locator('[data-sum]', { hasText: 'Taken in.' }).waitFor();
    expect(await item.locator('[data-say]').textContent()).toBe('solved');
    await page.locator('[data-file]').setInputFiles({
      name: 'other.json',
      mimeType: 'application/json',
      buffer: Buffer.from('[]'),
    });
    await page.locator('[data-problem]', { hasText: 'other.json was not taken in' }).waitFor();
    expect(await axeViolations(page, 'main')).toEqual([]);
  });

  test('hints come one after the other, the solution after a second press', async ({ open }) => {
    const page = await open(ACID, { size: NARROW });
    const lab = new LabPage(page, EXERCISE);
    const hints = lab.root.locator('[data-hint]');
    expect(await hints.nth(1).isVisible()).toBe(false);
    await hints.nth(0).locator('summary').click();
    expect(await hints.nth(1).isVisible()).toBe(true);
    const shown = lab.root.locator('.kj-solution-code');
    await lab.root.getByText('Solution', { exact: true }).click();
    expect(await shown.isVisible()).toBe(false);
    await lab.root.getByText('Show it all the same').click();
    expect(await shown.isVisible()).toBe(true);
    const text = (await shown.textContent()) ?? '';
    for (const line of (await solution('sql')).split('\n').filter((each) => /^ALTER/.test(each))) {
      expect(text).toContain(line);
    }
    expect(await sidewaysScroll(page)).toBe(0);
    expect(await axeViolations(page, `#${EXERCISE}`)).toEqual([]);
  });

  test('Reset takes the grades and the edits back', async ({ open }) => {
    const lab = new LabPage(await open(ACID), EXERCISE);
    await lab.run();
    await lab.root.locator('[data-rule][data-passed=false]').first().waitFor();
    await lab.root.getByRole('button', { name: 'Reset', exact: true }).click();
    await lab.root.locator('[data-rule][data-passed]').first().waitFor({ state: 'detached' });
    expect((await rules(lab)).every((rule) => rule.startsWith('not checked yet'))).toBe(true);
  });
});

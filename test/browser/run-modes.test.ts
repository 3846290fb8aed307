/** What a reader can ask of a lab beside the whole of it: a step, a selection, a statement, a plan. */
import { describe } from 'vitest';
import { LabPage } from './lab-page.ts';
import { axeViolations, expect, type Open, sidewaysScroll, test } from './support.ts';

const place = async (open: Open, options?: Parameters<Open>[1]) =>
  new LabPage(await open('guide/acid-transactions/', options), 'place-order');

/** Presses a button of a step and waits until what it began has ended. */
async function press(lab: LabPage, side: 'dynamodb' | 'postgres', step: number, name: RegExp) {
  await lab.output(side, step).getByRole('button', { name }).click();
  await lab.page.waitForFunction(
    () => document.querySelector('#place-order [data-live]')?.textContent !== '',
  );
  await lab.page.waitForFunction(() => {
    const said = document.querySelector('#place-order [data-live]')?.textContent ?? '';
    return !/^(Running|Loading)/.test(said);
  });
  return lab.rest();
}

const reply = (lab: LabPage, side: 'dynamodb' | 'postgres', step: number) =>
  lab.output(side, step).locator('[data-reply]');
const word = (lab: LabPage, side: 'dynamodb' | 'postgres', step: number) =>
  lab.output(side, step).locator('[data-word]').textContent();

describe('a step', () => {
  test('runs with those before it; the ones behind keep what they showed, and say so', async ({
    open,
  }) => {
    const lab = await place(open);
    expect(await press(lab, 'postgres', 2, /^Run to here/)).toBe('ok');
    expect(await lab.side('postgres').locator('[data-say]').textContent()).toBe('ran 2 of 3 steps');
    expect(await lab.answer('postgres', 2)).toContain('Insufficient stock for product P9012');
    expect(await word(lab, 'postgres', 1)).toBe('');
    expect(await word(lab, 'postgres', 3)).toBe('recorded output');
    expect(await lab.side('dynamodb').getAttribute('data-state')).toBe('stored');
    expect(await lab.said()).toContain('1 not asked for');
  });

  test('runs on both sides', async ({ open }) => {
    const lab = await place(open);
    expect(await press(lab, 'dynamodb', 1, /^Both sides to here/)).toBe('ok');
    for (const side of ['dynamodb', 'postgres'] as const) {
      expect(await lab.side(side).getAttribute('data-state')).toBe('ok');
      expect(await word(lab, side, 2)).toBe('recorded output');
    }
    expect(await lab.cost('dynamodb')).toContain('6 WCU');
  });

  test('that fails keeps its last good result beside the error', async ({ open }) => {
    const lab = await place(open);
    await lab.edit('postgres', 3, 'SELECT 41 + 1 AS answer;');
    await lab.run('postgres');
    await lab.edit('postgres', 3, 'SELECT * FROM nowhere;');
    expect(await word(lab, 'postgres', 3)).toBe('before the edit');
    expect(await word(lab, 'postgres', 2)).toBe('');
    expect(await lab.run('postgres')).toBe('error');
    const good = lab.output('postgres', 3).locator('.kj-good');
    expect(await good.getAttribute('open')).toBeNull();
    await good.locator('> summary').click();
    expect(await good.locator('tbody').first().textContent()).toBe('42');
    await lab.edit('postgres', 3, 'SELECT 1;');
    await lab.run('postgres');
    expect(await good.count()).toBe(0);
  });
});

describe('a part of a step', () => {
  test('the statement at the caret runs alone, by key, behind a replay', async ({ open }) => {
    const lab = await place(open);
    await lab.edit('postgres', 3, 'SELECT 1 AS one;\n\nSELECT stock FROM inventory LIMIT 1;');
    const before = await lab.answer('postgres', 3);
    await lab.page.keyboard.press('Control+Shift+Enter');
    const answer = reply(lab, 'postgres', 3);
    await answer.locator('tbody').waitFor();
    expect(await answer.textContent()).toContain('The statement at the cursor');
    expect(await answer.locator('thead').textContent()).toContain('stock');
    expect(await lab.rest()).toBe('stale');
    expect(await lab.answer('postgres', 3)).toBe(before);
    await answer.getByRole('button', { name: /^Close/ }).click();
    expect(await answer.textContent()).toBe('');
  });

  test('the selection runs alone, in TypeScript', async ({ open }) => {
    const lab = await place(open);
    await lab.edit('dynamodb', 3, "console.log('left out');\nconsole.log(takeOne.TableName);");
    await lab.page.keyboard.press('Shift+Home');
    expect(await press(lab, 'dynamodb', 3, /^Run selection/)).toBe('stale');
    const answer = await reply(lab, 'dynamodb', 3).textContent();
    expect(answer).toContain('Inventory');
    expect(answer).not.toContain('left out');
  });
});

describe('a plan', () => {
  test('of each statement of a step that was not entered; what was run is rolled back', async ({
    open,
  }) => {
    const lab = await place(open);
    expect(await press(lab, 'postgres', 1, /^Explain/)).toBe('stored');
    const answer = (await reply(lab, 'postgres', 1).textContent()) ?? '';
    expect(answer).toContain('The plans of the statements');
    expect(answer).toContain('INSERT INTO orders');
    expect(answer).toContain('Seq Scan');
    expect(answer).toMatch(/rolled back/);
    expect(answer).toMatch(/Sequences do not come back/);
    expect(answer).toContain('Without a plan: BEGIN, DO, COMMIT.');
    expect(await lab.said()).toMatch(/^PostgreSQL: 2 plans\./);
  });

  test('of the statement at the caret, by key; what has none says why', async ({ open }) => {
    const lab = await place(open);
    await lab.edit('postgres', 3, 'SELECT stock FROM inventory;\nCREATE TABLE t ();');
    await lab.page.keyboard.press('Shift+F7');
    const answer = reply(lab, 'postgres', 3);
    await answer.locator('.kj-error').waitFor();
    expect(await answer.textContent()).toContain('CREATE has no plan');
    await lab.rest();
    await lab.output('postgres', 3).locator('.cm-content').focus();
    await lab.page.keyboard.press('ControlOrMeta+Home');
    await lab.page.keyboard.press('Shift+F7');
    await answer.getByText('Seq Scan').first().waitFor();
    expect(await answer.textContent()).not.toContain('CREATE');
  });
});

describe('while it runs', () => {
  test('the button that began it stops it, and the others wait', async ({ open }) => {
    const lab = await place(open);
    await lab.edit('postgres', 1, 'SELECT pg_sleep(600);');
    await lab
      .output('postgres', 1)
      .getByRole('button', { name: /to here: .* on PostgreSQL/ })
      .click();
    const stop = lab.output('postgres', 1).getByRole('button', { name: 'Stop', exact: true });
    await stop.waitFor();
    const other = lab.output('postgres', 2).getByRole('button', { name: /^Explain/ });
    expect(await other.getAttribute('aria-disabled')).toBe('true');
    await stop.click();
    expect(await lab.rest()).toBe('error');
    expect(await stop.count()).toBe(0);
    expect(await lab.answer('postgres', 1)).toMatch(/[Ss]topped/);
  });
});

test('the outcomes of a pair of steps are compared in words, recorded and after a run', async ({
  open,
}) => {
  const lab = new LabPage(await open('guide/core-architecture/'), 'one-item-or-three-tables');
  const said = () => lab.root.locator('[data-outcome]').textContent();
  const recorded = await said();
  expect(recorded).toMatch(/^The same 20 rows; DynamoDB needed one request and read 200 items/);
  await lab.run('postgres');
  expect(await lab.root.locator('[data-outcomes-note]').textContent()).toContain('run both sides');
  await lab.run();
  expect(await said()).toBe(recorded);
  expect(await lab.root.locator('[data-outcomes-note]').textContent()).toBe(
    'As it came out in this run.',
  );
});

test('all of it fits 320 pixels and has nothing that axe objects to', async ({ open }) => {
  const lab = await place(open, { size: { width: 320, height: 640 }, theme: 'dark' });
  await lab.edit('postgres', 3, 'SELECT * FROM nowhere;');
  await press(lab, 'postgres', 3, /^Run statement/);
  await press(lab, 'postgres', 1, /^Explain/);
  await lab.run('postgres');
  expect(await sidewaysScroll(lab.page)).toBe(0);
  const small = await lab.root.locator('.kj-step-buttons button').evaluateAll((buttons) =>
    buttons
      .map((button) => button.getBoundingClientRect())
      // Those that wait for an editor to be opened take no place yet.
      .filter(({ width, height }) => width > 0 && (width < 24 || height < 24)),
  );
  expect(small).toEqual([]);
  expect(await axeViolations(lab.page, '#place-order')).toEqual([]);
});

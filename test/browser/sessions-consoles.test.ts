/** The two consoles: statements typed into two sessions, waits that last, links, reloads, undo. */
import type { Page } from 'playwright-core';
import { describe } from 'vitest';
import type { SessionName } from '../../src/engine/sessions/play.ts';
import { sidewaysWhenSpaced, smallTargets } from './access.ts';
import { axeViolations, expect, sidewaysScroll, test } from './support.ts';

/** The engine has to start first. */
const SLOW = { timeout: 60_000 };
const PAGE = 'sessions/consoles/';
const TAKE_10 = 'UPDATE accounts SET balance = balance - 10 WHERE id = 1';
const TAKE_20 = 'UPDATE accounts SET balance = balance - 20 WHERE id = 1';

const field = (page: Page, session: SessionName) => page.locator(`[data-input=${session}]`);
const said = (page: Page) => page.locator('[data-live]');
const state = (page: Page, session: SessionName) => page.locator(`[data-state=${session}]`);
const cards = (page: Page) => page.locator('[data-step]');
const left = (page: Page) => page.locator('[data-left] li');

/** Types into a session and runs it by keys; waits until nothing goes on. */
async function send(page: Page, session: SessionName, sql: string): Promise<void> {
  await field(page, session).focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(sql);
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => field(page, session).inputValue(), SLOW).not.toBe(sql);
  await rest(page);
}

/** Waits until nothing goes on. */
async function rest(page: Page): Promise<void> {
  await expect.poll(() => page.locator('[data-busy]').textContent(), SLOW).toBe('');
}

async function press(page: Page, selector: string): Promise<void> {
  await page.locator(selector).focus();
  await page.keyboard.press('Enter');
  await rest(page);
}

/** What is in the lanes: each card and each later answer, by its step. */
function lanes(page: Page): Promise<Array<string | undefined>> {
  return page
    .locator('[data-step], [data-after]')
    .evaluateAll((all) =>
      (all as HTMLElement[]).map(({ dataset }) => dataset['step'] ?? `after ${dataset['after']}`),
    );
}

/** Both sessions take money from the same account: B waits. */
async function waitForA(page: Page): Promise<void> {
  await send(page, 'A', `BEGIN; ${TAKE_10}`);
  await send(page, 'B', `BEGIN; ${TAKE_20}`);
}

describe('two sessions', () => {
  test('a statement waits while the other session goes on, and is answered when it commits', async ({
    open,
  }) => {
    const page = await open(PAGE);
    await waitForA(page);
    expect(await page.locator('[data-step=B2]').textContent()).toContain(
      'waits for A: ShareLock on A’s transaction',
    );
    expect(await state(page, 'B').textContent()).toContain('B waits for A');
    expect(await said(page).textContent()).toContain('B2 waits for A');
    expect(await axeViolations(page)).toEqual([]);
    expect(await smallTargets(page.locator('kj-consoles'))).toEqual([]);

    await send(page, 'A', 'SELECT balance FROM accounts');
    expect(await page.locator('[data-step=A3]').textContent()).toContain('90');
    expect(await state(page, 'B').textContent()).toContain('B waits for A');
    await send(page, 'A', 'COMMIT');
    expect(await lanes(page)).toEqual(['A1', 'A2', 'B1', 'B2', 'A3', 'A4', 'after B2']);
    expect(await page.locator('[data-after=B2]').textContent()).toContain('UPDATE 1');
    expect(await said(page).textContent()).toBe('A4: COMMIT. B2, after its wait: UPDATE 1.');
    expect(await state(page, 'B').textContent()).toBe('');
    await send(page, 'B', 'SELECT balance FROM accounts');
    expect(await page.locator('[data-step=B3]').textContent()).toContain('70');
  });

  test('a wait is cancelled, and what was to come after it stays typed', async ({ open }) => {
    const page = await open(PAGE);
    await send(page, 'A', `BEGIN; ${TAKE_10}`);
    await send(page, 'B', `${TAKE_20}; SELECT 'later'`);
    expect(await field(page, 'B').inputValue()).toBe("SELECT 'later';");
    await press(page, '[data-cancel=B]');
    expect(await page.locator('[data-after=B1]').last().textContent()).toContain('57014');
    expect(await page.locator('[data-cancel]').count()).toBe(0);
    expect(await field(page, 'B').evaluate((each) => each === document.activeElement)).toBe(true);
    expect(await field(page, 'B').inputValue()).toBe("SELECT 'later';");
  });

  test('a timeout comes when time is let pass', async ({ open }) => {
    const page = await open(PAGE);
    await send(page, 'A', `BEGIN; ${TAKE_10}`);
    await send(page, 'B', `SET lock_timeout = '2s'; ${TAKE_20}`);
    await press(page, '[data-pass=B]');
    expect(await page.locator('[data-after=B2]').textContent()).toContain('55P03');
  });

  test('whoever closes the circle is told of a deadlock', async ({ open }) => {
    const page = await open(PAGE);
    await send(page, 'A', 'INSERT INTO accounts VALUES (2, 50)');
    await waitForA(page);
    await send(page, 'A', 'ROLLBACK');
    await send(page, 'A', 'BEGIN; UPDATE accounts SET balance = 1 WHERE id = 2');
    await send(page, 'B', 'UPDATE accounts SET balance = 2 WHERE id = 2');
    await send(page, 'A', 'UPDATE accounts SET balance = 1 WHERE id = 1');
    const told = await page.locator('[data-step=A7]').textContent();
    expect(told).toContain('40P01');
    expect(told).toContain('deadlock detected');
    expect(await page.locator('[data-after=B3]').textContent()).toContain('UPDATE 1');
  });

  test('a third session takes part; what it has sent is undone before it can go', async ({
    open,
  }) => {
    const page = await open(PAGE);
    await waitForA(page);
    await press(page, '[data-third]');
    expect(await lanes(page)).toEqual(['A1', 'A2', 'B1', 'B2']);
    await send(page, 'C', TAKE_10);
    expect(await state(page, 'C').textContent()).toMatch(/^C waits for (A|B)/);
    expect(await page.locator('[data-third]').getAttribute('aria-disabled')).toBe('true');
    await press(page, '[data-undo]');
    await press(page, '[data-third]');
    expect(await field(page, 'C').count()).toBe(0);
    expect(await state(page, 'B').textContent()).toContain('B waits for A');
  });
});

describe('what was typed', () => {
  test('is there after a reload, and its steps are played again', async ({ open }) => {
    const page = await open(PAGE);
    await waitForA(page);
    await send(page, 'A', 'COMMIT');
    const before = await page.locator('[data-board]').textContent();
    await field(page, 'A').fill('-- half a thought');
    await page.reload();
    await expect.poll(() => field(page, 'A').inputValue(), SLOW).toBe('-- half a thought');
    expect(await left(page).count()).toBe(5);
    expect(await cards(page).count()).toBe(0);
    await press(page, '[data-play=one]');
    expect(await lanes(page)).toEqual(['A1']);
    await press(page, '[data-play=all]');
    expect(await page.locator('[data-board]').textContent()).toBe(before);
  });

  test('comes back from the history, and by undo', async ({ open }) => {
    const page = await open(PAGE);
    await send(page, 'A', 'SELECT 1');
    await send(page, 'A', 'SELECT 2');
    await field(page, 'A').fill('typed');
    await page.keyboard.press('Alt+ArrowUp');
    await page.keyboard.press('Alt+ArrowUp');
    expect(await field(page, 'A').inputValue()).toBe('SELECT 1');
    await page.keyboard.press('Alt+ArrowDown');
    await page.keyboard.press('Alt+ArrowDown');
    expect(await field(page, 'A').inputValue()).toBe('typed');
    await field(page, 'A').fill('');
    await press(page, '[data-undo]');
    expect(await lanes(page)).toEqual(['A1']);
    expect(await field(page, 'A').inputValue()).toBe('SELECT 2;');
  });

  test('after an undo, a step that answers otherwise says so', async ({ open }) => {
    const page = await open(PAGE);
    await send(page, 'A', 'SELECT clock_timestamp()');
    await send(page, 'A', 'SELECT 1');
    await press(page, '[data-undo]');
    expect(await page.locator('[data-step=A1]').textContent()).toContain(
      'not as it answered before',
    );
    expect(await said(page).textContent()).toContain('A1 answered otherwise than before');
  });

  test('is not lost to a statement that is refused, or to an error', async ({ open }) => {
    const page = await open(PAGE);
    await field(page, 'A').fill('CREATE EXTENSION pgcrypto; SELECT 1');
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => state(page, 'A').textContent(), SLOW).toContain('CREATE EXTENSION');
    expect(await field(page, 'A').inputValue()).toBe('CREATE EXTENSION pgcrypto;\nSELECT 1;');
    expect(await cards(page).count()).toBe(0);
    await send(page, 'A', 'SELEC 1; SELECT 2');
    expect(await page.locator('[data-step=A1]').textContent()).toContain('42601');
    expect(await field(page, 'A').inputValue()).toBe('SELECT 2;');
    await field(page, 'B').fill("SELECT 'no end");
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => state(page, 'B').textContent()).not.toBe('');
    expect(await field(page, 'B').inputValue()).toBe("SELECT 'no end");
  });

  test('is taken away by a reset, which can be taken back', async ({ open }) => {
    const page = await open(PAGE);
    await send(page, 'A', 'SELECT 1');
    await field(page, 'B').fill('half');
    await press(page, '[data-reset]');
    expect(await cards(page).count()).toBe(0);
    expect(await field(page, 'B').inputValue()).toBe('');
    await press(page, '[data-unreset]');
    expect(await field(page, 'B').inputValue()).toBe('half');
    expect(await left(page).count()).toBe(1);
  });
});

describe('the engine', () => {
  test('that cannot be loaded says so, and is tried again with the next run', async ({ open }) => {
    const page = await open(PAGE, { expectErrors: /wasm|Failed to load resource/ });
    // The development server also answers scripts by that name.
    await page
      .context()
      .route(/pglite.*\.wasm/, (route) =>
        route.request().resourceType() === 'script' ? route.continue() : route.abort(),
      );
    await field(page, 'A').fill('SELECT 1');
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => page.locator('[data-problem]').count(), SLOW).toBe(1);
    expect(await page.locator('[data-problem]').textContent()).toContain('could not be fetched');
    expect(await field(page, 'A').inputValue()).toBe('SELECT 1;');
    await page.context().unroute(/pglite.*\.wasm/);
    await send(page, 'A', 'SELECT 2');
    expect(await lanes(page)).toEqual(['A1']);
    expect(await page.locator('[data-problem]').count()).toBe(0);
  });

  test('that is stopped goes on from where it was', async ({ open }) => {
    const page = await open(PAGE);
    await waitForA(page);
    const endless = 'SELECT count(*) FROM generate_series(1, 2000000000)';
    await field(page, 'A').fill(endless);
    await page.keyboard.press('Control+Enter');
    await page.locator('[data-stop]').press('Enter');
    await rest(page);
    expect(await state(page, 'A').textContent()).toContain('You stopped');
    expect(await field(page, 'A').inputValue()).toBe(`${endless};`);
    await send(page, 'A', 'COMMIT');
    expect(await lanes(page)).toEqual(['A1', 'A2', 'B1', 'B2', 'A3', 'after B2']);
  });
});

describe('a set-up', () => {
  test('is chosen, edited and begun with; a wrong one says what is wrong', async ({ open }) => {
    const page = await open(PAGE);
    await page.locator('.kj-con-setup summary').press('Enter');
    await page.locator('[data-preset]').selectOption({ label: 'An empty database' });
    await page.locator('[data-setup]').fill('CREATE TABLE notes (text text); SELEC');
    await press(page, '[data-start]');
    const problem = page.locator('[data-setup-problem]');
    await expect.poll(() => problem.textContent(), SLOW).toContain('syntax error');
    await page
      .locator('[data-setup]')
      .fill("CREATE TABLE notes (t text); INSERT INTO notes VALUES ('x')");
    await press(page, '[data-start]');
    expect(await problem.textContent()).toBe('');
    await send(page, 'B', 'TABLE notes');
    expect(await page.locator('[data-step=B1]').textContent()).toContain('x');
  });
});

describe('a link', () => {
  /** What is copied is read from the address, as where a browser lets nothing be copied. */
  const linkOf = async (page: Page): Promise<string> => {
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'));
    });
    await press(page, '[data-copy]');
    await expect.poll(() => page.url()).toContain('#script=');
    return new URL(page.url()).hash;
  };

  test('holds set-up and steps, opens them un-run, and plays them', async ({ open }) => {
    const page = await open(PAGE);
    await waitForA(page);
    await press(page, '[data-cancel=B]');
    await send(page, 'B', 'ROLLBACK');
    const board = await page.locator('[data-board]').textContent();
    const hash = await linkOf(page);

    const other = await open(PAGE + hash);
    await expect.poll(() => left(other).count(), SLOW).toBe(6);
    expect(await other.locator('[data-left]').textContent()).toContain('only when you press Play');
    expect(await cards(other).count()).toBe(0);
    expect(await axeViolations(other)).toEqual([]);
    await press(other, '[data-play=all]');
    expect(await other.locator('[data-board]').textContent()).toBe(board);
    expect(await left(other).count()).toBe(0);
  });

  test('that is broken says so, and the consoles work all the same', async ({ open }) => {
    const page = await open(`${PAGE}#script=AQIDBAUGBwg`);
    await expect.poll(() => page.locator('[data-problem]').count(), SLOW).toBe(1);
    expect(await page.locator('[data-problem]').textContent()).toContain('This link is broken');
    await send(page, 'A', 'SELECT 1');
    expect(await lanes(page)).toEqual(['A1']);
  });
});

describe('the page', () => {
  test('loads no engine before somebody runs something', async ({ open }) => {
    const asked: string[] = [];
    const page = await open(PAGE, {
      before: async (context) => context.on('request', (request) => asked.push(request.url())),
    });
    await field(page, 'A').focus();
    await page.locator('[data-awake]').waitFor(SLOW);
    await page.keyboard.insertText('SELECT 1');
    await page.waitForLoadState('networkidle');
    expect(asked.filter((url) => /pglite|\.wasm|empty.*\.(tar|data)/.test(url))).toEqual([]);
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => cards(page).count(), SLOW).toBe(1);
    expect(asked.some((url) => /pglite.*\.wasm/.test(url))).toBe(true);
  });

  test('fits a narrow and a dark window, with a wait in it', async ({ open }) => {
    const page = await open(PAGE, { theme: 'dark', size: { width: 320, height: 640 } });
    await waitForA(page);
    expect(await sidewaysScroll(page)).toBe(0);
    expect(await sidewaysWhenSpaced(page, [320, 640, 1280])).toEqual([0, 0, 0]);
    expect(await axeViolations(page, 'kj-consoles')).toEqual([]);
    const top = async () => (await field(page, 'A').boundingBox())?.y ?? 0;
    await field(page, 'A').focus();
    const before = await top();
    await send(page, 'A', 'SELECT * FROM accounts');
    expect(Math.abs((await top()) - before)).toBeLessThan(2);
  });

  test('without scripts leads to the recordings', async ({ open }) => {
    const page = await open(PAGE, { withoutScripts: true });
    expect(await page.locator('kj-consoles noscript').textContent()).toContain('need JavaScript');
    expect(await page.locator('[data-consoles]').isVisible()).toBe(false);
  });
});

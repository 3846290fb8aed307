/** The interleaving explorer: steps are moved, levels chosen, links opened; the same order runs on DynamoDB. */
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe } from 'vitest';
import { readScenarioData } from '../../src/components/sessions/content.ts';
import {
  type Choice,
  firstChoice,
  levelName,
  levelSlug,
  type ScenarioData,
} from '../../src/components/sessions/data.ts';
import { moveStep, orderOf, sentOrder } from '../../src/components/sessions/moves.ts';
import { outcomeOf, overviewOf, whyOf } from '../../src/components/sessions/outcomes.ts';
import { answersOf } from '../../src/engine/sessions/conditions.ts';
import type { Play, StepId } from '../../src/engine/sessions/play.ts';
import { Recording } from '../../src/engine/sessions/recording.ts';
import { focused, sidewaysWhenSpaced, smallTargets } from './access.ts';
import { axeViolations, expect, sidewaysScroll, test } from './support.ts';

/** The first sign loads the explorer, which a busy machine takes its time for. */
const PATIENCE = { timeout: 20_000 };
/** The engine has to start first. */
const SLOW = { timeout: 60_000 };
const NAME = 'lost-update';
const PAGE = `sessions/${NAME}/`;

let data: ScenarioData;
let recording: Recording;
let first: Choice;
beforeAll(async () => {
  data = await readScenarioData(NAME);
  recording = Recording.read(data.recording);
  first = firstChoice(data.scenario);
});

const played = ({ level, order }: Choice) => recording.play(level, order) as Play;
const idsOf = (choice: Choice) => sentOrder(played(choice).events);
const explorer = (page: Page): Locator => page.locator(`kj-interleavings#${NAME}`);
const card = (page: Page, id: StepId) => explorer(page).locator(`[data-step=${id}]`);
const addressOf = ({ level, order }: Choice) => `?level=${levelSlug(level)}&order=${order}`;

/** An order at the first level in which a step waits. */
const withWait = (): Choice => {
  const order = recording
    .orders(first.level)
    .find((each) => played({ ...first, order: each }).events.some(({ kind }) => kind === 'waits'));
  return { ...first, order: order ?? '' };
};

/** Waits until a play is shown, and looks whether all of it is. */
async function expectShown(page: Page, choice: Choice): Promise<void> {
  const { order, level } = choice;
  await expect.poll(() => page.locator('[data-shown-order]').textContent(), PATIENCE).toBe(order);
  await expect
    .poll(() => page.locator('[data-shown-level]').textContent(), PATIENCE)
    .toBe(levelName(level));
  const play = played(choice);
  const cards = await explorer(page)
    .locator('[data-step]')
    .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset['step']));
  expect(cards).toEqual(sentOrder(play.events));
  const board = await explorer(page).locator('[data-board]').textContent();
  for (const { tag, error } of answersOf(play).values()) {
    expect(board).toContain(error ? error.code : tag);
  }
  const waits = play.events.filter(({ kind }) => kind === 'waits').length;
  expect(await explorer(page).locator('.kj-ses-bar').count()).toBe(waits);
  const why = data.scenario.why[whyOf(data.scenario, play, choice.level)]?.says ?? '';
  expect(await explorer(page).locator('[data-why]').textContent()).toBe(why.replaceAll('`', ''));
  for (const { rows } of play.final) {
    const final = await explorer(page).locator('.kj-ses-final').textContent();
    for (const value of rows.flat()) expect(final).toContain(value ?? 'NULL');
  }
}

type Point = { x: number; y: number };
/** What goes down, moves and goes up. */
type Pointer = (page: Page) => Promise<{
  down(at: Point): Promise<unknown>;
  move(to: Point): Promise<unknown>;
  up(): Promise<unknown>;
}>;

const mouse: Pointer = async (page) => ({
  down: async ({ x, y }) => {
    await page.mouse.move(x, y);
    await page.mouse.down();
  },
  move: ({ x, y }) => page.mouse.move(x, y),
  up: () => page.mouse.up(),
});

const finger: Pointer = async (page) => {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setTouchEmulationEnabled', { enabled: true });
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: Point[]) =>
    devtools.send('Input.dispatchTouchEvent', { type, touchPoints });
  return {
    down: (at) => touch('touchStart', at),
    move: (to) => touch('touchMove', to),
    up: () => touch('touchEnd'),
  };
};

/** Drags by the middle of `from` to the upper edge of `to`; the page scrolls by itself on the way. */
async function drag(page: Page, from: Locator, to: Locator, by: Pointer): Promise<void> {
  const pointer = await by(page);
  await from.scrollIntoViewIfNeeded();
  const start = await from.boundingBox();
  if (!start) throw new Error('what is dragged is not on the page');
  const x = start.x + start.width / 2;
  const y = start.y + start.height / 2;
  const line = page.locator('[data-drop]');
  await pointer.down({ x, y });
  await pointer.move({ x, y: y - 20 });
  await line.waitFor();
  // Near the upper edge the page scrolls until the place is there.
  await pointer.move({ x, y: 40 });
  await expect.poll(async () => (await to.boundingBox())?.y ?? -1, PATIENCE).toBeGreaterThan(80);
  const end = await to.boundingBox();
  await pointer.move({ x, y: (end?.y ?? 0) + 2 });
  await pointer.up();
  await line.waitFor({ state: 'hidden' });
}

describe('a step', () => {
  test('is moved by keys, keeps the focus, and all of the page follows', async ({ open }) => {
    const page = await open(PAGE);
    const before = idsOf(first);
    const id = before.find((each) => each.startsWith('B')) as StepId;
    await card(page, id).focus();
    await page.keyboard.press('Alt+ArrowUp');
    const up = { ...first, order: orderOf(moveStep(before, id, before.indexOf(id) - 1)) };
    await expectShown(page, up);
    expect(await focused(page)).toContain(id);
    expect(new URL(page.url()).search).toBe(addressOf(up));
    const said = await explorer(page).locator('[data-live]').textContent();
    expect(said).toMatch(new RegExp(`^${id} now comes before A\\d.*${up.order}`));
    await page.keyboard.press('Alt+ArrowDown');
    await expectShown(page, first);
    await page.keyboard.press('ArrowUp');
    expect(await focused(page)).toContain(before[before.indexOf(id) - 1]);
  });

  test('is moved by its buttons, which end where it can go no further', async ({ open }) => {
    const page = await open(PAGE);
    const ids = idsOf(first);
    const id = ids.at(-1) as StepId;
    expect(await card(page, id).locator('[data-move="1"]').getAttribute('aria-disabled')).toBe(
      'true',
    );
    await card(page, id).locator('[data-move="-1"]').click();
    const others = ids.filter((each) => each[0] !== id[0]).length;
    await expect
      .poll(() => page.locator('[data-shown-order]').textContent(), PATIENCE)
      .toBe(orderOf(moveStep(ids, id, others - 1)));
  });

  test.for([
    ['a mouse', mouse],
    ['a finger', finger],
  ] as const)(
    'is dragged by %s, and takes along what comes before it',
    async ([, by], { open }) => {
      const page = await open(PAGE);
      const ids = idsOf(first);
      const id = ids.at(-1) as StepId;
      await card(page, id).focus();
      await explorer(page).and(page.locator('[data-awake]')).waitFor();
      await drag(page, card(page, id).locator('[data-grip]'), card(page, ids[0] as StepId), by);
      await expectShown(page, { ...first, order: orderOf(moveStep(ids, id, 0)) });
      expect(await focused(page)).toContain(id);
    },
  );
});

describe('a choice', () => {
  test('of a level or an order is in the address, and the way back is open', async ({ open }) => {
    const page = await open(PAGE);
    const level = data.scenario.levels.at(-1) ?? first.level;
    await explorer(page).locator(`input[value="${level}"]`).check();
    await expectShown(page, { ...first, level });
    await explorer(page).locator('[data-preset]').nth(1).click();
    const order = orderOf([...idsOf(first)].sort());
    await expectShown(page, { level, order });
    expect(new URL(page.url()).search).toBe(addressOf({ level, order }));
    await page.goBack();
    await expectShown(page, { ...first, level });
    await page.goBack();
    await expectShown(page, first);
    await page.goForward();
    await page.goForward();
    await expectShown(page, { level, order });
    await page.reload();
    await expectShown(page, { level, order });
    await explorer(page).locator('[data-reset]').click();
    await expectShown(page, first);
  });

  test('is copied as a link', async ({ open }) => {
    const choice = withWait();
    const page = await open(`${PAGE}${addressOf(choice)}`, {
      before: (context) => context.grantPermissions(['clipboard-read', 'clipboard-write']),
    });
    await expectShown(page, choice);
    await explorer(page).locator('[data-copy]').click();
    await expect
      .poll(() => explorer(page).locator('[data-copy]').textContent(), PATIENCE)
      .toBe('Copied');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
  });

  test('that cannot be is answered with the reason and what is shown first', async ({ open }) => {
    const page = await open(`${PAGE}?order=AAB`);
    await expect
      .poll(() => explorer(page).locator('[data-problem]').textContent(), PATIENCE)
      .toMatch(/cannot be: "AAB" leaves out A3 of session A/);
    await expectShown(page, first);
  });

  test('is made among all orders, by a click and by the arrows', async ({ open }) => {
    const page = await open(PAGE);
    const { outcomes, orders } = overviewOf(data.scenario, recording, first.level);
    const marks = explorer(page).locator('[data-overview] [data-order]');
    expect(await marks.count()).toBe(orders.length);
    const last = outcomes.at(-1)?.orders[0] ?? '';
    await explorer(page).locator(`[data-order="${last}"]`).click();
    await expectShown(page, { ...first, order: last });
    const sequence = outcomes.flatMap((outcome) => outcome.orders);
    await page.keyboard.press('ArrowRight');
    const next = { ...first, order: sequence[sequence.indexOf(last) + 1] ?? '' };
    await expectShown(page, next);
    expect(await focused(page)).toContain(next.order);
    const { label = '' } = outcomeOf(overviewOf(data.scenario, recording, first.level), last) ?? {};
    expect(await focused(page)).toContain(label);
    await page.goBack();
    await expectShown(page, first);
  });
});

describe('the DynamoDB side', () => {
  test('runs in the order that is shown, and again when that changes', async ({ open }) => {
    const page = await open(PAGE, { underBase: true });
    const side = explorer(page).locator('[data-side=dynamodb]');
    const ran = () =>
      side
        .locator('li:has(.kj-ses-ran)')
        .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset['pair']));
    const steps = Object.keys(data.dynamodb);
    await side.locator('[data-run-dynamodb]').click();
    await expect.poll(ran, SLOW).toEqual(idsOf(first).filter((id) => steps.includes(id)));
    expect(await side.textContent()).toMatch(/\d RCU|\d WCU/);
    await explorer(page).locator('[data-preset]').nth(1).click();
    const serial = idsOf(first).sort();
    await expect.poll(ran, SLOW).toEqual(serial.filter((id) => steps.includes(id)));
    await expect
      .poll(() => side.locator('[data-dynamodb-live]').textContent(), SLOW)
      .toMatch(/^DynamoDB has run in this order\./);
  });
});

describe('the live engine', () => {
  test('plays what is shown, and it comes out as recorded', async ({ open }) => {
    const choice = withWait();
    const page = await open(`${PAGE}${addressOf(choice)}`);
    await expectShown(page, choice);
    await explorer(page).locator('[data-play-live]').click();
    const says = explorer(page).locator('[data-live-says]');
    await expect
      .poll(() => says.textContent(), SLOW)
      .toBe('✓ Played just now: the same answers, waits and final state as recorded.');
    await explorer(page).locator('[data-reset]').click();
    await expectShown(page, first);
    expect(await says.textContent()).toMatch(/^In two sessions of the PostgreSQL/);
  });

  test('says why when it cannot, and the recording stays', async ({ open }) => {
    const page = await open(PAGE, {
      before: (context) => context.route('**/pglite*.wasm', (route) => route.abort()),
      expectErrors: /pglite.*wasm|ERR_FAILED/,
    });
    await card(page, 'A1').focus();
    await explorer(page).locator('[data-play-live]').click();
    const says = explorer(page).locator('[data-live-says]');
    await expect
      .poll(() => says.textContent(), SLOW)
      .toMatch(/pglite.*wasm.* What is shown is the recording\.$/);
    await expectShown(page, first);
  });
});

describe('the page', () => {
  test('has all of one order without any script', async ({ open }) => {
    const page = await open(PAGE, {
      before: (context) =>
        context.route('**/*.js', (route) =>
          route.fulfill({ body: '', contentType: 'text/javascript' }),
        ),
    });
    await expectShown(page, first);
    const { server, date } = data.recorded;
    expect(await explorer(page).textContent()).toMatch(
      new RegExp(`Recorded on PostgreSQL ${server},\\s*${date}`),
    );
    expect(await explorer(page).locator('.kj-ses-versions').count()).toBeGreaterThan(0);
  });

  test('does not move when the explorer wakes, and loads the recording only then', async ({
    open,
  }) => {
    const page = await open('colophon/');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.addInitScript(() => {
      Object.assign(window, { shift: 0 });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          (window as unknown as { shift: number }).shift += (
            entry as PerformanceEntry & { value: number }
          ).value;
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto(new URL(`../${PAGE}`, page.url()).href);
    const recordings = () => asked.filter((path) => path.endsWith(`${NAME}.json`));
    expect(recordings()).toEqual([]);
    const markup = async () => (await explorer(page).innerHTML()).replaceAll(/\s*(?=<)/g, '');
    const before = await markup();
    await card(page, 'A1').focus();
    await explorer(page).and(page.locator('[data-awake]')).waitFor();
    expect(recordings()).toHaveLength(1);
    expect(await page.evaluate(() => (window as unknown as { shift: number }).shift)).toBe(0);
    expect((await markup()) === before, 'the same markup').toBe(true);
    expect(await focused(page)).toContain('A1');
  });

  test('is printed without anything to press', async ({ open }) => {
    const page = await open(`${PAGE}${addressOf(withWait())}`, {
      size: { width: 700, height: 900 },
    });
    await expectShown(page, withWait());
    await page.emulateMedia({ media: 'print' });
    const pressable = await explorer(page)
      .locator('button, input, select')
      .evaluateAll((all) => all.filter((one) => one.checkVisibility()).map((one) => one.outerHTML));
    expect(pressable).toEqual([]);
    expect(await explorer(page).locator('.kj-ses-bar').first().isVisible()).toBe(true);
    expect(await sidewaysScroll(page)).toBe(0);
  });

  test.for([
    { theme: 'light', width: 1280 },
    { theme: 'dark', width: 320 },
  ] as const)('is accessible: $theme, $width px', async ({ theme, width }, { open }) => {
    const size = { width, height: 800 };
    const page = await open(`${PAGE}${addressOf(withWait())}`, { theme, size });
    await expectShown(page, withWait());
    expect(await axeViolations(page)).toEqual([]);
    expect(await smallTargets(explorer(page))).toEqual([]);
    expect(await sidewaysWhenSpaced(page, [640, 320])).toEqual([0, 0]);
  });
});

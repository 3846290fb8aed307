/** A lab in every state it can be in: axe, size of targets, no scrolling sideways; what it says; paper. */
import type { Page } from 'playwright-core';
import { describe } from 'vitest';
import { listen, said, sidewaysWhenSpaced, smallTargets } from './access.ts';
import { LabPage } from './lab-page.ts';
import { axeViolations, expect, test } from './support.ts';

const ACID = 'guide/acid-transactions/';
const LAB = 'hello-twice';
const TITLE = 'Read one user';

/** What is wrong with a part of a page as it stands; `rules` are those of axe, all by default. */
async function objections(page: Page, within: string, rules?: string[]): Promise<string[]> {
  const [violations, small, sideways] = [
    await axeViolations(page, within, rules),
    await smallTargets(page.locator(within)),
    await sidewaysWhenSpaced(page, [320, 640]),
  ];
  return [
    // The list of completions is scrolled by the arrows that move through it, from the editor.
    ...violations.filter((each) => !each.startsWith('scrollable-region-focusable: #cm-ac-')),
    ...small,
    ...sideways.filter((pixels) => pixels > 0).map((pixels) => `sticks out by ${pixels} px`),
  ];
}

/** Unfolds everything that a lab has folded up. */
const unfold = (lab: LabPage) =>
  lab.root.locator('details').evaluateAll((all) => {
    for (const each of all as HTMLDetailsElement[]) each.open = each.dataset['menu'] === undefined;
  });

/** The way through the states: what the reader does to come to each, and what is new in it where that is not all. */
const STATES: ReadonlyArray<[string, (lab: LabPage) => Promise<unknown>, string?]> = [
  ['recorded, with work and cost unfolded', unfold],
  ['run', (lab) => lab.run()],
  [
    'with the menu open',
    async (lab) => {
      await lab.root.locator('[data-menu] > summary').click();
    },
    '.kj-head',
  ],
  [
    'with a link to share',
    async (lab) => {
      await lab.root.getByRole('button', { name: 'Share a link' }).click();
      await lab.root.locator('[data-shared]').waitFor();
    },
    '[data-shared]',
  ],
  [
    'with results as JSON and as psql prints them',
    async (lab) => {
      await lab.root.locator('[data-shared] button').last().click();
      const views = lab.root.locator('[data-do=view]').filter({ visible: true });
      for (const button of await views.all()) await button.click();
      await lab.root.locator('pre.kj-text:not([hidden])').nth(1).waitFor();
    },
    '.kj-result',
  ],
  [
    'with a plan',
    async (lab) => {
      await lab.output('postgres', 1).locator('[data-explain]').click();
      await lab.side('postgres').locator('.kj-reply').waitFor();
    },
    '.kj-reply',
  ],
  [
    'with its data, structure and pages',
    async (lab) => {
      await lab.root.locator('[data-data]').click();
      // Their rows are few: axe takes its time for each cell.
      for (const table of ['Sessions', 'posts']) {
        await lab.root
          .locator('.kj-data')
          .getByRole('button', { name: table, exact: true })
          .click();
      }
      await lab.root.getByRole('button', { name: 'Heap pages' }).click();
      await lab.root.locator('.kj-data-space').waitFor();
      await unfold(lab);
    },
    '.kj-data',
  ],
  [
    'edited, with completions',
    async (lab) => {
      await lab.root.locator('[data-data]').click();
      await lab.edit('dynamodb', 1, "throw new Error('on purpose');");
      await lab.edit('postgres', 1, 'SELEC 1;\nSELECT * FROM ');
      await lab.page.keyboard.press('Control+Space');
      await lab.page.locator('.cm-tooltip-autocomplete').waitFor();
    },
    '[data-side=postgres]',
  ],
  [
    'failed on both sides, with the last good results',
    async (lab) => {
      await lab.page.keyboard.press('Escape');
      expect(await lab.run()).toBe('error');
      await lab.root.locator('.kj-good > summary').first().click();
    },
  ],
  [
    'running',
    async (lab) => {
      await lab.edit('postgres', 1, 'SELECT pg_sleep(600);');
      await lab.press('postgres');
      await lab.root.locator('[data-explain][aria-disabled=true]').waitFor();
    },
    '[data-side=postgres]',
  ],
  [
    'stopped, in larger type',
    async (lab) => {
      await lab.root.locator('[data-run=postgres]').click();
      await lab.rest();
      // In a narrow window it stands in the menu.
      await lab.page.locator('kj-text-size button').first().dispatchEvent('click');
    },
  ],
];

/** Every theme and every width, in two visits; names and roles are the same in both. */
const VISITS = [
  { theme: 'dark', size: { width: 320, height: 640 } },
  { theme: 'light', size: { width: 1280, height: 900 }, rules: ['color-contrast'] },
] as const;

test.for(VISITS)(
  'a lab has nothing to object to in any of its states, $theme, $size.width px',
  async ({ theme, size, ...visit }, { open }) => {
    const rules = 'rules' in visit ? [...visit.rules] : undefined;
    const lab = new LabPage(await open('', { theme, size }), LAB);
    const found: Record<string, string[]> = {};
    for (const [state, reach, part = ''] of STATES) {
      await reach(lab);
      found[state] = await objections(lab.page, `#${LAB} ${part}`, rules);
    }
    expect(found).toEqual(Object.fromEntries(STATES.map(([state]) => [state, []])));
  },
);

test('a guess compared, an expected failure and a checked exercise have nothing to object to', async ({
  open,
}) => {
  const page = await open(ACID, { theme: 'dark' });
  const lab = new LabPage(page, 'place-order');
  await lab.root.locator('[data-predict] input').nth(1).check();
  await lab.run();
  await lab.root.locator('[data-guess]:not([hidden])').waitFor();
  const exercise = new LabPage(page, 'never-below-zero');
  await exercise.run();
  await exercise.root.locator('[data-passed=false]').first().waitFor();
  await unfold(exercise);
  expect(await smallTargets(page.locator('#place-order, #never-below-zero'))).toEqual([]);
  // In parts: for all of two labs in a chapter of ten, axe takes a minute.
  const parts = [
    '#place-order [data-predict]',
    '#place-order [data-status=expected-failure]',
    '#never-below-zero [data-rules]',
  ];
  for (const part of parts) expect(await axeViolations(page, part)).toEqual([]);
  await page.getByLabel('Select theme').first().selectOption('light');
  for (const part of parts) {
    expect(await axeViolations(page, part, ['color-contrast'])).toEqual([]);
  }
});

test('a side whose engine cannot start says so, and the way on has nothing to object to', async ({
  open,
}) => {
  const page = await open('', {
    expectErrors: /ERR_FAILED|wasm|Failed to fetch/,
    before: (context) => context.route(/\.(wasm|data|tar)(\.|$|\?)/, (route) => route.abort()),
  });
  const lab = new LabPage(page, LAB);
  expect(await lab.run('postgres')).toBe('dead');
  expect(await lab.said()).toContain('PostgreSQL could not start');
  expect(await objections(page, `#${LAB}`)).toEqual([]);
  await lab.root.locator('[data-restart]').focus();
  await page.keyboard.press('Enter');
  await lab.root.locator('[data-run=both]:focus').waitFor();
});

describe('a screen reader hears', () => {
  test('each event once, in a sentence', async ({ open }) => {
    const page = await open('', { before: listen });
    const lab = new LabPage(page, LAB);
    await lab.run();
    const ran = await said(page);
    expect(ran.filter((words) => !words.startsWith('Loading'))).toEqual([
      'Running.',
      'DynamoDB: 1 step ran, 0.5 read units. PostgreSQL: 1 step ran, 1 row, 2 buffers.',
    ]);
    await lab.edit('postgres', 1, 'SELEC 1;');
    await lab.run('postgres');
    expect(await said(page)).toEqual([
      'Running.',
      'PostgreSQL: 1 step ran, 1 failed with 42601 (syntax error at or near "SELEC"), 0 rows, 0 buffers.',
    ]);
    await lab.root.getByRole('button', { name: 'Reset', exact: true }).click();
    expect(await said(page)).toEqual(['Reset. The edits can be brought back with Undo reset.']);
    await lab.root.locator('[data-explain]').click();
    await lab.root.locator('.kj-reply').waitFor();
    expect(await said(page)).toEqual([
      'Running.',
      'PostgreSQL: 1 plan. The index users_pkey led straight to 1 row.',
    ]);
  });

  test('a moment of the data once, when both databases have answered', async ({ open }) => {
    const page = await open('', { before: listen });
    const lab = new LabPage(page, LAB);
    await lab.edit('postgres', 1, "UPDATE users SET email = 'new' WHERE user_id = 'U12345';");
    await lab.run();
    await lab.root.locator('[data-data]').click();
    const after = `After step 1: ${TITLE}. DynamoDB: No items and no tables have changed. PostgreSQL: users: 1 changed`;
    const region = lab.root.locator('.kj-data > [role=status]');
    await region.filter({ hasText: after }).waitFor({ state: 'attached' });
    await said(page);
    await lab.root.getByRole('button', { name: 'One step back' }).click();
    await region.filter({ hasText: 'Before the run' }).waitFor({ state: 'attached' });
    await lab.root.getByRole('button', { name: 'One step on' }).click();
    await region.filter({ hasText: after }).waitFor({ state: 'attached' });
    expect(await said(page)).toEqual(['Before the run', after]);
  });
});

describe('on paper', () => {
  test('a chapter has its code and recorded output, and nothing to press or cut off', async ({
    open,
  }) => {
    const page = await open(ACID, { theme: 'dark', size: { width: 794, height: 1123 } });
    await page.emulateMedia({ media: 'print' });
    const pressed = page.locator('main').locator('button, select, .kj-menu, .kj-edit-hint');
    const shown = await pressed.evaluateAll((all) =>
      all
        // The heads of columns are text on paper.
        .filter((each) => each.checkVisibility() && each.closest('th') === null)
        .map((each) => each.textContent),
    );
    expect(shown).toEqual([]);
    const cut = await page.locator('main *').evaluateAll((all) =>
      all
        .filter((each) => each.checkVisibility() && each.clientWidth > 1)
        .filter((each) => getComputedStyle(each).overflowX !== 'visible')
        .filter((each) => each.scrollWidth > each.clientWidth + 1)
        .map((each) => each.className),
    );
    expect(cut).toEqual([]);
    const lab = new LabPage(page, 'place-order');
    for (const folded of ['.kj-set-up pre', '.kj-predict details p', '.kj-work']) {
      expect(await lab.root.locator(folded).first().isVisible(), folded).toBe(true);
    }
    const exercise = new LabPage(page, 'never-below-zero');
    for (const kept of ['.kj-hints', '[data-solution]']) {
      expect(await exercise.root.locator(kept).isVisible(), kept).toBe(false);
    }
  });
});

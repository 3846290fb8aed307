/** A lab without a mouse, in the reader's own colours, and without motion. */
import type { Page } from 'playwright-core';
import { describe } from 'vitest';
import { focused, focusProblem } from './access.ts';
import { LabPage } from './lab-page.ts';
import { expect, test } from './support.ts';

const LAB = 'hello-twice';

/** Presses what a selector finds, by keyboard alone. */
async function press(lab: LabPage, selector: string, key = 'Enter'): Promise<void> {
  await lab.root.locator(selector).filter({ visible: true }).first().focus();
  await lab.page.keyboard.press(key);
}

/** A lab that was run, with its data open: the most that there is to walk through. */
async function full(page: Page): Promise<LabPage> {
  const lab = new LabPage(page, LAB);
  await lab.run();
  await lab.root.locator('[data-data]').click();
  await lab.root.locator('.kj-data-list').nth(1).waitFor();
  return lab;
}

describe('by keyboard', () => {
  test.for([
    { width: 1280, height: 900 },
    { width: 320, height: 640 },
  ])(
    'all of a lab is walked through, forth and back, and nothing is hidden on the way, $width px',
    async (size, { open }) => {
      const page = await open('', { size });
      const lab = await full(page);
      const problems: string[] = [];
      /** The places on the way out of the lab. */
      const walk = async (key: string): Promise<number> => {
        for (let stops = 0; stops < 200; stops += 1) {
          const problem = await focusProblem(lab.root);
          if (problem === undefined) return stops;
          if (problem) problems.push(problem);
          await page.keyboard.press(key);
        }
        throw new Error(`${key} never leaves the lab`);
      };
      await lab.root.locator('.kj-anchor').focus();
      const forth = await walk('Tab');
      await page.keyboard.press('Shift+Tab');
      const back = await walk('Shift+Tab');
      expect(problems).toEqual([]);
      expect(forth).toBeGreaterThan(50);
      // An editor that was opened on the way is one place, as the code was. Its buttons are new: those
      // that came before the focus went on were among the places on the way forth already.
      const tools = lab.root.locator('[data-run-text], [data-format]').filter({ visible: true });
      expect(back - forth).toBeGreaterThanOrEqual(0);
      expect(back - forth).toBeLessThanOrEqual(await tools.count());
    },
  );

  test('the focus is never lost: it stays, or goes on to what has come up', async ({ open }) => {
    const page = await open('');
    const lab = new LabPage(page, LAB);
    const at = () => focused(page);

    await press(lab, '[data-run=both]');
    // The lab rests until its program is there.
    await expect.poll(() => lab.state(), { timeout: 45_000 }).toBe('ok');
    expect(await at()).toMatch(/^Run both/);

    await lab.edit('postgres', 1, 'SELECT pg_sleep(600);');
    await press(lab, '[data-run=postgres]');
    await lab.root.locator('[data-explain][aria-disabled=true]').waitFor();
    expect(await at()).toBe('Stop PostgreSQL');
    await page.keyboard.press('Enter');
    await lab.rest();
    expect(await at()).toBe('Run PostgreSQL');

    await press(lab, '[data-reset]');
    expect(await at()).toBe('Reset');
    await press(lab, '[data-undo]');
    expect(await at()).toBe('Reset');
    await press(lab, '[data-reset]', 'Space');

    await press(lab, '[data-explain]');
    await lab.root.locator('.kj-reply').waitFor();
    expect(await at()).toMatch(/^Explain/);
    await press(lab, '[data-close-reply]');
    expect(await at()).toMatch(/^Run to here/);

    await press(lab, '[data-menu] > summary');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    expect(await at()).toMatch(/^More/);
    await page.keyboard.press('Enter');
    await press(lab, '[data-share]');
    await lab.root.locator('[data-shared]').waitFor();
    await press(lab, '[data-shared] button');
    expect(await at()).toMatch(/^More/);

    await press(lab, '[data-data]');
    await lab.root.locator('[data-data-title]:focus').waitFor();
    await lab.root.locator('.kj-data-list').first().waitFor();
    await press(lab, '.kj-data-title button');
    await lab.root.locator('[data-data]:focus').waitFor();
  });

  test('completions close with Escape, and the caret stays in the editor', async ({ open }) => {
    const page = await open('');
    const lab = new LabPage(page, LAB);
    await lab.edit('postgres', 1, 'SELECT * FROM ');
    await page.keyboard.press('Control+Space');
    await page.locator('.cm-tooltip-autocomplete').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.cm-tooltip-autocomplete').waitFor({ state: 'detached' });
    expect(await focused(page)).toMatch(/^PostgreSQL code/);
  });
});

/** Parts of a lab that are told from their surroundings by a background, and keep an edge without it. */
const EDGED = {
  'the button that runs all': '[data-run=both]',
  'the button of a side': '[data-run=dynamodb]',
  'the buttons of a step': '[data-explain]',
  'the buttons of a result': '[data-do=copy]',
  'a result': '.kj-output',
  'a side': '.kj-side',
  'the chosen table': '.kj-data-list tr[data-chosen] > :first-child',
};

test('in forced colours, what is told by a background has an edge or a word', async ({ open }) => {
  const page = await open('');
  const lab = await full(page);
  await lab.edit('postgres', 1, 'SELEC 1;');
  expect(await lab.run('postgres')).toBe('error');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ forcedColors: 'active', colorScheme });
    for (const [what, selector] of Object.entries(EDGED)) {
      const part = lab.root.locator(selector).filter({ visible: true }).first();
      const edge = await part.evaluate((element) => {
        const { borderInlineStartWidth, borderInlineStartStyle, borderInlineStartColor } =
          getComputedStyle(element);
        return {
          width: Number.parseFloat(borderInlineStartWidth),
          style: borderInlineStartStyle,
          isSeen: borderInlineStartColor !== getComputedStyle(document.body).backgroundColor,
        };
      });
      expect(edge, what).toMatchObject({ style: 'solid', isSeen: true });
      expect(edge.width, what).toBeGreaterThanOrEqual(1);
    }
    const failed = lab.root.locator('[data-status=failed]').first();
    expect(await failed.evaluate((each) => getComputedStyle(each).borderTopWidth)).toBe('2px');
    expect(await failed.locator('.kj-status').textContent()).toContain('Failed');
    expect(await lab.side('postgres').locator('[data-say]').textContent()).toBe('failed');
  }
  await lab.edit('postgres', 1, 'SELECT * FROM ');
  await page.keyboard.press('Control+Space');
  const choice = page.locator('.cm-tooltip-autocomplete [aria-selected]');
  await choice.waitFor();
  expect(await choice.evaluate((each) => getComputedStyle(each).outlineStyle)).toBe('solid');
});

describe('motion', () => {
  /** What moves in the lab from here on, until the page is asked. */
  const watch = (page: Page) =>
    page.evaluate(() => {
      const moved: string[] = [];
      Object.assign(window, { moved });
      const look = () => {
        for (const animation of document.getAnimations()) {
          const { target, getKeyframes } = animation.effect as KeyframeEffect;
          const { duration } = animation.effect?.getComputedTiming() ?? {};
          if (!target?.closest('kj-lab') || Number(duration) < 1) continue;
          const what = getKeyframes
            .call(animation.effect)
            .flatMap((frame) => Object.keys(frame))
            .filter((name) => !['offset', 'easing', 'composite', 'computedOffset'].includes(name));
          moved.push(`${[...new Set(what)].join()} for ${duration} ms`);
        }
        requestAnimationFrame(look);
      };
      look();
    });
  const moved = (page: Page) =>
    page.evaluate(() => [...new Set((window as unknown as { moved: string[] }).moved)]);
  const use = async (lab: LabPage) => {
    for (const side of ['dynamodb', 'postgres'] as const) {
      await lab.output(side, 1).locator('[data-block]').hover();
    }
    await lab.run();
    await lab.root.locator('.kj-act > summary').filter({ visible: true }).first().click();
  };

  test('is a short fade and nothing else', async ({ open }) => {
    const page = await open('');
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await watch(page);
    await use(new LabPage(page, LAB));
    // A fade that turns back on its way takes less.
    const isFade = (each: string) => Number(/^opacity for ([\d.]+) ms$/.exec(each)?.[1]) <= 120;
    expect((await moved(page)).filter((each) => !isFade(each))).toEqual([]);
  });

  test('is none where the reader asks for none', async ({ open }) => {
    const page = await open('');
    await watch(page);
    await use(new LabPage(page, LAB));
    expect(await moved(page)).toEqual([]);
  });
});

/** A lab that is one program for both databases, as a reader uses it. */
import { describe } from 'vitest';
import { LabPage } from './lab-page.ts';
import { axeViolations, expect, type Open, sidewaysScroll, test } from './support.ts';

const PAGE = 'guide/development-experience/';
const NARROW = { width: 320, height: 640 };
const place = async (open: Open, options?: Parameters<Open>[1]) =>
  new LabPage(await open(PAGE, options), 'two-libraries');

/** What one of the databases was asked and answered in a step; an older answer may stand below. */
const half = (lab: LabPage, side: 'dynamodb' | 'postgres', step: number) =>
  lab.output('dynamodb', step).locator(`[data-of=${side}]`).first();

describe('one program for both databases', () => {
  test('runs under the policy of the page, and answers what is recorded', async ({ open }) => {
    const lab = await place(open);
    const recorded = await lab.shown();
    expect(await lab.run()).toBe('ok');
    expect(await lab.shown()).toEqual(recorded);
    expect(await half(lab, 'dynamodb', 1).textContent()).toContain('PutItem');
    expect(await half(lab, 'postgres', 1).textContent()).toContain('insert into "posts"');
    // The requests and the statements of a step are numbered together.
    const numbers = lab.output('dynamodb', 1).locator('.kj-nth');
    expect(await numbers.allTextContents()).toEqual(['Number 1: ', 'Number 2: ']);
    expect(await lab.cost('dynamodb')).toMatch(/WCU.*buffers/);
    expect(await lab.said()).toMatch(/^Both databases in one program: 4 steps ran, 1 failed as/);
  });

  test('fetches its packages when it runs, and not before', async ({ open }) => {
    const urls: string[] = [];
    const page = await open(PAGE, {
      before: async (context) => {
        context.on('request', (request) => urls.push(new URL(request.url()).pathname));
      },
    });
    await page.waitForLoadState('networkidle');
    const packages = /(?:drizzle|electrodb|\bpg)\b[^/]*\.js/;
    expect(urls.filter((url) => packages.test(url))).toEqual([]);
    await new LabPage(page, 'two-libraries').run();
    expect(urls.filter((url) => packages.test(url))).toHaveLength(3);
  });

  test('an error of PostgreSQL stands on its side and is marked in the program', async ({
    open,
  }) => {
    const lab = await place(open);
    await lab.edit('dynamodb', 2, "await client.query('SELEC 1');");
    expect(await lab.run()).toBe('error');
    expect(await half(lab, 'postgres', 2).textContent()).toContain('42601');
    expect(await half(lab, 'dynamodb', 2).textContent()).not.toContain('42601');
    await lab.output('dynamodb', 2).locator('[data-marked]').first().waitFor();
    expect(await lab.output('dynamodb', 3).textContent()).toContain('Skipped');
    expect(await lab.said()).toContain('1 failed with 42601');
    expect(await lab.said()).toContain('2 skipped');
  });

  test('runs up to a step on both databases', async ({ open }) => {
    const lab = await place(open);
    await lab
      .output('dynamodb', 1)
      .getByRole('button', { name: /Run to here/ })
      .click();
    await lab.page.waitForFunction(
      () => document.getElementById('two-libraries')?.dataset['state'] === 'ok',
    );
    expect(await lab.side('dynamodb').locator('[data-say]').textContent()).toBe('ran 1 of 4 steps');
    await lab.root.getByRole('button', { name: 'Data', exact: true }).click();
    await lab.root
      .getByRole('heading', { name: /PostgreSQL/ })
      .first()
      .waitFor();
  });

  test('says that the playground does not take it', async ({ open }) => {
    const lab = await place(open);
    await lab.root.locator('[data-menu] summary').click();
    await lab.root.getByRole('button', { name: 'Open in the playground' }).click();
    await lab.root.locator('[data-shared]').waitFor();
    expect(await lab.said()).toMatch(/^The playground has a program for each database\./);
    expect(lab.page.url()).toContain(PAGE);
  });

  for (const theme of ['light', 'dark'] as const) {
    test(`can be read by everyone, ${theme}`, async ({ open }) => {
      const lab = await place(open, { theme });
      await lab.run();
      expect(await axeViolations(lab.page, '#two-libraries')).toEqual([]);
    });
  }

  test('stacks where there is little room', async ({ open }) => {
    const lab = await place(open, { size: NARROW });
    await lab.run();
    expect(await sidewaysScroll(lab.page)).toBe(0);
    const boxes = await Promise.all(
      (['dynamodb', 'postgres'] as const).map((side) => half(lab, side, 1).boundingBox()),
    );
    expect(boxes[0]?.x).toBe(boxes[1]?.x);
    expect(boxes[1]?.y).toBeGreaterThan(boxes[0]?.y ?? Number.POSITIVE_INFINITY);
  });
});

/** Labs in every browser: what it answers is what is recorded, and an exercise is solved by its solution. */

import { inject } from 'vitest';
import { differences } from '../../src/engine/lab/compare.ts';
import type { Dialect } from '../../src/engine/lab/dialects.ts';
import { listLabs, loadLab } from '../../src/engine/lab/load.ts';
import type { Recording } from '../../src/engine/lab/result.ts';
import type { Lab } from '../../src/engine/lab/schema.ts';
import { sample } from '../browser/sample.ts';
import { expect, test } from './support.ts';

const chapters = Map.groupBy(await listLabs(), (id) => id.split('/')[0] as string);

/**
 * The recordings are Node's, and after an `await` each engine of JavaScript has a call stack of its
 * own: where in a program an error came up, or a statement was sent, is compared in Chromium, which
 * has the same one.
 */
const isPlaceOfError = (path: string, { main }: Pick<Lab, 'main'>) =>
  inject('installed').name !== 'chromium' &&
  (/^dynamodb\..*error\.(line|column)$/.test(path) ||
    (main && /^postgres\..*\.(line|column)$/.test(path)));

test.for(sample([...chapters.keys()], 1))('the labs of %s', async (chapter, { page }) => {
  for (const id of chapters.get(chapter) ?? []) {
    const { lab, expected } = await loadLab(id);
    if (!expected) throw new Error(`${id} has no recording`);
    const run: Recording = await page.run({
      lab,
      sides: lab.sides,
      sources: lab.sources,
    });
    for (const [name, dynamodb] of Object.entries(lab.dialects)) {
      const dialect = name as Dialect;
      const own = await page.run({ lab, sides: ['dynamodb'], sources: { dynamodb }, dialect });
      if (own.dynamodb) run.dialects = { ...run.dialects, [dialect]: own.dynamodb };
    }
    if (lab.variants) {
      const { sides, checks, variants } = lab;
      const results = await page.check({ lab, sides, sources: variants.solution, checks });
      expect(results.length, id).toBe(checks.length);
      expect(
        results.filter(({ passed }) => !passed).map(({ message }) => message),
        id,
      ).toEqual([]);
    }
    const found = differences(expected, run).filter(({ path }) => !isPlaceOfError(path, lab));
    expect(found, id).toEqual([]);
  }
});

test('a lab runs at the press of its button', async ({ page }) => {
  await page.open('guide/acid-transactions/');
  const shown = await page.inPage(async (id) => {
    // WebDriver calls a page open before its modules have run.
    await customElements.whenDefined('kj-lab');
    const lab = document.getElementById(id) as HTMLElement;
    const texts = () =>
      [...lab.querySelectorAll('[data-slot], [data-cost]')].map((part) =>
        (part.textContent ?? '').replaceAll(/\s+/g, ' ').trim(),
      );
    const recorded = texts();
    const ended = new Promise<string>((resolve) => {
      new MutationObserver(() => {
        const { state = '' } = lab.dataset;
        if (['ok', 'error', 'dead'].includes(state)) resolve(state);
      }).observe(lab, { attributeFilter: ['data-state'] });
    });
    lab.querySelector<HTMLElement>('[data-run=both]')?.click();
    const state = await ended;
    return { state, recorded, now: texts() };
  }, 'see-mvcc');
  expect(shown.state).toBe('ok');
  expect(shown.now).toEqual(shown.recorded);
});

/** Every page and every lab: axe in both themes, nothing sticking out, and the recorded output live. */
import { readdirSync } from 'node:fs';
import { describe } from 'vitest';
import { listLabs } from '../../src/engine/lab/load.ts';
import { LabPage } from './lab-page.ts';
import { axeViolations, expect, sidewaysScroll, test } from './support.ts';

const CHAPTERS = readdirSync('src/content/docs/guide').map((file) => file.replace('.mdx', ''));
const PAGES = ['', 'licences/', '404.html', ...CHAPTERS.map((chapter) => `guide/${chapter}/`)];
/** Every theme and every width, in two visits: axe takes seconds for a chapter of ten labs. */
const VISITS = [
  { theme: 'light', size: { width: 1280, height: 900 } },
  { theme: 'dark', size: { width: 320, height: 640 } },
] as const;

describe.each(VISITS)('axe finds nothing and nothing sticks out', ({ theme, size }) => {
  for (const path of PAGES) {
    test(`on /${path}, ${theme}, ${size.width} px`, async ({ open }) => {
      const page = await open(path, { theme, size });
      expect(await sidewaysScroll(page)).toBe(0);
      expect(await axeViolations(page)).toEqual([]);
    });
  }
});

/** The page that shows a lab: its chapter's, or the home page for the one that stands there. */
const pageOf = (chapter: string) => (chapter === 'introduction' ? '' : `guide/${chapter}/`);

describe('what is recorded is what the page answers', async () => {
  const chapters = Map.groupBy(await listLabs(), (id) => id.split('/')[0] as string);
  for (const [chapter, labs] of chapters) {
    test(`in every lab of ${chapter}`, async ({ open }) => {
      // Under a base path, so that a wrong address of an asset shows.
      const page = await open(pageOf(chapter), { underBase: true });
      for (const id of labs) {
        const lab = new LabPage(page, id.split('/')[1] as string);
        const recorded = await lab.shown();
        expect(await lab.run(), id).toBe('ok');
        expect(await lab.shown(), id).toEqual(recorded);
      }
    });
  }
});

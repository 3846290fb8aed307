/** Every page: axe in both themes, and nothing sticking out. A short run takes some of those with labs. */
import { readdirSync } from 'node:fs';
import { describe } from 'vitest';
import { sample } from './sample.ts';
import { axeViolations, expect, sidewaysScroll, test } from './support.ts';

const pagesIn = (folder: string) =>
  readdirSync(`src/content/docs/${folder}`).map((file) => `${folder}/${file.replace('.mdx', '/')}`);
const WITH_LABS = [...pagesIn('engines'), ...pagesIn('guide')];
const PAGES = [
  '',
  'licences/',
  '404.html',
  'paths/',
  'playground/',
  'progress/',
  'sessions/',
  'sessions/lost-update/',
  'sessions/consoles/',
  'errors/',
  'claims/',
  'sources/',
  'glossary/',
  'colophon/',
  'privacy/',
  ...sample(WITH_LABS, 1),
];
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

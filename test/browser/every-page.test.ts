/** Every page: axe in both themes, and nothing sticking out. Of chapters that are only planned, some. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe } from 'vitest';
import { sample } from './sample.ts';
import { axeViolations, expect, sidewaysScroll, test } from './support.ts';

const FOLDER = 'src/content/docs/guide';
const isPlanned = (file: string) =>
  /^ {2}status: planned$/m.test(readFileSync(`${FOLDER}/${file}`, 'utf8'));
const FILES = readdirSync(FOLDER);
/** A plan is headings and lists, the same in all of them. */
const CHAPTERS = [
  ...FILES.filter((file) => !isPlanned(file)),
  ...sample(FILES.filter(isPlanned), 3),
].map((file) => file.replace('.mdx', ''));
const PAGES = [
  '',
  'licences/',
  '404.html',
  'engines/dynamodb/',
  'playground/',
  ...CHAPTERS.map((chapter) => `guide/${chapter}/`),
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

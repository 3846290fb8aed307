/** Learning paths: their times, what the file may say, and what is said of a stop that is not there. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { labIds } from '@/components/lab/pages.ts';
import { type KnownChapter, resolvePaths } from '@/components/path/stops.ts';
import { minutesFor, timeText, WORDS_A_MINUTE, wordsOf } from '@/components/path/times.ts';
import { chapterSchema } from '@/config/chapter.ts';
import { type Paths, pathsSchema } from '@/config/path.ts';
import { readLab } from '@/engine/lab/load.ts';

const lab = (id: string, exercise = false) => ({
  id,
  title: `The ${id}`,
  address: '/x/',
  exercise,
});
const LABS = [
  lab('keys/order'),
  lab('keys/skip-me'),
  lab('keys/try-it', true),
  lab('engine/stale'),
];
const CHAPTERS: KnownChapter[] = [
  {
    id: 'keys',
    number: 2,
    title: 'Keys',
    address: '/guide/keys/',
    planned: false,
    words: 10 * WORDS_A_MINUTE,
    labs: LABS.slice(0, 3),
  },
  {
    id: 'costs',
    number: 9,
    title: 'Costs',
    address: '/guide/costs/',
    planned: true,
    words: 200,
    labs: [],
  },
];
const why = 'Because it is worth your while.';
const file = (...stops: Paths['paths'][number]['stops']): Paths => ({
  paths: [{ id: 'a-path', title: 'A path', who: why, able: why, stops }],
});
const resolve = (paths: Paths) =>
  resolvePaths(paths, CHAPTERS, LABS, (keys, message) => {
    throw new Error(`${keys.join('.')}: ${message}`);
  })[0];

describe('the words of a page', () => {
  test('are those that a reader sees', () => {
    const source = `---
title: Not counted
---

import { Lab } from '@/components';

Two [words](/not/counted/).

<Lab id="not/counted" level={2} />

<p class="not-counted">Three more words</p> - and \`one\`.
`;
    expect(wordsOf(source)).toBe(7);
  });
});

describe('the time of a path', () => {
  test('is that of its words, labs and exercises, without what it skips', () => {
    expect(minutesFor({ words: 10 * WORDS_A_MINUTE, labs: 2, exercises: 1 })).toBe(26);
    const whole = resolve(file({ at: 'keys', why }, { at: 'engine/stale', why }));
    expect(whole?.stops.map(({ minutes }) => minutes)).toEqual([26, 3]);
    expect(whole?.minutes).toBe(29);
    const part = resolve(file({ at: 'keys', why, skip: { labs: ['skip-me'], because: why } }));
    expect(part?.minutes).toBe(23);
    expect(part?.stops[0]).toMatchObject({
      kind: 'Chapter 2',
      skip: { titles: ['The keys/skip-me'] },
      labs: ['keys/order'],
      exercises: ['keys/try-it'],
    });
  });

  test('has nothing of a chapter that is only planned', () => {
    const path = resolve(file({ at: 'costs', why }, { at: 'keys/try-it', why }));
    expect(path).toMatchObject({ minutes: 10, planned: 1 });
    expect(path?.stops.map(({ minutes, kind }) => [kind, minutes])).toEqual([
      ['Chapter 9', undefined],
      ['Exercise', 10],
    ]);
  });

  test.each([
    [0, '0 min'],
    [45, '45 min'],
    [60, '1 h'],
    [125, '2 h 5 min'],
  ])('of %d minutes is written %s', (minutes, text) => {
    expect(timeText(minutes)).toBe(text);
  });
});

describe('a mistake in the file', () => {
  test.each([
    [
      'a stop that is not there',
      file({ at: 'keys', why }, { at: 'engine/stael', why }),
      "paths.0.stops.1.at: no chapter or lab on a page is 'engine/stael'; did you mean 'engine/stale'?",
    ],
    [
      'a skipped lab that is not there',
      file({ at: 'keys', why, skip: { labs: ['skip-mee'], because: why } }),
      "paths.0.stops.0.skip.labs.0: the page of 'keys' has no lab 'skip-mee'; did you mean 'skip-me'?",
    ],
    [
      'a lab of which something is skipped',
      file({ at: 'keys/order', why, skip: { labs: ['x'], because: why } }),
      'paths.0.stops.0.skip: only a chapter has labs that can be skipped',
    ],
  ])('%s is named by its place', (_what, paths, message) => {
    expect(() => resolve(paths)).toThrow(message);
  });

  test('that the schema refuses: a time written by hand, a path of one stop, one id twice', () => {
    const good = file({ at: 'keys', why }, { at: 'costs', why });
    const [path] = good.paths;
    expect(pathsSchema.safeParse(good).success).toBe(true);
    for (const paths of [
      [{ ...path, minutes: 40 }],
      [{ ...path, stops: [{ at: 'keys', why }] }],
      [path, path],
    ]) {
      expect(pathsSchema.safeParse({ paths }).success).toBe(false);
    }
  });
});

const GUIDE = 'src/content/docs/guide';
const WRITTEN = readdirSync(GUIDE)
  .map((name) => ({ name, source: readFileSync(`${GUIDE}/${name}`, 'utf8') }))
  .map(({ name, source }) => {
    const frontmatter: { chapter?: unknown } = parse(source.split(/^---$/m)[1] ?? '');
    return { name, source, ...chapterSchema.parse(frontmatter.chapter) };
  })
  .filter(({ status }) => status === 'written');

test.each(WRITTEN)('$name says about the time that a path counts for it', async (chapter) => {
  const labs = await Promise.all(labIds(chapter.source).map((id) => readLab(id)));
  const exercises = labs.filter(({ exercise }) => exercise).length;
  const words = wordsOf(chapter.source);
  const counted = minutesFor({ words, labs: labs.length - exercises, exercises });
  expect(Math.abs(chapter.minutes - counted), `${counted} minutes`).toBeLessThanOrEqual(5);
});

/** Every term is defined once and used: an undefined one fails the build (src/components/glossary/terms.ts). */
import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { termIds } from '../../src/components/glossary/term-ids.ts';
import { glossarySchema } from '../../src/config/term.ts';

const GLOSSARY = 'src/content/glossary';
const CHAPTERS = 'src/content/docs/guide';

const files = await readdir(GLOSSARY);
const terms = (
  await Promise.all(files.map((file) => readFile(`${GLOSSARY}/${file}`, 'utf8')))
).flatMap((text) => glossarySchema.parse(parse(text)).terms);
const ids = terms.map(({ id }) => id);
const chapters = await Promise.all(
  (await readdir(CHAPTERS)).map(async (file) => ({
    file,
    used: termIds(await readFile(`${CHAPTERS}/${file}`, 'utf8')),
  })),
);

test('no id comes twice, and what stands beside a term is a term', () => {
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  expect(terms.filter(({ beside }) => beside && !ids.includes(beside))).toEqual([]);
});

test('every term is used in a chapter, and every one that is used is defined', () => {
  const used = new Set(chapters.flatMap(({ used: own }) => own));
  expect(ids.filter((id) => !used.has(id))).toEqual([]);
  expect([...used].filter((id) => !ids.includes(id))).toEqual([]);
});

test('a chapter marks a term once, where it uses it first', () => {
  const twice = chapters.flatMap(({ file, used }) =>
    used.filter((id, index) => used.indexOf(id) !== index).map((id) => `${file}: ${id}`),
  );
  expect(twice).toEqual([]);
});

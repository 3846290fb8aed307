/** A lab says before it is run that it loads more than others. */
import { expect, test } from 'vitest';
import { loadWords } from '../../src/components/lab/loads.ts';

test('a lab with PostGIS says what is loaded, how much of it, and instead of what', () => {
  expect(loadWords(['postgis'])).toMatch(
    /^pressing Run loads PostgreSQL 18\.3 with PostGIS 3\.6\.2: 1\d\.\d MB, and some \d+ MB more of memory\. It takes the place of the page’s PostgreSQL 18\.\d+ until another lab runs\.$/,
  );
});

test('other labs have nothing to say', () => {
  expect(loadWords([])).toBeUndefined();
  expect(loadWords(['pg_trgm', 'vector'])).toBeUndefined();
});

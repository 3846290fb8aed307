/** A short run takes a sample that a commit fixes; the full run takes everything. */
import { afterEach, expect, test, vi } from 'vitest';
import { sample } from '../browser/sample.ts';

const all = ['a', 'b', 'c', 'd', 'e'];

afterEach(() => vi.unstubAllEnvs());

test('a sample is so many different ones, the same each time', () => {
  vi.stubEnv('FULL_RUN', '');
  const chosen = sample(all, 3);
  expect(new Set(chosen).size).toBe(3);
  expect(all).toEqual(expect.arrayContaining(chosen));
  expect(sample(all, 3)).toEqual(chosen);
  expect(sample(all, 9)).toEqual(all);
});

test('nothing is left out of the full run', () => {
  vi.stubEnv('FULL_RUN', '1');
  expect(sample(all, 3)).toEqual(all);
});

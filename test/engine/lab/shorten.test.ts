/** Long texts in results: cut, with their length. */
import { expect, test } from 'vitest';
import { shorten } from '../../../src/engine/lab/shorten.ts';

test('a long text keeps its beginning, its length and its end, wherever it stands', () => {
  const long = `${'x'.repeat(409_400)}${'y'.repeat(200)}`;
  const short = `${'x'.repeat(200)} ... (409,600 characters) ... ${'y'.repeat(200)}`;
  expect(shorten({ Item: { Data: { S: long } }, list: [long, 'short', 1, null] })).toEqual({
    Item: { Data: { S: short } },
    list: [short, 'short', 1, null],
  });
});

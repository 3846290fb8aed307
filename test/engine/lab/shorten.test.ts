/** Long texts in results: cut, with their length. */
import { expect, test } from 'vitest';
import { shorten } from '../../../src/engine/lab/shorten.ts';

test('a long text keeps its beginning and its length, wherever it stands', () => {
  const long = 'x'.repeat(409_600);
  expect(shorten({ Item: { Data: { S: long } }, list: [long, 'short', 1, null] })).toEqual({
    Item: { Data: { S: `${'x'.repeat(200)}... (409,600 characters)` } },
    list: [`${'x'.repeat(200)}... (409,600 characters)`, 'short', 1, null],
  });
});

/** No browser test is left out of both runs: each file is named in the configuration. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('every file of test/browser is in the full run', () => {
  const text = readFileSync('vitest.config.ts', 'utf8');
  const files = readdirSync('test/browser').filter((name) => name.endsWith('.test.ts'));
  const lost = files.filter((name) => !text.includes(`'${name.replace('.test.ts', '')}'`));
  expect(lost).toEqual([]);
});

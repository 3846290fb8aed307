/** Which browser the tests take. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { BrowserMissingError, findBrowser } from '../../tools/lib/browser.ts';

afterEach(() => vi.unstubAllEnvs());

test('CHROME_PATH decides', () => {
  vi.stubEnv('CHROME_PATH', process.execPath);
  expect(findBrowser()).toBe(process.execPath);
});

test('a CHROME_PATH that cannot be run is named, not passed over', () => {
  vi.stubEnv('CHROME_PATH', '/nowhere/chrome');
  expect(() => findBrowser()).toThrow(BrowserMissingError);
  expect(() => findBrowser()).toThrow('CHROME_PATH is /nowhere/chrome');
});

test('without it, the first folder of the PATH that has one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'browser-'));
  const file = join(folder, 'chromium');
  await writeFile(file, '', { mode: 0o755 });
  vi.stubEnv('CHROME_PATH', '');
  vi.stubEnv('PATH', ['/nowhere', folder, process.env.PATH].join(delimiter));
  expect(findBrowser()).toBe(file);
  await rm(folder, { recursive: true });
});

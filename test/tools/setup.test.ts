/** The set-up installs packages when, and only when, node_modules is not what the lock file says. */
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ROOT } from '../../tools/lib/root.ts';
import { isInstalled } from '../../tools/setup.mjs';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'setup-'));
});

afterEach(() => rm(root, { recursive: true }));

const preact = { version: '10.0.0', integrity: 'sha512-a' };
const forWindows = { version: '1.0.0', integrity: 'sha512-b', optional: true };

async function plant(locked: object, installed: object): Promise<void> {
  await mkdir(join(root, 'node_modules/preact'), { recursive: true });
  const lock = { packages: { '': { name: 'x' }, ...locked } };
  await writeFile(join(root, 'package-lock.json'), JSON.stringify(lock));
  const record = join(root, 'node_modules/.package-lock.json');
  await writeFile(record, JSON.stringify({ packages: installed }));
}

test('what the lock file says is installed, packages for other platforms aside', async () => {
  await plant(
    { 'node_modules/preact': preact, 'node_modules/win': forWindows },
    { 'node_modules/preact': preact },
  );
  expect(isInstalled(root)).toBe(true);
});

test('no node_modules, another version, a missing or a superfluous package are not', async () => {
  await writeFile(join(root, 'package-lock.json'), '{"packages":{}}');
  expect(isInstalled(root)).toBe(false);

  await plant(
    { 'node_modules/preact': { ...preact, version: '10.0.1' } },
    { 'node_modules/preact': preact },
  );
  expect(isInstalled(root)).toBe(false);

  await plant(
    { 'node_modules/preact': preact, 'node_modules/b': preact },
    {
      'node_modules/preact': preact,
    },
  );
  expect(isInstalled(root)).toBe(false);

  await plant({}, { 'node_modules/preact': preact });
  expect(isInstalled(root)).toBe(false);
});

test('a package whose folder was deleted is not installed', async () => {
  await plant({ 'node_modules/preact': preact }, { 'node_modules/preact': preact });
  await rm(join(root, 'node_modules/preact'), { recursive: true });
  expect(isInstalled(root)).toBe(false);
});

/** Runs a tool as npm does, and answers how it ended and what it said. */
function tool(...args: string[]) {
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  return { status, stderr };
}

test('bad input is answered with what is wrong and how it is meant, without a stack', () => {
  expect(tool('tools/setup.mjs', 'tools/nothing.ts')).toEqual({
    status: 1,
    stderr: expect.stringContaining('setup: no tool "tools/nothing.ts"'),
  });
  for (const [args, message] of [
    [['tools/preview.ts', '--prot', '1'], "Unknown option '--prot'"],
    [['tools/start.ts', '--port', 'x'], '--port x: a port is a whole number'],
    [['tools/test.ts', '--only', 'lnit'], 'there is no stage "lnit"'],
    [['tools/bench.ts', '--runs', '0'], '--runs 0: it must be a whole number from 1'],
  ] as const) {
    const { status, stderr } = tool(...args);
    expect(status).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  }
});

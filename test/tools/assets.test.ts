/** Generated assets are built when they are out of date, and only then. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type AssetFolders, AssetsError, ensureAssets } from '../../tools/assets.ts';

let folders: AssetFolders;

beforeEach(async () => {
  const root = await mkdtemp(join(tmpdir(), 'assets-'));
  folders = { root, modules: join(root, 'assets'), out: join(root, 'out') };
  await mkdir(folders.modules);
  await writeFile(join(root, 'package-lock.json'), '{}');
  await writeFile(join(root, 'source.txt'), 'one');
});

afterEach(() => rm(folders.root, { recursive: true }));

/** An asset that copies source.txt and notes each of its builds in builds.txt, outside its folder. */
async function plant(name: string, { after = [] as string[], build = '' } = {}): Promise<void> {
  const log = JSON.stringify(join(folders.root, 'builds.txt'));
  const source = JSON.stringify(join(folders.root, 'source.txt'));
  const code = `
    import { appendFileSync, copyFileSync } from 'node:fs';
    export const asset = {
      name: '${name}', inputs: ['source.txt'], after: ${JSON.stringify(after)},
      async build(outDir) {
        appendFileSync(${log}, '${name} ');
        ${build}
        copyFileSync(${source}, outDir + '/copy.txt');
      },
    };`;
  await writeFile(join(folders.modules, `${name}.ts`), code);
}

async function builds(): Promise<string> {
  return (await readFile(join(folders.root, 'builds.txt'), 'utf8')).trim();
}

function copyOf(name: string): Promise<string> {
  return readFile(join(folders.out, name, 'copy.txt'), 'utf8');
}

test('an asset is built once, and again when an input or the lock file changes', async () => {
  await plant('a');
  await ensureAssets({ folders });
  await ensureAssets({ folders });
  expect(await builds()).toBe('a');

  await writeFile(join(folders.root, 'source.txt'), 'two');
  await ensureAssets({ folders });
  expect(await builds()).toBe('a a');
  expect(await copyOf('a')).toBe('two');

  await writeFile(join(folders.root, 'package-lock.json'), '{"packages":{}}');
  await ensureAssets({ folders });
  expect(await builds()).toBe('a a a');
});

test('force builds what is up to date', async () => {
  await plant('a');
  await ensureAssets({ folders });
  await ensureAssets({ folders, force: true });
  expect(await builds()).toBe('a a');
});

test('callers at the same time build once', async () => {
  await plant('a');
  await Promise.all([ensureAssets({ folders }), ensureAssets({ folders })]);
  expect(await builds()).toBe('a');
  expect((await readdir(folders.out)).sort()).toEqual(['a']);
});

test('an asset is built after those that it needs, and anew when they are', async () => {
  await plant('a', { after: ['b'] });
  await plant('b');
  await ensureAssets({ folders, names: ['a'] });
  expect(await builds()).toBe('b a');
});

test('what fails does not keep the others from being built, and leaves the old folder', async () => {
  await plant('a');
  await plant('b');
  await ensureAssets({ folders });
  await writeFile(join(folders.root, 'source.txt'), 'two');
  await plant('broken', { build: "throw new Error('no snapshot');" });

  const error = await ensureAssets({ folders }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(AssetsError);
  expect((error as AssetsError).message).toContain('broken: Error: no snapshot');
  expect([...(error as AssetsError).causes.keys()]).toEqual(['broken']);
  expect(await copyOf('a')).toBe('two');
  expect(await copyOf('b')).toBe('two');
});

test('an input that is not there and a circle are named', async () => {
  await plant('a');
  await rm(join(folders.root, 'source.txt'));
  await expect(ensureAssets({ folders })).rejects.toThrow('no file or folder source.txt');

  await plant('c', { after: ['d'] });
  await plant('d', { after: ['c'] });
  await expect(ensureAssets({ folders, names: ['c'] })).rejects.toThrow('c -> d -> c');
});

test('a name that is no asset is answered with those that are', async () => {
  await plant('a');
  await expect(ensureAssets({ folders, names: ['x'] })).rejects.toThrow(
    'no asset "x"; there are: a',
  );
});

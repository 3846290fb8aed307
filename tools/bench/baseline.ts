/** The page that our figures are compared with: PGlite as its README has it, served as our site is. */
import { copyFile, glob, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { compressFolder } from '../../src/integrations/compress.ts';
import { ROOT } from '../lib/root.ts';
import { packageFolder } from '../lib/run.ts';

/** Builds the page into `.generated/.bench/baseline` and answers that folder. */
export async function buildBaseline(): Promise<string> {
  const folder = join(ROOT, '.generated/.bench/baseline');
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, 'pglite'), { recursive: true });
  await copyFile(join(ROOT, 'tools/bench/baseline/index.html'), join(folder, 'index.html'));
  const dist = join(packageFolder('@electric-sql/pglite'), 'dist');
  for await (const file of glob('*.{js,wasm,data}', { cwd: dist })) {
    await copyFile(join(dist, file), join(folder, 'pglite', file));
  }
  await compressFolder(folder, join(ROOT, '.generated/compressed'));
  return folder;
}

/**
 * Builds the site with Astro and writes down whose work is in it: `node tools/lib/astro-build.ts
 * <folder>`. A process of its own, started by `site.ts`, because Astro keeps state between builds.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'astro';
import { collectWorks } from '../licences/collect.ts';
import { shippedPackages } from '../licences/shipped.ts';
import { ROOT } from './root.ts';
import { WORKS_FILE } from './site.ts';

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('usage: node tools/lib/astro-build.ts <folder>');

const file = join(ROOT, WORKS_FILE);
mkdirSync(dirname(file), { recursive: true });
// The bundles are done before the pages are written: the page of licences reads this file.
const plugin = shippedPackages((packages) => {
  writeFileSync(file, JSON.stringify(collectWorks(packages), null, 2));
});

try {
  await build({
    root: ROOT,
    outDir: join(ROOT, folder),
    vite: { plugins: [plugin()], worker: { plugins: () => [plugin()] } },
  });
} catch (error) {
  // The message names the file and shows the place; the stack would only show Astro's own insides.
  const text = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
}

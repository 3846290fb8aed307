/** Builds the static site when something that it is made of has changed. */
import { existsSync } from 'node:fs';
import { glob, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentHash } from './content-hash.ts';
import { withLock } from './lock.ts';
import { ROOT } from './root.ts';
import { run } from './run.ts';

/** What the built pages are made of, beside the assets, which have stamps of their own. */
const INPUTS = [
  'astro.config.ts',
  'examples',
  'package-lock.json',
  'public',
  'src',
  'tools/lib/astro-build.ts',
  'tools/licences',
  'tsconfig.json',
];

/** Written by every build: whose work the site ships (`ShippedWork[]`), for the page of licences. */
export const WORKS_FILE = '.generated/.licences/works.json';

/** One build of the site. */
export interface SiteBuild {
  /** The path that it is served under, as `/` or `/a/b/`. */
  base: string;
  /** The folder that it is written to, relative to the repository's root. */
  dir: string;
}

/**
 * The site as it is published and previewed.
 * @throws SiteConfigError when the environment's BASE_PATH, SITE_URL or REPO_URL is malformed.
 */
export async function mainBuild(): Promise<SiteBuild> {
  const { site } = await import('../../src/config/site.ts');
  return { base: site.basePath, dir: 'dist' };
}

/** The same site below another path: shows that no link forgets the base. */
export const BUILD_UNDER_BASE: SiteBuild = { base: '/a/b/', dir: '.generated/dist-under-base' };

async function stampOf(build: SiteBuild): Promise<string> {
  const inputs = INPUTS.filter((input) => existsSync(join(ROOT, input)));
  const assets = await assetStamps();
  const settings = [build.base, process.env.SITE_URL ?? '', process.env.REPO_URL ?? ''];
  return contentHash(ROOT, [...inputs, ...assets], JSON.stringify(settings));
}

async function assetStamps(): Promise<string[]> {
  const found: string[] = [];
  for await (const file of glob('.generated/*/.stamp', { cwd: ROOT })) found.push(file);
  return found;
}

/** An asset that could not be built; the message holds what `tools/assets.ts` printed. */
export class AssetsFailedError extends Error {
  override name = 'AssetsFailedError';
}

/**
 * Brings the generated assets up to date, in a process of its own: Vitest, which calls this too,
 * would load the asset modules through its own module runner, and they are written for Node.
 * @throws AssetsFailedError
 */
export async function runAssets(): Promise<void> {
  const { code, output } = await run(process.execPath, [join(ROOT, 'tools/assets.ts')], {
    show: true,
  });
  if (code !== 0) throw new AssetsFailedError(output);
}

/** What Astro printed when a build failed. */
export class SiteBuildError extends Error {
  override name = 'SiteBuildError';
}

/**
 * Brings assets and site up to date; answers whether it had to build the site.
 * @param options.show print Astro's output while it builds.
 * @throws AssetsFailedError, or SiteBuildError with Astro's output.
 */
export async function ensureSite(
  build: SiteBuild,
  options: { force?: boolean; show?: boolean } = {},
): Promise<boolean> {
  await runAssets();
  return withLock(join(ROOT, '.generated/.site.lock'), async () => {
    const stampFile = join(ROOT, '.generated', `.${build.dir.replaceAll(/\W/g, '-')}.stamp`);
    const stamp = await stampOf(build);
    const found = await readFile(stampFile, 'utf8').catch(() => undefined);
    if (!options.force && found === stamp && existsSync(join(ROOT, build.dir, 'index.html'))) {
      return false;
    }
    await rm(stampFile, { force: true });
    const script = join(ROOT, 'tools/lib/astro-build.ts');
    const result = await run(process.execPath, [script, build.dir], {
      // Vitest's own NODE_ENV would make it a development build: `import.meta.env.DEV` would be true.
      env: { BASE_PATH: build.base, ASTRO_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
      show: options.show ?? false,
    });
    if (result.code !== 0) {
      const output = options.show ? 'its messages are above' : result.output;
      throw new SiteBuildError(`the site under ${build.base} could not be built: ${output}`);
    }
    await writeFile(stampFile, stamp);
    return true;
  });
}

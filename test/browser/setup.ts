/** Set-up of the browser tests: finds Chromium, builds the site twice and serves it. */
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { ensureBrowser } from '../../tools/lib/browser.ts';
import { ROOT } from '../../tools/lib/root.ts';
import { BUILD_UNDER_BASE, ensureSite, mainBuild, type SiteBuild } from '../../tools/lib/site.ts';
import { serve } from '../../tools/serve.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the site at `/` is served, with a slash at the end. */
    siteUrl: string;
    /** Where the site under `/a/b/` is served, with a slash at the end. */
    siteUnderBaseUrl: string;
    /** The path of Chromium. */
    browserPath: string;
  }
}

async function buildAndServe(build: SiteBuild) {
  await ensureSite(build);
  return serve({ dir: join(ROOT, build.dir), base: build.base });
}

/** @throws BrowserMissingError, SiteBuildError or AssetsFailedError: without these nothing can be tested. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const browserPath = await ensureBrowser();
  const site = await buildAndServe(await mainBuild());
  const siteUnderBase = await buildAndServe(BUILD_UNDER_BASE);
  project.provide('siteUrl', site.url);
  project.provide('siteUnderBaseUrl', siteUnderBase.url);
  project.provide('browserPath', browserPath);
  return async () => {
    await site.close();
    await siteUnderBase.close();
  };
}

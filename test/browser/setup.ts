/** Set-up of the browser tests: builds and serves the site twice and starts one Chromium for all. */
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { BROWSER_ARGS, ensureBrowser } from '../../tools/lib/browser.ts';
import { ROOT } from '../../tools/lib/root.ts';
import { BUILD_UNDER_BASE, ensureSite, mainBuild, type SiteBuild } from '../../tools/lib/site.ts';
import { serve } from '../../tools/serve.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the site at `/` is served, with a slash at the end. */
    siteUrl: string;
    /** Where the site under `/a/b/` is served, with a slash at the end. */
    siteUnderBaseUrl: string;
    /** Where the shared Chromium listens. */
    browserUrl: string;
  }
}

async function buildAndServe(build: SiteBuild) {
  await ensureSite(build);
  return serve({ dir: join(ROOT, build.dir), base: build.base });
}

/** @throws BrowserMissingError, SiteBuildError or AssetsFailedError: without these nothing can be tested. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const executablePath = await ensureBrowser();
  const site = await buildAndServe(await mainBuild());
  const siteUnderBase = await buildAndServe(BUILD_UNDER_BASE);
  const browser = await chromium.launchServer({
    executablePath,
    args: [...BROWSER_ARGS],
    host: '127.0.0.1',
  });
  project.provide('siteUrl', site.url);
  project.provide('siteUnderBaseUrl', siteUnderBase.url);
  project.provide('browserUrl', browser.wsEndpoint());
  return async () => {
    await browser.close();
    await site.close();
    await siteUnderBase.close();
  };
}

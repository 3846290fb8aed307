/** Set-up of the tests of all browsers: finds the one of the project, builds the site and serves it. */
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import {
  ensureBrowser,
  ensureFirefox,
  ensureWebKit,
  type WebKitPrograms,
} from '../../tools/lib/browser.ts';
import { ROOT } from '../../tools/lib/root.ts';
import { ensureSite, mainBuild } from '../../tools/lib/site.ts';
import { serve } from '../../tools/serve.ts';

/** A browser, and the programs that it is driven with. */
export type Installed =
  | { name: 'chromium' | 'firefox'; program: string }
  | { name: 'webkit'; programs: WebKitPrograms };

declare module 'vitest' {
  interface ProvidedContext {
    /** The browser that this project tests. */
    installed: Installed;
    /** The address of the module by which a page reaches the engines, in the site at `siteUrl`. */
    doorUrl: string;
    /** The same of the module by which a page reaches live sessions. */
    sessionsDoorUrl: string;
  }
}

async function install(name: string): Promise<Installed> {
  switch (name) {
    case 'chromium':
      return { name, program: await ensureBrowser() };
    case 'firefox':
      return { name, program: await ensureFirefox() };
    case 'webkit':
      return { name, programs: await ensureWebKit() };
    default:
      throw new RangeError(`no browser is named ${name}`);
  }
}

/** The file that a `client.ts` was built into which exports this name; an island's client has the same name. */
async function doorFile(dir: string, exported: string): Promise<string> {
  for await (const file of glob('_astro/client.*.js', { cwd: dir })) {
    if ((await readFile(join(dir, file), 'utf8')).includes(`as ${exported}`)) return file;
  }
  throw new Error(`${dir} has no file client.*.js that exports ${exported}`);
}

/** @throws BrowserMissingError, SiteBuildError or AssetsFailedError: without these nothing can be tested. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const installed = await install(project.name);
  const build = await mainBuild();
  await ensureSite(build);
  const dir = join(ROOT, build.dir);
  const site = await serve({ dir, base: build.base });
  project.provide('installed', installed);
  project.provide('siteUrl', site.url);
  const urlOf = async (exported: string) => new URL(await doorFile(dir, exported), site.url).href;
  project.provide('doorUrl', await urlOf('EngineError'));
  project.provide('sessionsDoorUrl', await urlOf('playLive'));
  return () => site.close();
}

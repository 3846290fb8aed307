/** `npm run build`: the static site in dist/, built anew, without a dead link. */
import { join } from 'node:path';
import { checkLinks } from './check/links.ts';
import { main, readArgs } from './lib/command-line.ts';
import { ROOT } from './lib/root.ts';
import { ensureSite, mainBuild } from './lib/site.ts';

const USAGE = `Usage: npm run build

Builds the static site into dist/. SITE_URL, BASE_PATH and REPO_URL are read from the environment.
A link that leads nowhere fails the build.`;

/** Addresses in the built pages that lead nowhere, a line each. */
class DeadLinkError extends Error {
  override name = 'DeadLinkError';
}

await main(async () => {
  readArgs(USAGE, {});
  const build = await mainBuild();
  await ensureSite(build, { force: true, show: true });
  const dead = await checkLinks(join(ROOT, build.dir), build.base);
  if (dead.length > 0) throw new DeadLinkError(dead.join('\n'));
});

/** `npm run build`: the static site in dist/, built anew. */
import { main, readArgs } from './lib/command-line.ts';
import { ensureSite, mainBuild } from './lib/site.ts';

const USAGE = `Usage: npm run build

Builds the static site into dist/. SITE_URL, BASE_PATH and REPO_URL are read from the environment.`;

await main(async () => {
  readArgs(USAGE, {});
  await ensureSite(await mainBuild(), { force: true, show: true });
});

/** `npm run preview`: serves dist/ as it is. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { main, readArgs, readPort, UsageError } from './lib/command-line.ts';
import { ROOT } from './lib/root.ts';
import { DEFAULT_PORT, serveSite } from './lib/serving.ts';
import { mainBuild } from './lib/site.ts';

const USAGE = `Usage: npm run preview -- [--port N]

Serves dist/ as it was built last, under BASE_PATH, on http://localhost:${DEFAULT_PORT}.`;

await main(async () => {
  const { values } = readArgs(USAGE, { port: { type: 'string', default: DEFAULT_PORT } });
  const port = readPort(values.port);
  const build = await mainBuild();
  if (!existsSync(join(ROOT, build.dir, 'index.html'))) {
    throw new UsageError(`there is no site in ${build.dir}/ yet; build it first: npm run build`);
  }
  await serveSite(build, port);
});

/** `npm start`: builds what is missing or outdated, then serves the site. */
import { main, readArgs, readPort } from './lib/command-line.ts';
import { DEFAULT_PORT, serveSite } from './lib/serving.ts';
import { ensureSite, mainBuild } from './lib/site.ts';

const USAGE = `Usage: npm start -- [--port N]

Builds what is missing or outdated, then serves the site on http://localhost:${DEFAULT_PORT}.`;

await main(async () => {
  const { values } = readArgs(USAGE, { port: { type: 'string', default: DEFAULT_PORT } });
  const port = readPort(values.port);
  const build = await mainBuild();
  const start = performance.now();
  process.stderr.write('site: checking whether it is up to date\n');
  if (await ensureSite(build, { show: true })) {
    process.stderr.write(`site: built in ${((performance.now() - start) / 1000).toFixed(1)} s\n`);
  }
  await serveSite(build, port);
});

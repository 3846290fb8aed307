/** `npm run dev`: Astro's development server, with the generated assets in place. */
import { spawn } from 'node:child_process';
import { ensureAssets } from './assets.ts';
import { main, readArgs, readPort } from './lib/command-line.ts';
import { binOf } from './lib/run.ts';
import { DEFAULT_PORT } from './lib/serving.ts';

const USAGE = `Usage: npm run dev -- [--port N]

Serves the site and reloads it as files change. The generated assets are built once, at the start.`;

await main(async () => {
  const { values } = readArgs(USAGE, { port: { type: 'string', default: DEFAULT_PORT } });
  const port = readPort(values.port);
  await ensureAssets();
  const child = spawn(process.execPath, [binOf('astro'), 'dev', '--port', String(port)], {
    stdio: 'inherit',
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
  });
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
});

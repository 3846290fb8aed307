/** `npm run emulator`: the DynamoDB emulator over HTTP. */
import { ensureAssets } from './assets.ts';
import { main, readArgs, readPort, UsageError } from './lib/command-line.ts';
import { serveEmulator } from './lib/emulator.ts';

const USAGE = `Usage: npm run emulator -- [--port N]

Serves an empty DynamoDB on http://127.0.0.1:8000 until it is ended. Nothing is stored on disk.

  aws dynamodb list-tables --endpoint-url http://127.0.0.1:8000 --region us-east-1`;

await main(async () => {
  const { values } = readArgs(USAGE, { port: { type: 'string', default: '8000' } });
  const port = readPort(values.port);
  await ensureAssets({ names: ['dynamodb'] });
  const { createDynamoDB } = await import('../.generated/dynamodb/engine.js');
  const { url } = await serveEmulator(createDynamoDB(), port).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') throw error;
      throw new UsageError(`port ${port} is in use; choose another: --port ${port + 1}`);
    },
  );
  process.stdout.write(`DynamoDB emulator: ${url}\n(Ctrl+C ends it)\n`);
});

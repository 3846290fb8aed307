/** `npm run emulator`: the DynamoDB emulator over HTTP. */
import { readFile } from 'node:fs/promises';
import { datasetNames, loadDataset } from '../src/engine/datasets.ts';
import { ensureAssets } from './assets.ts';
import { main, readArgs, readPort, UsageError } from './lib/command-line.ts';
import { serveEmulator } from './lib/emulator.ts';

const USAGE = `Usage: npm run emulator -- [--port N] [--load FILE | --dataset NAME] [--seed N] [--world FILE]

Serves a DynamoDB on http://127.0.0.1:8000 until it is ended. Nothing is stored on disk.

  --port N        the port (default 8000; 0 for any that is free)
  --load FILE     begins with the tables and items of a JSON file:
                  { "tables": [requests of CreateTable], "items": { "Table": [items in DynamoDB JSON] } }
  --dataset NAME  begins with a dataset of the guide: ${datasetNames.join(', ')}
  --seed N        chance that repeats: ids, and what the world does
  --world FILE    what happens around the engine, as JSON: lag, throttling, faults, ...

  aws dynamodb list-tables --endpoint-url http://127.0.0.1:8000 --region us-east-1

Any credentials will do, but there must be some: AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any`;

await main(async () => {
  const { values } = readArgs(USAGE, {
    port: { type: 'string', default: '8000' },
    load: { type: 'string' },
    dataset: { type: 'string' },
    seed: { type: 'string' },
    world: { type: 'string' },
  });
  const port = readPort(values.port);
  const { load, dataset } = values;
  if (load !== undefined && dataset !== undefined) {
    throw new UsageError(`--load and --dataset exclude each other\n\n${USAGE}`);
  }
  await ensureAssets({ names: ['dynamodb'] });
  const { createDynamoDB } = await import('../.generated/dynamodb/engine.js');
  const engine = createDynamoDB(values.seed === undefined ? {} : { seed: readSeed(values.seed) });
  if (load !== undefined) {
    const { tables = [], items = {} } = (await readJson('--load', load)) as Contents;
    attempt(`--load ${load}`, () => engine.load(tables, items));
  }
  if (dataset !== undefined) {
    const { generateDynamoDB } = await loadDataset(dataset).catch((error: unknown) => {
      throw new UsageError(`--dataset ${dataset}: ${(error as Error).message}`);
    });
    const { tables, items } = generateDynamoDB();
    engine.load(tables, items);
  }
  if (values.world !== undefined) {
    const settings = await readJson('--world', values.world);
    attempt(`--world ${values.world}`, () => engine.configure(settings as never));
  }
  const server = await serveEmulator(engine, port).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new UsageError(`port ${port} is in use; choose another: --port ${port + 1}`);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void server.close());
  }
  process.stdout.write(`DynamoDB emulator: ${server.url}\n(Ctrl+C ends it)\n`);
});

/** A file of --load. */
type Contents = {
  tables?: Parameters<import('../.generated/dynamodb/engine.js').DynamoDB['load']>[0];
  items?: Parameters<import('../.generated/dynamodb/engine.js').DynamoDB['load']>[1];
};

function readSeed(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new UsageError(`--seed ${text}: it must be a whole number`);
  return Number(text);
}

async function readJson(option: string, file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${option} ${file}: ${(error as Error).message}`);
  }
}

/** What the file says may not fit the engine: whose message then names what. */
function attempt(what: string, act: () => void): void {
  try {
    act();
  } catch (error) {
    throw new UsageError(`${what}: ${(error as Error).message}`);
  }
}

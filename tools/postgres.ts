/** `npm run postgres`: the labs' PostgreSQL over its own protocol. */
import { buildFor } from '../src/engine/postgres/extension-names.ts';
import { ensureAssets } from './assets.ts';
import { openInstance } from './engines/postgres.ts';
import { main, readArgs, readPort, UsageError } from './lib/command-line.ts';
import { listDatasets } from './lib/datasets.ts';
import { openDoor } from './lib/postgres-door.ts';

const datasets = await listDatasets();
const USAGE = `Usage: npm run postgres -- [--port N] [--dataset NAME] [--extensions NAME,NAME]

Serves the labs' PostgreSQL on 127.0.0.1 until it is ended (Ctrl+C). Nothing is stored on disk.

  --port N            the port (default 5433; 0 for any that is free)
  --dataset NAME      what it begins with: ${datasets.join(', ')} (default inkwell)
  --extensions NAMES  extensions that can be created, as vector,pg_trgm

It has one connection at a time: a second client is refused with error 53300.

  psql -h 127.0.0.1 -p 5433 -U postgres`;

await main(async () => {
  const { values } = readArgs(USAGE, {
    port: { type: 'string', default: '5433' },
    dataset: { type: 'string', default: 'inkwell' },
    extensions: { type: 'string', default: '' },
  });
  const port = readPort(values.port);
  if (!datasets.includes(values.dataset)) {
    throw new UsageError(`--dataset ${values.dataset}: there are: ${datasets.join(', ')}`);
  }
  const names = values.extensions.split(',').filter((name) => name !== '');
  const build = buildFor(names);
  await ensureAssets({ names: ['postgres', ...(build === 'usual' ? [] : [build])] });
  const instance = await openInstance(values.dataset, names).catch((error: unknown) => {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(`--extensions ${values.extensions}: ${error.message}`);
  });
  const door = await openDoor(instance, port).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new UsageError(`port ${port} is in use; choose another: --port ${port + 1}`);
  });
  process.stdout.write(
    `PostgreSQL: postgresql://postgres@127.0.0.1:${door.port}/postgres\n` +
      'One connection at a time: a second client is refused (53300). Ctrl+C ends it.\n',
  );
});

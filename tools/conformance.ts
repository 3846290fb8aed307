/** `npm run conformance`: the emulator's score on the public test suites of DynamoDB. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ensureAssets } from './assets.ts';
import { runSuite, type Score } from './conformance/run.ts';
import { main, readArgs, UsageError } from './lib/command-line.ts';
import { ROOT } from './lib/root.ts';

const USAGE = `Usage: npm run conformance -- --suite PATH [--suite PATH] [--write]

Runs public test suites against the emulator over HTTP, and prints their scores as JSON. PATH is a checkout, with its
packages installed, of one of
  https://github.com/nubo-db/dynamodb-conformance   each test was first run against DynamoDB itself
  https://github.com/architect/dynalite             dynalite's own tests, some older than today's DynamoDB
Nothing is fetched.

  --write   also writes the scores, with the date, to src/content/data/dynamodb-conformance.json, which the site shows`;

const FILE = join(ROOT, 'src/content/data/dynamodb-conformance.json');

/** What the site shows. */
interface Scores {
  suites: Array<Score & { date: string }>;
}

await main(async () => {
  const { values } = readArgs(USAGE, {
    suite: { type: 'string', multiple: true, default: [] },
    write: { type: 'boolean', default: false },
  });
  if (values.suite.length === 0) throw new UsageError(`--suite is missing\n\n${USAGE}`);
  await ensureAssets({ names: ['dynamodb'] });
  const date = new Date().toISOString().slice(0, 10);
  const suites: Scores['suites'] = [];
  for (const path of values.suite) suites.push({ date, ...(await runSuite(path)) });
  process.stdout.write(`${JSON.stringify({ suites } satisfies Scores, null, 2)}\n`);
  if (values.write) await write(suites);
});

/** Scores of other suites stay in the file. */
async function write(suites: Scores['suites']): Promise<void> {
  const before = await readFile(FILE, 'utf8').catch(() => '{"suites":[]}');
  const others = (JSON.parse(before) as Scores).suites.filter(
    ({ suite }) => !suites.some((one) => one.suite === suite),
  );
  const all = [...others, ...suites].sort((a, b) => (a.suite < b.suite ? 1 : -1));
  await mkdir(dirname(FILE), { recursive: true });
  await writeFile(FILE, `${JSON.stringify({ suites: all }, null, 2)}\n`);
}

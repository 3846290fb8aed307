/** `npm run check`: the checks that need no build and no browser. */
import { STATIC_STAGES } from './check/stages.ts';
import { main, readArgs } from './lib/command-line.ts';
import { runStages } from './lib/stages.ts';

const USAGE = `Usage: npm run check

Formatting, lint rules, types, direction of imports, and what nobody uses.`;

await main(async () => {
  readArgs(USAGE, {});
  const totals = await runStages(STATIC_STAGES);
  if (totals.failed > 0) process.exitCode = 1;
  process.stdout.write(`\n${totals.passed} passed, ${totals.failed} failed\n`);
});

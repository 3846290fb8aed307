/** `npm test` and `npm run test:all`: every check there is; the last line says how many passed and failed. */
import { ALL_STAGES, FULL_STAGES, STAGE_NOTES } from './check/stages.ts';
import { main, readArgs, UsageError } from './lib/command-line.ts';
import { runStages, select } from './lib/stages.ts';

const USAGE = `Usage: npm test -- [--only stage,stage]
       npm run test:all -- [--only stage,stage]

Runs all checks and ends with the line "N passed, N failed". A skipped test counts as failed.
test:all takes longer: random tests, of which npm test runs a fixed sample, go on for minutes.
--only runs some stages and those that they need:
${Object.entries(STAGE_NOTES)
  .map(([name, note]) => `  ${name.padEnd(17)}${note}`)
  .join('\n')}`;

await main(async () => {
  const { values } = readArgs(USAGE, {
    only: { type: 'string' },
    all: { type: 'boolean', default: false },
  });
  const stages = values.all ? FULL_STAGES : ALL_STAGES;
  const names = values.only?.split(',').map((name) => name.trim());
  const unknown = names?.find((name) => !(name in STAGE_NOTES));
  if (unknown !== undefined) {
    throw new UsageError(`--only ${values.only}: there is no stage "${unknown}"\n\n${USAGE}`);
  }
  // An error that escapes from a stage must not take the other stages and the last line with it.
  let escaped = 0;
  process.on('unhandledRejection', (error) => {
    escaped += 1;
    const text = error instanceof Error ? error.stack : String(error);
    process.stdout.write(`FAILED an error outside of any stage\n${text}\n`);
  });
  const begin = performance.now();
  const totals = await runStages(names ? select(stages, names) : stages);
  process.stdout.write(`\n${((performance.now() - begin) / 1000).toFixed(0)} s\n`);
  const failed = totals.failed + escaped;
  // A stage that was given up may hold on to a browser or a server: nothing is waited for.
  process.stdout.write(`${totals.passed} passed, ${failed} failed\n`, () =>
    process.exit(failed > 0 ? 1 : 0),
  );
});

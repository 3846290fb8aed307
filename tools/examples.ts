/** `npm run examples`: runs labs on both engines in Node, and records what they answer. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { recordable } from '../src/engine/lab/compare.ts';
import { EXAMPLES, LabError, loadLab, readLab } from '../src/engine/lab/load.ts';
import { type Proof, proved, proveLab } from '../src/engine/lab/prove.ts';
import type { Lab } from '../src/engine/lab/schema.ts';
import { ensureAssets } from './assets.ts';
import { main, readArgs } from './lib/command-line.ts';
import { ROOT } from './lib/root.ts';
import { selectLabs } from './lib/select-labs.ts';

const usage = `Usage: npm run examples -- [chapter | chapter/lab ...] [--update]

Runs the labs on both engines and compares them with their expected.json.
  --update   record what the engines answer, where the checks of the lab pass`;

await main(async () => {
  const { values, positionals } = readArgs(
    usage,
    { update: { type: 'boolean', default: false } },
    { positionals: true },
  );
  const ids = await selectLabs(positionals);
  await ensureAssets({ names: ['dynamodb', 'postgres', 'postgis', 'script'] });
  const { openEngines } = await import('./engines/open.ts');
  const engines = await openEngines();
  let bad = 0;
  const width = Math.max(...ids.map((id) => id.length));
  for (const id of ids) {
    try {
      const { lab, expected } = values.update
        ? { lab: await readLab(id, ROOT), expected: undefined }
        : await loadLab(id, ROOT);
      const proof = await proveLab(engines, lab, expected);
      if (proved(proof)) {
        if (values.update) await record(lab, proof);
        print(`ok    ${id.padEnd(width)}  ${counts(proof, lab.exercise !== undefined)}`);
      } else {
        bad += 1;
        print(`FAIL  ${id}`);
        for (const line of complaints(proof)) print(`      ${line}`);
      }
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
      bad += 1;
      print(`FAIL  ${id}\n      ${error.message}`);
    }
  }
  await engines.close();
  print(`${ids.length - bad} passed, ${bad} failed`);
  if (bad > 0) process.exitCode = 1;
});

/** Writes expected.json: one entry a line where it is short, so that a change reads well in a diff. */
async function record(lab: Lab, { run }: Proof): Promise<void> {
  const file = path.join(ROOT, EXAMPLES, lab.id, 'expected.json');
  await writeFile(file, `${JSON.stringify(recordable(run), null, 1)}\n`);
}

/** What a lab did, in numbers. */
function counts({ run, checks }: Proof, exercise: boolean): string {
  const requests = run.dynamodb?.steps.flatMap((step) => step.calls).length ?? 0;
  const dialects = Object.values(run.dialects ?? {}).flatMap(({ steps }) => steps);
  const more = dialects.flatMap(({ calls }) => calls).length;
  const statements = run.postgres?.steps.flatMap((step) => step.statements).length ?? 0;
  const graded = exercise ? 'starter, solution, decoy' : `${checks.length} checks`;
  return `${requests} requests${more > 0 ? ` and ${more} in dialects` : ''}, ${statements} statements, ${graded}`;
}

/** All that is wrong, a line each; of many differences the first ten. */
function complaints(proof: Proof): string[] {
  const lines = proof.badSteps.map(
    ({ program, name, problem }) =>
      `${program}${name === '' ? '' : `, step '${name}'`}: ${problem}`,
  );
  for (const { passed, message } of proof.checks) if (!passed) lines.push(`check: ${message}`);
  lines.push(...proof.exercise);
  const shown = proof.differences.slice(0, 10);
  for (const { path: at, recorded, now } of shown) {
    lines.push(`differs at ${at}: recorded ${brief(recorded)}, now ${brief(now)}`);
  }
  const more = proof.differences.length - shown.length;
  if (more > 0) lines.push(`and ${more} more differences`);
  return lines;
}

function brief(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 160)}...` : text;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

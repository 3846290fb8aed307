/** `npm run claims`: the ledger in numbers, its proofs run, and the proof that each of them could fail. */
import {
  isProvable,
  type LedgerEntry,
  labsOf,
  ledgerProblems,
  type Provable,
  readLedger,
} from '../src/components/claim/ledger.ts';
import { isPlayed, type Played, scenariosOf } from '../src/components/claim/played.ts';
import { blindProofs, proveClaims } from '../src/engine/lab/prove-claim.ts';
import { gradePlay, proofRequest, withoutStep } from '../src/engine/sessions/prove.ts';
import { ensureAssets } from './assets.ts';
import { main, readArgs, UsageError } from './lib/command-line.ts';
import { ROOT } from './lib/root.ts';

const usage = `Usage: npm run claims -- [chapter | chapter--claim ...] [--json] [--prove] [--mutate]

The ledger of claims: how many, by verdict and by kind of proof, and what is wrong with it.
  --json     the numbers as JSON
  --prove    runs the labs of the proofs, plays those of several sessions on a PostgreSQL server, and says which hold
  --mutate   runs each lab without the step that shows a claim: a proof that notices nothing is none`;

await main(async () => {
  const { values, positionals } = readArgs(
    usage,
    {
      json: { type: 'boolean', default: false },
      prove: { type: 'boolean', default: false },
      mutate: { type: 'boolean', default: false },
    },
    { positionals: true },
  );
  const all = await readLedger(ROOT);
  const problems = ledgerProblems(all, await labsOf(all, ROOT), await scenariosOf(all, ROOT));
  const entries = select(all, positionals);
  const report: Record<string, unknown> = counts(entries);
  if (!values.json) print(table(entries));
  for (const problem of problems) complain(problem);
  if (problems.length === 0 && (values.prove || values.mutate)) {
    const provable = entries.filter(isProvable);
    if (provable.length > 0) {
      await ensureAssets({ names: ['dynamodb', 'postgres', 'postgis', 'script'] });
      if (values.prove) report['proved'] = await prove(provable);
      if (values.mutate) report['mutated'] = await mutate(provable);
    }
    const played = entries.filter(isPlayed);
    if (played.length > 0) {
      report['played'] = await playAgain(played, { proves: values.prove, mutates: values.mutate });
    }
  }
  if (values.json) print(JSON.stringify({ ...report, problems }, null, 2));
});

function select(all: readonly LedgerEntry[], names: readonly string[]): LedgerEntry[] {
  if (names.length === 0) return [...all];
  const unknown = names.find((n) => !all.some(({ chapter, name }) => [chapter, name].includes(n)));
  if (unknown !== undefined) {
    const chapters = [...new Set(all.map(({ chapter }) => chapter))].join(', ');
    throw new UsageError(`no claim or chapter is named '${unknown}'; there are: ${chapters}`);
  }
  return all.filter(({ chapter, name }) => names.includes(chapter) || names.includes(name));
}

/** Groups by a key, in the order of first appearance. */
function tally<Value>(values: readonly Value[], key: (value: Value) => string) {
  const sums: Record<string, number> = {};
  for (const value of values) sums[key(value)] = (sums[key(value)] ?? 0) + 1;
  return sums;
}

function counts(entries: readonly LedgerEntry[]) {
  return {
    claims: entries.length,
    tableRows: entries.filter(({ claim }) => claim.kind === 'table-row').length,
    verdicts: tally(entries, ({ claim }) => claim.verdict),
    proofs: tally(entries, ({ claim }) => claim.proof.kind),
  };
}

function table(entries: readonly LedgerEntry[]): string {
  const chapters = Object.keys(tally(entries, ({ chapter }) => chapter));
  const line = (name: string, of: readonly LedgerEntry[]) => {
    const { claims, tableRows, verdicts, proofs } = counts(of);
    const told = (sums: Record<string, number>) =>
      Object.entries(sums)
        .map(([what, sum]) => `${sum} ${what}`)
        .join(', ');
    return `${name.padEnd(24)} ${String(claims).padStart(4)} claims (${tableRows} table rows): ${told(verdicts)} | ${told(proofs)}`;
  };
  return [
    ...chapters.map((name) =>
      line(
        name,
        entries.filter(({ chapter }) => chapter === name),
      ),
    ),
    line('all', entries),
  ].join('\n');
}

/** The claims that a lab proves, by the lab's id. */
function byLab(entries: readonly Provable[]): Map<string, Provable[]> {
  const labs = new Map<string, Provable[]>();
  for (const entry of entries) {
    const { lab } = entry.claim.proof;
    labs.set(lab, [...(labs.get(lab) ?? []), entry]);
  }
  return labs;
}

async function prove(entries: readonly Provable[]) {
  const failed = await withLabs(entries, async (engines, lab, own) => {
    const results = await proveClaims(
      engines,
      lab,
      own.map(({ claim }) => claim.proof),
    );
    return own.flatMap((entry, index) =>
      (results[index] ?? [])
        .filter(({ passed }) => !passed)
        .map(({ message }) => `${entry.place}: '${entry.name}' does not hold: ${message}`),
    );
  });
  const broken = new Set(failed.map((problem) => problem.split("'")[1]));
  return { passed: entries.length - broken.size, failed: broken.size };
}

async function mutate(entries: readonly Provable[]) {
  const failed = await withLabs(entries, async (engines, lab, own) => {
    const blind = await blindProofs(
      engines,
      lab,
      own.map(({ claim }) => claim.proof),
    );
    return blind.map((index) => {
      const { place, name, claim } = own[index] as Provable;
      return `${place}: '${name}' would hold without the step '${claim.proof.step}', too`;
    });
  });
  return { passed: entries.length - failed.length, failed: failed.length };
}

/** Plays what claims about several sessions rest on, on a server: as it is, and without the step that shows it. */
async function playAgain(
  entries: readonly Played[],
  { proves, mutates }: { proves: boolean; mutates: boolean },
) {
  const { scenarios } = await scenariosOf(entries, ROOT);
  const { ServerPlayer } = await import('./sessions/player.ts');
  const player = await ServerPlayer.start();
  let failed = 0;
  const fail = (problem: string) => {
    failed += 1;
    complain(problem);
  };
  try {
    for (const { place, name, claim } of entries) {
      const { proof } = claim;
      const scenario = scenarios.get(proof.scenario)?.scenario;
      if (!scenario) continue;
      const request = proofRequest(scenario, proof);
      if (proves) {
        for (const { passed, found } of gradePlay(proof, await player.play(request))) {
          if (!passed) fail(`${place}: '${name}' does not hold: ${found}`);
        }
      }
      if (!mutates) continue;
      const mutant = gradePlay(proof, await player.play(withoutStep(request, proof.step)));
      if (mutant.every(({ passed }) => passed)) {
        fail(`${place}: '${name}' would hold without the step '${proof.step}', too`);
      }
    }
  } finally {
    await player.stop();
  }
  process.stderr.write(`${entries.length} claims of several sessions, ${failed} problems\n`);
  return { claims: entries.length, problems: failed };
}

async function withLabs(
  entries: readonly Provable[],
  work: (
    engines: import('./engines/open.ts').OpenEngines,
    lab: import('../src/engine/lab/schema.ts').Lab,
    own: readonly Provable[],
  ) => Promise<string[]>,
): Promise<string[]> {
  const labs = await labsOf(entries, ROOT);
  const { openEngines } = await import('./engines/open.ts');
  const engines = await openEngines();
  const all: string[] = [];
  for (const [id, own] of byLab(entries)) {
    const lab = labs.get(id)?.lab;
    if (!lab) continue;
    const problems = await work(engines, lab, own);
    for (const problem of problems) complain(problem);
    all.push(...problems);
  }
  await engines.close();
  process.stderr.write(`${entries.length - all.length} of ${entries.length} claims\n`);
  return all;
}

function complain(problem: string): void {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

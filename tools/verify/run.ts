/** Compares labs one after the other, and prints what was compared and what differs. */
import { stringify } from 'yaml';
import type {
  PostgresDifference,
  PostgresDifferences,
} from '../../src/config/postgres-difference.ts';
import type { PostgresSession } from '../../src/engine/lab/engines.ts';
import { LabError, listLabs, loadLab, readLab } from '../../src/engine/lab/load.ts';
import { openPostgres } from '../engines/postgres.ts';
import { ROOT } from '../lib/root.ts';
import { RealPostgres } from './database.ts';
import { type Both, type Comparison, type Counts, compareLab } from './lab.ts';
import { type FoundDifference, LIST, reckon } from './listed.ts';
import { ServerError } from './server.ts';

/** Both engines, running. */
export interface OpenBoth extends Both {
  versions: { pglite: string; server: string };
  close(): Promise<void>;
}

/**
 * Starts PGlite and a server. The assets must be there: `ensureAssets()` sees to it.
 * @throws {ServerError} when there is no server for this machine, or it does not start.
 */
export async function openBoth(): Promise<OpenBoth> {
  const server = await RealPostgres.start();
  const pglite = await openPostgres();
  const version = async (session: PostgresSession) => {
    const answer = await session.run({ text: 'SHOW server_version', line: 1, column: 1 });
    return answer.rows?.[0]?.[0] ?? '';
  };
  await server.reset('inkwell');
  return {
    pglite,
    server,
    versions: { pglite: await version(pglite), server: await version(server) },
    async close() {
      await pglite.close();
      await server.stop();
    },
  };
}

/** How many labs agree, save for what is listed, how many do not, and how many cannot be compared. */
export interface Totals {
  passed: number;
  failed: number;
  unverified: number;
}

const COUNTS: ReadonlyArray<keyof Counts> = [
  'statements',
  'rows',
  'errors',
  'notices',
  'plans',
  'queries',
];

/** Compares the labs in `ids`, and prints a line for each, with its differences below it. */
export async function verifyLabs(
  ids: readonly string[],
  both: Both,
  list: PostgresDifferences,
  print: (line: string) => void,
): Promise<Totals> {
  const totals: Totals = { passed: 0, failed: 0, unverified: 0 };
  const width = Math.max(...ids.map((id) => id.length));
  print(`${' '.repeat(12 + width)}  ${COUNTS.join('  ')}  listed`);
  const tell = (id: string, { problems, comparison, met = 0, missing }: LabOutcome) => {
    const result = problems.length > 0 ? 'failed' : missing ? 'unverified' : 'passed';
    totals[result] += 1;
    const words = { passed: 'ok', failed: 'FAIL', unverified: 'unverified' };
    const numbers = comparison
      ? [
          ...COUNTS.map((name) => `${comparison.counts[name]}`.padStart(name.length)),
          `${met}`.padStart(6),
        ]
      : [missing ? `needs ${missing.join(', ')}` : ''];
    print([`${words[result].padEnd(12)}${id.padEnd(width)}`, ...numbers].join('  ').trimEnd());
    for (const problem of problems) print(problem.replaceAll(/^/gm, '            '));
  };
  for (const id of ids) tell(id, await verifyLab(id, both, list));
  const strangers = await unknownLabs(list);
  if (strangers.length > 0)
    tell(LIST, { problems: strangers.map((id) => `there is no lab ${id}`) });
  return totals;
}

/** Labs that the list names and that are not there. */
async function unknownLabs({ differences, unverified }: PostgresDifferences): Promise<string[]> {
  const known = await listLabs(ROOT);
  const named = new Set([...differences, ...unverified].map(({ lab }) => lab));
  return [...named].filter((id) => !known.includes(id));
}

interface LabOutcome {
  problems: string[];
  comparison?: Comparison;
  /** How many listed differences occurred. */
  met?: number;
  /** Extensions for want of which it was not compared. */
  missing?: string[];
}

async function verifyLab(id: string, both: Both, list: PostgresDifferences): Promise<LabOutcome> {
  try {
    const lab = await readLab(id, ROOT);
    const recorded = lab.main ? (await loadLab(id, ROOT)).expected : undefined;
    const missing = await both.server.lacking(lab.extensions);
    const problems = unverifiedProblems(id, missing, list);
    const entries = list.differences.filter((entry) => entry.lab === id);
    if (missing.length > 0) return { problems: [...problems, ...entries.map(staleText)], missing };
    const comparison = await compareLab({ ...lab, recorded }, both);
    // Of a program for both databases, only what the starter has sent is recorded.
    for (const sources of lab.main ? [] : Object.values(lab.variants ?? {})) {
      add(comparison, await compareLab({ ...lab, sources }, both));
    }
    const { unlisted, stale, met } = reckon(comparison.found, entries);
    problems.push(...unlisted.map(unlistedText), ...stale.map(staleText));
    return { problems, comparison, met: met.length };
  } catch (error) {
    if (!(error instanceof LabError) && !(error instanceof ServerError)) throw error;
    return { problems: [error.message] };
  }
}

/** Adds what the other programs of an exercise showed. */
function add(sum: Comparison, more: Comparison): void {
  sum.found.push(...more.found);
  for (const [name, count] of Object.entries(more.counts)) {
    sum.counts[name as keyof Comparison['counts']] += count;
  }
}

/** Extensions that the lab lacks and that are not listed, and the other way round. */
function unverifiedProblems(
  id: string,
  missing: readonly string[],
  { unverified }: PostgresDifferences,
): string[] {
  const listed = unverified.flatMap(({ lab, extension }) => (lab === id ? [extension] : []));
  return [
    ...missing
      .filter((name) => !listed.includes(name))
      .map(
        (name) =>
          `the server does not have the extension ${name}. Add to ${LIST}, under unverified:\n- lab: ${id}\n  extension: ${name}`,
      ),
    ...listed
      .filter((name) => !missing.includes(name))
      .map((name) => `${LIST}: it does not lack the extension ${name}: remove the entry`),
  ];
}

/** A difference as an entry for the list, to which only the reason must be added. */
function unlistedText({ line, ...entry }: FoundDifference & { line: number }): string {
  const where = line === 0 ? 'a query of its checks' : `line ${line} of postgres.sql`;
  const text = stringify([{ ...entry, why: '' }], { lineWidth: 0 }).trimEnd();
  return `${where}: PGlite and the server differ. If that cannot be avoided, add to ${LIST}:\n${text}`;
}

function staleText({ step, statement, differs }: PostgresDifference): string {
  return `${LIST}: the difference in ${differs} of step "${step}", statement ${statement}, does not occur, or in other words: remove the entry`;
}

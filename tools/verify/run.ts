/** Compares labs one after the other, and prints what was compared and what differs. */
import { stringify } from 'yaml';
import type {
  PostgresDifference,
  PostgresDifferences,
} from '../../src/config/postgres-difference.ts';
import type { PostgresSession } from '../../src/engine/lab/engines.ts';
import { LabError, readLab } from '../../src/engine/lab/load.ts';
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

/** How many labs agree, save for what is listed, and how many do not. */
export interface Totals {
  passed: number;
  failed: number;
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
  const totals: Totals = { passed: 0, failed: 0 };
  const width = Math.max(...ids.map((id) => id.length));
  print(`${' '.repeat(6 + width)}  ${COUNTS.join('  ')}  listed`);
  for (const id of ids) {
    const { problems, comparison, met } = await verifyLab(id, both, list);
    const passed = problems.length === 0;
    totals[passed ? 'passed' : 'failed'] += 1;
    const numbers = comparison
      ? COUNTS.map((name) => `${comparison.counts[name]}`.padStart(name.length))
      : [];
    const listed = comparison ? [`${met}`.padStart('listed'.length)] : [];
    print([`${passed ? 'ok    ' : 'FAIL  '}${id.padEnd(width)}`, ...numbers, ...listed].join('  '));
    for (const problem of problems) print(problem.replaceAll(/^/gm, '      '));
  }
  return totals;
}

interface LabOutcome {
  problems: string[];
  comparison?: Comparison;
  /** How many listed differences occurred. */
  met: number;
}

async function verifyLab(id: string, both: Both, list: PostgresDifferences): Promise<LabOutcome> {
  try {
    const comparison = await compareLab(await readLab(id, ROOT), both);
    const entries = list.differences.filter(({ lab }) => lab === id);
    const { unlisted, stale, met } = reckon(comparison.found, entries);
    return {
      problems: [...unlisted.map(unlistedText), ...stale.map(staleText)],
      comparison,
      met: met.length,
    };
  } catch (error) {
    if (!(error instanceof LabError) && !(error instanceof ServerError)) throw error;
    return { problems: [error.message], met: 0 };
  }
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

/** Runs one lab's postgres.sql on PGlite and on a server, statement by statement, and compares. */

import { protocol } from '@electric-sql/pglite';
import { checkStatements } from '../../src/engine/lab/check.ts';
import type { PostgresForClients, SqlStatement } from '../../src/engine/lab/engines.ts';
import type { LabRun, StatementResult } from '../../src/engine/lab/result.ts';
import type { Lab } from '../../src/engine/lab/schema.ts';
import { joined } from '../../src/engine/postgres/client-messages.ts';
import { parseSteps } from '../../src/engine/postgres/split.ts';
import { compareStatements } from './compare.ts';
import type { FoundDifference } from './listed.ts';

/** The two that must agree. */
export interface Both {
  pglite: PostgresForClients;
  server: PostgresForClients & {
    /** Those among the extensions that the server does not have. */
    lacking(extensions: readonly string[]): Promise<string[]>;
  };
}

/** How much was compared. */
export interface Counts {
  statements: number;
  rows: number;
  errors: number;
  notices: number;
  plans: number;
  /** Queries of the lab's checks. */
  queries: number;
}

/** What came of a lab; each difference with the line of its program on which its statement begins. */
export interface Comparison {
  counts: Counts;
  found: Array<FoundDifference & { line: number }>;
}

/** Stands in place of a step's name for the queries of the checks. */
const CHECKS = 'checks';

/** The part of a lab that is run. */
export type SqlLab = Pick<Lab, 'id' | 'dataset' | 'extensions' | 'checks'> & {
  sources: Pick<Lab['sources'], 'postgres'>;
  /** Of a program for both databases: what it has sent, when it was recorded. */
  recorded?: LabRun | undefined;
};

/**
 * Runs the script on both, or what a program for both databases has sent when it was recorded; and
 * after it the queries of the lab's checks, which show the state that it left.
 */
export async function compareLab(lab: SqlLab, { pglite, server }: Both): Promise<Comparison> {
  const counts: Counts = { statements: 0, rows: 0, errors: 0, notices: 0, plans: 0, queries: 0 };
  const found: Comparison['found'] = [];
  const options = { extensions: lab.extensions };
  await pglite.reset(lab.dataset, options);
  await server.reset(lab.dataset, options);
  for (const { step, statement, sql, parameters } of statementsOf(lab)) {
    const both = { pglite, server };
    const [ours, theirs] = await (lab.recorded
      ? answersToClient(request(sql.text, parameters), both)
      : answers(sql, both));
    const place = { lab: lab.id, step, statement, line: sql.line };
    found.push(...compareStatements(ours, theirs).map((one) => ({ ...place, ...one })));
    counts.statements += 1;
    counts.rows += ours.rowCount ?? 0;
    counts.errors += ours.error ? 1 : 0;
    counts.notices += ours.notices.length;
    counts.plans += ours.cost ? 1 : 0;
  }
  for (const [index, text] of queriesOf(lab).entries()) {
    const [ours, theirs] = await answers({ text, line: 0, column: 1 }, { pglite, server });
    // They ask what the state is. How it was found out, no reader sees.
    const place = { lab: lab.id, step: CHECKS, statement: index + 1, line: 0 };
    const differences = compareStatements(withoutCost(ours), withoutCost(theirs));
    found.push(...differences.map((one) => ({ ...place, ...one })));
    counts.queries += 1;
  }
  return { counts, found };
}

async function answers(
  sql: SqlStatement,
  { pglite, server }: Both,
): Promise<[StatementResult, StatementResult]> {
  return [await pglite.run(sql), await server.run(sql)];
}

async function answersToClient(
  bytes: Uint8Array,
  { pglite, server }: Both,
): Promise<[StatementResult, StatementResult]> {
  const [ours, theirs] = [await pglite.exchange(bytes), await server.exchange(bytes)];
  return [ours.result as StatementResult, theirs.result as StatementResult];
}

/** A statement as a client sends it: with parameters in the extended protocol. */
function request(text: string, parameters: Array<string | null> | undefined): Uint8Array {
  const { serialize } = protocol;
  if (!parameters) return serialize.query(text);
  return joined([
    serialize.parse({ text }),
    serialize.bind({ values: parameters }),
    serialize.describe({ type: 'P' }),
    serialize.execute({}),
    serialize.sync(),
  ]);
}

interface PlacedStatement {
  step: string;
  statement: number;
  sql: SqlStatement;
  parameters?: Array<string | null> | undefined;
}

/** Every statement with its place: step and number, as the list of differences names it. */
function statementsOf({ sources, recorded }: SqlLab): PlacedStatement[] {
  if (recorded) {
    return (recorded.postgres?.steps ?? []).flatMap(({ name, statements }) =>
      statements.map(({ sql: text, line, parameters }, index) => ({
        step: name,
        statement: index + 1,
        sql: { text, line, column: 1 },
        parameters,
      })),
    );
  }
  return parseSteps(sources.postgres).steps.flatMap(({ name, statements }) =>
    statements.map((sql, index) => ({ step: name, statement: index + 1, sql })),
  );
}

/** What the checks ask, each as `gradeRun` asks it: a probe in a transaction of its own. */
const queriesOf = ({ checks }: SqlLab): string[] =>
  checks.flatMap((check) => ('sql' in check ? checkStatements(check) : []));

function withoutCost({ cost: _, ...answer }: StatementResult): StatementResult {
  return answer;
}

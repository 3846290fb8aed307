/** Runs whole scripts on a session, for the tests of the engine. */
import type { PostgresSession } from '../../../src/engine/lab/engines.ts';
import type { StatementResult } from '../../../src/engine/lab/result.ts';
import { splitSql } from '../../../src/engine/postgres/split.ts';

/** Splits a script and runs its statements; answers one result for each. */
export async function runScript(pg: PostgresSession, script: string): Promise<StatementResult[]> {
  const results: StatementResult[] = [];
  for (const statement of splitSql(script)) results.push(await pg.run(statement));
  return results;
}

/** Runs a script in which nothing may fail, and answers the last statement's result. */
export async function last(pg: PostgresSession, script: string): Promise<StatementResult> {
  const results = await runScript(pg, script);
  for (const { sql, error } of results) {
    if (error) throw new Error(`${sql}: ${error.message}`);
  }
  const result = results.at(-1);
  if (!result) throw new Error('there is no statement in the script');
  return result;
}

/** The rows of a script's last statement. */
export async function rowsOf(
  pg: PostgresSession,
  script: string,
): Promise<Array<Array<string | null>>> {
  return (await last(pg, script)).rows ?? [];
}

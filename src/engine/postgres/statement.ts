/** Runs one statement on a connection, and answers what psql would show and what it cost. */
import { protocol } from '@electric-sql/pglite';
import type { SqlStatement } from '../lab/engines.ts';
import type { PostgresError, StatementResult } from '../lab/result.ts';
import { Answer } from './answer.ts';
import type { Message } from './instance.ts';
import { costOf } from './plan.ts';
import { psqlCommandError } from './psql-commands.ts';
import { formOf } from './split.ts';
import { builtInTypeName, type TypeId } from './types.ts';

/** Where statements are sent: PostgreSQL in this process, or a server. */
export interface Connection {
  /** Sends messages and hands over each message of the answer; false when PostgreSQL is lost. */
  send(message: Uint8Array, onMessage: (message: Message) => void): Promise<boolean>;
  /** Runs a query of our own, unseen by auto_explain. Undefined when it failed. */
  query(sql: string): Promise<Array<Array<string | null>> | undefined>;
  /** Whether auto_explain shall report the plans of what is sent from now on. */
  explain(on: boolean): void;
}

/**
 * Runs one statement, with auto_explain reporting its plans. An error is in the result.
 * Undefined when PostgreSQL was lost.
 */
export async function runStatement(
  connection: Connection,
  statement: SqlStatement,
): Promise<StatementResult | undefined> {
  const { query, metaCommand, copyData } = formOf(statement.text);
  if (metaCommand !== undefined) return failed(statement, psqlCommandError(statement, metaCommand));
  const answer = new Answer(statement, () => connection.explain(false));
  // Of a COPY FROM, only the checks of its foreign keys would be explained.
  connection.explain(copyData === undefined);
  const alive = await connection.send(queryMessage(query, copyData), (message) =>
    answer.add(message),
  );
  connection.explain(false);
  return alive ? resultOf(connection, statement, answer) : undefined;
}

/** The result of a statement that failed. */
export function failed({ text, line }: SqlStatement, error: PostgresError): StatementResult {
  return { sql: text, line, tag: '', notices: [], error };
}

async function resultOf(
  connection: Connection,
  statement: SqlStatement,
  answer: Answer,
): Promise<StatementResult> {
  if (answer.error) return { ...failed(statement, answer.error), notices: answer.notices };
  const result: StatementResult = {
    sql: statement.text,
    line: statement.line,
    tag: answer.tag,
    notices: answer.notices,
  };
  if (answer.columns) {
    const names = await typeNames(
      connection,
      answer.columns.map(({ type }) => type),
    );
    result.columns = answer.columns.map(({ name }, index) => ({
      name,
      type: names[index] as string,
    }));
    result.rows = answer.rows;
    result.rowCount = answer.rowCount;
  }
  const cost = costOf(answer.plans);
  if (cost) result.cost = cost;
  return result;
}

/** The bytes to send. A COPY FROM STDIN waits for data, so they always follow, and their end. */
function queryMessage(query: string, copyData: string | undefined): Uint8Array {
  const { serialize } = protocol;
  const parts = [serialize.query(query)];
  if (copyData !== undefined) {
    const data = new TextEncoder().encode(copyData);
    if (data.length > 0) parts.push(serialize.copyData(data.buffer));
    parts.push(serialize.copyDone());
  }
  const message = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    message.set(part, offset);
    offset += part.length;
  }
  return message;
}

/** Names of types: known ones at once, the others as the database says. */
async function typeNames(connection: Connection, types: readonly TypeId[]): Promise<string[]> {
  const names = types.map(builtInTypeName);
  const unknown = types.filter((_, index) => names[index] === undefined);
  if (unknown.length === 0) return names as string[];
  const asked = unknown.map(({ oid, modifier }) => `pg_catalog.format_type(${oid}, ${modifier})`);
  const answered = (await connection.query(`SELECT ${asked.join(', ')}`))?.[0] ?? [];
  // A statement that returned rows and succeeded leaves no failed transaction behind, so an answer
  // is only missing when the script has dropped the type in the same statement.
  return names.map((name) => name ?? answered.shift() ?? '???');
}

/** Runs one statement on a connection, and answers what psql would show and what it cost. */
import { protocol } from '@electric-sql/pglite';
import type { SqlStatement } from '../lab/engines.ts';
import type { PostgresError, StatementResult } from '../lab/result.ts';
import { Answer, type Finished, placeIn } from './answer.ts';
import type { Message } from './instance.ts';
import { costOf } from './plan.ts';
import { query } from './query.ts';
import { builtInTypeName, type TypeId } from './types.ts';

/** Where statements are sent: PostgreSQL in this process, or a server. */
export interface Connection {
  /** Sends messages and hands over each message of the answer; false when PostgreSQL is lost. */
  send(message: Uint8Array, onMessage: (message: Message) => void): Promise<boolean>;
  /** Whether auto_explain shall report the plans of what is sent from now on. */
  explain(on: boolean): void;
}

/** Said to a COPY FROM STDIN that comes without data; PostgreSQL makes an error of it. */
const NO_DATA = 'there are no data: write this COPY alone, with its data on the lines below it';

/** What to send for a statement. */
export interface Query {
  text: string;
  /** The inline data of a COPY FROM STDIN. */
  copyData?: string | undefined;
  /** Whether auto_explain shall report what it cost. */
  explained: boolean;
  /** The reader's place of a position in the text, both counted as PostgreSQL counts: from 1. */
  placeOf?(position: number): { line: number; column: number };
  /** The messages that a client of its own sends for the text. */
  message?: Uint8Array | undefined;
}

/**
 * Sends a query for a statement and answers what came of it: errors are in the result, and when
 * several statements were sent together, the results of the others are in `more`.
 * Undefined when PostgreSQL was lost.
 */
export async function runQuery(
  connection: Connection,
  statement: SqlStatement,
  { text, copyData, explained, placeOf, message = queryMessage(text, copyData) }: Query,
): Promise<StatementResult | undefined> {
  const answer = new Answer(
    placeOf ?? ((position) => placeIn({ ...statement, text }, position)),
    () => connection.explain(false),
  );
  // Of a COPY FROM, only the checks of its foreign keys would be explained.
  connection.explain(explained && copyData === undefined);
  const start = performance.now();
  const alive = await connection.send(message, (part) => answer.add(part));
  const milliseconds = performance.now() - start;
  connection.explain(false);
  if (!alive) return undefined;
  return { ...(await resultOf(connection, statement, answer)), milliseconds };
}

/** The result of a statement that failed. */
export function failed({ text, line }: SqlStatement, error: PostgresError): StatementResult {
  return { sql: text, line, tag: '', notices: [], error };
}

async function resultOf(
  connection: Connection,
  statement: SqlStatement,
  { finished, error, notices, plans }: Answer,
): Promise<StatementResult> {
  const results: StatementResult[] = [];
  for (const part of finished) results.push(await shown(connection, statement, part));
  if (error) results.push(failed(statement, error));
  const [first = { sql: statement.text, line: statement.line, tag: '', notices }, ...more] =
    results;
  const result: StatementResult = { ...first, notices };
  if (more.length > 0) result.more = more;
  const cost = error ? undefined : costOf(plans);
  if (cost) result.cost = cost;
  return result;
}

async function shown(
  connection: Connection,
  { text, line }: SqlStatement,
  { tag, columns, rows, rowCount }: Finished,
): Promise<StatementResult> {
  const result: StatementResult = { sql: text, line, tag, notices: [] };
  if (!columns) return result;
  const names = await typeNames(
    connection,
    columns.map(({ type }) => type),
  );
  result.columns = columns.map(({ name }, index) => ({ name, type: names[index] as string }));
  result.rows = rows;
  result.rowCount = rowCount;
  return result;
}

/**
 * The bytes to send. A COPY FROM STDIN waits for data, so they always follow, and their end. A COPY
 * for which there are none, as in a variable, is told so; everything else takes no notice of that.
 * Source: PostgreSQL 18, "COPY Operations".
 */
function queryMessage(query: string, copyData: string | undefined): Uint8Array {
  const { serialize } = protocol;
  const parts = [serialize.query(query)];
  if (copyData !== undefined) {
    const data = new TextEncoder().encode(copyData);
    if (data.length > 0) parts.push(serialize.copyData(data.buffer));
    parts.push(serialize.copyDone());
  }
  parts.push(serialize.copyFail(NO_DATA));
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
  const [answered = []] = (await query(connection, `SELECT ${asked.join(', ')}`)).rows;
  // A statement that returned rows and succeeded leaves no failed transaction behind, so an answer
  // is only missing when the script has dropped the type in the same statement.
  return names.map((name) => name ?? answered.shift() ?? '???');
}

/** Explains a statement on demand: runs it under EXPLAIN ANALYZE, and takes back what it did. */
import { type messages, protocol } from '@electric-sql/pglite';
import type { SqlStatement } from '../lab/engines.ts';
import type { Explanation, PlanNode, PostgresError } from '../lab/result.ts';
import { Answer } from './answer.ts';
import { costOf, readPlans } from './plan.ts';
import type { Connection } from './statement.ts';
import { explainingSentence } from './telling.ts';

/** As auto_explain reports the plans of what is run, so that both can be compared. */
const EXPLAIN = 'EXPLAIN (ANALYZE, BUFFERS, WAL, TIMING OFF, FORMAT JSON) ';
const SAVEPOINT = 'explained_statement';

/** Statements that EXPLAIN takes, by their first word. */
const EXPLAINED = new Set(
  'select with values table insert update delete merge execute declare create'.split(' '),
);
/** Those of them that change something, whatever their plan says. */
const CHANGES = new Set(['insert', 'update', 'delete', 'merge', 'create']);

/** A statement, ready to be sent. */
export interface Explainable {
  text: string;
  /** Its first words, in lower case. */
  words: readonly string[];
  /** The reader's place of a position in the text, counted from 1. */
  placeOf(position: number): { line: number; column: number };
}

/** PostgreSQL was lost. */
class Lost extends Error {}

/**
 * Runs a statement under EXPLAIN ANALYZE inside a transaction of its own or, when one is open,
 * behind a savepoint, and rolls that back: what it changed is gone, but sequences stay advanced.
 * What cannot be explained is refused with the reason. Undefined when PostgreSQL was lost.
 * Source: PostgreSQL 18, "EXPLAIN", "ROLLBACK TO SAVEPOINT", and `nextval` in "Sequence
 * Manipulation Functions".
 */
export async function explainStatement(
  connection: Connection,
  statement: SqlStatement,
  { text, words, placeOf }: Explainable,
): Promise<Explanation | undefined> {
  const refused = reasonAgainst(text, words);
  if (refused !== undefined) return failure(refusal(statement, refused));
  try {
    connection.explain(false);
    const state = await send(connection, '');
    const [before, after] =
      state.status === 'I'
        ? [['BEGIN'], ['ROLLBACK']]
        : [
            [`SAVEPOINT ${SAVEPOINT}`],
            [`ROLLBACK TO SAVEPOINT ${SAVEPOINT}`, `RELEASE SAVEPOINT ${SAVEPOINT}`],
          ];
    for (const query of before) {
      const { error } = await send(connection, query);
      // Only in a transaction that has failed: nothing was begun.
      if (error) return failure({ ...error, line: statement.line, column: statement.column });
    }
    const explained = await send(connection, EXPLAIN + text, (position) =>
      placeOf(Math.max(1, position - EXPLAIN.length)),
    );
    for (const query of after) await send(connection, query);
    if (explained.error) return { ...failure(explained.error), rolledBack: true };
    return explanation(readPlans(explained.value), words, state.status !== 'I');
  } catch (error) {
    if (error instanceof Lost) return undefined;
    throw error;
  }
}

/** An explanation of what cannot be explained. */
export function failure(error: PostgresError): Explanation {
  return { notes: [], error };
}

/** An error of our own, at the statement. */
export function refusal({ line, column }: SqlStatement, message: string): PostgresError {
  return { severity: 'ERROR', message, line, column };
}

/** Why a statement has no plan; undefined when it may have one. */
function reasonAgainst(text: string, words: readonly string[]): string | undefined {
  // Words in parentheses are not among them: only a query can begin with one.
  if (/^[\s;]*$/.test(text)) return 'There is no statement to explain.';
  const [first, ...others] = words;
  if (first === undefined || text.startsWith('(')) return undefined;
  if (first === 'explain') return 'This is an EXPLAIN already: explain the statement behind it.';
  if (first === 'copy') {
    return 'COPY cannot be explained: explain the query that it copies.';
  }
  const isQueryKept =
    others.includes('as') && (others.includes('table') || others.includes('materialized'));
  if (EXPLAINED.has(first) && (first !== 'create' || isQueryKept)) return undefined;
  return `${first.toUpperCase()} has no plan: PostgreSQL explains only SELECT, VALUES, INSERT, UPDATE, DELETE, MERGE, EXECUTE, DECLARE, CREATE TABLE AS and CREATE MATERIALIZED VIEW AS.`;
}

function explanation(
  plans: readonly PlanNode[],
  words: readonly string[],
  inTransaction: boolean,
): Explanation {
  const cost = costOf(plans);
  const answer: Explanation = { notes: [], rolledBack: true };
  if (!cost) {
    answer.notes.push('PostgreSQL has no plan for it: a rule has put something else in its place.');
    return answer;
  }
  answer.cost = cost;
  const sentence = explainingSentence(cost);
  if (sentence !== undefined) answer.sentence = sentence;
  if (CHANGES.has(words[0] ?? '') || plans.some(changes)) {
    const where = inTransaction ? 'to a savepoint in the open transaction' : 'with its transaction';
    answer.notes.push(
      `It was run, and what it changed was rolled back ${where}.`,
      'Sequences do not come back: numbers that it took are gone.',
    );
    if (!inTransaction) {
      answer.notes.push('What is checked only at COMMIT, as deferred constraints, was not.');
    }
  }
  return answer;
}

const changes = ({ node, children }: PlanNode): boolean =>
  node === 'ModifyTable' || children.some(changes);

/** Sends a query of one value. */
async function send(
  connection: Connection,
  query: string,
  placeOf: Explainable['placeOf'] = () => ({ line: 1, column: 1 }),
): Promise<{ value: string; status: string; error: PostgresError | undefined }> {
  const answer = new Answer(placeOf, () => {});
  let value = '';
  let status = '';
  const alive = await connection.send(protocol.serialize.query(query), (message) => {
    if (message.name === 'dataRow') value += (message as messages.DataRowMessage).fields[0] ?? '';
    else answer.add(message);
    if (message.name === 'readyForQuery') {
      ({ status } = message as messages.ReadyForQueryMessage);
    }
  });
  if (!alive) throw new Lost();
  return { value, status, error: answer.error };
}

/** Takes out of answers what differs from run to run: numbers of processes, transactions and tables. */
import type { SessionName, StepAnswer } from './play.ts';

/** The name of what has a number, as PostgreSQL prints it. */
interface Lookup<Name extends string = string> {
  get(number: string): Name | undefined;
}

/** What is behind such numbers in one play. */
export interface Names {
  /** Process ids. */
  pids: Lookup<SessionName>;
  /** Transaction ids: `A` for the first transaction of session A, `A#2` for its second; `set-up`. */
  xids: Lookup;
  /** OIDs of tables and databases. */
  oids: Lookup;
}

/** Columns that hold such a number, or an array of them. */
const PIDS = new Set(['pid', 'pg_backend_pid', 'pg_blocking_pids', 'blocked_by', 'blocking']);
const XIDS = new Set([
  'xmin',
  'xmax',
  'transactionid',
  'backend_xid',
  'backend_xmin',
  'pg_current_xact_id',
  'pg_current_xact_id_if_assigned',
  'txid_current',
]);

/** The same answer with names in place of numbers. */
export function normalise(answer: StepAnswer, names: Names): StepAnswer {
  const { columns, rows, notices, error } = answer;
  const result: StepAnswer = { ...answer };
  if (columns && rows) {
    result.rows = rows.map((row) =>
      row.map((value, index) => named(value, columns[index] ?? '', names)),
    );
  }
  if (notices) result.notices = notices.map((text) => inText(text, names));
  if (error) {
    const { message, detail, hint } = error;
    result.error = { ...error, message: inText(message, names) };
    if (detail !== undefined) result.error.detail = inText(detail, names);
    if (hint !== undefined) result.error.hint = inText(hint, names);
  }
  return result;
}

function named(value: string | null, column: string, { pids, xids }: Names): string | null {
  if (value === null) return value;
  const numbers = PIDS.has(column) ? pids : XIDS.has(column) ? xids : undefined;
  return numbers ? value.replaceAll(/\d+/g, (number) => numbers.get(number) ?? number) : value;
}

/** As PostgreSQL words a number: `Process 4711 waits for ShareLock on transaction 742`. */
const WORDED = /\b([Pp]rocess|transaction|relation|database) (\d+)\b/g;

/** Which of a session's transactions it is, nobody needs to know. */
const VIRTUAL = /\bvirtual transaction \d+\/\d+/g;

function inText(text: string, { pids, xids, oids }: Names): string {
  return text
    .replaceAll(VIRTUAL, 'virtual transaction')
    .replaceAll(WORDED, (whole, word: string, number: string) => {
      const numbers =
        word.toLowerCase() === 'process' ? pids : word === 'transaction' ? xids : oids;
      const name = numbers.get(number);
      return name === undefined ? whole : `${word} ${name}`;
    });
}

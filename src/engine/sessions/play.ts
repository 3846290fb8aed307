/** What happens when the steps of several sessions are played in one order: the events, as data. */

/** A session of a scenario; a scenario has two or three. */
export type SessionName = 'A' | 'B' | 'C';

export const SESSION_NAMES = ['A', 'B', 'C'] as const satisfies readonly SessionName[];

/** A step by its session and its place there, from 1: `A1`. */
export type StepId = `${SessionName}${number}`;

/** One statement for one session. */
export interface PlayStep {
  id: StepId;
  session: SessionName;
  /** A single SQL statement, without a semicolon at its end. */
  sql: string;
}

/** An error as the server words it. What differs from run to run is normalised. */
export interface AnsweredError {
  /** The SQLSTATE. */
  code: string;
  message: string;
  detail?: string;
  hint?: string;
}

/** What a statement answered. Values are PostgreSQL's own text; null is NULL. */
export interface StepAnswer {
  /** The command tag, as `UPDATE 1`; empty after an error. */
  tag: string;
  columns?: string[];
  rows?: Array<Array<string | null>>;
  /** Severity and text, as `WARNING: there is already a transaction in progress`. */
  notices?: string[];
  error?: AnsweredError;
}

/** For what a session waits, as pg_locks tells it. */
export interface Wait {
  /** pg_locks.locktype: `transactionid`, `tuple`, `relation`, `advisory`, ... */
  lock: string;
  /** The mode that it asked for: `ShareLock`. */
  mode: string;
  /** The table, where the lock is one of a table or of a row. */
  relation?: string;
  /** Whom it waits for, as pg_blocking_pids tells it: in the order of their names. */
  blockedBy: SessionName[];
}

/**
 * What happened, in the order in which it happened. A step that has to wait has two events: `waits`
 * when it begins to, and `answered` when it has come through; the event before that is what released
 * it. `cancelled` comes when the order has ended and nothing that is left could release a wait: then
 * the statement is cancelled as by its user, and its `answered` (57014) follows.
 */
export type PlayEvent =
  | { kind: 'answered'; step: StepId; answer: StepAnswer }
  | { kind: 'waits'; step: StepId; wait: Wait }
  | { kind: 'cancelled'; step: StepId };

/** A version of a row, as it lies in the table's page. */
export interface RowVersion {
  /** Its place: page and line pointer, `(0,1)`. */
  at: string;
  /** Which transaction made it: `A` for the first of session A, `A#2` for its second; `set-up`. */
  madeBy: string;
  /** Which transaction deleted, replaced or locked it, and how; absent when none has. */
  endedBy?: { by: string[]; how: 'deleted' | 'updated' | 'locked' };
  /** Whether those transactions have committed, or were rolled back. */
  made: TransactionState;
  ended?: TransactionState;
  /** Its values, in the order of the table's columns. */
  values: Array<string | null>;
}

export type TransactionState = 'open' | 'committed' | 'aborted';

/** The versions in a watched table, after an event. */
export interface TableVersions {
  table: string;
  columns: string[];
  versions: RowVersion[];
}

/** The answer of one of the scenario's queries about the final state. */
export interface FinalRows {
  columns: string[];
  rows: Array<Array<string | null>>;
}

/** One order at one isolation level, played. */
export interface Play {
  events: PlayEvent[];
  /**
   * Of the watched tables, after each event: a session whose wait has ended through it has not gone on
   * yet. Absent where nothing is watched, null where a lock kept the watcher out.
   */
  versions?: Array<TableVersions[] | null>;
  /** Of each query in the scenario's `final`, when all sessions have ended. */
  final: FinalRows[];
}

/**
 * In which order steps are sent: always the first in the order whose session does not wait. So a step
 * of a session that waits is sent as soon as the wait has ended, before all that come later.
 */
export function nextStep<S extends Pick<PlayStep, 'session'>>(
  left: readonly S[],
  waiting: ReadonlySet<SessionName>,
): number {
  return left.findIndex(({ session }) => !waiting.has(session));
}

/** A connection that watches the sessions of a play: who waits for whom, and whose each transaction is. */
import type { SessionName, Wait } from '../../src/engine/sessions/play.ts';
import type { ServerConnection } from '../verify/connection.ts';
import type { PlayedSession, Rest } from './session.ts';

/** The first id of a transaction that is not one of PostgreSQL's own. Source: PostgreSQL 18, access/transam.h. */
const FIRST_XID = 3;
/** What has been done before the first step. */
const SET_UP = 'set-up';

/** What the connection must have prepared: planning takes longer than looking. */
export const PREPARE_LOOK = `
  PREPARE look AS
    SELECT pg_snapshot_xmax(pg_current_snapshot()), l.pid, locktype, mode, granted,
      relation, relation::regclass, transactionid, waitstart,
      CASE WHEN NOT granted THEN pg_blocking_pids(l.pid) END
    FROM (VALUES (1)) AS one LEFT JOIN pg_locks AS l
      ON NOT granted OR (locktype = 'relation' AND mode = 'AccessExclusiveLock')
        OR (locktype = 'transactionid' AND mode = 'ExclusiveLock')`;

/** The wait of a session, and since when: no two waits of a session have begun at the same time. */
export interface SeenWait {
  since: string;
  wait: Wait;
}

/** What the observer has seen, while every session was at rest. */
export interface Sight {
  waits: ReadonlyMap<SessionName, SeenWait>;
  /** OIDs of tables that somebody has, or wants, for himself alone. */
  closed: ReadonlySet<string>;
}

/** Watches the sessions of one play. Its queries touch no table of the scenario, so they wait for nothing. */
export class Observer {
  readonly #connection: ServerConnection;
  readonly pids: ReadonlyMap<string, SessionName>;
  /** Names of transactions that have begun in the play, and of their parts. */
  readonly #xids = new Map<string, string>();
  readonly #transactions = new Map<SessionName, { count: number; open: boolean }>();
  #firstXid = 0;
  #nextXid = 0;

  constructor(connection: ServerConnection, sessions: readonly PlayedSession[]) {
    this.#connection = connection;
    this.pids = new Map(sessions.map(({ pid, name }) => [pid, name]));
  }

  /** Everything up to now was the set-up's. */
  async begin(): Promise<void> {
    await this.look();
    this.#firstXid = this.#nextXid;
  }

  /** Looks around when one session has run: the transactions that are new are its own. */
  async lookAfter({ name, state }: PlayedSession, rest: Rest): Promise<Sight> {
    const first = this.#nextXid;
    const sight = await this.look();
    const transactions = this.#transactions.get(name) ?? { count: 0, open: false };
    this.#transactions.set(name, transactions);
    for (let xid = first; xid < this.#nextXid; xid += 1) {
      // What a savepoint begins has an id, too, and is a part of the same transaction.
      if (!transactions.open) transactions.count += 1;
      transactions.open = true;
      const { count } = transactions;
      this.#xids.set(`${xid}`, count === 1 ? name : `${name}#${count}`);
    }
    if (state === 'I' && rest === 'answered') transactions.open = false;
    return sight;
  }

  /** The name of a transaction: `A`, `A#2`, `set-up`; undefined for what is none. */
  readonly nameOf = (xid: string): string | undefined => {
    const number = Number(xid);
    return number >= FIRST_XID && number < this.#firstXid ? SET_UP : this.#xids.get(xid);
  };

  /** Names of tables and databases. */
  async oids(): Promise<ReadonlyMap<string, string>> {
    const rows = await this.#connection.must(
      'SELECT oid, relname FROM pg_class UNION ALL SELECT oid, datname FROM pg_database',
    );
    return new Map(rows.map(([oid, name]) => [oid as string, name as string]));
  }

  /**
   * What there is to see while every session is at rest. One query, so that all of it is of the same moment. Of transactions, one that has ended is below the
   * snapshot's xmax; one that is open, or a part of it, holds the lock on its own id.
   */
  async look(): Promise<Sight> {
    const rows = await this.#connection.must('EXECUTE look');
    const waits = new Map<SessionName, SeenWait>();
    const closed = new Set<string>();
    for (const [xmax, pid, lock, mode, granted, oid, relation, xid, since, blocking] of rows) {
      this.#nextXid = Math.max(this.#nextXid, Number(xmax));
      if (oid && lock === 'relation' && mode === 'AccessExclusiveLock') closed.add(oid);
      if (granted === 't' && xid) this.#nextXid = Math.max(this.#nextXid, Number(xid) + 1);
      const session = this.pids.get(pid ?? '');
      if (granted !== 'f' || !session) continue;
      const blockedBy = (blocking ?? '').match(/\d+/g) ?? [];
      waits.set(session, {
        since: since ?? '',
        wait: {
          lock: lock as string,
          mode: mode as string,
          ...(relation && { relation }),
          blockedBy: blockedBy.flatMap((each) => this.pids.get(each) ?? []).sort(),
        },
      });
    }
    return { waits, closed };
  }
}

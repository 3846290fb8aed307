/** A connection that watches the sessions of a play: who waits for whom, and whose each transaction is. */
import type { SessionName, Wait } from '../../src/engine/sessions/play.ts';
import type { ServerConnection } from '../verify/connection.ts';

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** Watches the sessions of one play. Its queries touch no table of the scenario and wait for nothing. */
export class Observer {
  readonly #connection: ServerConnection;
  readonly #pids: ReadonlyMap<SessionName, string>;
  readonly pids = new Map<string, SessionName>();
  /** Transactions by name: `A`, `A#2`, `set-up`. */
  readonly xids = new Map<string, string>();
  readonly #counts = new Map<SessionName, number>();

  /** `pids` are those of the sessions, as PostgreSQL prints them. */
  constructor(connection: ServerConnection, pids: ReadonlyMap<SessionName, string>) {
    this.#connection = connection;
    this.#pids = pids;
    for (const [name, pid] of pids) this.pids.set(pid, name);
  }

  /** Learns the ids of transactions that are open, so that they can be named. */
  async meetTransactions(): Promise<void> {
    const rows = await this.#connection.must(
      `SELECT pid, backend_xid FROM pg_stat_activity WHERE backend_xid IS NOT NULL AND pid IN (${this.#list()}) ORDER BY pid`,
    );
    for (const [pid, xid] of rows) {
      const session = this.pids.get(pid ?? '');
      if (session && xid) this.nameTransaction(xid, session);
    }
  }

  /** The name of a transaction; one that is not known yet is the next of a session's. */
  nameTransaction(xid: string, session: SessionName): string {
    const known = this.xids.get(xid);
    if (known !== undefined) return known;
    const count = (this.#counts.get(session) ?? 0) + 1;
    this.#counts.set(session, count);
    const name = count === 1 ? session : `${session}#${count}`;
    this.xids.set(xid, name);
    return name;
  }

  /** For what a session waits; undefined when it has been granted all that it asked for. */
  async waitOf(session: SessionName): Promise<Wait | undefined> {
    const pid = this.#pids.get(session) as string;
    const [row] = await this.#connection.must(
      `SELECT locktype, mode, relation::regclass, pg_blocking_pids(${pid}) FROM pg_locks WHERE pid = ${pid} AND NOT granted`,
    );
    if (!row) return undefined;
    const [lock, mode, relation, blocking] = row;
    const blockedBy = (blocking ?? '').match(/\d+/g) ?? [];
    return {
      lock: lock as string,
      mode: mode as string,
      ...(relation && { relation }),
      blockedBy: blockedBy.flatMap((each) => this.pids.get(each) ?? []).sort(),
    };
  }

  /** Whether somebody has, or waits for, a lock on the table that keeps even readers out. */
  async isKeptOut(table: string): Promise<boolean> {
    const rows = await this.#connection.must(
      `SELECT FROM pg_locks WHERE relation = to_regclass(${quoted(table)}) AND mode = 'AccessExclusiveLock'`,
    );
    return rows.length > 0;
  }

  #list(): string {
    return [...this.#pids.values()].join(', ');
  }
}

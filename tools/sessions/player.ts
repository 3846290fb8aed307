/** Plays the steps of several sessions on a real PostgreSQL server, in an order, and tells what happened. */
import { AnswerCollector, stepMessage } from '../../src/engine/sessions/collect.ts';
import { type Play, SESSION_NAMES, type SessionName } from '../../src/engine/sessions/play.ts';
import type { PlayRequest } from '../../src/engine/sessions/prove.ts';
import { ServerConnection } from '../verify/connection.ts';
import { type Server, ServerError, startServer } from '../verify/server.ts';
import { PlayError } from './errors.ts';
import { PREPARE_LOOK } from './observer.ts';
import { RunningPlay } from './running.ts';
import { PlayedSession } from './session.ts';
import { PREPARE_VERSIONS, WATCHING } from './versions.ts';

/** It has the name, and so the OID, that it has in PGlite. */
const DATABASE = 'postgres';

/** How the server differs from one that is started without any setting. */
const SETTINGS: Readonly<Record<string, string>> = {
  // After that a session that waits looks for a deadlock, once. Any time will do: it is waited for.
  deadlock_timeout: '1ms',
  // A session that has looked, and found none, says that it goes on waiting: to its own client, too.
  log_lock_waits: 'on',
  client_min_messages: 'log',
  // It would remove dead versions, at moments of its own.
  autovacuum: 'off',
  max_prepared_transactions: '10',
  // Nothing here has to survive.
  fsync: 'off',
  full_page_writes: 'off',
};
const INITDB = [
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--no-sync',
  '--no-instructions',
];

/** Removes what a play may have left, and what a set-up may have made outside of the database. */
const CLEAN = `DO $$
  DECLARE name text;
  BEGIN
    FOR name IN SELECT nspname FROM pg_namespace
      WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', '${WATCHING}')
    LOOP EXECUTE format('DROP SCHEMA %I CASCADE', name); END LOOP;
    FOR name IN SELECT rolname FROM pg_roles WHERE rolname !~ '^pg_' AND rolname <> current_user
    LOOP EXECUTE format('DROP OWNED BY %I', name); EXECUTE format('DROP ROLE %I', name); END LOOP;
    CREATE SCHEMA public;
    GRANT USAGE ON SCHEMA public TO PUBLIC;
  END $$`;

/** What is to be played, and tables whose row versions are to be read after each event. */
export interface WatchedPlay extends PlayRequest {
  watch?: readonly string[];
  /** Milliseconds after which a statement that is neither answered nor waits for a lock is given up. */
  patience?: number;
}

/** Many times what any statement takes on a machine that is busy. */
const PATIENCE = 30_000;

interface Parts {
  server: Server;
  orders: ServerConnection;
  watching: ServerConnection;
}

/** A server on which orders are played, one after the other. */
export class ServerPlayer {
  readonly #server: Server;
  /** For set-ups and queries about the final state. */
  readonly #orders: ServerConnection;
  readonly #watching: ServerConnection;
  /** Opened while a play goes on, for the next. */
  readonly #fresh: Array<Promise<ServerConnection>> = [];
  /** As the server tells it: `18.4`. */
  readonly version: string;

  private constructor(parts: Pick<ServerPlayer, 'version'> & Parts) {
    this.#server = parts.server;
    this.#orders = parts.orders;
    this.#watching = parts.watching;
    this.version = parts.version;
  }

  /** @throws {ServerError} when there is no server for this machine, or it does not start. */
  static async start(): Promise<ServerPlayer> {
    const server = await startServer(SETTINGS, INITDB);
    const orders = await ServerConnection.open(server.address, DATABASE);
    await orders.must(`CREATE SCHEMA ${WATCHING}`);
    await orders.must(`CREATE EXTENSION pageinspect SCHEMA ${WATCHING}`);
    const [[version = ''] = []] = await orders.must('SHOW server_version');
    const watching = await ServerConnection.open(server.address, DATABASE);
    await watching.must("SET plan_cache_mode = 'force_generic_plan'");
    await watching.must(`${PREPARE_LOOK}; ${PREPARE_VERSIONS}`);
    return new ServerPlayer({ server, orders, watching, version: version ?? '' });
  }

  /** Ends the server. */
  async stop(): Promise<void> {
    await this.#server.stop();
  }

  /**
   * Plays the steps in their order, on fresh tables and with sessions that have just begun.
   * @throws {PlayError} when the set-up or a query about the final state fails, or for a step that cannot
   * be recorded. @throws {ServerError} when the server is lost.
   */
  async play({ setup, steps, final, watch = [], patience = PATIENCE }: WatchedPlay): Promise<Play> {
    await this.#begin(setup);
    const used = SESSION_NAMES.filter((name) => steps.some(({ session }) => session === name));
    const connections = await Promise.all(used.map(() => this.#fresh.shift() ?? this.#open()));
    const sessions = connections.map(
      (connection, index) => new PlayedSession(used[index] as SessionName, connection),
    );
    while (this.#fresh.length < used.length) this.#fresh.push(this.#open());
    try {
      const play = await new RunningPlay(this.#watching, sessions, { watch, patience }).run(steps);
      await Promise.all(sessions.map((session) => session.close()));
      return { ...play, final: await this.#finalState(final) };
    } catch (error) {
      await this.#end(sessions);
      throw error;
    }
  }

  /** Takes longer than most steps. */
  #open(): Promise<ServerConnection> {
    const opening = ServerConnection.open(this.#server.address, DATABASE);
    // Whoever takes it hears of it.
    opening.catch(() => {});
    return opening;
  }

  async #begin(setup: string): Promise<void> {
    const prepared = await this.#orders.must('SELECT quote_literal(gid) FROM pg_prepared_xacts');
    for (const [gid] of prepared) await this.#orders.must(`ROLLBACK PREPARED ${gid}`);
    await this.#orders.must(CLEAN);
    await this.#ask(setup, 'the set-up');
    await this.#orders.must('DISCARD ALL');
  }

  async #finalState(queries: readonly string[]): Promise<Play['final']> {
    const final: Play['final'] = [];
    for (const sql of queries) {
      const { columns = [], rows = [] } = await this.#ask(sql, sql);
      final.push({ columns, rows });
    }
    return final;
  }

  async #ask(sql: string, what: string) {
    const collector = new AnswerCollector();
    const alive = await this.#orders.send(stepMessage(sql), (each) => collector.add(each));
    const { error } = collector.answer;
    if (error) throw new PlayError(`${what}: ${error.message} (${error.code})`);
    if (!alive) throw new ServerError(`${what}: the server closed the connection`);
    return collector.answer;
  }

  /** Ends sessions of a play that has failed, wherever they are. */
  async #end(sessions: readonly PlayedSession[]): Promise<void> {
    for (const session of sessions) {
      await this.#orders.must(`SELECT pg_terminate_backend(${session.pid})`);
      if (session.waits) session.resume();
    }
    await Promise.all(sessions.map((session) => session.close()));
  }
}

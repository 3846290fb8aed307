/** Plays the steps of several sessions on a real PostgreSQL server, in an order, and tells what happened. */

import type { messages } from '@electric-sql/pglite';
import { protocol } from '@electric-sql/pglite';
import { AnswerCollector } from '../../src/engine/sessions/collect.ts';
import { normalise } from '../../src/engine/sessions/normalise.ts';
import {
  nextStep,
  type Play,
  type PlayEvent,
  type PlayStep,
  type SessionName,
  type StepAnswer,
  type TableVersions,
} from '../../src/engine/sessions/play.ts';
import type { PlayRequest } from '../../src/engine/sessions/prove.ts';
import { ServerConnection } from '../verify/connection.ts';
import { type Server, ServerError, startServer } from '../verify/server.ts';
import { Observer } from './observer.ts';
import { readVersions } from './versions.ts';

const DATABASE = 'sessions';

/** How the server differs from one that is started without any setting. */
const SETTINGS: Readonly<Record<string, string>> = {
  // After that a session that waits looks for a deadlock, once. Any time will do, and a wait lasts that long.
  deadlock_timeout: '10ms',
  // A session that has looked, and found none, says that it goes on waiting: to its own client, too.
  log_lock_waits: 'on',
  // It would remove dead versions, at moments of its own.
  autovacuum: 'off',
  max_prepared_transactions: '10',
  // Nothing here has to survive.
  fsync: 'off',
};
const INITDB = [
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--no-sync',
  '--no-instructions',
];
/** As PostgreSQL words it. Source: proc.c, ProcSleep. */
const STILL_WAITING = /still waiting for/;
/** A session that has set one of these ends its wait by itself, when nothing else ends it. */
const TIMEOUT = /\b(lock_timeout|statement_timeout|transaction_timeout)\b/i;

/** What is to be played, and tables whose row versions are to be read after each event. */
export interface WatchedPlay extends PlayRequest {
  watch?: readonly string[];
}

/** A server on which orders are played, one after the other. */
export class ServerPlayer {
  readonly #server: Server;
  readonly #watching: ServerConnection;
  /** As the server tells it: `18.4`. */
  readonly version: string;

  private constructor(server: Server, watching: ServerConnection, version: string) {
    this.#server = server;
    this.#watching = watching;
    this.version = version;
  }

  /** @throws {ServerError} when there is no server for this machine, or it does not start. */
  static async start(): Promise<ServerPlayer> {
    const server = await startServer(SETTINGS, INITDB);
    const orders = await ServerConnection.open(server.address, 'template1');
    await orders.must(`CREATE DATABASE ${DATABASE} TEMPLATE template0`);
    await orders.close();
    const watching = await ServerConnection.open(server.address, DATABASE);
    await watching.must('CREATE SCHEMA watching');
    await watching.must('CREATE EXTENSION pageinspect SCHEMA watching');
    await watching.must("SET client_min_messages = 'warning'");
    const [[version] = []] = await watching.must('SHOW server_version');
    return new ServerPlayer(server, watching, version ?? '');
  }

  /** Ends the server. */
  async stop(): Promise<void> {
    await this.#server.stop();
  }

  /**
   * Plays the steps in their order, on a fresh schema and with sessions that have just begun.
   * @throws {ServerError} when the set-up or a query about the final state fails.
   */
  async play({ setup, steps, final, watch = [] }: WatchedPlay): Promise<Play> {
    const { address } = this.#server;
    await this.#watching.must('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
    await this.#watching.must(setup);
    const names = [...new Set(steps.map(({ session }) => session))].sort();
    const sessions = new Map<SessionName, Session>();
    const opened = await Promise.all(names.map(() => Session.open(address)));
    names.forEach((name, index) => {
      sessions.set(name, opened[index] as Session);
    });
    const pids = new Map([...sessions].map(([name, { pid }]) => [name, pid]));
    const observer = new Observer(this.#watching, pids);
    const play = new RunningPlay(this.#watching, observer, sessions, watch);
    try {
      await play.run(steps);
    } finally {
      await Promise.all(opened.map((session) => session.close()));
    }
    return { ...play.result, final: await this.#finalState(final) };
  }

  async #finalState(queries: readonly string[]): Promise<Play['final']> {
    const final: Play['final'] = [];
    for (const sql of queries) {
      const collector = new AnswerCollector();
      await this.#watching.send(protocol.serialize.query(sql), (each) => collector.add(each));
      const { columns = [], rows = [], error } = collector.answer;
      if (error) throw new ServerError(`${sql}: ${error.message}`);
      final.push({ columns, rows });
    }
    return final;
  }
}

/** A session, and the statement that it is at. */
class Session {
  readonly #connection: ServerConnection;
  readonly pid: string;
  /** What it was sent; undefined between two statements. */
  step: PlayStep | undefined;
  /** It has been seen to wait. */
  waits = false;
  /** What it has told of its statement, and nobody has heard yet. */
  readonly #signs: Array<'answered' | 'waits'> = [];
  #heard: () => void = () => {};
  #collector = new AnswerCollector();

  private constructor(connection: ServerConnection, pid: string) {
    this.#connection = connection;
    this.pid = pid;
  }

  static async open(address: Server['address']): Promise<Session> {
    const connection = await ServerConnection.open(address, DATABASE);
    // What the server logs of this session comes to us: that it has begun to wait.
    const [[pid] = []] = await connection.must(
      "SET client_min_messages = 'log'; SELECT pg_backend_pid()",
    );
    return new Session(connection, pid ?? '');
  }

  send(step: PlayStep): void {
    this.step = step;
    this.waits = false;
    this.#collector = new AnswerCollector();
    const collector = this.#collector;
    const sent = this.#connection.send(protocol.serialize.query(step.sql), (message) => {
      collector.add(message);
      if (message.name !== 'notice') return;
      const { severity, message: text } = message as messages.NoticeMessage;
      if (severity === 'LOG' && STILL_WAITING.test(text ?? '')) this.#tell('waits');
    });
    sent.then(() => this.#tell('answered'));
  }

  /** Waits until the statement is answered, or begins (once more) to wait for a lock. */
  async next(): Promise<'answered' | 'waits'> {
    for (;;) {
      const sign = this.#signs.shift();
      if (sign) return sign;
      await new Promise<void>((resolve) => {
        this.#heard = resolve;
      });
    }
  }

  #tell(sign: 'answered' | 'waits'): void {
    this.#signs.push(sign);
    this.#heard();
  }

  /** The answer of the statement, which is over then. */
  take(): StepAnswer {
    this.step = undefined;
    this.waits = false;
    return this.#collector.answer;
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }
}

class RunningPlay {
  readonly #watching: ServerConnection;
  readonly #observer: Observer;
  readonly #sessions: ReadonlyMap<SessionName, Session>;
  readonly #watch: readonly string[];
  readonly #events: PlayEvent[] = [];
  readonly #versions: Array<TableVersions[] | null> = [];
  #oids: ReadonlyMap<string, string> = new Map();
  /** Sessions that have set a timeout. */
  readonly #timed = new Set<SessionName>();

  constructor(
    watching: ServerConnection,
    observer: Observer,
    sessions: ReadonlyMap<SessionName, Session>,
    watch: readonly string[],
  ) {
    this.#watching = watching;
    this.#observer = observer;
    this.#sessions = sessions;
    this.#watch = watch;
  }

  get result(): Omit<Play, 'final'> {
    const events = this.#events;
    return this.#watch.length > 0 ? { events, versions: this.#versions } : { events };
  }

  async run(steps: readonly PlayStep[]): Promise<void> {
    const oids = await this.#watching.must(
      "SELECT oid, relname FROM pg_class WHERE relnamespace = 'public'::regnamespace UNION ALL SELECT oid, datname FROM pg_database",
    );
    this.#oids = new Map(oids.map(([oid, name]) => [oid as string, name as string]));
    // Whatever has made a version before the first step belongs to the set-up.
    await this.#look((xid) => {
      this.#observer.xids.set(xid, 'set-up');
      return 'set-up';
    });
    const left = [...steps];
    await this.#sendAll(left);
    await this.#endWaits(left);
  }

  async #send(step: PlayStep): Promise<void> {
    const session = this.#session(step.session);
    if (TIMEOUT.test(step.sql)) this.#timed.add(step.session);
    session.send(step);
    if ((await session.next()) === 'waits') {
      const wait = await this.#observer.waitOf(step.session);
      // Between its word and our question nobody else has done anything.
      if (!wait) {
        throw new ServerError(`${step.id} says that it waits, and the server knows no lock`);
      }
      session.waits = true;
      await this.#observer.meetTransactions();
      await this.#tell([{ kind: 'waits', step: step.id, wait }], step.session);
    } else await this.#settle([await this.#answer(step.session)], step.session);
  }

  /**
   * Tells of what has just happened, and of sessions whose waits have ended through it. They go on at
   * once, so what is in the tables is certain only after the last of them.
   */
  async #settle(events: PlayEvent[], cause: SessionName): Promise<void> {
    for (let some = true; some; ) {
      some = false;
      for (const name of [...this.#waiting()].sort()) {
        // A lock is handed over before whoever released it is answered: what is granted now goes on now.
        if (await this.#observer.waitOf(name)) continue;
        if ((await this.#session(name).next()) === 'waits') continue;
        events.push(await this.#answer(name));
        some = true;
      }
    }
    await this.#tell(events, cause);
  }

  /** The order is over: what still waits ends by its timeout, or is cancelled; and then what was behind it comes. */
  async #endWaits(left: PlayStep[]): Promise<void> {
    for (let waiting = this.#waiting(); waiting.size > 0; waiting = this.#waiting()) {
      const names = [...waiting].sort();
      const timed = names.find((each) => this.#timed.has(each));
      const name = timed ?? (names[0] as SessionName);
      const session = this.#session(name);
      const events: PlayEvent[] = [];
      if (!timed) {
        events.push({ kind: 'cancelled', step: (session.step as PlayStep).id });
        await this.#watching.must(`SELECT pg_cancel_backend(${session.pid})`);
      }
      await session.next();
      events.push(await this.#answer(name));
      await this.#settle(events, name);
      await this.#sendAll(left);
    }
  }

  /** Sends all steps whose sessions do not wait, in their order. */
  async #sendAll(left: PlayStep[]): Promise<void> {
    for (let at = nextStep(left, this.#waiting()); at >= 0; at = nextStep(left, this.#waiting())) {
      const [step] = left.splice(at, 1) as [PlayStep];
      await this.#send(step);
    }
  }

  async #answer(name: SessionName): Promise<PlayEvent> {
    const session = this.#session(name);
    const { id } = session.step as PlayStep;
    const answer = session.take();
    await this.#observer.meetTransactions();
    const { pids, xids } = this.#observer;
    const named = normalise(answer, { pids, xids, oids: this.#oids });
    return { kind: 'answered', step: id, answer: named };
  }

  async #tell(events: readonly PlayEvent[], cause: SessionName): Promise<void> {
    this.#events.push(...events);
    this.#versions.push(...events.slice(1).map(() => null));
    // A transaction that nobody saw open has begun and ended in the statement that was answered first.
    this.#versions.push(await this.#look((xid) => this.#observer.nameTransaction(xid, cause)));
  }

  async #look(unknown: (xid: string) => string): Promise<TableVersions[] | null> {
    const all: TableVersions[] = [];
    for (const table of this.#watch) {
      if (await this.#observer.isKeptOut(table)) return null;
      const nameOf = (xid: string) => this.#observer.xids.get(xid) ?? unknown(xid);
      all.push(await readVersions(this.#watching, table, nameOf));
    }
    return all;
  }

  #waiting(): Set<SessionName> {
    return new Set([...this.#sessions].flatMap(([name, { waits }]) => (waits ? [name] : [])));
  }

  #session(name: SessionName): Session {
    return this.#sessions.get(name) as Session;
  }
}

/** Sends statements to sessions, sees who waits for whom, and lets waits end: by a lock, a timeout, or a cancellation. */
import { type messages, protocol } from '@electric-sql/pglite';
import { AnswerCollector, notificationText, stepMessage } from '../../sessions/collect.ts';
import { normalise } from '../../sessions/normalise.ts';
import type {
  AnsweredError,
  PlayEvent,
  PlayStep,
  SessionName,
  StepAnswer,
  Wait,
} from '../../sessions/play.ts';
import type { Message } from '../instance.ts';
import { SessionsError } from './errors.ts';
import type { Process, ProcessRunner, WakeUp } from './processes.ts';
import { refuse } from './refused.ts';

/**
 * Statements after which some may wait for others though these have locked nothing: for the ends of
 * transactions, as transactions of SERIALIZABLE READ ONLY DEFERRABLE do.
 */
const MAY_WAIT = /\bCONCURRENTLY\b|\bDEFERRABLE\b/i;

/** A session, and the statement that it is at. */
interface Session {
  name: SessionName;
  process: Process;
  step: PlayStep | undefined;
  collector: AnswerCollector;
  /** Of NOTIFY, which came with it. */
  notified: string[];
  /** As ReadyForQuery says it: I idle, T in a transaction, E in one that has failed. */
  state: string;
  waits: boolean;
  /** Transactions of it that have had an id. */
  transactions: number;
  /** The open one among them has had one. */
  hasId: boolean;
}

/** Sessions at work, from the end of a set-up on. */
export class RunningSessions {
  readonly #runner: ProcessRunner;
  readonly #observer: Process;
  readonly #sessions = new Map<SessionName, Session>();
  readonly #pids = new Map<string, SessionName>();
  readonly #xids = new Map<string, string>();
  readonly #nextXid: () => number;
  #seenXid: number;
  /** Whether a statement may wait though nobody has locked anything. */
  #mayWait = false;

  /** `nextXid` reads the id that the next transaction will have; what was given out so far is the set-up's. */
  constructor(
    runner: ProcessRunner,
    observer: Process,
    sessions: ReadonlyMap<SessionName, Process>,
    nextXid: () => number,
  ) {
    this.#runner = runner;
    this.#observer = observer;
    this.#nextXid = nextXid;
    this.#seenXid = nextXid();
    for (const [name, process] of sessions) {
      this.#pids.set(String(process.pid), name);
      this.#sessions.set(name, {
        name,
        process,
        step: undefined,
        collector: new AnswerCollector(),
        notified: [],
        state: 'I',
        waits: false,
        transactions: 0,
        hasId: false,
      });
    }
  }

  /** Sessions that wait. */
  get waiting(): Set<SessionName> {
    return new Set(
      [...this.#sessions.values()].flatMap(({ name, waits }) => (waits ? [name] : [])),
    );
  }

  /**
   * Sends a statement to a session that does not wait. Answers what happened through it: its answer or
   * that it waits, and the answers of those whose waits have ended.
   * @throws {SessionsError} of kind `refused` for what cannot work here, `lost` when PostgreSQL broke.
   */
  send(step: PlayStep): PlayEvent[] {
    refuse(step);
    const session = this.#session(step.session);
    this.#mayWait ||= MAY_WAIT.test(step.sql);
    session.step = step;
    session.collector = new AnswerCollector();
    const outcome = this.#runner.send(
      session.process,
      stepMessage(step.sql),
      receiver((message) => this.#receive(session, message)),
      this.#mayWait || this.#runner.othersHoldLocks(session.process),
    );
    this.#nameTransactions(session);
    if (outcome === 'answered') return this.#settle([this.#answer(session)]);
    session.waits = true;
    // Its place in a queue may be another's chance: PostgreSQL changes queues to avoid a deadlock.
    return this.#settle([{ kind: 'waits', step: step.id, wait: this.#waitOf(session) }]);
  }

  /**
   * Time passes while all that are left wait: the timeout of one of them comes or, where there is none,
   * the first is cancelled as by its user.
   */
  endWait(): PlayEvent[] {
    const waiting = [...this.#sessions.values()].filter(({ waits }) => waits);
    const timed = waiting.find(({ process }) => this.#runner.timeoutOf(process) !== undefined);
    const session = timed ?? waiting[0];
    if (!session) return [];
    return timed ? this.#end(timed, 'timeout') : this.cancel(session.name);
  }

  /** Cancels the statement of a session that waits, as its user would. */
  cancel(name: SessionName): PlayEvent[] {
    const session = this.#session(name);
    if (!session.waits || !session.step) return [];
    const cancelled: PlayEvent = { kind: 'cancelled', step: session.step.id };
    return [cancelled, ...this.#end(session, 'cancel')];
  }

  /** Ends all sessions as they would end if their clients went away: what is open is rolled back. */
  end(): void {
    while (this.waiting.size > 0) this.endWait();
    for (const session of this.#sessions.values()) {
      if (session.state === 'I') continue;
      this.#runner.send(session.process, protocol.serialize.query('ROLLBACK'), () => {}, false);
    }
  }

  /**
   * Asks something in the observer's own session, whose queries wait for nothing.
   * @throws {SessionsError} of kind `lost` where it cannot be asked.
   */
  observe(sql: string): StepAnswer {
    return ask(this.#runner, this.#observer, sql);
  }

  #end(session: Session, wakeUp: WakeUp): PlayEvent[] {
    return this.#wake(session, wakeUp) ? this.#settle([this.#answer(session)]) : [];
  }

  /** Those whose waits have ended go on, in the order of their names, for as long as there are any. */
  #settle(events: PlayEvent[]): PlayEvent[] {
    for (let some = true; some; ) {
      some = false;
      for (const session of this.#sessions.values()) {
        if (!session.waits || !this.#runner.isAwake(session.process)) continue;
        if (!this.#wake(session, 'granted')) continue;
        events.push(this.#answer(session));
        some = true;
      }
    }
    return events;
  }

  /** Whether the session has been answered; otherwise it waits again. */
  #wake(session: Session, wakeUp: WakeUp): boolean {
    const outcome = this.#runner.resume(session.process, wakeUp);
    this.#nameTransactions(session);
    session.waits = outcome === 'waits';
    return !session.waits;
  }

  #receive(session: Session, message: Message): void {
    session.collector.add(message);
    if (message.name === 'notification') {
      session.notified.push(notificationText(message as messages.NotificationResponseMessage));
    }
    if (message.name === 'readyForQuery') {
      session.state = (message as unknown as { status: string }).status;
    }
  }

  #answer(session: Session): PlayEvent {
    const { step, collector } = session;
    session.step = undefined;
    if (!step) throw new RangeError(`session ${session.name} was asked nothing`);
    const { answer } = collector;
    if (session.notified.length > 0) {
      answer.notices = [...(answer.notices ?? []), ...session.notified];
      session.notified = [];
    }
    if (answer.error) answer.error = withLibraryHint(answer.error);
    const names = { pids: this.#pids, xids: this.#xids, oids: this.#oids(answer) };
    return { kind: 'answered', step: step.id, answer: normalise(answer, names) };
  }

  /** Ids that were given out while a session ran are those of its transaction, or of parts of it. */
  #nameTransactions(session: Session): void {
    for (const end = this.#nextXid(); this.#seenXid < end; this.#seenXid += 1) {
      if (!session.hasId) session.transactions += 1;
      session.hasId = true;
      const { name, transactions } = session;
      const label = transactions === 1 ? name : `${name}#${transactions}`;
      this.#xids.set(String(this.#seenXid), label);
    }
    if (session.state === 'I' && !session.waits) session.hasId = false;
  }

  #waitOf({ process, name }: Session): Wait {
    const { pid } = process;
    const { rows = [] } = this.observe(
      `SELECT locktype, mode, relation::regclass, pg_blocking_pids(${pid}), pg_safe_snapshot_blocking_pids(${pid}) FROM pg_stat_activity AS s LEFT JOIN pg_locks AS l ON l.pid = s.pid AND NOT granted WHERE s.pid = ${pid}`,
    );
    const [row] = rows;
    if (!row) throw new SessionsError('lost', `session ${name} is not known to PostgreSQL`);
    const [lock, mode, relation, blocking, safe] = row;
    const pids = `${blocking} ${safe}`.match(/\d+/g) ?? [];
    return {
      lock: lock ?? (safe === '{}' ? 'bufferpin' : 'snapshot'),
      mode: mode ?? '',
      ...(relation != null && { relation }),
      blockedBy: pids.flatMap((each) => this.#pids.get(each) ?? []).sort(),
    };
  }

  /** Names of tables and databases, asked only where an answer has a number of one. */
  #oids({ error, notices = [] }: StepAnswer): ReadonlyMap<string, string> {
    const texts = [error?.message, error?.detail, error?.hint, ...notices];
    if (!texts.some((text) => /\b(relation|database) \d+\b/.test(text ?? ''))) return new Map();
    const { rows = [] } = this.observe(
      "SELECT oid, relname FROM pg_class WHERE relnamespace = 'public'::regnamespace UNION ALL SELECT oid, datname FROM pg_database",
    );
    return new Map(rows.map(([oid, name]) => [oid as string, name as string]));
  }

  #session(name: SessionName): Session {
    const session = this.#sessions.get(name);
    if (!session) throw new RangeError(`there is no session ${name}`);
    return session;
  }
}

/** As PostgreSQL words it; what Emscripten says after it is not the reason. */
const NO_LIBRARY = /^could not load library "[^"]*"/;

function withLibraryHint(error: AnsweredError): AnsweredError {
  const [message] = NO_LIBRARY.exec(error.message) ?? [];
  if (message === undefined) return error;
  const hint =
    'It would be loaded into the memory of one session only: live sessions have the libraries that they began with.';
  return { ...error, message, hint };
}

/** Sends a query to a process that waits for nothing, and answers what it answers. */
export function ask(runner: ProcessRunner, process: Process, sql: string): StepAnswer {
  const collector = new AnswerCollector();
  const onMessage = receiver((message) => collector.add(message));
  runner.send(process, protocol.serialize.query(sql), onMessage, false);
  return collector.answer;
}

/** Reads messages out of the bytes in which they come. */
function receiver(onMessage: (message: Message) => void): (bytes: Uint8Array) => void {
  const parser = new protocol.Parser();
  return (bytes) => parser.parse(bytes as Uint8Array<ArrayBuffer>, onMessage);
}

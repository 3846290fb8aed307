/** A session of a play on a server, and what it tells by itself: that it waits, has got its lock, is answered. */
import type { messages } from '@electric-sql/pglite';
import type { Message } from '../../src/engine/postgres/instance.ts';
import {
  AnswerCollector,
  notificationText,
  stepMessage,
} from '../../src/engine/sessions/collect.ts';
import type { PlayStep, SessionName, StepAnswer } from '../../src/engine/sessions/play.ts';
import type { ServerConnection } from '../verify/connection.ts';
import { ServerError } from '../verify/server.ts';

/** Whether processes of this machine can be suspended, and so be told apart when several could go on. */
export const SUSPENDS = process.platform !== 'win32';

/**
 * What a session logs, to its own client too, when it has waited for `deadlock_timeout`: once it has
 * looked for a deadlock and found none, and when it has got the lock after that. Source: PostgreSQL 18,
 * runtime-config-logging.html, log_lock_waits; storage/lmgr/proc.c, ProcSleep.
 */
const STILL_WAITS = /^process \d+ still waiting for /;
const HAS_LOCK = /^process \d+ acquired /;

/** How a statement has come to rest. */
export type Rest = 'answered' | 'waits';

/** One session on a connection of its own. */
export class PlayedSession {
  readonly name: SessionName;
  readonly #connection: ServerConnection;
  /** What it was sent last. */
  step: PlayStep | undefined;
  /** The wait in which it was seen, by the time at which the wait began; undefined while it does not wait. */
  waitsSince: string | undefined;
  /** As ReadyForQuery says it: I idle, T in a transaction, E in one that has failed. */
  state = 'I';
  #collector = new AnswerCollector();
  #notified: string[] = [];
  #answered = true;
  #alive = true;
  #waits = false;
  /** Locks that it says it has got after a wait, and how many we know it to have been given. */
  #got = 0;
  #given = 0;
  #onChange: () => void = () => {};

  /** `connection` has sent nothing yet. */
  constructor(name: SessionName, connection: ServerConnection) {
    this.name = name;
    this.#connection = connection;
  }

  /** As PostgreSQL prints it. */
  get pid(): string {
    return `${this.#connection.pid}`;
  }

  get waits(): boolean {
    return this.waitsSince !== undefined;
  }

  /**
   * Sends a statement.
   * @throws {ServerError} when the session has ended.
   */
  send(step: PlayStep): void {
    if (!this.#alive) throw new ServerError(`${step.id}: session ${this.name} has ended`);
    this.step = step;
    this.#collector = new AnswerCollector();
    this.#answered = false;
    this.#connection
      .send(stepMessage(step.sql), (message) => this.#receive(message))
      .then((alive) => {
        this.#alive = alive;
        this.#answered = true;
        this.#onChange();
      });
  }

  /** Its wait has been ended, by a lock or by us: what counts is what it tells once it has noticed. */
  woken(): void {
    this.#given += 1;
    this.waitsSince = undefined;
  }

  /** When the statement has been answered, or has begun to wait and has looked for a deadlock. */
  async rest(): Promise<Rest> {
    while (!this.#answered && !(this.#waits && this.#got === this.#given)) {
      await new Promise<void>((resolve) => {
        this.#onChange = resolve;
      });
    }
    return this.#answered ? 'answered' : 'waits';
  }

  /**
   * The answer, with what has been notified since the last.
   * @throws {ServerError} when the server has closed the session without a word.
   */
  take(): StepAnswer {
    this.waitsSince = undefined;
    this.#waits = false;
    this.#given = this.#got;
    const { answer } = this.#collector;
    if (!this.#alive && !answer.error) {
      throw new ServerError(`${this.step?.id}: the server closed session ${this.name}`);
    }
    if (this.#notified.length > 0) answer.notices = [...(answer.notices ?? []), ...this.#notified];
    this.#notified = [];
    return answer;
  }

  /** Keeps it from going on when its wait ends. It holds nothing then that others need but its locks. */
  suspend(): void {
    if (SUSPENDS) process.kill(this.#connection.pid, 'SIGSTOP');
  }

  resume(): void {
    if (SUSPENDS) process.kill(this.#connection.pid, 'SIGCONT');
  }

  /** Ends it as if its client had gone: what is open is rolled back. */
  async close(): Promise<void> {
    await this.#connection.close();
  }

  #receive(message: Message): void {
    switch (message.name) {
      case 'notification':
        this.#notified.push(notificationText(message as messages.NotificationResponseMessage));
        return;
      case 'readyForQuery':
        this.state = (message as messages.ReadyForQueryMessage).status;
        return;
      case 'notice':
        this.#listen(message as messages.NoticeMessage);
    }
    this.#collector.add(message);
  }

  #listen({ routine, message = '' }: messages.NoticeMessage): void {
    if (routine !== 'ProcSleep') return;
    if (STILL_WAITS.test(message)) this.#waits = true;
    else if (HAS_LOCK.test(message)) {
      this.#waits = false;
      this.#got += 1;
    } else return;
    this.#onChange();
  }
}

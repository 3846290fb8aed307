/** A play on a server while it goes on: sends the steps, sees who waits, and lets one session go on at a time. */
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
import type { ServerConnection } from '../verify/connection.ts';
import { PlayError } from './errors.ts';
import { Observer, type Sight } from './observer.ts';
import type { PlayedSession, Rest } from './session.ts';
import { readVersions } from './versions.ts';

/** As PostgreSQL words what has a number in place of a name. */
const NUMBERED = /\b(relation|database) \d+\b/;

/**
 * A play. Everything in it is decided by what the server says, and nothing by a clock:
 * - A statement is at rest when it is answered, or when its session has said that it goes on waiting. It
 *   says so when it has looked for a deadlock, and looks once in each wait. So when the next statement is
 *   sent, whoever waits has looked already: a circle is found by the session that closes it.
 * - A session that waits is suspended, as a process. When another's statement gives it its lock, it goes
 *   on only when that statement is answered and has been told; of several, one after the other. So what
 *   happens between two looks at the server is the work of one session.
 */
export class RunningPlay {
  readonly #watching: ServerConnection;
  readonly #observer: Observer;
  readonly #sessions: ReadonlyMap<SessionName, PlayedSession>;
  readonly #watch: readonly string[];
  readonly #patience: number;
  readonly #events: PlayEvent[] = [];
  readonly #versions: Array<TableVersions[] | null> = [];

  /** `watching` has been told to prepare what it will ask; `sessions` in the order of their names. */
  constructor(
    watching: ServerConnection,
    sessions: readonly PlayedSession[],
    { watch, patience }: { watch: readonly string[]; patience: number },
  ) {
    this.#watching = watching;
    this.#observer = new Observer(watching, sessions);
    this.#sessions = new Map(sessions.map((session) => [session.name, session]));
    this.#watch = watch;
    this.#patience = patience;
  }

  /**
   * Plays the steps in their order, and on until every one of them is answered.
   * @throws {PlayError} for a step that cannot be recorded.
   */
  async run(steps: readonly PlayStep[]): Promise<Omit<Play, 'final'>> {
    await this.#observer.begin();
    const left = [...steps];
    for (;;) {
      const waiting = this.#waiting();
      const at = nextStep(left, new Set(waiting.map(({ name }) => name)));
      if (at >= 0) await this.#send(...(left.splice(at, 1) as [PlayStep]));
      else if (waiting[0]) await this.#cancel(waiting[0]);
      else break;
    }
    const events = this.#events;
    return this.#watch.length > 0 ? { events, versions: this.#versions } : { events };
  }

  async #send(step: PlayStep): Promise<void> {
    const session = this.#sessions.get(step.session) as PlayedSession;
    session.send(step);
    await this.#tell(session, await this.#rest(session));
    await this.#letGoOn();
  }

  /** Nothing that is left could end its wait. */
  async #cancel(session: PlayedSession): Promise<void> {
    const { id } = session.step as PlayStep;
    await this.#watching.must(`SELECT pg_cancel_backend(${session.pid})`);
    this.#events.push({ kind: 'cancelled', step: id });
    this.#versions.push(this.#versions.at(-1) ?? null);
    await this.#wake(session);
    await this.#letGoOn();
  }

  /** Sessions that have been given what they waited for go on, one by one, in the order of their names. */
  async #letGoOn(): Promise<void> {
    for (let some = true; some; ) {
      some = false;
      for (const session of this.#waiting()) {
        const { waits } = await this.#observer.look();
        if (waits.get(session.name)?.since === session.waitsSince) continue;
        await this.#wake(session);
        some = true;
      }
    }
  }

  async #wake(session: PlayedSession): Promise<void> {
    session.woken();
    session.resume();
    const rest = await this.#rest(session);
    // A wait that goes on behind another lock is the same wait to whoever looks on.
    if (rest === 'answered') await this.#tell(session, rest);
    else this.#seeWait(session, await this.#observer.lookAfter(session, rest));
  }

  /** Tells what has come of a statement, and what the tables have in them then. */
  async #tell(session: PlayedSession, rest: Rest): Promise<void> {
    const { id: step } = session.step as PlayStep;
    const sight = await this.#observer.lookAfter(session, rest);
    if (rest === 'waits') {
      this.#events.push({ kind: 'waits', step, wait: this.#seeWait(session, sight) });
    } else {
      const answer = await this.#normalised(session.take());
      this.#events.push({ kind: 'answered', step, answer });
    }
    this.#versions.push(await this.#look(sight));
  }

  /** Keeps a session from going on by itself. */
  #seeWait(session: PlayedSession, { waits }: Sight) {
    const seen = waits.get(session.name);
    if (!seen) {
      throw new PlayError(
        `${session.step?.id} has waited for a lock that another statement gave back while it went on: the two run at the same time, so what happens is not certain`,
      );
    }
    session.suspend();
    session.waitsSince = seen.since;
    return seen.wait;
  }

  async #normalised(answer: StepAnswer): Promise<StepAnswer> {
    const { error, notices = [] } = answer;
    const texts = [error?.message, error?.detail, error?.hint, ...notices];
    const numbered = texts.some((text) => NUMBERED.test(text ?? ''));
    return normalise(answer, {
      pids: this.#observer.pids,
      xids: { get: this.#observer.nameOf },
      oids: numbered ? await this.#observer.oids() : new Map(),
    });
  }

  async #look({ closed }: Sight): Promise<TableVersions[] | null> {
    const all: TableVersions[] = [];
    for (const table of this.#watch) {
      const versions = await readVersions(this.#watching, table, closed, this.#observer.nameOf);
      if (!versions) return null;
      all.push(versions);
    }
    return all;
  }

  /** When a statement has come to rest. */
  async #rest(session: PlayedSession): Promise<Rest> {
    let timer: NodeJS.Timeout | undefined;
    const given = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), this.#patience);
    });
    const rest = await Promise.race([session.rest(), given]);
    clearTimeout(timer);
    if (rest) return rest;
    const [[type, event] = []] = await this.#watching.must(
      `SELECT wait_event_type, wait_event FROM pg_stat_activity WHERE pid = ${session.pid}`,
    );
    throw new PlayError(
      `${session.step?.id} is neither answered nor waits for a lock, but for ${type ?? 'nothing'}:${event ?? ''} (pg_stat_activity): it cannot be recorded`,
    );
  }

  #waiting(): PlayedSession[] {
    return [...this.#sessions.values()].filter(({ waits }) => waits);
  }
}

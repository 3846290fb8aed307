/** Sessions to which statements are sent one by one, by somebody who sees each answer before the next. */
import type { PlayEvent, PlayStep, SessionName, StepAnswer, StepId } from '../../sessions/play.ts';
import type { LiveSessions } from './live.ts';
import type { RunningSessions } from './running.ts';

/**
 * What happened. `differs` comes where all was played again, because another play had taken the place,
 * and a step answered otherwise than it did before: `answer` is the new one.
 */
export type ConsoleEvent = PlayEvent | { kind: 'differs'; step: StepId; answer: StepAnswer };

/** What was done so far. */
type Done =
  | { kind: 'send'; step: PlayStep }
  | { kind: 'cancel'; name: SessionName }
  | { kind: 'pass' };

/** Two or three sessions, from a set-up on. A statement that waits stays open until something ends its wait. */
export class SessionConsole {
  readonly #live: LiveSessions;
  readonly #setup: string;
  readonly #names: readonly SessionName[];
  #sessions: RunningSessions;
  #done: Done[] = [];
  readonly #answers = new Map<StepId, string>();
  readonly #counts = new Map<SessionName, number>();

  constructor(live: LiveSessions, setup: string, names: readonly SessionName[]) {
    this.#live = live;
    this.#setup = setup;
    this.#names = names;
    this.#sessions = live.begin(setup, names);
  }

  /** Sessions whose statement waits; they cannot be sent another. */
  get waiting(): ReadonlySet<SessionName> {
    return this.#sessions.waiting;
  }

  /**
   * Sends a statement and answers what happened through it, in all sessions.
   * @throws {SessionsError} `refused`: nothing has happened; `lost`: as if it had not been sent.
   * @throws {RangeError} for a session that waits.
   */
  send(session: SessionName, sql: string): ConsoleEvent[] {
    const again = this.#again();
    if (this.waiting.has(session)) throw new RangeError(`session ${session} waits`);
    const count = (this.#counts.get(session) ?? 0) + 1;
    const step: PlayStep = { id: `${session}${count}`, session, sql };
    const events = this.#do({ kind: 'send', step });
    this.#counts.set(session, count);
    return [...again, ...events];
  }

  /** Cancels the statement of a session that waits. */
  cancel(name: SessionName): ConsoleEvent[] {
    return [...this.#again(), ...this.#do({ kind: 'cancel', name })];
  }

  /** Lets time pass: the next timeout of a session that waits comes or, where there is none, its statement is cancelled. */
  pass(): ConsoleEvent[] {
    return [...this.#again(), ...this.#do({ kind: 'pass' })];
  }

  /** Begins anew, from the set-up. */
  reset(): void {
    this.#done = [];
    this.#answers.clear();
    this.#counts.clear();
    this.#sessions = this.#live.begin(this.#setup, this.#names);
  }

  #do(what: Done): PlayEvent[] {
    const events = perform(this.#sessions, what);
    this.#done.push(what);
    for (const event of events) {
      if (event.kind === 'answered') this.#answers.set(event.step, JSON.stringify(event.answer));
    }
    return events;
  }

  /** Where another play has taken the place, or PostgreSQL broke: everything once more. */
  #again(): ConsoleEvent[] {
    if (this.#live.runs(this.#sessions)) return [];
    this.#sessions = this.#live.begin(this.#setup, this.#names);
    const events = this.#done.flatMap((what) => perform(this.#sessions, what));
    return events.flatMap((event): ConsoleEvent[] => {
      if (event.kind !== 'answered') return [];
      const { step, answer } = event;
      const text = JSON.stringify(answer);
      if (this.#answers.get(step) === text) return [];
      this.#answers.set(step, text);
      return [{ kind: 'differs', step, answer }];
    });
  }
}

function perform(sessions: RunningSessions, what: Done): PlayEvent[] {
  if (what.kind === 'send') return sessions.send(what.step);
  return what.kind === 'cancel' ? sessions.cancel(what.name) : sessions.endWait();
}

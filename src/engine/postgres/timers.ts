/** PostgreSQL's timeouts, which have nobody to raise their signal while a statement runs: raised here. */
import type { messages } from '@electric-sql/pglite';

/** What Emscripten gives PostgreSQL: its memory, and functions for the time. */
interface Clock {
  memory: WebAssembly.Memory;
  /** Asks for a SIGALRM in so many milliseconds; 0 takes that back. */
  _setitimer_js(which: number, milliseconds: number): number;
  /** The time of day in milliseconds. */
  emscripten_date_now(): number;
}

/** WASI's clock: writes nanoseconds to an address. */
type ClockTimeGet = (id: number, precision: bigint, address: number) => number;

/** What PostgreSQL's program exports and is used here. */
interface Exports {
  /** Emscripten's: raises the signal of a timer that is due. */
  _emscripten_timeout(which: number, now: number): void;
  /** Addresses of PostgreSQL's variables of these names. */
  MyProc: WebAssembly.Global;
  InterruptPending: WebAssembly.Global;
  QueryCancelPending: WebAssembly.Global;
}

/** The one timer that PostgreSQL uses. */
const ITIMER_REAL = 0;
/** Where a PGPROC has its waitStatus, in bytes, and the value that says it waits: storage/proc.h. */
const WAIT_STATUS = 16;
const PROC_WAIT_STATUS_WAITING = 1;
const QUERY_CANCELED = '57014';
const ENDLESS_WAIT =
  'It waited for a lock, and nothing could ever release it: this session is the only one here. On a server the statement would wait until the other transaction ends. End that first (COMMIT PREPARED or ROLLBACK PREPARED), or do not wait (NOWAIT, SKIP LOCKED, lock_timeout).';
/** More timeouts than can be pending at once. */
const TIMEOUTS = 16;

/**
 * Lets `statement_timeout` and `lock_timeout` fire, and ends a wait for a lock that nothing can end.
 *
 * A timer of Emscripten's fires between two statements, when it is too late. So it is looked at
 * whenever PostgreSQL asks for the time, as `pg_sleep` does all along. While it waits for a lock it
 * asks only once, and there is nobody who could release the lock meanwhile: time is made to pass,
 * until a timeout cancels the statement or none is left. Then it is cancelled as by its user.
 */
export class Timers {
  /** Whether a wait was cancelled that would never have ended. */
  #waitedInVain = false;
  #memory: WebAssembly.Memory | undefined;
  #exports: Exports | undefined;
  #setTimer: Clock['_setitimer_js'] = () => 0;
  /** When the timer is due, by `performance.now()`. */
  #due = Number.POSITIVE_INFINITY;
  /** Milliseconds by which the clock is ahead while time is made to pass. */
  #ahead = 0;
  /** While time is made to pass: the milliseconds to the next timeout, 0 for none. */
  #next: number | undefined;

  /** The imports of PostgreSQL's program, with its clock in our hands. */
  around(imports: WebAssembly.Imports): WebAssembly.Imports {
    const env = imports['env'] as unknown as Clock;
    const wasi = imports['wasi_snapshot_preview1'] as unknown as { clock_time_get: ClockTimeGet };
    const { _setitimer_js, emscripten_date_now } = env;
    const { clock_time_get } = wasi;
    this.#setTimer = _setitimer_js;
    this.#memory = env.memory;
    const clock: Omit<Clock, 'memory'> = {
      _setitimer_js: (which, milliseconds) => this.#set(which, milliseconds),
      emscripten_date_now: () => {
        this.#beforeAnswering();
        return emscripten_date_now() + this.#ahead;
      },
    };
    const clockTimeGet: ClockTimeGet = (id, precision, address) => {
      this.#beforeAnswering();
      const result = clock_time_get(id, precision, address);
      if (this.#ahead > 0) this.#shift(address);
      return result;
    };
    return {
      ...imports,
      env: { ...imports['env'], ...clock },
      wasi_snapshot_preview1: {
        ...imports['wasi_snapshot_preview1'],
        clock_time_get: clockTimeGet,
      },
    };
  }

  /** Takes the program that was instantiated with those imports. */
  takes(exports: WebAssembly.Exports): void {
    this.#exports = exports as unknown as Exports;
  }

  /** Gives the error of a wait that was cancelled a hint: on a server, nobody would have cancelled it. */
  explain(message: messages.BackendMessage): void {
    if (message.name === 'readyForQuery') this.#waitedInVain = false;
    if (message.name !== 'error' || !this.#waitedInVain) return;
    const error = message as unknown as messages.DatabaseError;
    if (error.code === QUERY_CANCELED) error.hint = ENDLESS_WAIT;
  }

  #set(which: number, milliseconds: number): number {
    if (this.#next !== undefined) {
      if (milliseconds > 0) this.#next = milliseconds;
      return 0;
    }
    if (which !== ITIMER_REAL || milliseconds === 0 || !this.#waitsForLock()) {
      return this.#arm(milliseconds);
    }
    return this.#arm(this.#passTime(milliseconds));
  }

  #arm(milliseconds: number): number {
    this.#due = milliseconds > 0 ? performance.now() + milliseconds : Number.POSITIVE_INFINITY;
    return this.#setTimer(ITIMER_REAL, milliseconds);
  }

  /**
   * Raises the signal when it is due, and before a wait for a lock: PostgreSQL, which only asks for
   * a signal when none is due sooner, then asks for one in any case.
   */
  #beforeAnswering(): void {
    if (this.#next !== undefined) return;
    if (performance.now() < this.#due && !this.#waitsForLock()) return;
    this.#arm(0);
    this.#raise();
  }

  #raise(): void {
    this.#exports?._emscripten_timeout(ITIMER_REAL, performance.now());
  }

  /** Fires one timeout after the other. Answers the milliseconds to the first that is left. */
  #passTime(first: number): number {
    this.#next = first;
    for (let count = 0; count < TIMEOUTS && this.#next > 0 && !this.#isCancelled; count += 1) {
      this.#ahead += this.#next + 1;
      this.#next = 0;
      this.#raise();
    }
    const left = this.#next;
    this.#next = undefined;
    this.#ahead = 0;
    if (!this.#isCancelled) this.#cancel();
    return left;
  }

  get #isCancelled(): boolean {
    return this.#word('QueryCancelPending') !== 0;
  }

  /** What PostgreSQL itself does on a SIGINT. */
  #cancel(): void {
    const { InterruptPending, QueryCancelPending } = this.#exports as Exports;
    this.#view.setInt32(InterruptPending.value, 1, true);
    this.#view.setInt32(QueryCancelPending.value, 1, true);
    this.#waitedInVain = true;
  }

  #waitsForLock(): boolean {
    if (!this.#exports) return false;
    const proc = this.#word('MyProc');
    const status = proc === 0 ? 0 : this.#view.getUint32(proc + WAIT_STATUS, true);
    return status === PROC_WAIT_STATUS_WAITING;
  }

  #word(name: 'MyProc' | 'QueryCancelPending'): number {
    return this.#view.getUint32((this.#exports as Exports)[name].value, true);
  }

  #shift(address: number): void {
    const nanoseconds = this.#view.getBigUint64(address, true);
    this.#view.setBigUint64(address, nanoseconds + BigInt(this.#ahead) * 1_000_000n, true);
  }

  /** Memory that has grown is another buffer. */
  get #view(): DataView {
    return new DataView((this.#memory as WebAssembly.Memory).buffer);
  }
}

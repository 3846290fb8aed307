/** What PostgreSQL asks of its operating system where there are several processes: time, timers, waits, signals, libraries. */
import type { Surroundings } from '../program.ts';
import { SessionsError } from './errors.ts';
import type { SessionsExports } from './layout.ts';
import { KILL_MARK, MARKS, WAIT_MARK } from './patch.ts';

/** What the processes do about it. */
export interface Processes {
  /** WaitLatch: answers which of the events has come, or throws, never to return. */
  wait(events: number, milliseconds: number, info: number): number;
  /** A signal for a process. Answers 0, or -1 for "no such process". */
  signal(pid: number, signal: number): number;
  /** Whether what runs has run before, and must see what it saw then. */
  readonly repeats: boolean;
  /** Whether what runs may have to run again. */
  readonly records: boolean;
}

/** Emscripten's functions that are replaced. */
interface Replaced {
  memory: WebAssembly.Memory;
  __syscall_poll(list: number, count: number, milliseconds: number): number;
  _setitimer_js(which: number, milliseconds: number): number;
  emscripten_date_now(): number;
  emscripten_get_now(): number;
  _dlopen_js(handle: number): number;
  _mmap_js(length: number, protection: number, flags: number, ...rest: never[]): number;
}

type ClockTimeGet = (id: number, precision: bigint, address: number) => number;

/** Among what clocks have told: that the timer's signal was raised just then. */
const RAISED = -1;
/** An event of WaitLatch: storage/waiteventset.h. */
export const TIMED_OUT = 8;
/** Of mmap, by Emscripten's numbers. */
const MAP_SHARED = 1;
/** The one timer that PostgreSQL uses. */
const ITIMER_REAL = 0;

/**
 * Each process has a timer of its own. The clock is common to all; it can be set ahead, so that time
 * passes while nothing happens. What a clock has told while a statement ran can be told again.
 */
export class Kernel implements Surroundings {
  processes: Processes | undefined;
  /** When the timer of the process that is in memory is due, by `now`. */
  due = Number.POSITIVE_INFINITY;
  /** What the clocks have told, or are to tell again; and where signals came in between. */
  told: number[] = [];
  /** How much of it has been told again. */
  again = 0;
  /** Libraries that could not be loaded. */
  refusedLibraries = 0;
  #exports: SessionsExports | undefined;
  #ahead = 0;
  #raising = false;

  /** Milliseconds on the processes' clock. */
  get now(): number {
    return performance.now() + this.#ahead;
  }

  /** Sets the clock ahead. */
  pass(milliseconds: number): void {
    this.#ahead += milliseconds;
  }

  /** Sets it ahead to just after a time, in milliseconds since 1970. */
  passUntil(time: number): void {
    this.pass(Math.max(0, time - Date.now() - this.#ahead) + 1);
  }

  /** Back to the time of day. */
  reset(): void {
    this.#ahead = 0;
    this.due = Number.POSITIVE_INFINITY;
  }

  get exports(): SessionsExports {
    if (!this.#exports) throw new Error('the program has not been instantiated');
    return this.#exports;
  }

  /**
   * Finds out whether the program is the patched one, which leaves waiting to us.
   * @throws {SessionsError} of kind `build`.
   */
  check(): void {
    let waited = false;
    const nobody: Processes = {
      repeats: false,
      records: false,
      signal: () => 0,
      wait: (events) => {
        waited = true;
        return events;
      },
    };
    this.processes = nobody;
    try {
      this.exports.WaitLatch?.(0, TIMED_OUT, 0, 0);
    } finally {
      this.processes = undefined;
    }
    if (!waited) throw new SessionsError('build', 'the program does not have the patch in it');
  }

  takes(exports: WebAssembly.Exports): void {
    this.#exports = exports as unknown as SessionsExports;
  }

  around(imports: WebAssembly.Imports): WebAssembly.Imports {
    const env = imports['env'] as unknown as Replaced;
    const wasi = imports['wasi_snapshot_preview1'] as unknown as { clock_time_get: ClockTimeGet };
    const { memory } = env;
    const replaced: Omit<Replaced, 'memory'> = {
      __syscall_poll: (first, second, third) => {
        const mark = first & MARKS;
        if (mark === WAIT_MARK) {
          return this.processes?.wait(first & ~MARKS, second, third) ?? first & ~MARKS;
        }
        if (mark === KILL_MARK) return this.processes?.signal(second, third) ?? 0;
        return env.__syscall_poll(first, second, third);
      },
      _setitimer_js: (_which, milliseconds) => {
        this.due = milliseconds > 0 ? this.now + milliseconds : Number.POSITIVE_INFINITY;
        return 0;
      },
      emscripten_date_now: () => this.#tell(() => env.emscripten_date_now() + this.#ahead),
      emscripten_get_now: () => this.#tell(() => env.emscripten_get_now() + this.#ahead),
      _dlopen_js: (handle) => {
        // A library would be loaded into the memory of one process, and Emscripten take it for everybody's.
        if (!this.processes) return env._dlopen_js(handle);
        this.refusedLibraries += 1;
        return 0;
      },
      _mmap_js: (length, protection, flags, ...rest) => {
        // It would be mapped into the memory of one process.
        if (this.processes && (flags & MAP_SHARED) !== 0) {
          throw new SessionsError('refused', 'a statement that needs dynamic shared memory');
        }
        return env._mmap_js(length, protection, flags, ...rest);
      },
    };
    const clockTimeGet: ClockTimeGet = (id, precision, address) => {
      const result = wasi.clock_time_get(id, precision, address);
      const time = this.#tell(
        () => Number(new DataView(memory.buffer).getBigUint64(address, true)) + this.#ahead * 1e6,
      );
      new DataView(memory.buffer).setBigUint64(address, BigInt(Math.round(time)), true);
      return result;
    };
    return {
      ...imports,
      env: { ...imports['env'], ...(replaced as unknown as WebAssembly.ModuleImports) },
      wasi_snapshot_preview1: {
        ...imports['wasi_snapshot_preview1'],
        clock_time_get: clockTimeGet,
      },
    };
  }

  /** Raises the signal of the timer. */
  raise(): void {
    this.due = Number.POSITIVE_INFINITY;
    this.#raising = true;
    try {
      // Only a timer that repeats itself would ask what time it is.
      this.exports._emscripten_timeout(ITIMER_REAL, 0);
    } finally {
      this.#raising = false;
    }
  }

  /**
   * Lets a time pass at once, in milliseconds, or only as much of it as is left to the timer, whose
   * signal is raised then. Answers whether it was.
   */
  sleep(milliseconds: number): boolean {
    if (this.processes?.repeats) {
      if (this.told[this.again] !== RAISED) return false;
      this.again += 1;
    } else {
      const left = this.due - this.now;
      this.pass(Math.max(0, Math.min(left, milliseconds)));
      if (left > milliseconds) return false;
      if (this.processes?.records) this.told.push(RAISED);
    }
    this.raise();
    return true;
  }

  /** Nothing else interrupts a statement that computes: it is asked for the time now and then. */
  #tell(clock: () => number): number {
    const { processes } = this;
    if (!processes) return clock();
    if (processes.repeats && this.again < this.told.length) {
      const told = this.told[this.again] as number;
      this.again += 1;
      if (told !== RAISED) return told;
      this.raise();
      return this.#tell(clock);
    }
    if (!this.#raising && !processes.repeats && this.now >= this.due) {
      if (processes.records) this.told.push(RAISED);
      this.raise();
    }
    const time = clock();
    if (processes.records) this.told.push(time);
    return time;
  }
}

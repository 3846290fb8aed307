/** Processes of PostgreSQL in one program: taken in and out of memory, suspended while they wait, resumed. */
import type { FilesImage } from '../image.ts';
import { SessionsError } from './errors.ts';
import type { FilesWatch } from './files.ts';
import { type Kernel, type Processes, TIMED_OUT } from './kernel.ts';
import {
  type Layout,
  PROC,
  type SessionsExports,
  STATIC,
  TIMEOUT,
  TIMEOUT_ID,
  WAITING,
} from './layout.ts';
import type { PrivateState, ProcessMemory, SharedState } from './memory.ts';

/** The part of PGlite's Emscripten module with which a process is run. */
export interface ProgramModule {
  wasmMemory: WebAssembly.Memory;
  addFunction(work: (address: number, length: number) => number, signature: string): number;
  stackSave(): number;
  stackRestore(stackPointer: number): void;
  _pgl_set_rw_cbs(read: number, write: number): void;
  _PostgresMainLoopOnce(): void;
  _PostgresMainLongJmp(): void;
  _PostgresSendReadyForQueryIfNecessary(): void;
  _pgl_pq_flush(): void;
  _pq_buffer_remaining_data(): number;
}

/** All that a process sees. */
interface State {
  shared: SharedState;
  own: PrivateState;
  files: FilesImage;
}

/** A statement that waits. To go on with it, it is run again, up to where it waits. */
interface Suspended {
  message: Uint8Array;
  onBytes(bytes: Uint8Array): void;
  /** Before the statement; undefined where it was not expected to wait. */
  begin: State | undefined;
  /** What it saw when each of its earlier waits had ended. */
  passed: State[];
  /** What the clocks had told it. */
  told: number[];
}

/** How a wait ends: the lock was granted, the statement is cancelled, or its timeout has come. */
export type WakeUp = 'granted' | 'cancel' | 'timeout';

/** A process. */
export interface Process {
  readonly number: number;
  readonly pid: number;
  /** Whether it may wait; otherwise what it waits in is cancelled at once. */
  readonly waits: boolean;
  /** As it was when it was last taken out of memory. */
  state: PrivateState;
  due: number;
  /** Signals that it has not handled yet. */
  signals: Set<number>;
  suspended: Suspended | undefined;
}

/** What runs. */
interface Run extends Suspended {
  process: Process;
  read: number;
  /** Waits that are still to be passed by while it runs again; the last one is then taken up. */
  repeats: State[] | undefined;
  now: Omit<State, 'own'> | undefined;
  wakeUp: WakeUp;
  /** Of the wait for a lock in which a deadlock has been looked for: when that would have been due. */
  checked: bigint;
  sleeps: number;
}

/** The other event of WaitLatch. */
const LATCH_SET = 1;
/** Emscripten's numbers of signals. */
const SIGINT = 2;
const SIGUSR1 = 10;
const SIGURG = 23;
/** The status of PGlite's exit that stands for a jump back into PostgreSQL's main loop after an error. */
const LONG_JUMP = 100;
/** A statement that sleeps so often will for ever. */
const MOST_SLEEPS = 100_000;
/** Milliseconds from 1970 to 2000, where PostgreSQL's time begins. */
const EPOCH = 946_684_800_000;

/** Thrown through a program that waits, past everything that could catch it. */
const SUSPENDED = { name: 'Suspended' };

/** What may be read and measured. */
export interface Counts {
  /** How often another process was taken into memory. */
  switches: number;
  /** Milliseconds in that. */
  switching: number;
  /** Bytes copied in that. */
  bytes: number;
  /** How often everything was copied, for a statement that may wait. */
  copies: number;
  /** Milliseconds in that. */
  copying: number;
  /** How often a wait was taken up again. */
  resumes: number;
  /** Milliseconds in that, up to where the statement goes on. */
  resuming: number;
}

/** Runs the processes. */
export class ProcessRunner implements Processes {
  readonly #module: ProgramModule;
  readonly #kernel: Kernel;
  readonly #exports: SessionsExports;
  readonly #layout: Layout;
  readonly #memory: ProcessMemory;
  readonly #files: FilesWatch;
  #all: readonly Process[] = [];
  /** The process in memory. */
  #current: Process | undefined;
  /** Whether `state` is what is in memory. */
  #fresh = false;
  #run: Run | undefined;
  #isLost = false;
  #isWaking = false;
  #resumed = 0;
  readonly counts: Counts = {
    switches: 0,
    switching: 0,
    bytes: 0,
    copies: 0,
    copying: 0,
    resumes: 0,
    resuming: 0,
  };
  /** Called when a statement has been run again up to where it waits: what differs, in bytes. */
  onRepeated: ((differing: number[]) => void) | undefined;
  /** States that are kept, and must not be written over. */
  readonly #kept = new WeakSet<object>();

  constructor(
    module: ProgramModule,
    kernel: Kernel,
    layout: Layout,
    memory: ProcessMemory,
    files: FilesWatch,
  ) {
    this.#module = module;
    this.#kernel = kernel;
    this.#exports = kernel.exports;
    this.#layout = layout;
    this.#memory = memory;
    this.#files = files;
    const read = module.addFunction((address, length) => this.#read(address, length), 'ipi');
    const write = module.addFunction((address, length) => this.#write(address, length), 'ipi');
    module._pgl_set_rw_cbs(read, write);
  }

  /** The processes that there are from now on; none of them is in memory. */
  set processes(all: readonly Process[]) {
    for (const process of this.#all) this.#forget(process);
    this.#all = all;
    this.#current = undefined;
    this.#isLost = false;
    this.#kernel.processes = this;
    this.#kernel.due = Number.POSITIVE_INFINITY;
  }

  /** Whether a process has broken; others take its place when `processes` are set. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /** Never reuse the buffers of this state. */
  keep(state: PrivateState): void {
    this.#kept.add(state);
  }

  /** Saves the process that is in memory, so that all states are as they are. */
  leave(): void {
    const current = this.#current;
    if (!current) return;
    if (!this.#fresh) {
      const old = current.state;
      current.state = this.#memory.takePrivate();
      this.#release(old);
    }
    current.due = this.#kernel.due;
    this.#fresh = true;
  }

  /**
   * Sends messages to a process. Answers `waits` where it cannot go on before others do something.
   * `mayWait` costs a copy of all memory: false where nobody has what it could wait for.
   */
  send(
    process: Process,
    message: Uint8Array,
    onBytes: (bytes: Uint8Array) => void,
    mayWait: boolean,
  ): 'answered' | 'waits' {
    this.#enter(process);
    if (process.signals.has(SIGUSR1)) {
      this.#exports.procsignal_sigusr1_handler(SIGUSR1);
      this.#fresh = false;
    }
    process.signals.clear();
    const begin = mayWait ? this.#begin(process) : undefined;
    this.#kernel.told = [];
    const outcome = this.#go({
      process,
      message,
      onBytes,
      begin,
      passed: [],
      told: this.#kernel.told,
      read: 0,
      repeats: undefined,
      now: undefined,
      wakeUp: 'granted',
      checked: 0n,
      sleeps: 0,
    });
    if (outcome === 'answered') this.#memory.release({ shared: begin?.shared });
    return outcome;
  }

  #begin(process: Process): State {
    const start = performance.now();
    this.leave();
    this.#memory.clearStack();
    const state: State = {
      shared: this.#memory.takeShared(),
      own: process.state,
      files: this.#files.image(),
    };
    this.counts.copies += 1;
    this.counts.copying += performance.now() - start;
    return state;
  }

  /** Whether anybody but this process has a lock that it could have to wait for. */
  othersHoldLocks({ number }: Process): boolean {
    const { firstProc, procCount, fastPathBytes } = this.#layout;
    const view = new DataView(this.#module.wasmMemory.buffer);
    for (let other = 0; other < procCount; other += 1) {
      if (other === number) continue;
      const proc = firstProc + other * PROC.size;
      for (let list = proc + PROC.locks; list < proc + PROC.locks + PROC.lockLists * 8; list += 8) {
        const next = view.getUint32(list + 4, true);
        if (next !== list && next !== 0) return true;
      }
      const fastPath = view.getUint32(proc + PROC.fastPathLocks, true);
      for (let at = 0; at < fastPathBytes; at += 4) {
        if (view.getUint32(fastPath + at, true) !== 0) return true;
      }
    }
    return false;
  }

  /** Whether what a process waited for has come. */
  isAwake(process: Process): boolean {
    const proc = this.#layout.firstProc + process.number * PROC.size;
    if (process.signals.has(SIGINT)) return true;
    if (this.#word(proc + PROC.waitStatus) === WAITING) return false;
    return this.#waitsForLock.has(process) || this.#word(proc + PROC.latchIsSet) !== 0;
  }

  /** Processes that wait for a lock, and not for a signal. */
  readonly #waitsForLock = new WeakSet<Process>();

  /**
   * Goes on with a statement that waits. It is run again, in the memory and with the files of then, up
   * to where it waits, so that the program stands where it stood; there, memory and files of now are
   * put in their place.
   */
  resume(process: Process, wakeUp: WakeUp): 'answered' | 'waits' {
    const { suspended } = process;
    if (!suspended) throw new RangeError('a process that does not wait cannot be resumed');
    this.#resumed = performance.now();
    this.leave();
    this.counts.resumes += 1;
    const now = { shared: this.#memory.takeShared(), files: this.#files.image() };
    process.suspended = undefined;
    const { begin, passed, told } = suspended;
    if (!begin) throw this.#lost('a statement waited that was not expected to');
    this.#memory.putShared(begin.shared);
    this.#files.restore(begin.files);
    this.#memory.putPrivate(begin.own);
    this.#memory.clearStack();
    this.#current = process;
    this.#kernel.told = told;
    this.#kernel.again = 0;
    const run: Run = {
      ...suspended,
      process,
      read: 0,
      repeats: [...passed],
      now,
      wakeUp: process.signals.has(SIGINT) ? 'cancel' : wakeUp,
      checked: 0n,
      sleeps: 0,
    };
    const outcome = this.#go(run);
    if (run.repeats) throw this.#lost('a wait could not be taken up again');
    this.#memory.release({ shared: now.shared });
    if (outcome === 'answered') this.#releaseAll([begin, ...passed]);
    return outcome;
  }

  /** A process that is no longer needed gives back what it has kept. */
  #forget({ state, suspended }: Process): void {
    this.#release(state);
    if (suspended?.begin) this.#releaseAll([suspended.begin, ...suspended.passed]);
  }

  #releaseAll(states: readonly State[]): void {
    for (const { own, shared } of states) {
      this.#release(own);
      this.#memory.release({ shared });
    }
  }

  /** When a timeout of a statement that waits is due, in milliseconds since 1970; undefined without one. */
  timeoutOf(process: Process): number | undefined {
    const due = [TIMEOUT_ID.lock, TIMEOUT_ID.statement, TIMEOUT_ID.transaction].flatMap((id) => {
      const at = STATIC.timeouts + id * TIMEOUT.size;
      if (this.#ownWord(process, at + TIMEOUT.active) % 256 === 0) return [];
      const low = this.#ownWord(process, at + TIMEOUT.finish) >>> 0;
      const high = this.#ownWord(process, at + TIMEOUT.finish + 4);
      return [(high * 2 ** 32 + low) / 1000 + EPOCH];
    });
    return due.length > 0 ? Math.min(...due) : undefined;
  }

  get repeats(): boolean {
    return this.#run?.repeats !== undefined;
  }

  get records(): boolean {
    return this.#run?.begin !== undefined && !this.repeats && !this.#isWaking;
  }

  wait(events: number, milliseconds: number, info: number): number {
    const run = this.#run;
    if (!run) return events;
    const proc = this.#layout.firstProc + run.process.number * PROC.size;
    if (this.#word(proc + PROC.latchIsSet) !== 0) return LATCH_SET;
    if ((events & TIMED_OUT) !== 0) return this.#sleep(run, proc, milliseconds);
    const isLock = this.#word(proc + PROC.waitStatus) === WAITING;
    if (isLock && this.#looksForDeadlock(run)) return LATCH_SET;
    if (run.repeats) return this.#pass(run, run.repeats, proc);
    if (!run.process.waits) {
      this.#cancel(proc);
      return LATCH_SET;
    }
    if (isLock) this.#waitsForLock.add(run.process);
    else this.#waitsForLock.delete(run.process);
    this.#set(proc + PROC.waitEventInfo, info);
    run.process.state = this.#memory.takePrivate();
    run.process.due = this.#kernel.due;
    throw SUSPENDED;
  }

  signal(pid: number, signal: number): number {
    const target = this.#all.find((each) => each.pid === Math.abs(pid));
    if (!target) return -1;
    // A latch that is set says it all.
    if (signal === SIGURG || signal === 0) return 0;
    if (target !== this.#run?.process) target.signals.add(signal);
    else if (signal === SIGINT) {
      this.#cancel(this.#layout.firstProc + target.number * PROC.size);
    } else if (signal === SIGUSR1) this.#exports.procsignal_sigusr1_handler(SIGUSR1);
    return 0;
  }

  #enter(process: Process): void {
    if (this.#current === process) return;
    const start = performance.now();
    const { copied } = this.#memory;
    this.leave();
    this.#memory.putPrivate(process.state);
    this.#current = process;
    this.#fresh = true;
    this.#kernel.due = process.due;
    this.counts.switches += 1;
    this.counts.switching += performance.now() - start;
    this.counts.bytes += this.#memory.copied - copied;
  }

  #go(run: Run): 'answered' | 'waits' {
    const { process } = run;
    this.#run = run;
    this.#fresh = false;
    try {
      this.#loop(run);
      return 'answered';
    } catch (error) {
      this.#current = undefined;
      if (error !== SUSPENDED) {
        this.#isLost = true;
        throw error instanceof SessionsError ? error : this.#lost(String(error), error);
      }
      const { message, onBytes, begin, passed, told } = run;
      process.suspended = { message, onBytes, begin, passed, told };
      return 'waits';
    } finally {
      this.#run = undefined;
    }
  }

  /** As PGlite's own execProtocolRawSync, except that nothing unknown is passed over. */
  #loop(run: Run): void {
    const module = this.#module;
    while (run.read < run.message.length || module._pq_buffer_remaining_data() > 0) {
      const stackPointer = module.stackSave();
      try {
        module._PostgresMainLoopOnce();
      } catch (error) {
        if (error === SUSPENDED) throw error;
        module.stackRestore(stackPointer);
        if ((error as { status?: unknown } | null)?.status !== LONG_JUMP) throw error;
        module._PostgresMainLongJmp();
      }
    }
    module._PostgresSendReadyForQueryIfNecessary();
    module._pgl_pq_flush();
  }

  /** While a statement runs again, its waits are over at once: with what it saw then, or at last with what there is now. */
  #pass(run: Run, repeats: State[], proc: number): number {
    const { process } = run;
    const next = repeats.shift();
    if (next) {
      this.#install(next);
      return LATCH_SET;
    }
    const now = run.now as Omit<State, 'own'>;
    this.onRepeated?.(this.#differences(process.state));
    this.#install({ ...now, own: process.state });
    run.repeats = undefined;
    this.#kernel.due = process.due;
    process.signals.delete(SIGINT);
    this.#set(proc + PROC.waitEventInfo, 0);
    if (run.wakeUp === 'cancel') this.#cancel(proc);
    if (run.wakeUp === 'timeout') this.#timeOut(process);
    run.passed.push({
      shared: this.#memory.takeShared(),
      own: this.#memory.takePrivate(),
      files: now.files,
    });
    this.counts.resuming += performance.now() - this.#resumed;
    return LATCH_SET;
  }

  /** What it changes is part of what the statement sees from then on: when that is repeated, time need not pass again. */
  #timeOut(process: Process): void {
    const due = this.timeoutOf(process);
    if (due !== undefined) this.#kernel.passUntil(due);
    this.#isWaking = true;
    this.#kernel.raise();
    this.#isWaking = false;
    this.#memory.clearStack();
  }

  #install({ shared, own, files }: State): void {
    this.#memory.putShared(shared);
    this.#files.restore(files);
    this.#memory.putPrivate(own);
    this.#memory.clearStack();
  }

  /** Time passes at once where nothing but a clock is waited for. */
  #sleep(run: Run, proc: number, milliseconds: number): number {
    run.sleeps += 1;
    if (run.sleeps > MOST_SLEEPS) {
      throw new SessionsError('refused', 'a statement that waits for something other than a lock');
    }
    if (!this.#kernel.sleep(milliseconds)) return TIMED_OUT;
    return this.#word(proc + PROC.latchIsSet) !== 0 ? LATCH_SET : TIMED_OUT;
  }

  /** Once in each wait for a lock, at its beginning: whoever closes a circle is its victim. */
  #looksForDeadlock(run: Run): boolean {
    const at = STATIC.timeouts + TIMEOUT_ID.deadlock * TIMEOUT.size;
    const view = new DataView(this.#module.wasmMemory.buffer);
    const due = view.getBigInt64(at + TIMEOUT.finish, true);
    if (due === run.checked || view.getUint8(at + TIMEOUT.active) === 0) return false;
    run.checked = due;
    const handler = view.getUint32(at + TIMEOUT.handler, true);
    (this.#exports.__indirect_function_table.get(handler) as () => void)();
    return true;
  }

  /** What PostgreSQL itself does on a SIGINT. */
  #cancel(proc: number): void {
    this.#set(this.#exports.InterruptPending.value, 1);
    this.#set(this.#exports.QueryCancelPending.value, 1);
    this.#set(proc + PROC.latchIsSet, 1);
  }

  #read(address: number, length: number): number {
    const run = this.#run;
    if (!run) return 0;
    const bytes = run.message.subarray(run.read, run.read + length);
    new Uint8Array(this.#module.wasmMemory.buffer).set(bytes, address);
    run.read += bytes.length;
    return bytes.length;
  }

  #write(address: number, length: number): number {
    const run = this.#run;
    // What is said again has been heard.
    if (run && !run.repeats) {
      run.onBytes(new Uint8Array(this.#module.wasmMemory.buffer, address, length).slice());
    }
    return length;
  }

  /** Addresses of words in which a process that was run again is other than it was. */
  #differences(expected: PrivateState): number[] {
    const found = this.#memory.takePrivate();
    const differing: number[] = [];
    if (found.heapEnd !== expected.heapEnd || found.stackPointer !== expected.stackPointer) {
      differing.push(0);
    }
    for (const [from, address, length] of this.#memory.stretches(expected)) {
      const a = new DataView(expected.bytes.buffer, from, length);
      const b = new DataView(found.bytes.buffer, from, length);
      for (let at = 0; at + 4 <= length; at += 4) {
        if (a.getInt32(at) !== b.getInt32(at)) differing.push(address + at);
      }
    }
    this.#release(found);
    return differing;
  }

  #release(state: PrivateState): void {
    if (!this.#kept.has(state)) this.#memory.release({ own: state });
  }

  #lost(detail: string, cause?: unknown): SessionsError {
    this.#current = undefined;
    this.#isLost = true;
    return new SessionsError('lost', detail, cause);
  }

  #ownWord(process: Process, address: number): number {
    const [[from] = [0]] = this.#memory.stretches(process.state);
    const { bytes } = process.state;
    return new DataView(bytes.buffer).getInt32(from + address - this.#layout.statics, true);
  }

  #word(address: number): number {
    return new DataView(this.#module.wasmMemory.buffer).getInt32(address, true);
  }

  #set(address: number, value: number): void {
    new DataView(this.#module.wasmMemory.buffer).setInt32(address, value, true);
  }
}

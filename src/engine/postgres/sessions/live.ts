/** The door: two or three sessions of one PostgreSQL, live, in one PGlite. */
import {
  type FinalRows,
  nextStep,
  type Play,
  type PlayEvent,
  type PlayStep,
  SESSION_NAMES,
  type SessionName,
} from '../../sessions/play.ts';
import type { PlayRequest } from '../../sessions/prove.ts';
import type { FilesImage } from '../image.ts';
import { type InstanceParts, type StartedProgram, startProgram } from '../program.ts';
import { checkSessions } from './check.ts';
import { SessionsError } from './errors.ts';
import { FilesWatch } from './files.ts';
import { enterProcess, forkPrivate } from './forge.ts';
import { Kernel } from './kernel.ts';
import { type Layout, readLayout, type SharedParts } from './layout.ts';
import { type PrivateState, ProcessMemory, type SharedState } from './memory.ts';
import { type Counts, type Process, ProcessRunner, type ProgramModule } from './processes.ts';
import { ask, RunningSessions } from './running.ts';

/** What live sessions are made of: `module` is the patched program. */
export type SessionsParts = Pick<
  InstanceParts,
  'module' | 'fsBundle' | 'autoExplain' | 'snapshot' | 'booted'
>;

/** How a play is watched. */
export interface PlayOptions {
  /** Called for each event as it happens. */
  onEvent?(event: PlayEvent): void;
}

/** All of PostgreSQL, with its processes out of memory. */
interface Image {
  shared: SharedState;
  files: FilesImage;
  states: PrivateState[];
}

/** The longest that the start may take, in milliseconds. */
const BOOT_LIMIT = 60_000;
/** The pid of the program's own process, and of the first that is made. */
const FIRST_PID = 42;
/** Set-ups whose images are kept. */
const MOST_IMAGES = 3;

/** Live sessions. One play at a time; between them, the image of a set-up is put back. */
export class LiveSessions {
  readonly #program: StartedProgram;
  readonly #kernel: Kernel;
  readonly #layout: Layout;
  readonly #memory: ProcessMemory;
  readonly #files: FilesWatch;
  readonly #runner: ProcessRunner;
  /** Of the one process that was there at the start. */
  readonly #base: Image;
  readonly #images = new Map<string, Image>();
  /** The sessions that are at work. */
  #running: RunningSessions | undefined;

  private constructor(program: StartedProgram, kernel: Kernel, parts: SharedParts) {
    const { machine } = program;
    this.#program = program;
    this.#kernel = kernel;
    kernel.check();
    this.#layout = readLayout(machine.memory, kernel.exports, parts);
    this.#memory = new ProcessMemory(
      machine.memory,
      this.#layout,
      kernel.exports,
      machine.fileSystem,
    );
    this.#files = new FilesWatch(machine.fileSystem);
    const module = program.module as unknown as ProgramModule;
    this.#runner = new ProcessRunner(module, kernel, this.#layout, this.#memory, this.#files);
    this.#silence();
    const first = this.#memory.takePrivate();
    this.#runner.keep(first);
    this.#base = { shared: this.#memory.takeShared(), files: this.#files.image(), states: [first] };
  }

  /**
   * Starts PostgreSQL and finds out where it has what.
   * @throws {PostgresBootError} when it does not start.
   * @throws {SessionsError} of kind `layout` or `check` when it is not as it must be.
   */
  static async open(parts: SessionsParts): Promise<LiveSessions> {
    const kernel = new Kernel();
    const program = await startProgram({ ...parts, atStart: [], surroundings: kernel }, BOOT_LIMIT);
    const { rows } = await program.pg.query<{ name: string; off: number; size: number }>(
      'SELECT name, off, size FROM pg_shmem_allocations WHERE off IS NOT NULL',
    );
    const shared = new Map(rows.map(({ name, off, size }) => [name, { offset: off, size }]));
    // What it counted until now is written down, and nothing of it left to the processes that are made of it.
    await program.pg.query('SELECT pg_stat_force_next_flush()');
    const live = new LiveSessions(program, kernel, shared);
    await checkSessions((request) => live.play(request));
    return live;
  }

  /**
   * Plays statements in their order, in sessions that have just begun, after the set-up.
   * @throws {SessionsError} of kind `refused` or `lost`; the next play is none the worse for it.
   */
  async play(
    { setup, steps, final }: PlayRequest,
    { onEvent = () => {} }: PlayOptions = {},
  ): Promise<Play> {
    const sessions = this.begin(setup, [...new Set(steps.map(({ session }) => session))]);
    const events: PlayEvent[] = [];
    const tell = (happened: readonly PlayEvent[]) => {
      for (const event of happened) {
        events.push(event);
        onEvent(event);
      }
    };
    const left = [...steps];
    for (;;) {
      const at = nextStep(left, sessions.waiting);
      if (at >= 0) tell(sessions.send(left.splice(at, 1)[0] as PlayStep));
      else if (sessions.waiting.size > 0) tell(sessions.endWait());
      else break;
    }
    sessions.end();
    return { events, final: final.map((sql) => finalRows(sessions, sql)) };
  }

  /** Sessions that have just begun, after the set-up: for who sends statements one by one. */
  begin(setup: string, names: readonly SessionName[]): RunningSessions {
    const used = SESSION_NAMES.filter((name) => names.includes(name));
    const key = JSON.stringify([used, setup]);
    const image = this.#images.get(key) ?? this.#setUp(setup, used.length);
    this.#images.delete(key);
    this.#images.set(key, image);
    for (const oldest of [...this.#images.keys()].slice(0, -MOST_IMAGES)) {
      this.#images.delete(oldest);
    }
    const [observer, ...processes] = this.#restore(image);
    const sessions = new Map(used.map((name, index) => [name, processes[index] as Process]));
    const nextXid = () => this.#nextXid;
    this.#running = new RunningSessions(this.#runner, observer as Process, sessions, nextXid);
    return this.#running;
  }

  /** Whether these sessions can go on: no other play has begun since, and PostgreSQL did not break. */
  runs(sessions: RunningSessions): boolean {
    return this.#running === sessions && !this.#runner.isLost;
  }

  /** For tests: called when a statement has been run again up to where it waits, with the addresses of words that differ. */
  set onRepeated(told: ((differing: number[]) => void) | undefined) {
    this.#runner.onRepeated = told;
  }

  /** What switching between processes has cost so far. */
  get counts(): Readonly<Counts> {
    return this.#runner.counts;
  }

  /** Bytes of memory that the program has taken. */
  get memory(): number {
    return this.#program.machine.memory.buffer.byteLength;
  }

  /** Ends PostgreSQL. */
  async close(): Promise<void> {
    this.#restore(this.#base);
    this.#kernel.processes = undefined;
    this.#memory.putPrivate(this.#base.states[0] as PrivateState);
    await this.#program.pg.close();
  }

  /** Makes the processes, and the set-up in the observer's. */
  #setUp(setup: string, count: number): Image {
    const { machine } = this.#program;
    this.#restore(this.#base);
    const [first] = this.#base.states as [PrivateState];
    const states = [first];
    for (let number = 1; number <= count; number += 1) {
      const pid = FIRST_PID + number;
      enterProcess(machine.memory, this.#layout, number, pid);
      const state = forkPrivate(this.#layout, this.#kernel.exports, first, number, pid);
      // Its bytes are the first's.
      this.#runner.keep(state);
      states.push(state);
    }
    const processes = this.#start(states);
    for (const sql of [setup, 'DISCARD ALL']) {
      const { error } = ask(this.#runner, processes[0] as Process, sql);
      if (error) throw new SessionsError('refused', `the set-up: ${error.message}`);
    }
    this.#runner.leave();
    const image: Image = {
      shared: this.#memory.takeShared(),
      files: this.#files.image(),
      states: processes.map(({ state }) => state),
    };
    for (const state of image.states) this.#runner.keep(state);
    return image;
  }

  #restore({ shared, files, states }: Image): Process[] {
    this.#memory.putShared(shared);
    this.#files.restore(files);
    this.#kernel.reset();
    return this.#start(states);
  }

  /** The first is the observer's. */
  #start(states: readonly PrivateState[]): Process[] {
    const processes = states.map(
      (state, number): Process => ({
        number,
        pid: FIRST_PID + number,
        waits: number > 0,
        state,
        due: Number.POSITIVE_INFINITY,
        signals: new Set(),
        suspended: undefined,
      }),
    );
    this.#runner.processes = processes;
    return processes;
  }

  get #nextXid(): number {
    const { memory } = this.#program.machine;
    return new DataView(memory.buffer).getUint32(this.#layout.nextXid, true);
  }

  /** Takes auto_explain out of PostgreSQL's hooks, for all processes. */
  #silence(): void {
    const view = new DataView(this.#program.machine.memory.buffer);
    view.setUint32(this.#kernel.exports.ExecutorStart_hook.value, 0, true);
    view.setUint32(this.#kernel.exports.ExecutorEnd_hook.value, 0, true);
  }
}

function finalRows(sessions: RunningSessions, sql: string): FinalRows {
  const { columns = [], rows = [], error } = sessions.observe(sql);
  if (error) throw new SessionsError('refused', `${sql}: ${error.message}`);
  return { columns, rows };
}

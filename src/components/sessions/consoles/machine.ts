/** The consoles without their looks: what was done, what came of it, and what is being waited for. */
import type { ConsoleState, LiveConsole } from '../../../engine/postgres/sessions/client.ts';
import type { PlayEvent, SessionName, StepId } from '../../../engine/sessions/play.ts';
import { isLost, type Problem, problemOf } from './failures.ts';
import type { Kept, Texts } from './kept.ts';
import { type Act, nextAct, type Script, sessionNames } from './script.ts';
import { statementsIn, TypedError } from './statements.ts';
import { eventWords, loadingWords } from './words.ts';

/** What is shown. Each change is another object. */
export interface Shown extends Script {
  /** What is typed, and not sent. */
  texts: Texts;
  history: Kept['history'];
  events: readonly PlayEvent[];
  /** Steps that answered otherwise when they were played again. */
  differing: ReadonlySet<StepId>;
  waiting: ReadonlySet<SessionName>;
  /** Steps of a link, or of before a reload or a start, that nobody has played yet. */
  left: readonly Act[];
  /** The set-up from which the sessions have begun; undefined before. */
  begun: string | undefined;
  /** What goes on, in words. */
  busy: string | undefined;
  problem: Problem | undefined;
  /** What a reset has taken away. */
  undone: Kept | undefined;
  /** For a screen reader. */
  said: string;
}

const NO_TEXTS: Texts = { A: '', B: '', C: '' };
const NO_HISTORY = { A: [], B: [], C: [] };

/** The consoles as they are before anything was done in them. */
export function firstShown(setup: string): Shown {
  return {
    setup,
    sessions: 2,
    acts: [],
    texts: NO_TEXTS,
    history: NO_HISTORY,
    events: [],
    differing: new Set(),
    waiting: new Set(),
    left: [],
    begun: undefined,
    busy: undefined,
    problem: undefined,
    undone: undefined,
    said: '',
  };
}

/** What goes on from here after a reload: steps that were done are left to be played. */
export function keptOf({ setup, sessions, acts, left, texts, history }: Shown): Kept {
  return { setup, sessions, acts: [...acts, ...left], texts, history };
}

/** Consoles that are begun with what was kept, or with a script. */
export function shownOf(kept: Script & Partial<Kept>, first: Shown): Shown {
  const { setup, sessions, acts: left, texts = first.texts, history = first.history } = kept;
  return { ...first, setup, sessions, left, texts, history };
}

/** Loads the engine. */
async function client() {
  try {
    return await import('../../../engine/postgres/sessions/client.ts');
  } catch (error) {
    throw Object.assign(new Error('The sessions’ program could not be loaded.', { cause: error }), {
      kind: 'boot',
    });
  }
}

/** Does one thing after another in live sessions, and tells of each change. */
export class Machine {
  shown: Shown;
  readonly #onChange: (shown: Shown) => void;
  #live: LiveConsole | undefined;
  #stop: AbortController | undefined;

  constructor(first: Shown, onChange: (shown: Shown) => void) {
    this.shown = first;
    this.#onChange = onChange;
  }

  /** Changes what is shown. */
  set(part: Partial<Shown>): void {
    this.shown = { ...this.shown, ...part };
    this.#onChange(this.shown);
  }

  type(session: SessionName, text: string): void {
    this.set({ texts: { ...this.shown.texts, [session]: text } });
  }

  /** Begins anew from the set-up. What was done is left to be played again. */
  start(): Promise<void> {
    return this.#alone(async () => {
      const { acts, left } = this.shown;
      this.#live = undefined;
      this.set({ acts: [], left: [...acts, ...left], events: [], differing: new Set() });
      this.set({ waiting: new Set(), begun: undefined });
      if (await this.#begin()) this.set({ said: 'The set-up has run. The sessions have begun.' });
    });
  }

  /** Sends what is typed in a session. What comes after a wait or an error stays typed. */
  run(session: SessionName): Promise<void> {
    const { waiting, texts, history } = this.shown;
    if (waiting.has(session)) {
      this.set({ said: `${session} waits. It takes the next statement when its wait has ended.` });
      return Promise.resolve();
    }
    return this.#alone(async () => {
      const text = texts[session];
      let statements: string[];
      try {
        statements = statementsIn(text);
        if (statements.length === 0) throw new TypedError('Type a statement first.');
      } catch (error) {
        if (!(error instanceof TypedError)) throw error;
        this.#fail({ at: session, text: error.message });
        return;
      }
      const past = history[session].filter((each) => each !== text.trim());
      this.set({ history: { ...history, [session]: [...past, text.trim()].slice(-50) } });
      this.type(session, '');
      while (statements.length > 0) {
        const sql = statements[0] as string;
        if (!(await this.#do({ kind: 'send', session, sql }))) break;
        statements = statements.slice(1);
        if (this.shown.waiting.has(session) || this.#failed(session)) break;
      }
      if (statements.length === 0) return;
      const rest = statements.map((each) => `${each};`).join('\n');
      const typed = this.shown.texts[session];
      this.type(session, typed === '' ? rest : `${rest}\n${typed}`);
    });
  }

  /** Cancels the statement of a session that waits. */
  cancel(session: SessionName): Promise<void> {
    return this.#alone(async () => void (await this.#do({ kind: 'cancel', session })));
  }

  /** Lets time pass until a timeout. */
  pass(): Promise<void> {
    return this.#alone(async () => void (await this.#do({ kind: 'pass' })));
  }

  /** Plays what is left, or one step of it. */
  play(how: 'all' | 'one'): Promise<void> {
    return this.#alone(async () => {
      do {
        const { left, waiting } = this.shown;
        const at = nextAct(left, waiting);
        const act = left[at];
        if (!act) {
          const wait = 'All that is left waits: send or cancel something in a session.';
          this.set(waiting.size > 0 ? { said: wait } : { left: [] });
          return;
        }
        if (!(await this.#do(act))) return;
        this.set({ left: this.shown.left.toSpliced(at, 1) });
      } while (how === 'all' && this.shown.left.length > 0);
    });
  }

  /** Takes back what was done last: all before it is played again. */
  undo(): Promise<void> {
    return this.#alone(async () => {
      const last = this.shown.acts.at(-1);
      if (!last) return;
      const { texts, acts } = this.shown;
      if (!(await this.#replay(acts.slice(0, -1)))) return;
      if (last.kind === 'send' && texts[last.session].trim() === '') {
        this.type(last.session, `${last.sql};`);
      }
      const { differing } = this.shown;
      const also =
        differing.size > 0
          ? ` Played again, ${[...differing].join(', ')} answered otherwise than before.`
          : '';
      this.set({ said: `The last step is undone.${also}` });
    });
  }

  /** With a third session, or without: it must have done nothing. */
  setSessions(sessions: Script['sessions']): Promise<void> {
    return this.#alone(async () => {
      const { acts, begun } = this.shown;
      this.set({ sessions });
      this.#live = undefined;
      if (begun !== undefined) await this.#replay(acts);
    });
  }

  /** Everything as at first; what is taken away can be brought back. */
  reset(first: Shown): void {
    this.#stop?.abort();
    this.#live = undefined;
    const undone = keptOf(this.shown);
    this.set({ ...first, undone, history: this.shown.history, said: 'All is as at first.' });
  }

  /** Brings back what the last reset has taken away; its steps are left to be played. */
  unreset(first: Shown): void {
    const { undone } = this.shown;
    if (!undone) return;
    this.#live = undefined;
    this.set({ ...shownOf(undone, first), said: 'What was reset is back, and not played yet.' });
  }

  /** Ends what goes on. */
  stop(): void {
    this.#stop?.abort();
  }

  /** Whether the last statement of a session has failed. */
  #failed(session: SessionName): boolean {
    const last = this.shown.events.findLast(({ step }) => step.startsWith(session));
    return last?.kind === 'answered' && last.answer.error !== undefined;
  }

  /** One thing at a time. */
  async #alone(work: () => Promise<void>): Promise<void> {
    if (this.shown.busy !== undefined) {
      this.set({ said: `One moment: ${this.shown.busy}` });
      return;
    }
    this.#stop = new AbortController();
    this.set({ busy: 'Running.', problem: undefined, undone: undefined });
    try {
      await work();
    } finally {
      this.set({ busy: undefined });
    }
  }

  #fail(problem: Problem): void {
    this.set({ problem, said: problem.text });
  }

  /** Does it, and shows what came of it. False when it has not been done: then that is said. */
  async #do(act: Act): Promise<boolean> {
    if (!this.#live) {
      const { acts } = this.shown;
      if (!(acts.length > 0 ? await this.#replay(acts) : await this.#begin())) return false;
    }
    try {
      const news = await this.#perform(act);
      this.set({ acts: [...this.shown.acts, act] });
      this.#tell(news);
      return true;
    } catch (error) {
      if (isLost(error)) this.#live = undefined;
      this.#fail(problemOf(error, act.kind === 'pass' ? 'page' : act.session));
      return false;
    }
  }

  #perform(act: Act): Promise<ConsoleState> {
    const live = this.#live as LiveConsole;
    if (act.kind === 'pass') return live.pass();
    if (act.kind === 'cancel') return live.cancel(act.session);
    return live.send(act.session, act.sql, { signal: this.#stop?.signal });
  }

  #tell({ events: news, waiting }: ConsoleState): void {
    let events = [...this.shown.events];
    const differing = new Set(this.shown.differing);
    for (const event of news) {
      if (event.kind !== 'differs') {
        events.push(event);
        continue;
      }
      const { step, answer } = event;
      differing.add(step);
      events = events.map((each) =>
        each.kind === 'answered' && each.step === step ? { ...each, answer } : each,
      );
    }
    const said = news.map((event) => eventWords(event, this.shown.events)).join(' ');
    this.set({ events, differing, waiting: new Set(waiting), said });
  }

  /** Begins sessions from the set-up; false when that could not be done, which is said. */
  async #begin(): Promise<boolean> {
    const { setup } = this.shown;
    const loading = (busy: string) => this.set({ busy });
    loading('PostgreSQL is loading.');
    try {
      const { openConsole } = await client();
      this.#live = await openConsole(setup, sessionNames(this.shown), {
        signal: this.#stop?.signal,
        onProgress: (progress) => loading(loadingWords(progress)),
      });
      this.set({ begun: setup, busy: 'Running.' });
      return true;
    } catch (error) {
      this.#fail(problemOf(error, isLost(error) ? 'page' : 'setup'));
      return false;
    }
  }

  /** Plays acts from the set-up on, and looks whether they answer as before. */
  async #replay(acts: readonly Act[]): Promise<boolean> {
    const before = answersOf(this.shown.events);
    if (this.#live) {
      try {
        await this.#live.reset();
      } catch {
        // Its Worker is gone: there will be another.
        this.#live = undefined;
      }
    }
    if (!this.#live && !(await this.#begin())) return false;
    this.set({ acts: [], events: [], waiting: new Set(), differing: new Set() });
    for (const [index, act] of acts.entries()) {
      if (await this.#do(act)) continue;
      this.set({ left: [...acts.slice(index), ...this.shown.left] });
      return false;
    }
    const after = answersOf(this.shown.events);
    const steps = [...after.keys()].filter((step) => before.get(step) !== after.get(step));
    this.set({ differing: new Set(steps.filter((step) => before.has(step))) });
    return true;
  }
}

function answersOf(events: readonly PlayEvent[]): Map<StepId, string> {
  return new Map(
    events.flatMap((event) =>
      event.kind === 'answered' ? [[event.step, JSON.stringify(event.answer)]] : [],
    ),
  );
}

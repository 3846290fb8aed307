/** What a side of a lab is doing: one union, one function that moves it on. No DOM in here. */
import type { LabRun, Side, StepStatus } from '../../engine/lab/result.ts';

/** The code of a side, block by block. */
export type Texts = readonly string[];

/** What a run answered on one side, and the code that it ran. */
export interface Result {
  run: LabRun;
  texts: Texts;
}

/** A step on an engine's way up. */
export interface Progress {
  step: 'download' | 'compile' | 'restore' | 'ready';
  /** An extension of PostgreSQL, where that is what is fetched. */
  what?: string;
  /** Bytes, of `download`. */
  loaded?: number;
  total?: number;
}

/** Why a side cannot run, and whether a new start of the engine may help. */
export interface Problem {
  message: string;
  cause?: string;
  restart: boolean;
}

/** As the page came: `idle` where the lab has no recorded output of the side, `stored` where it has. */
export type Original = { state: 'idle' | 'stored'; texts: Texts };

/** At rest, with code that is the code of what is shown. */
export type Settled =
  | Original
  | { state: 'ok'; result: Result }
  | { state: 'error'; result: Result };

/** At rest; `stale` when the code was edited after what is shown. */
export type Rest = Settled | { state: 'stale'; of: Settled };

/** Everything that a side can be. `before` is what stays readable meanwhile. */
export type SideState =
  | Rest
  | { state: 'queued'; before: Rest }
  | { state: 'loading'; before: Rest; progress: Progress }
  | { state: 'running'; before: Rest; result?: Result }
  | { state: 'dead'; before: Rest; problem: Problem };

/** What can happen to a side. */
export type SideEvent =
  | { type: 'edit'; texts: Texts }
  | { type: 'queue' }
  | { type: 'start' }
  | { type: 'progress'; progress: Progress }
  | { type: 'partial'; result: Result }
  /** `texts` is the code as it is now: it may have been edited during the run. */
  | { type: 'finish'; result: Result; texts: Texts }
  /** The run was given up before it began. */
  | { type: 'cancel'; texts: Texts }
  | { type: 'fail'; problem: Problem }
  /** The engine may be started again. */
  | { type: 'revive'; texts: Texts }
  | { type: 'reset'; to: Original };

/** The state after an event. */
export function next(now: SideState, event: SideEvent): SideState {
  switch (event.type) {
    case 'edit':
      return isBusy(now) || now.state === 'dead' ? now : judge(settled(now), event.texts);
    case 'queue':
      return { state: 'queued', before: rest(now) };
    case 'start':
      return { state: 'running', before: rest(now) };
    case 'progress':
      if (!isBusy(now) || (now.state === 'running' && now.result)) return now;
      return event.progress.step === 'ready'
        ? { state: 'running', before: now.before }
        : { state: 'loading', before: now.before, progress: event.progress };
    case 'partial':
      return isBusy(now) ? { state: 'running', before: now.before, result: event.result } : now;
    case 'finish':
      return judge({ state: outcome(event.result), result: event.result }, event.texts);
    case 'cancel':
      return isBusy(now) ? judge(settled(now.before), event.texts) : now;
    case 'fail':
      return { state: 'dead', before: rest(now), problem: event.problem };
    case 'revive':
      return now.state === 'dead' ? judge(settled(now), event.texts) : now;
    case 'reset':
      return event.to;
  }
}

/** Whether a run is under way or waits for its turn. */
export function isBusy(
  state: SideState,
): state is Extract<SideState, { state: 'queued' | 'loading' | 'running' }> {
  return state.state === 'queued' || state.state === 'loading' || state.state === 'running';
}

/** What a side shows: what it has at rest, or what was there before. */
export function settled(state: SideState): Settled {
  const at = rest(state);
  return at.state === 'stale' ? at.of : at;
}

/** The result on show, partial ones included; undefined when it is the recorded output or nothing. */
export function shownResult(state: SideState): Result | undefined {
  if (state.state === 'running' && state.result) return state.result;
  const at = settled(state);
  return at.state === 'ok' || at.state === 'error' ? at.result : undefined;
}

/** A lab's state from those of its sides: what goes on first, then what is wrong, then the rest. */
export function labState(sides: readonly SideState[]): SideState['state'] {
  const names = sides.map((side) => side.state);
  return URGENCY.find((name) => names.includes(name)) ?? 'idle';
}

const URGENCY = [
  'running',
  'loading',
  'queued',
  'dead',
  'error',
  'stale',
  'ok',
  'stored',
  'idle',
] as const;

/** The steps of the side that a result is about. */
export function stepsOf(
  run: LabRun,
  side: Side,
): ReadonlyArray<{ name: string; status: StepStatus }> {
  return run[side]?.steps ?? [];
}

/** Whether a partial result has come to the end of its side. */
export function isWhole({ run }: Result, side: Side): boolean {
  const steps = stepsOf(run, side);
  return steps.length > 0 && steps.every(({ status }) => status !== 'skipped');
}

/** `error` when anything went otherwise than the lab says. */
function outcome({ run }: Result): 'ok' | 'error' {
  const well = [run.dynamodb, run.postgres].every(
    (side) =>
      side === undefined ||
      (side.error === undefined &&
        side.steps.every(({ status }) => status === 'ok' || status === 'expected-failure')),
  );
  return well ? 'ok' : 'error';
}

function rest(state: SideState): Rest {
  return 'before' in state ? state.before : state;
}

function judge(at: Settled, texts: Texts): Rest {
  const own = 'result' in at ? at.result.texts : at.texts;
  // Without anything to show, nothing can be out of date.
  if (at.state === 'idle' || sameTexts(own, texts)) return at;
  return { state: 'stale', of: at };
}

/** Whether two versions of a side's code are the same. */
export function sameTexts(a: Texts, b: Texts): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index]);
}

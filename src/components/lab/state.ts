/** What a side of a lab is doing: one union, one function that moves it on. No DOM in here. */
import type { LabRun, ScriptError, StepStatus } from '../../engine/lab/result.ts';
import { type Panel, sidesOf } from './names.ts';

/** The code of a side, block by block. */
export type Texts = readonly string[];

/**
 * What a run answered on one side, and the code that it ran: of a run up to a step, only the blocks
 * up to that step.
 */
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

/**
 * At rest, with code that is the code of what is shown. `earlier` has the results before the last
 * one that are still on show, newest first: those of steps that it did not run, and the last good
 * ones of steps in which it failed.
 */
export type Settled =
  | Original
  | { state: 'ok' | 'error'; result: Result; earlier: readonly Result[] };

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
  /** The run was given up before it began, or what it answered is shown in a place of its own. */
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
      return judge(
        {
          state: outcome(event.result),
          result: event.result,
          earlier: stillNeeded(event.result, results(now)),
        },
        event.texts,
      );
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

/** All results that a side has at rest, newest first; none where it shows what was recorded. */
export function results(state: SideState): readonly Result[] {
  const at = settled(state);
  return at.state === 'ok' || at.state === 'error' ? [at.result, ...at.earlier] : [];
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

/** A step and how it ended. */
interface Ended {
  name: string;
  status: StepStatus;
}

/** The steps of the panel that a result is about; of two sides each ended as the worse of them. */
export function stepsOf(run: LabRun, panel: Panel): readonly Ended[] {
  if (panel !== 'both') return run[panel]?.steps ?? [];
  const other = run.postgres?.steps ?? [];
  return (run.dynamodb?.steps ?? []).map(({ name, status }, index) => {
    const both = [status, other[index]?.status];
    return { name, status: TELLING.find((one) => both.includes(one)) ?? status };
  });
}

/** Of two endings of a step, the one that comes first here is told. */
const TELLING = [
  'failed',
  'unexpected-success',
  'stopped',
  'expected-failure',
] as const satisfies StepStatus[];

/** Why a program did not start, if it did not. */
export function errorOf(run: LabRun, panel: Panel): ScriptError | undefined {
  return sidesOf(panel)
    .map((side) => run[side]?.error)
    .find((error) => error !== undefined);
}

/** Whether a partial result has come to the end of its panel. */
export function isWhole({ run }: Result, panel: Panel): boolean {
  const steps = stepsOf(run, panel);
  return steps.length > 0 && steps.every(({ status }) => status !== 'skipped');
}

/** Whether a step ended as the lab means it to. */
export function isGood(status: StepStatus): boolean {
  return status === 'ok' || status === 'expected-failure';
}

/** The steps of a run, of whichever panel it is. */
function steps({ run }: Result): readonly Ended[] {
  if (run.dynamodb && run.postgres) return stepsOf(run, 'both');
  return (run.dynamodb ?? run.postgres)?.steps ?? [];
}

/** Of the results before the newest one, those that are still to be shown. */
function stillNeeded(newest: Result, before: readonly Result[]): Result[] {
  const all = [newest, ...before];
  const found = (name: string, is: (status: StepStatus) => boolean) =>
    all.find((result) => steps(result).some((step) => step.name === name && is(step.status)));
  const kept = new Set<Result | undefined>();
  // A program that did not start names no steps.
  for (const { name } of (steps(newest).length > 0 ? [newest] : all).flatMap(steps)) {
    kept.add(found(name, (status) => status !== 'not-run'));
    kept.add(found(name, isGood));
  }
  return before.filter((result) => kept.has(result));
}

/** `error` when anything went otherwise than the lab says. */
function outcome({ run }: Result): 'ok' | 'error' {
  const well = [run.dynamodb, run.postgres].every(
    (side) =>
      side === undefined ||
      (side.error === undefined &&
        side.steps.every(({ status }) => isGood(status) || status === 'not-run')),
  );
  return well ? 'ok' : 'error';
}

function rest(state: SideState): Rest {
  return 'before' in state ? state.before : state;
}

function judge(at: Settled, texts: Texts): Rest {
  const own = 'result' in at ? at.result.texts : at.texts;
  // Without anything to show, nothing can be out of date.
  if (at.state === 'idle' || isCodeOf(own, texts)) return at;
  return { state: 'stale', of: at };
}

/** Whether the code begins with this: what stands behind changes nothing in what it answered. */
export function isCodeOf(own: Texts, texts: Texts): boolean {
  return own.every((text, index) => text === texts[index]);
}

/** Whether two versions of a side's code are the same. */
export function sameTexts(a: Texts, b: Texts): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index]);
}

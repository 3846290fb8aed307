/** What may be asked of a play: the language of a scenario's reasons and of claims about sessions. */
import { type Play, type PlayEvent, SESSION_NAMES, type StepAnswer, type StepId } from './play.ts';

/** The isolation levels, weakest first, as SQL writes them in lower case. */
export const LEVELS = [
  'read uncommitted',
  'read committed',
  'repeatable read',
  'serializable',
] as const;

export type Level = (typeof LEVELS)[number];

/** All that is given must hold. */
export interface PlayCondition {
  /** One of these isolation levels. */
  level?: Level | Level[] | undefined;
  /** These steps had to wait. */
  waits?: string | string[] | undefined;
  /** These steps were answered at once. */
  atOnce?: string | string[] | undefined;
  /** These steps waited until the end and were cancelled. */
  cancelled?: string | string[] | undefined;
  /** What fails with which SQLSTATE: by step, by session (any step of it) or under `any`. */
  fails?: Record<string, string> | undefined;
  /** No step fails, or none with this SQLSTATE. */
  nothingFails?: true | string | undefined;
  /** These steps were answered without an error. */
  succeeds?: string | string[] | undefined;
  /** Exactly these rows were answered, by step. */
  answers?: Record<string, Array<Array<string | null>>> | undefined;
  /** The command tag, by step: `UPDATE 0`. */
  tags?: Record<string, string> | undefined;
  /** Pairs: the first had been answered when the second was sent. */
  before?: Array<[string, string]> | undefined;
  /** The rows of the scenario's first query about the final state. */
  final?: Array<Array<string | null>> | undefined;
}

const list = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly T[]) : [value as T];

/** The last answer of each step. */
export function answersOf({ events }: Pick<Play, 'events'>): Map<StepId, StepAnswer> {
  return new Map(
    events.flatMap((event) => (event.kind === 'answered' ? [[event.step, event.answer]] : [])),
  );
}

/** Whether a play is as the condition says. */
export function holds(condition: PlayCondition, play: Play, level: Level): boolean {
  const { events, final } = play;
  const answers = answersOf(play);
  const has = (kind: PlayEvent['kind'], step: string) =>
    events.some((event) => event.kind === kind && event.step === step);
  const answered = (step: string) => answers.get(step as StepId);
  if (condition.level !== undefined && !list(condition.level).includes(level)) return false;
  return (
    list(condition.waits).every((step) => has('waits', step)) &&
    list(condition.atOnce).every((step) => has('answered', step) && !has('waits', step)) &&
    list(condition.cancelled).every((step) => has('cancelled', step)) &&
    nothingFails(answers, condition.nothingFails) &&
    list(condition.succeeds).every((step) => answered(step) && !answered(step)?.error) &&
    Object.entries(condition.fails ?? {}).every(([who, code]) => fails(answers, who, code)) &&
    Object.entries(condition.answers ?? {}).every(([step, rows]) =>
      same(answered(step)?.rows, rows),
    ) &&
    Object.entries(condition.tags ?? {}).every(([step, tag]) => answered(step)?.tag === tag) &&
    (condition.before ?? []).every(([first, second]) => isBefore(events, first, second)) &&
    (condition.final === undefined || same(final[0]?.rows, condition.final))
  );
}

function fails(answers: ReadonlyMap<StepId, StepAnswer>, who: string, code: string): boolean {
  const failed = [...answers].filter(([, { error }]) => error?.code === code);
  if (who === 'any') return failed.length > 0;
  const isSession = (SESSION_NAMES as readonly string[]).includes(who);
  return failed.some(([step]) => (isSession ? step.startsWith(who) : step === who));
}

function nothingFails(answers: ReadonlyMap<StepId, StepAnswer>, code: true | string | undefined) {
  return (
    code === undefined ||
    [...answers.values()].every(({ error }) => (code === true ? !error : error?.code !== code))
  );
}

function isBefore(events: readonly PlayEvent[], first: string, second: string): boolean {
  const answered = events.findIndex(({ kind, step }) => kind === 'answered' && step === first);
  const sent = events.findIndex(({ step }) => step === second);
  return answered >= 0 && sent >= 0 && answered < sent;
}

const same = (found: unknown, expected: unknown) =>
  JSON.stringify(found ?? []) === JSON.stringify(expected);

/** What came of each recorded order: classes of outcomes, and how often each comes. */
import { answersOf, holds, type Level } from '../../engine/sessions/conditions.ts';
import type { Play, StepId } from '../../engine/sessions/play.ts';
import type { Recording } from '../../engine/sessions/recording.ts';
import { type NamedScenario, stepsOf } from '../../engine/sessions/scenario.ts';
import { serialOrders } from './data.ts';

/**
 * `serial`: nothing fails, and every answer and the final state are as when one session runs after the
 * other. `mixed`: nothing fails, and no such order answers so. `fails`: a step ends in an error.
 */
export type OutcomeKind = 'serial' | 'mixed' | 'fails';

/** A class of outcomes at one level. */
export interface Outcome {
  /** `a`, `b`, ... */
  letter: string;
  kind: OutcomeKind;
  /** In a few words: what fails, or how it ends. */
  label: string;
  /** Orders that end so. */
  orders: string[];
}

/** Everything that was recorded at one level. */
export interface Overview {
  level: Level;
  /** All recorded orders. */
  orders: string[];
  outcomes: Outcome[];
  /** How many orders have a step that waits. */
  waiting: number;
  /** SQLSTATEs in which orders end, with how many of them do. */
  codes: Array<[code: string, orders: number]>;
}

/** The sentence on why a play came out as it did: the first reason that holds. */
export function whyOf({ why }: Pick<NamedScenario, 'why'>, play: Play, level: Level): number {
  return why.findIndex(({ when }) => holds(when, play, level));
}

/** The errors of a play, as `B 40001`. */
function errorsOf(play: Play): Array<[step: StepId, code: string]> {
  return [...answersOf(play)].flatMap(([step, { error }]) => (error ? [[step, error.code]] : []));
}

/** What a play answered, whatever the order in which it did. */
function answersText(play: Play): string {
  const answers = [...answersOf(play)].sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([answers.map(([id, { tag, rows }]) => [id, tag, rows ?? []]), play.final]);
}

const overviews = new WeakMap<Recording, Map<Level, Overview>>();

/** Classes of all orders at a level; computed once for a recording. */
export function overviewOf(scenario: NamedScenario, recording: Recording, level: Level): Overview {
  const known = overviews.get(recording) ?? new Map<Level, Overview>();
  overviews.set(recording, known);
  const overview = known.get(level) ?? computeOverview(scenario, recording, level);
  known.set(level, overview);
  return overview;
}

function computeOverview(scenario: NamedScenario, recording: Recording, level: Level): Overview {
  const orders = recording.orders(level);
  const serial = new Set(
    serialOrders(stepsOf(scenario, level)).flatMap((order) => {
      const play = recording.play(level, order);
      return play ? [answersText(play)] : [];
    }),
  );
  const classes = new Map<string, Found>();
  const codes = new Map<string, number>();
  let waiting = 0;
  for (const order of orders) {
    const play = recording.play(level, order) as Play;
    const errors = errorsOf(play);
    if (play.events.some(({ kind }) => kind === 'waits')) waiting += 1;
    for (const code of new Set(errors.map(([, each]) => each))) {
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    const isSerial = serial.size === 0 || serial.has(answersText(play));
    const kind: OutcomeKind = errors.length > 0 ? 'fails' : isSerial ? 'serial' : 'mixed';
    const label = errorWords(errors);
    const ending = finalWords(play);
    const key = JSON.stringify([kind, label, ending]);
    const found = classes.get(key);
    if (found) found.orders.push(order);
    else classes.set(key, { letter: '', kind, label, ending, orders: [order] });
  }
  return { level, orders, outcomes: named([...classes.values()]), waiting, codes: [...codes] };
}

/** `B fails: 40001`; empty when nothing does. What fails because something failed before it is not told. */
function errorWords(errors: ReadonlyArray<[step: StepId, code: string]>): string {
  const told = errors.filter(([, code]) => code !== '25P02');
  const first = told.length > 0 ? told : errors;
  const bySession = new Map<string, Set<string>>();
  for (const [step, code] of first) {
    const session = step.slice(0, 1);
    bySession.set(session, (bySession.get(session) ?? new Set()).add(code));
  }
  return [...bySession]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([session, codes]) => `${session} fails: ${[...codes].join(', ')}`)
    .join('; ');
}

const KINDS: readonly OutcomeKind[] = ['serial', 'mixed', 'fails'];
const KIND_WORDS: Record<OutcomeKind, string> = {
  serial: 'Nothing fails; as with one after the other',
  mixed: 'Nothing fails; not as with one after the other',
  fails: 'Fails',
};

/** A class with how it ends, in words, where they are few. */
type Found = Outcome & { ending: string | undefined };

/** Gives classes letters and words; where two would be called the same, the final state tells them apart. */
function named(classes: readonly Found[]): Outcome[] {
  const sorted = classes.toSorted(
    (a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || b.orders.length - a.orders.length,
  );
  const short = ({ kind, label }: Outcome) => label || KIND_WORDS[kind];
  return sorted.map(({ ending, ...outcome }, index) => {
    const twins = sorted.filter((other) => short(other) === short(outcome));
    const label =
      twins.length > 1 && ending ? `${short(outcome)}. At the end: ${ending}` : short(outcome);
    return { ...outcome, letter: String.fromCodePoint(97 + index), label };
  });
}

/** The rows of the first query about the final state, where they are short: `balance 90`. */
export function finalWords({ final: [first] }: Pick<Play, 'final'>): string | undefined {
  if (!first || first.rows.length === 0) return first ? 'no row' : undefined;
  const single = first.rows.length === 1;
  const words = first.rows
    .map((row) =>
      row
        .map((value, column) =>
          single && row.length < 4
            ? `${first.columns[column]} ${value ?? 'NULL'}`
            : (value ?? 'NULL'),
        )
        .join(single ? ', ' : ' '),
    )
    .join('; ');
  return words.length <= 60 ? words : undefined;
}

/** The class that an order belongs to. */
export function outcomeOf({ outcomes }: Overview, order: string): Outcome | undefined {
  return outcomes.find(({ orders }) => orders.includes(order));
}

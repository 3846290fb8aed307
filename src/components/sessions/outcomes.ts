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
  const codes = new Map<string, number>();
  let waiting = 0;
  const found = orders.map((order): Ended => {
    const play = recording.play(level, order) as Play;
    const errors = errorsOf(play);
    const waits = waitWords(play);
    if (waits !== 'nobody waits') waiting += 1;
    for (const code of new Set(errors.map(([, each]) => each))) {
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    const isSerial = serial.size === 0 || serial.has(answersText(play));
    const kind: OutcomeKind = errors.length > 0 ? 'fails' : isSerial ? 'serial' : 'mixed';
    const label = errorWords(errors) || KIND_WORDS[kind];
    return { order, kind, label, waits, ending: finalWords(play) };
  });
  let classes = grouped(found);
  // Where all orders come to the same, what tells them apart is who has to wait.
  if (classes.length === 1) {
    classes = grouped(found.map((each) => ({ ...each, label: `${each.label}; ${each.waits}` })));
  }
  return { level, orders, outcomes: named(classes), waiting, codes: [...codes] };
}

/** What one order came to. */
interface Ended extends Pick<Outcome, 'kind' | 'label'> {
  order: string;
  waits: string;
  /** How it ends, in words, where they are few. */
  ending: string | undefined;
}

/** A class with how its orders end. */
type Found = Omit<Outcome, 'letter'> & Pick<Ended, 'ending'>;

function grouped(all: readonly Ended[]): Found[] {
  const classes = new Map<string, Found>();
  for (const { order, kind, label, ending } of all) {
    const key = JSON.stringify([kind, label, ending]);
    const found = classes.get(key);
    if (found) found.orders.push(order);
    else classes.set(key, { kind, label, ending, orders: [order] });
  }
  return [...classes.values()];
}

/** `B and C wait`. */
function waitWords({ events }: Play): string {
  const names = new Set(
    events.flatMap(({ kind, step }) => (kind === 'waits' ? [step.slice(0, 1)] : [])),
  );
  if (names.size === 0) return 'nobody waits';
  return `${[...names].sort().join(' and ')} ${names.size === 1 ? 'waits' : 'wait'}`;
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

/** Gives classes letters; where two would be called the same, the final state tells them apart. */
function named(classes: readonly Found[]): Outcome[] {
  const sorted = classes.toSorted(
    (a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || b.orders.length - a.orders.length,
  );
  return sorted.map(({ ending, ...outcome }, index) => {
    const twins = sorted.filter(({ label }) => label === outcome.label);
    const isTold = twins.length > 1 && ending !== undefined;
    const label = isTold ? `${outcome.label}. At the end: ${ending}` : outcome.label;
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

/** A condition on a play in words, as readers see it; code between backticks. */
import { answersOf, type PlayCondition } from './conditions.ts';
import type { Play, StepId } from './play.ts';

const list = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly T[]) : [value as T];

/** What the condition demands, in a sentence without a full stop. */
export function conditionWords(condition: PlayCondition): string {
  const { level, waits, atOnce, cancelled, fails, nothingFails, succeeds } = condition;
  const { answers, tags, before, final } = condition;
  const parts = [
    ...list(level && [list(level)]).map((levels) => `at ${levels.join(' or ')}`),
    ...list(waits).map((step) => `${step} has to wait`),
    ...list(atOnce).map((step) => `${step} is answered at once`),
    ...list(cancelled).map((step) => `${step} waits until the end and is cancelled`),
    ...Object.entries(fails ?? {}).map(([who, code]) => `${failing(who)} with \`${code}\``),
    ...list(nothingFails).map((code) =>
      code === true ? 'no step fails' : `no step fails with \`${code}\``,
    ),
    ...list(succeeds).map((step) => `${step} succeeds`),
    ...Object.entries(answers ?? {}).map(([step, rows]) => `${step} answers ${rowsText(rows)}`),
    ...Object.entries(tags ?? {}).map(([step, tag]) => `${step} answers \`${tag}\``),
    ...(before ?? []).map(
      ([first, second]) => `${first} has been answered before ${second} is sent`,
    ),
    ...list(final && [final]).map((rows) => `in the end there is ${rowsText(rows)}`),
  ];
  return parts.join('; ');
}

/** What became of the steps that a condition names, for when it does not hold. */
export function foundWords(condition: PlayCondition, play: Play): string {
  const { waits, atOnce, cancelled, fails, succeeds, answers, tags, final } = condition;
  const named = [
    ...[waits, atOnce, cancelled, succeeds].flatMap((steps) => list(steps)),
    ...[fails, answers, tags].flatMap((steps) => Object.keys(steps ?? {})),
  ];
  const outcomes = outcomesOf(play);
  const wanted = [...outcomes.keys()].filter((step) =>
    named.some((name) => name === step || name === 'any' || name === step.charAt(0)),
  );
  const told = wanted.map((step) => `${step}: ${outcomes.get(step)}`);
  if (final) told.push(`in the end ${rowsText(play.final[0]?.rows ?? [])}`);
  return told.join('; ');
}

function outcomesOf(play: Play): Map<StepId, string> {
  const waited = new Set(play.events.flatMap(({ kind, step }) => (kind === 'waits' ? [step] : [])));
  return new Map(
    [...answersOf(play)].map(([step, { error, rows, tag }]) => {
      const end = error ? `\`${error.code}\`` : rows ? rowsText(rows) : `\`${tag}\``;
      return [step, waited.has(step) ? `waits, then ${end}` : end];
    }),
  );
}

const failing = (who: string) =>
  who === 'any' ? 'a step fails' : who.length === 1 ? `a step of ${who} fails` : `${who} fails`;

function rowsText(rows: ReadonlyArray<ReadonlyArray<string | null>>): string {
  if (rows.length === 0) return 'no row';
  const texts = rows.map((row) => row.map((value) => value ?? 'NULL').join(' | '));
  return `\`${texts.join(', ')}\``;
}

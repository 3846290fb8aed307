/** Clauses that correspond: the marks of both sides joined, each with the sentence of lab.yaml. */
import { type Clause, type Mark, MarkError, readMarks } from './marks.ts';
import { didYouMean } from './nearest.ts';
import type { Side } from './result.ts';
import type { LabMeta, Sources } from './schema.ts';
import { stepBlocks } from './steps.ts';

/** A clause of DynamoDB's side and its counterpart of PostgreSQL's. */
export interface Translation {
  /** Counts those of the lab from 1. */
  number: number;
  mark: string;
  /** What is different about the two, in a sentence. */
  difference: string;
  /** The step's name on each side: the same one, or those of a pair of `compare`. */
  steps: Record<Side, string>;
  /** One or more pieces of code on each side, in their order. */
  clauses: Record<Side, Clause[]>;
}

/** As many as code.css has rules for. */
const MOST = 12;

const SIDES = ['dynamodb', 'postgres'] as const;

/** Says a mistake at a line of a source or at a field of lab.yaml. */
export type Complain = (
  at: { side: Side; line: number } | { keys: PropertyKey[] },
  message: string,
) => never;

/**
 * Cuts the marks off the sources and joins those of the same name in steps that do the same.
 * @throws what `complain` throws, for a mark without a sentence or a counterpart, and a sentence
 * without marks.
 */
export function translate(
  written: Sources,
  meta: Pick<LabMeta, 'translations' | 'compare'>,
  complain: Complain,
): { sources: Sources; translations: Translation[] } {
  const sources: Sources = { ...written };
  const marks: Record<Side, Mark[]> = { dynamodb: [], postgres: [] };
  for (const side of SIDES) {
    try {
      const read = readMarks(written[side], side);
      sources[side] = read.code;
      marks[side] = read.marks;
    } catch (error) {
      if (error instanceof MarkError) complain({ side, line: error.line }, error.message);
      throw error;
    }
  }
  const steps = SIDES.flatMap((side) => stepBlocks(sources[side], side).map(({ name }) => name));
  for (const step of Object.keys(meta.translations)) {
    if (steps.includes(step)) continue;
    const near = didYouMean(step, steps);
    complain({ keys: ['translations', step] }, `no step is named '${step}'${near}`);
  }
  const pairOf = (step: string) =>
    meta.compare.find((pair) => SIDES.some((side) => pair[side] === step)) ?? {
      dynamodb: step,
      postgres: step,
    };
  for (const side of SIDES) {
    for (const { name, step, clause } of marks[side]) {
      const at = { side, line: clause.line };
      if (step === '') complain(at, `the mark '${name}' stands before the first step`);
      const pair = pairOf(step);
      const explained = Object.entries(meta.translations).flatMap(([of, sentences]) =>
        Object.values(pair).includes(of) ? Object.keys(sentences) : [],
      );
      if (!explained.includes(name)) {
        const why = `translations of lab.yaml has no sentence for '${name}' of the step '${step}'`;
        complain(at, `${why}${didYouMean(name, explained)}`);
      }
    }
  }
  const translations: Translation[] = [];
  for (const [step, sentences] of Object.entries(meta.translations)) {
    const pair = pairOf(step);
    const within = (side: Side) => marks[side].filter((mark) => mark.step === pair[side]);
    for (const [mark, difference] of Object.entries(sentences)) {
      const keys = ['translations', step, mark];
      const clausesOf = (side: Side) =>
        within(side).flatMap(({ name, clause }) => (name === mark ? clause : []));
      const clauses = { dynamodb: clausesOf('dynamodb'), postgres: clausesOf('postgres') };
      for (const [side, other] of [SIDES, SIDES.toReversed()] as Array<[Side, Side]>) {
        if (clauses[side].length > 0) continue;
        const names = within(side).map(({ name }) => name);
        const twin = clauses[other][0];
        complain(
          twin ? { side: other, line: twin.line } : { keys },
          `no line of the step '${pair[side]}' is marked '${mark}' in the source of ${side}${didYouMean(mark, names)}`,
        );
      }
      const number = translations.length + 1;
      if (number > MOST) complain({ keys }, `a lab has at most ${MOST} translations`);
      translations.push({ number, mark, difference, steps: pair, clauses });
    }
  }
  return { sources, translations };
}

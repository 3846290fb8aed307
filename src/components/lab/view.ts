/** What the page needs of a lab to draw one of its sides, put together at build time. */
import type { DynamoDBStep, LabRun, PostgresStep, Side } from '../../engine/lab/result.ts';
import type { AlignedStep, StepBlock } from '../../engine/lab/steps.ts';
import { type BlockPlace, placeLine, placeSteps } from './place.ts';
import type { LineOf } from './results/StepResult.tsx';

/** A row of one side. Without a block the step exists on the other side only. */
export interface RowView {
  block: StepBlock | undefined;
  /** The heading; empty when the lab has no steps. */
  title: string;
  /** Counts the named steps from 1. */
  number: number | undefined;
  slug: string;
  /** Whether this side stands first among those that have the step: it carries the anchor. */
  first: boolean;
  /** Whether the other side has a step of the same name. */
  paired: boolean;
  results: Array<{ dynamodb: DynamoDBStep } | { postgres: PostgresStep }>;
  lineOf: LineOf;
}

/** One side of a lab. */
export interface SideView {
  side: Side;
  rows: RowView[];
}

/** The heading of code that stands before the first step. */
export const SET_UP = 'Set-up';

/** Lays the recorded run over the rows of one side. */
export function sideView(side: Side, rows: readonly AlignedStep[], expected: LabRun): SideView {
  const blocks = rows.flatMap((row) => row[side] ?? []);
  const places = blocks.map(blockPlace);
  const steps = stepsWithSide(expected, side);
  const at = placeSteps(
    places,
    steps.map(({ name }) => ({ name })),
  );
  let number = 0;
  return {
    side,
    rows: rows.map((row) => {
      const block = row[side];
      const index = block ? blocks.indexOf(block) : -1;
      if (row.name !== '') number += 1;
      return {
        block,
        title: row.name === '' && rows.length > 1 ? SET_UP : row.name,
        number: row.name === '' ? undefined : number,
        slug: slug(row.name || SET_UP),
        first: side === 'dynamodb' || row.dynamodb === undefined,
        paired: row.dynamodb !== undefined && row.postgres !== undefined,
        results: steps.filter((_, step) => at[step] === index).map(({ step }) => step),
        lineOf: lineOf(places, index),
      };
    }),
  };
}

/** The lines that a block takes in its file. */
export function blockPlace({ name, text, startLine }: StepBlock): BlockPlace {
  return { name, startLine, lines: text.split('\n').length };
}

/** Finds lines of one block; a line of another block is none of its own. */
export function lineOf(places: readonly BlockPlace[], block: number): LineOf {
  return (fileLine) => {
    const place = fileLine === undefined ? undefined : placeLine(places, fileLine);
    return place?.block === block ? place.line : undefined;
  };
}

/** The steps of a run's side, each in the form that says which side it is of. */
export function stepsWithSide(
  run: LabRun,
  side: Side,
): Array<{ name: string; step: { dynamodb: DynamoDBStep } | { postgres: PostgresStep } }> {
  return side === 'dynamodb'
    ? (run.dynamodb?.steps ?? []).map((step) => ({ name: step.name, step: { dynamodb: step } }))
    : (run.postgres?.steps ?? []).map((step) => ({ name: step.name, step: { postgres: step } }));
}

/** A step's name as a part of an address. */
export function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}

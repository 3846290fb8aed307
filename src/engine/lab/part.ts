/** A part of a program: what a reader may ask to run in place of the whole. */

/**
 * What to run of a side's program; offsets are in UTF-16 units of its source. Every run begins from
 * the dataset's snapshot: what stands before the part is replayed first, and only then the part.
 * - `step`: everything up to the end of the step that stands at this place. In the result, the steps
 *   behind it are `not-run`.
 * - `text`: exactly the text between two offsets. In SQL, two equal offsets mean the statement at
 *   the cursor. What stands behind is not run and not even read: it may be half written. In the
 *   result, the steps from `asked` on are the text's; those before it are the replay.
 */
export type Part = { kind: 'step'; at: number } | { kind: 'text'; from: number; to: number };

/** A program cut to what is asked for. */
export interface Cut<Program> {
  program: Program;
  /** How many of its steps run; those behind them are not asked for. */
  ran: number;
  /** Of a text: its first step, counted from 0, and the name of the lab's step in which it stands. */
  text?: { asked: number; within: string };
}

/** A part in which there is nothing to run. */
export class PartError extends Error {
  override readonly name = 'NothingToRun';
}

/** The number of steps that begin on this line or above it; at least one. */
export function stepsTo(steps: ReadonlyArray<{ line: number }>, line: number): number {
  return Math.max(1, steps.filter((step) => step.line <= line).length);
}

/** The 1-based line of an offset. */
export function lineAt(source: string, offset: number): number {
  return source.slice(0, offset).split('\n').length;
}

/** The text with a blank for every character, so that what follows keeps its line and column. */
export function blanks(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}

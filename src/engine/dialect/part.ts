/** Cuts a program in a dialect into its steps, and to the part of it that is asked for. */
import type { Dialect } from '../lab/dialects.ts';
import { blanks, type Cut, lineAt, type Part, PartError, stepsTo } from '../lab/part.ts';
import { stepAt } from '../lab/steps.ts';
import { type PartiqlStatement, partiqlStatements } from './partiql.ts';
import { type ShellCommand, shellCommands } from './shell.ts';
import { DialectError, type Piece, placeOf } from './source.ts';

/** What the steps of each dialect are made of. */
interface Pieces {
  partiql: PartiqlStatement;
  cli: ShellCommand;
}

/** One step of a program. What stands before the first marker belongs to a step named ''. */
export interface DialectStep<D extends Dialect> {
  name: string;
  /** 1-based line of the marker; of the unnamed step, of its first piece. */
  line: number;
  pieces: Array<Pieces[D]>;
}

const SCANS: { [D in Dialect]: (source: string) => Generator<Pieces[D]> } = {
  partiql: partiqlStatements,
  cli: shellCommands,
};
const MARKERS: Record<Dialect, RegExp> = {
  partiql: /^[ \t]*--[ \t]*step:[ \t]*(.*?)[ \t]*\r?$/gm,
  cli: /^[ \t]*#[ \t]*step:[ \t]*(.*?)[ \t]*\r?$/gm,
};
const WORDS: Record<Dialect, { piece: string; end: string }> = {
  partiql: { piece: 'statement', end: 'a semicolon' },
  cli: { piece: 'command', end: 'the end of its quotes' },
};

/**
 * The steps of a program, or of a part of it.
 * @throws {DialectError} where the program cannot be read, and {PartError} where the part holds nothing to run.
 */
export function cutDialect<D extends Dialect>(
  source: string,
  dialect: D,
  part?: Part,
): Cut<Array<DialectStep<D>>> {
  if (part?.kind !== 'text') {
    const steps = part ? readable(source, dialect, part.at) : dialectSteps(source, dialect);
    return { program: steps, ran: part ? stepsTo(steps, lineAt(source, part.at)) : steps.length };
  }
  const { from, to } = part;
  const { piece } = WORDS[dialect];
  const step = stepAt(source, dialect, from);
  const asked =
    from < to ? { start: from, end: to } : pieceAt(source, dialect, from, step.start, step.end);
  if (!asked) throw new PartError(`There is no ${piece} at the cursor.`);
  const { start, end } = asked;
  const only = blanks(source.slice(0, start)) + source.slice(start, end);
  const pieces = [...SCANS[dialect](only)];
  const [first] = pieces;
  if (!first) throw new PartError(`There is no ${piece} in the selection.`);
  const before = piecesTo(source, dialect, start).findLast((each) => each.end <= start);
  const steps = dialectSteps(source.slice(0, before?.end ?? 0), dialect);
  return {
    program: [...steps, { name: '', line: placeOf(source, first.start).line, pieces }],
    ran: steps.length + 1,
    text: { asked: steps.length, within: step.name },
  };
}

/**
 * The steps of a whole program.
 * @throws {DialectError} as the dialect's own scan, and for a marker inside of a statement or command,
 * for one without a name, and for a name that is used twice.
 */
function dialectSteps<D extends Dialect>(source: string, dialect: D): Array<DialectStep<D>> {
  const pieces = [...SCANS[dialect](source)];
  const markers = [...source.matchAll(MARKERS[dialect])];
  const steps: Array<DialectStep<D>> = [];
  const sorted = [
    ...markers.map((marker) => ({ at: marker.index, name: marker[1] ?? '', piece: undefined })),
    ...pieces.map((piece) => ({ at: piece.start, name: '', piece })),
  ].sort((a, b) => a.at - b.at);
  for (const { at, name, piece } of sorted) {
    const { line } = placeOf(source, at);
    if (piece) {
      if (steps.length === 0) steps.push({ name: '', line, pieces: [] });
      steps.at(-1)?.pieces.push(piece);
      continue;
    }
    const complain = (message: string) => new DialectError('SyntaxError', message, source, at);
    const { piece: word, end } = WORDS[dialect];
    if (pieces.some((other) => other.start < at && at < other.end)) {
      throw complain(`The step marker "${name}" stands inside of a ${word}: end that with ${end}.`);
    }
    if (name === '') throw complain('A step needs a name: “step: Name”.');
    const twin = steps.find((step) => step.name === name);
    if (twin) {
      throw complain(`There is a step "${name}" in line ${twin.line} already: name this one anew.`);
    }
    steps.push({ name, line, pieces: [] });
  }
  return steps;
}

/** All steps or, where what stands behind a step cannot be read, those up to that step. */
function readable<D extends Dialect>(source: string, dialect: D, at: number) {
  try {
    return dialectSteps(source, dialect);
  } catch {
    return dialectSteps(source.slice(0, stepAt(source, dialect, at).end), dialect);
  }
}

/**
 * The piece at a cursor, within a step: the one in which it stands or behind which, else the last one
 * that ends on its line, else the next, else the last.
 */
function pieceAt(
  source: string,
  dialect: Dialect,
  cursor: number,
  stepStart: number,
  stepEnd: number,
): Piece | undefined {
  const pieces = piecesTo(source, dialect, stepEnd).filter(({ start }) => start >= stepStart);
  const line = lineAt(source, cursor);
  return (
    pieces.find(({ start, end }) => start <= cursor && cursor <= end) ??
    pieces.findLast(({ end }) => end <= cursor && lineAt(source, end) === line) ??
    pieces.find(({ start }) => start >= cursor) ??
    pieces.at(-1)
  );
}

/** The pieces that begin before an offset; what is broken behind it does not matter. */
function piecesTo(source: string, dialect: Dialect, before: number): Piece[] {
  const pieces: Piece[] = [];
  try {
    for (const piece of SCANS[dialect](source)) {
      if (piece.start >= before) break;
      pieces.push(piece);
    }
  } catch (error) {
    const isBehind = error instanceof DialectError && error.line > lineAt(source, before);
    if (!isBehind) throw error;
  }
  return pieces;
}

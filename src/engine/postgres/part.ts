/** Cuts an SQL program to the part of it that is asked for. */
import { blanks, type Cut, lineAt, type Part, PartError, stepsTo } from '../lab/part.ts';
import { stepAt } from '../lab/steps.ts';
import { SqlScriptError, scansOf } from './scan.ts';
import { parseSteps, type SqlStep, splitSql } from './split.ts';

/** From the first character of a statement to behind its last one. */
interface Range {
  start: number;
  end: number;
}

/**
 * The steps of a program, or of a part of it.
 * @throws {SqlScriptError} as `parseSteps`, and {PartError} where the part holds no statement.
 */
export function cutSql(source: string, part?: Part): Cut<SqlStep[]> {
  if (part?.kind !== 'text') {
    const { steps } = part ? readable(source, part.at) : parseSteps(source);
    return { program: steps, ran: part ? stepsTo(steps, lineAt(source, part.at)) : steps.length };
  }
  const { from, to } = part;
  const step = stepAt(source, 'postgres', from);
  const asked = from < to ? { start: from, end: to } : statementAt(source, from, step);
  if (!asked) throw new PartError('There is no statement at the cursor.');
  const { start, end } = asked;
  const statements = splitSql(blanks(source.slice(0, start)) + source.slice(start, end));
  const [first] = statements;
  if (!first) throw new PartError('There is no statement in the selection.');
  const before = rangesTo(source, start).filter((range) => range.end <= start);
  const { steps } = parseSteps(source.slice(0, before.at(-1)?.end ?? 0));
  return {
    program: [...steps, { name: '', line: first.line, statements }],
    ran: steps.length + 1,
    text: { asked: steps.length, within: step.name },
  };
}

/** All steps or, where what stands behind a step cannot be split, those up to that step. */
function readable(source: string, at: number): { steps: SqlStep[] } {
  try {
    return parseSteps(source);
  } catch {
    return parseSteps(source.slice(0, stepAt(source, 'postgres', at).end));
  }
}

/**
 * The statement at a cursor, within a step: the one in which it stands or behind which, else the
 * last one that ends on its line, else the next, else the last.
 */
function statementAt(source: string, cursor: number, step: Range): Range | undefined {
  const ranges = rangesTo(source, step.end).filter(({ start }) => start >= step.start);
  const line = lineAt(source, cursor);
  return (
    ranges.find(({ start, end }) => start <= cursor && cursor <= end) ??
    ranges.findLast(({ end }) => end <= cursor && lineAt(source, end) === line) ??
    ranges.find(({ start }) => start >= cursor) ??
    ranges.at(-1)
  );
}

/** The statements that begin before an offset; what is broken behind it does not matter. */
function rangesTo(source: string, before: number): Range[] {
  const ranges: Range[] = [];
  try {
    for (const { statement } of scansOf(source)) {
      if (!statement) continue;
      if (statement.start >= before) break;
      ranges.push({ start: statement.start, end: statement.end });
    }
  } catch (error) {
    const isBehind = error instanceof SqlScriptError && error.line > lineAt(source, before);
    if (!isBehind) throw error;
  }
  return ranges;
}

/** Marks at the ends of lines, `-- = name "piece"`: read, and cut off the code that readers see. */
import type { Side } from './result.ts';
import { stepBlocks } from './steps.ts';

/** A piece of one line of code. */
export interface Clause {
  /** Line of the file, from 1. */
  line: number;
  /** First column, from 0, and the one behind the last. */
  from: number;
  to: number;
  text: string;
}

/** A mark: a name for a clause, which the clause of the other side shares. */
export interface Mark {
  name: string;
  /** The step in which it stands; empty before the first one. */
  step: string;
  clause: Clause;
}

/** A mark that cannot be read, at a line of a source. */
export class MarkError extends Error {
  override readonly name = 'MarkError';
  readonly line: number;
  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

const NAME = '[a-z][a-z0-9-]*';
const PIECE = '"(?:[^"\\\\]|\\\\.)*"';
const ONE = new RegExp(`=\\s*(${NAME})(?:\\s+(${PIECE}))?`, 'g');
const COMMENT: Record<Side, string> = { dynamodb: '//', postgres: '--' };
/** The code of a line and the marks behind it. */
const TAIL = {
  dynamodb: tail(COMMENT.dynamodb),
  postgres: tail(COMMENT.postgres),
};
/** A comment that begins as a mark does. */
const MEANT = { dynamodb: /\/\/\s*=\s*[a-z]/i, postgres: /--\s*=\s*[a-z]/i };
/** A remark at the end of a line is no part of its clause. */
const REMARK = { dynamodb: /\s+\/\/\s.*$/, postgres: /\s+--\s.*$/ };

function tail(comment: string): RegExp {
  return new RegExp(`^(.*?)\\s*${comment}((?:\\s*=\\s*${NAME}(?:\\s+${PIECE})?)+)\\s*$`);
}

/**
 * Reads the marks of a source. `code` is the source without them: they stand behind the code, so
 * that every line and column stays where it was. A name alone marks the line without its
 * indentation and the comma or semicolon at its end; `"piece"`, a JSON string, narrows it.
 * @throws {MarkError}
 */
export function readMarks(source: string, side: Side): { code: string; marks: Mark[] } {
  const steps = stepBlocks(source, side);
  const stepOf = (line: number) => steps.findLast(({ startLine }) => startLine <= line)?.name ?? '';
  const marks: Mark[] = [];
  const lines = source.split('\n').map((whole, index) => {
    const line = index + 1;
    const found = TAIL[side].exec(whole);
    if (!found) {
      if (MEANT[side].test(whole)) throw unreadable(line, side);
      return whole;
    }
    const [, code = '', written = ''] = found;
    if (code.trim() === '') {
      throw new MarkError(line, 'a mark stands at the end of a line of code; this line has none');
    }
    for (const [, name = '', piece] of written.matchAll(ONE)) {
      const clause =
        piece === undefined ? wholeLine(code, line, side) : pieceOf(code, line, side, piece);
      marks.push({ name, step: stepOf(line), clause });
    }
    return whole.endsWith('\r') ? `${code}\r` : code;
  });
  return { code: lines.join('\n'), marks };
}

function wholeLine(code: string, line: number, side: Side): Clause {
  const text = code.replace(REMARK[side], '').replace(/[\s,;]+$/, '');
  const from = text.length - text.trimStart().length;
  return { line, from, to: text.length, text: text.slice(from) };
}

function pieceOf(code: string, line: number, side: Side, written: string): Clause {
  const text = unquoted(written, line, side);
  const from = code.indexOf(text);
  if (text === '' || from === -1) {
    throw new MarkError(line, `the line has no ${written}: a mark quotes a piece of its own line`);
  }
  if (code.indexOf(text, from + 1) !== -1) {
    throw new MarkError(line, `${written} is in the line more than once; quote more of it`);
  }
  return { line, from, to: from + text.length, text };
}

function unquoted(written: string, line: number, side: Side): string {
  try {
    return JSON.parse(written) as string;
  } catch {
    throw unreadable(line, side);
  }
}

function unreadable(line: number, side: Side): MarkError {
  const sign = COMMENT[side];
  return new MarkError(
    line,
    `this is no mark: \`${sign} = name\` or \`${sign} = name "a piece of the line"\`, ` +
      'with a name of small letters, digits and hyphens',
  );
}

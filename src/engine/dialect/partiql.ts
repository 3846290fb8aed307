/** Splits a file of PartiQL statements: each ends at its semicolon. */
import type { Json } from '../lab/result.ts';
import { DialectError, type Piece } from './source.ts';

/** A statement with the text that is sent: without its semicolon, and with blanks for comments. */
export interface PartiqlStatement extends Piece {
  text: string;
}

/** Quotes in which a semicolon ends nothing. Doubled, `'` and `"` stand for themselves. */
const QUOTES: Record<string, string> = {
  "'": 'string',
  '"': 'name in double quotes',
  '`': 'literal in backticks',
};

/**
 * The statements of a source, one after the other: what is broken behind the last one that was asked
 * for is not read. Strings, quoted names and comments (`--` and nested ones) as in PartiQL's
 * specification, section 2; of comments DynamoDB's reference says nothing, so they are not sent.
 * @throws {DialectError} where a string, name, literal or comment has no end.
 */
export function* partiqlStatements(source: string): Generator<PartiqlStatement> {
  let start: number | undefined;
  let text = '';
  let end = 0;
  const take = (to: number, at: number) => {
    start ??= at;
    text += source.slice(at, to);
    end = to;
  };
  for (let at = 0; at < source.length; ) {
    const character = source[at] as string;
    const comment = commentEnd(source, at);
    if (comment !== undefined) {
      if (start !== undefined) text += source.slice(at, comment).replace(/[^\r\n]/g, ' ');
      at = comment;
    } else if (character === ';') {
      if (start !== undefined) yield { start, end: at + 1, text: text.trimEnd() };
      start = undefined;
      text = '';
      at += 1;
    } else if (character in QUOTES) {
      const close = quoteEnd(source, at);
      take(close, at);
      at = close;
    } else {
      if (start !== undefined || !/\s/.test(character)) {
        const last = end;
        take(at + 1, at);
        if (/\s/.test(character)) end = last;
      }
      at += 1;
    }
  }
  if (start !== undefined) yield { start, end, text: text.trimEnd() };
}

/** The request that a statement is; `token` goes on where an answer left off. */
export function executeStatement(text: string, token?: Json): { [name: string]: Json } {
  return {
    Statement: text,
    ReturnConsumedCapacity: 'TOTAL',
    ...(token !== undefined && { NextToken: token }),
  };
}

/** Behind the comment that begins at an offset; undefined where none does. */
function commentEnd(source: string, at: number): number | undefined {
  if (source.startsWith('--', at)) {
    const lineEnd = source.indexOf('\n', at);
    return lineEnd === -1 ? source.length : lineEnd;
  }
  if (!source.startsWith('/*', at)) return undefined;
  let depth = 0;
  for (let i = at; i < source.length; i += 1) {
    if (source.startsWith('/*', i)) depth += 1;
    else if (source.startsWith('*/', i)) depth -= 1;
    else continue;
    i += 1;
    if (depth === 0) return i + 1;
  }
  throw new DialectError('SyntaxError', 'This comment has no end: close it with “*/”.', source, at);
}

function quoteEnd(source: string, at: number): number {
  const quote = source[at] as string;
  for (let i = at + 1; i < source.length; i += 1) {
    if (source[i] !== quote) continue;
    if (quote === '`' || source[i + 1] !== quote) return i + 1;
    i += 1;
  }
  const message = `This ${QUOTES[quote]} has no end.`;
  throw new DialectError('SyntaxError', message, source, at);
}

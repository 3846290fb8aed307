/** What the dialects have in common: pieces of a source with their places, and errors that name theirs. */

/** A mistake in a program that keeps it from starting, with its place in the file. */
export class DialectError extends Error {
  override readonly name: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;

  /** `offset` is in UTF-16 units of the source. */
  constructor(name: 'SyntaxError' | 'UsageError', message: string, source: string, offset: number) {
    super(message);
    this.name = name;
    const place = placeOf(source, offset);
    this.line = place.line;
    this.column = place.column;
  }
}

/** A statement or a command as it stands in the source, from its first character to behind its last one. */
export interface Piece {
  start: number;
  end: number;
}

/** The 1-based line and column of an offset. */
export function placeOf(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1 };
}

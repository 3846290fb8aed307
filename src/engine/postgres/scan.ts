/** Reads SQL far enough to tell where psql sees a statement end, and no further. */

/** What keeps a script from being split. */
export type SqlScriptErrorKind =
  | 'unterminated-string'
  | 'unterminated-identifier'
  | 'unterminated-comment'
  | 'unterminated-dollar-quote'
  | 'misplaced-step'
  | 'unnamed-step'
  | 'duplicate-step';

/** A script that cannot be split, and the place to mend: 1-based, columns in UTF-16 units as editors count. */
export class SqlScriptError extends Error {
  override readonly name = 'SqlScriptError';
  readonly kind: SqlScriptErrorKind;
  readonly line: number;
  readonly column: number;

  constructor(kind: SqlScriptErrorKind, message: string, place: Place) {
    super(message);
    this.kind = kind;
    this.line = place.line;
    this.column = place.column;
  }
}

/** A 1-based place in a script; columns are counted in UTF-16 units. */
export interface Place {
  line: number;
  column: number;
}

/** What the scanner found out about one statement. */
export interface Statement {
  /** Offset of its first character; comments and space before it are not part of it. */
  start: number;
  /** Offset behind its last character, the semicolon included. */
  end: number;
  /** Its first words outside parentheses, in lower case: they tell what kind of statement it is. */
  words: string[];
  /** The psql backslash command that it is or ends in, as `\d`, and what follows on its line. */
  metaCommand?: { name: string; start: number; argument: string };
  /** Offsets of `\;`, which joins what stands round it into one query. */
  joints: number[];
  /** Of `COPY ... FROM STDIN`: where the statement ends, and where its inline data begin and end. */
  copy?: { queryEnd: number; dataStart: number; dataEnd: number };
}

/** A statement, or the end of the script, with the line comments before it. */
export interface Scan {
  statement?: Statement;
  comments: number[];
  next: number;
}

const WORD = /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y;
const DOLLAR_TAG = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
export const REST_OF_LINE = /[^\r\n]*/y;
/** What may follow a COPY on its line, so that its data begin on the next. */
const BLANK_REST_OF_LINE = /(?:[ \t]|\/\*[^\r\n]*?\*\/)*(?:--[^\r\n]*)?\r?\n/y;
const META_COMMAND = /\\[^\s\\]*/y;
/** Up to the end of the line or to a backslash outside quotes, which begins another command. */
const META_ARGUMENT = /(?:'(?:\\.|[^'\\\r\n])*'|"[^"\r\n]*"|`[^`\r\n]*`|[^\r\n\\])*/y;
/** Commands that take the whole line, backslashes included. */
const WHOLE_LINE = new Set(['\\!', '\\copy', '\\h', '\\help', '\\ef', '\\ev', '\\sf', '\\sv']);
const END_OF_DATA = /^\\\.\r?$/gm;
/** Backslash commands that send the statement before them as it is. */
const SENDS = new Set(['\\g', '\\gx']);
/** Enough words to tell `CREATE OR REPLACE FUNCTION` and `COPY a (b) FROM STDIN` from their like. */
const WORDS_KEPT = 8;

/** Answers the place of an offset. */
export function locator(script: string): (offset: number) => Place {
  const starts = [0];
  for (const { index } of script.matchAll(/\n/g)) starts.push(index + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] as number) + 1 };
  };
}

/** The statements of a script, one after the other. */
export function* scansOf(script: string): Generator<Scan> {
  const placeOf = locator(script);
  for (let next = 0; next < script.length; ) {
    const found = scan(script, next, placeOf);
    yield found;
    next = found.next;
  }
}

/** The text that a sticky expression matches at an offset; empty when it does not. */
export function match(expression: RegExp, text: string, offset: number): string {
  expression.lastIndex = offset;
  return expression.exec(text)?.[0] ?? '';
}

/** Reads one statement, from `from` to its end. */
export function scan(sql: string, from: number, placeOf: (offset: number) => Place): Scan {
  const comments: number[] = [];
  const words: string[] = [];
  /** The same of the part since the last `\;`. */
  let part = words;
  let copies = false;
  let start = -1;
  let end = from;
  let parentheses = 0;
  let atomic = 0;
  const joints: number[] = [];
  const finish = (next: number): Scan =>
    start < 0 ? { comments, next } : { statement: { start, end, words, joints }, comments, next };

  for (let at = from; at < sql.length; ) {
    const character = sql[at] as string;
    if (/\s/.test(character)) {
      at += 1;
      continue;
    }
    if (sql.startsWith('--', at)) {
      if (start < 0) comments.push(at);
      at += match(REST_OF_LINE, sql, at).length;
      continue;
    }
    if (sql.startsWith('/*', at)) {
      at = endOfToken(sql, at, placeOf);
      continue;
    }
    if (character === ';' && parentheses === 0 && atomic === 0) {
      // A lone semicolon is no statement.
      if (start < 0) return { comments, next: at + 1 };
      end = at + 1;
      const found = finish(end);
      return (copies || isCopyIn(part)) && found.statement
        ? withData(sql, found, found.statement)
        : found;
    }
    if (start < 0) start = at;
    if (sql.startsWith('\\;', at)) {
      joints.push(at);
      copies ||= isCopyIn(part);
      part = [];
      at += 2;
      end = at;
      continue;
    }
    if (character === '\\') {
      const name = match(META_COMMAND, sql, at);
      const rest = WHOLE_LINE.has(name) ? REST_OF_LINE : META_ARGUMENT;
      const argument = match(rest, sql, at + name.length);
      const next = at + name.length + argument.length;
      const statement: Statement = {
        start,
        end: at + (name + argument).trimEnd().length,
        words,
        joints,
        metaCommand: { name, start: at, argument },
      };
      if ((copies || isCopyIn(part)) && SENDS.has(name) && argument.trim() === '') {
        return withData(sql, { comments, next }, statement);
      }
      // A double backslash only parts the command from what follows on its line.
      return { statement, comments, next: sql.startsWith('\\\\', next) ? next + 2 : next };
    }
    const word = match(WORD, sql, at);
    if (word !== '' && parentheses === 0) {
      const lower = word.toLowerCase();
      if (part.length < WORDS_KEPT) part.push(lower);
      atomic = depthAfter(lower, atomic, part);
    }
    if (character === '(') parentheses += 1;
    else if (character === ')') parentheses = Math.max(0, parentheses - 1);
    at = endOfToken(sql, at, placeOf);
    end = at;
  }
  return finish(sql.length);
}

/**
 * The offset behind the token that begins at an offset: a comment, string, quoted identifier, dollar
 * quote or word, else a single character.
 * @throws {SqlScriptError} where it has no end.
 */
export function endOfToken(sql: string, at: number, placeOf: (offset: number) => Place): number {
  const character = sql[at] as string;
  if (sql.startsWith('--', at)) return at + match(REST_OF_LINE, sql, at).length;
  if (sql.startsWith('/*', at)) return endOfComment(sql, at, placeOf);
  if (character === "'") return endOfString(sql, at, false, placeOf);
  if (character === '"') return endOfIdentifier(sql, at, placeOf);
  if (character === '$') return endOfDollarQuote(sql, at, placeOf);
  const word = match(WORD, sql, at);
  const hasEscapes = /^e$/i.test(word) && sql[at + 1] === "'";
  return hasEscapes ? endOfString(sql, at + 1, true, placeOf) : at + (word.length || 1);
}

/** How deep in `BEGIN ATOMIC ... END` the scanner is behind a word; CASE ends with END as well. */
function depthAfter(word: string, depth: number, words: readonly string[]): number {
  const [first, second, third, fourth] = words;
  const what = second === 'or' && third === 'replace' ? fourth : second;
  if (first !== 'create' || (what !== 'function' && what !== 'procedure')) return depth;
  if (word === 'begin' || (word === 'case' && depth > 0)) return depth + 1;
  return word === 'end' && depth > 0 ? depth - 1 : depth;
}

function isCopyIn(words: readonly string[]): boolean {
  return words[0] === 'copy' && words[words.indexOf('from') + 1] === 'stdin';
}

/** Adds the lines between a COPY's own line and `\.`, or the end of the script. */
function withData(sql: string, found: Scan, statement: Statement): Scan {
  const queryEnd = statement.end;
  const blank = match(BLANK_REST_OF_LINE, sql, queryEnd);
  if (blank === '') {
    const copy = { queryEnd, dataStart: queryEnd, dataEnd: queryEnd };
    return { ...found, statement: { ...statement, copy } };
  }
  const dataStart = queryEnd + blank.length;
  END_OF_DATA.lastIndex = dataStart;
  const last = END_OF_DATA.exec(sql);
  const dataEnd = last?.index ?? sql.length;
  const end = last ? last.index + 2 : sql.length;
  const copy = { queryEnd, dataStart, dataEnd };
  return { ...found, statement: { ...statement, end, copy }, next: end };
}

function endOfComment(sql: string, at: number, placeOf: (offset: number) => Place): number {
  let depth = 0;
  for (let next = at; next < sql.length; ) {
    if (sql.startsWith('/*', next)) {
      depth += 1;
      next += 2;
    } else if (sql.startsWith('*/', next)) {
      depth -= 1;
      next += 2;
      if (depth === 0) return next;
    } else next += 1;
  }
  const message = 'This comment has no end: write */';
  throw new SqlScriptError('unterminated-comment', message, placeOf(at));
}

function endOfString(
  sql: string,
  quote: number,
  escapes: boolean,
  placeOf: (offset: number) => Place,
): number {
  for (let next = quote + 1; next < sql.length; next += 1) {
    if (escapes && sql[next] === '\\') next += 1;
    else if (sql[next] === "'") {
      if (sql[next + 1] !== "'") return next + 1;
      next += 1;
    }
  }
  const message = "This string has no end: close it with ', and write '' for a quote inside it";
  throw new SqlScriptError('unterminated-string', message, placeOf(quote));
}

function endOfIdentifier(sql: string, quote: number, placeOf: (offset: number) => Place): number {
  for (let next = quote + 1; next < sql.length; next += 1) {
    if (sql[next] !== '"') continue;
    if (sql[next + 1] !== '"') return next + 1;
    next += 1;
  }
  const message = 'This quoted identifier has no end: close it with "';
  throw new SqlScriptError('unterminated-identifier', message, placeOf(quote));
}

function endOfDollarQuote(sql: string, at: number, placeOf: (offset: number) => Place): number {
  const tag = match(DOLLAR_TAG, sql, at);
  if (tag === '') return at + 1;
  const end = sql.indexOf(tag, at + tag.length);
  if (end >= 0) return end + tag.length;
  const message = `This dollar quote has no end: close it with ${tag}`;
  throw new SqlScriptError('unterminated-dollar-quote', message, placeOf(at));
}

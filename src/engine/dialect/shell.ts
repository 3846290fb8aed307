/** Reads a shell script as far as a lab runs one: commands of words, with quotes and continued lines. */
import { DialectError, type Piece } from './source.ts';

/** A word as the command gets it, and where each of its characters stands in the source. */
export interface Word extends Piece {
  text: string;
  /** For each UTF-16 unit of `text` its offset in the source, and behind the last one the word's end. */
  offsets: readonly number[];
}

/** A command: its words, the program's name first. */
export interface ShellCommand extends Piece {
  words: Word[];
}

/** What a shell does at these characters, outside of quotes. */
const OPERATORS: ReadonlyArray<[text: string, what: string]> = [
  ['&&', 'puts commands one behind the other'],
  ['||', 'runs a command when another one fails'],
  ['|', 'is a pipe'],
  ['&', 'runs a command in the background'],
  ['>', 'writes into a file'],
  ['<', 'reads a file'],
  ['(', 'begins a subshell'],
  [')', 'ends a subshell'],
];

/**
 * The commands of a script, one after the other: what is broken behind the last one that was asked
 * for is not read. Quoting is that of POSIX, section 2.2; what this does not do (variables, pipes,
 * redirections, braces that the shell would expand) is refused and never taken for a plain character.
 * Source: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html.
 * @throws {DialectError} for a quote without an end, and for what is refused.
 */
export function* shellCommands(source: string): Generator<ShellCommand> {
  let words: Word[] = [];
  const command = (): ShellCommand | undefined => {
    const [first] = words;
    const last = words.at(-1);
    if (!first || !last) return undefined;
    const whole = { start: first.start, end: last.end, words };
    words = [];
    return whole;
  };
  for (let at = 0; at < source.length; ) {
    const character = source[at] as string;
    const continued = /\\\r?\n/y;
    continued.lastIndex = at;
    if (continued.test(source)) {
      at = continued.lastIndex;
    } else if (character === '#') {
      const lineEnd = source.indexOf('\n', at);
      at = lineEnd === -1 ? source.length : lineEnd;
    } else if (character === '\n' || character === ';') {
      const whole = command();
      if (whole) yield whole;
      at += 1;
    } else if (/\s/.test(character)) {
      at += 1;
    } else {
      const word = readWord(source, at);
      words.push(word);
      at = word.end;
    }
  }
  const last = command();
  if (last) yield last;
}

/** One word, from its first character on. */
function readWord(source: string, start: number): Word {
  const offsets: number[] = [];
  let text = '';
  let at = start;
  const take = (offset: number) => {
    text += source[offset];
    offsets.push(offset);
  };
  while (at < source.length && !/[\s;]/.test(source[at] as string)) {
    const character = source[at] as string;
    refuse(source, at);
    if (character === "'") {
      const close = source.indexOf("'", at + 1);
      if (close === -1) throw unclosed(source, at);
      for (let i = at + 1; i < close; i += 1) take(i);
      at = close + 1;
    } else if (character === '"') {
      at = doubleQuoted(source, at, take);
    } else if (character === '\\') {
      // A backslash before a line's end joins the lines; before anything else it quotes that.
      const end = /\\\r?\n/y;
      end.lastIndex = at;
      if (end.test(source)) at = end.lastIndex;
      else {
        take(Math.min(at + 1, source.length - 1));
        at += 2;
      }
    } else {
      take(at);
      at += 1;
    }
  }
  return { text, start, end: at, offsets: [...offsets, at] };
}

/** Takes the inside of double quotes; answers the offset behind them. */
function doubleQuoted(source: string, start: number, take: (offset: number) => void): number {
  let at = start + 1;
  while (source[at] !== '"') {
    if (at >= source.length) throw unclosed(source, start);
    const next = source[at + 1] ?? '';
    if (source[at] === '\\' && '$`"\\\n'.includes(next) && next !== '') {
      if (next !== '\n') take(at + 1);
      at += 2;
      continue;
    }
    refuseExpansion(source, at);
    take(at);
    at += 1;
  }
  return at + 1;
}

function refuse(source: string, at: number): void {
  refuseExpansion(source, at);
  const operator = OPERATORS.find(([text]) => source.startsWith(text, at));
  if (operator) {
    const [text, what] = operator;
    throw new DialectError(
      'UsageError',
      `“${text}” ${what}, which does not run here. Inside of a value, put the value in single quotes.`,
      source,
      at,
    );
  }
  if (/^\{[^\s'"{}]*(,|\.\.)[^\s{}]*\}/.test(source.slice(at, at + 1000))) {
    throw new DialectError(
      'UsageError',
      'Many shells expand these braces into several words: put the value in single quotes.',
      source,
      at,
    );
  }
}

function refuseExpansion(source: string, at: number): void {
  const character = source[at];
  if (character !== '`' && !(character === '$' && /[\w({'"@*#?!$-]/.test(source[at + 1] ?? ''))) {
    return;
  }
  const what = /^(`|\$\()/.test(source.slice(at, at + 2))
    ? 'A command in place of a value'
    : `The variable ${/^\$(\w+|\{\w*\}?|.)/.exec(source.slice(at, at + 60))?.[0] ?? '$'}`;
  throw new DialectError(
    'UsageError',
    `${what} does not run here: write the value itself, in single quotes where it holds this character.`,
    source,
    at,
  );
}

function unclosed(source: string, at: number): DialectError {
  const message = `This quote has no end: close it with ${source[at]}.`;
  return new DialectError('SyntaxError', message, source, at);
}

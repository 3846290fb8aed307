/**
 * The AWS CLI's shorthand for structures: `AttributeName=PK,KeyType=HASH`, `PK={S=a},SK={S=b}`.
 * Source: https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-shorthand.html and its grammar in
 * awscli/shorthand.py of https://github.com/aws/aws-cli.
 */
import type { Word } from './shell.ts';
import { DialectError } from './source.ts';
import type { Value } from './values.ts';

const KEY = /[A-Za-z0-9\-_.#/:]*/y;
const SINGLE = /'(?:\\'|[^'])*'/y;
const DOUBLE = /"(?:\\"|[^"])*"/y;
/** A value without quotes: the first one behind a key, and those that go on a list behind its comma. */
const FIRST = /(?:\\,|[^\s"',=[{])(?:\\,|[^"',\]}])*/y;
const SECOND = /(?:\\,|[^\s"',=[{])(?:\\,|[^"',=])*/y;

/**
 * Reads a word in shorthand. Its scalars are strings: the parameter says what becomes of them.
 * @throws {DialectError} a `SyntaxError` at the place where it cannot go on.
 */
export function readShorthand(word: Word, source: string): Value {
  return new Shorthand(word, source).parameter();
}

class Shorthand {
  readonly #word: Word;
  readonly #source: string;
  #at = 0;

  constructor(word: Word, source: string) {
    this.#word = word;
    this.#source = source;
  }

  parameter(): Value {
    const entries = [this.#keyValue(() => this.#values())];
    while (this.#at < this.#word.text.length) {
      this.#expect(',');
      const entry = this.#keyValue(() => this.#values());
      if (entries.some(({ key }) => key === entry.key)) {
        throw this.#error(
          `${entry.key} is there already. Structures of a list are put apart by a space, not by a comma.`,
          entry.at,
        );
      }
      entries.push(entry);
    }
    return { kind: 'map', at: this.#word.start, entries };
  }

  #keyValue(read: () => Value) {
    const at = this.#offset;
    const key = this.#take(KEY) ?? '';
    this.#expect('=');
    return { key, at, value: read() };
  }

  /** Behind a key: a list in brackets, a structure in braces, or values with commas between them. */
  #values(): Value {
    return this.#nested() ?? this.#list();
  }

  /** Inside of brackets and braces a comma ends the value. */
  #inner(): Value {
    return this.#nested() ?? this.#scalar(FIRST) ?? this.#empty();
  }

  #nested(): Value | undefined {
    if (this.#word.text[this.#at] === '[') {
      const at = this.#offset;
      return { kind: 'list', at, items: this.#until(']', () => this.#inner()) };
    }
    if (this.#word.text[this.#at] === '{') {
      const at = this.#offset;
      const entries = this.#until('}', () => this.#keyValue(() => this.#inner()));
      return { kind: 'map', at, entries };
    }
    return undefined;
  }

  #until<T>(close: ']' | '}', read: () => T): T[] {
    const all: T[] = [];
    this.#at += 1;
    this.#space();
    while (this.#word.text[this.#at] !== close) {
      if (this.#at >= this.#word.text.length) throw this.#error(`“${close}” is missing here.`);
      all.push(read());
      this.#space();
      if (this.#word.text[this.#at] !== close) this.#expect(',');
    }
    this.#at += 1;
    return all;
  }

  /** `a=b` is one value, `a=b,c` a list, and in `a=b,c=d` the comma begins the next key. */
  #list(): Value {
    const first = this.#scalar(FIRST) ?? this.#empty();
    this.#space();
    const items = [first];
    while (this.#word.text[this.#at] === ',') {
      const comma = this.#at;
      this.#expect(',');
      const item = this.#scalar(SECOND);
      this.#space();
      const next = this.#word.text[this.#at];
      if (!item || (next !== undefined && next !== ',')) {
        this.#at = comma;
        break;
      }
      items.push(item);
    }
    return items.length === 1 ? first : { kind: 'list', at: first.at, items };
  }

  #scalar(bare: RegExp): Value | undefined {
    const at = this.#offset;
    for (const [pattern, quote] of [
      [SINGLE, "'"],
      [DOUBLE, '"'],
    ] as const) {
      const quoted = this.#take(pattern);
      if (quoted === undefined) continue;
      const inside = quoted.slice(1, -1).replaceAll(`\\${quote}`, quote);
      return { kind: 'scalar', at, value: inside.replaceAll('\\\\', '\\') };
    }
    const text = this.#take(bare);
    if (text === undefined) return undefined;
    return { kind: 'scalar', at, value: text.replaceAll('\\,', ',').trimEnd() };
  }

  #empty(): Value {
    return { kind: 'scalar', at: this.#offset, value: '' };
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#word.text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #expect(character: string): void {
    this.#space();
    const found = this.#word.text[this.#at];
    if (found !== character) {
      const instead = found === undefined ? 'the value ends' : `“${found}” stands`;
      throw this.#error(`The shorthand wants “${character}” where ${instead}.`);
    }
    this.#at += 1;
    this.#space();
  }

  #space(): void {
    while (/\s/.test(this.#word.text[this.#at] ?? '')) this.#at += 1;
  }

  get #offset(): number {
    return this.#word.offsets[this.#at] ?? this.#word.end;
  }

  #error(message: string, at = this.#offset): DialectError {
    return new DialectError('SyntaxError', message, this.#source, at);
  }
}

/** How a shell script is read: words, quotes, continued lines, and what does not run. */
import { describe, expect, test } from 'vitest';
import { shellCommands } from '../../../src/engine/dialect/shell.ts';
import type { ScriptError } from '../../../src/engine/lab/result.ts';

const words = (source: string) =>
  [...shellCommands(source)].map((command) => command.words.map(({ text }) => text));

function refusal(source: string): string {
  try {
    words(source);
  } catch (error) {
    const { line, column, message } = error as ScriptError;
    return `${line}:${column} ${message}`;
  }
  return 'not refused';
}

describe('a script is read as a shell reads it', () => {
  test('a line is a command, a backslash goes on with it, a comment is left out', () => {
    expect(words('# first\naws a \\\n  --b c # and so on\n\naws d; aws e\n')).toEqual([
      ['aws', 'a', '--b', 'c'],
      ['aws', 'd'],
      ['aws', 'e'],
    ]);
  });

  test('a # within a word begins no comment, and \\r before a line’s end is none of it', () => {
    expect(words('aws USER#1 \\\r\n x\r\n')).toEqual([['aws', 'USER#1', 'x']]);
  });

  test.each([
    ['single quotes keep everything', `'{":a": "$x \\"'`, '{":a": "$x \\"'],
    [
      'double quotes read a backslash before a few characters',
      `"a \\"b\\" \\n \\$"`,
      'a "b" \\n $',
    ],
    ['a line may end within quotes', `'a\nb'`, 'a\nb'],
    ['a backslash and a line’s end within double quotes are nothing', `"a\\\nb"`, 'ab'],
    ['quoted and bare pieces are one word', `PK={S='a b'}"c"\\ d`, 'PK={S=a b}c d'],
    ['an empty text is a word', `''`, ''],
    ['a dollar sign before a blank is itself', `"5 $ "`, '5 $ '],
  ])('%s', (_, source, word) => {
    expect(words(source)).toEqual([[word]]);
  });

  test('each character of a word knows its place', () => {
    const source = `aws \\\n "a\\"b"'c'd`;
    const [command] = shellCommands(source);
    const word = command?.words[1];
    expect(word?.text).toBe('a"bcd');
    expect(word?.offsets.map((at) => source[at] ?? 'end')).toEqual([
      'a',
      '"',
      'b',
      'c',
      'd',
      'end',
    ]);
    expect(source.slice(word?.start, word?.end)).toBe(`"a\\"b"'c'd`);
  });
});

describe('what does not run is refused at its place', () => {
  test.each([
    ['aws a | jq .', '1:7 “|” is a pipe'],
    ['aws a\naws b && aws c', '2:7 “&&” puts commands one behind the other'],
    ['aws a > file', '1:7 “>” writes into a file'],
    ['aws "$TABLE"', '1:6 The variable $TABLE does not run here'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the shell's
    ['aws ${TABLE}', '1:5 The variable ${TABLE} does not run here'],
    ['aws "$(date)"', '1:6 A command in place of a value does not run here'],
    ['aws `date`', '1:5 A command in place of a value does not run here'],
    ['aws Put={A=1,B=2}', '1:9 Many shells expand these braces into several words'],
    ["aws 'a", "1:5 This quote has no end: close it with '."],
  ])('%s', (source, words) => {
    expect(refusal(source)).toContain(words);
  });

  test('commands before a mistake can be read', () => {
    const commands = shellCommands('aws a\naws "b');
    expect(commands.next().value).toMatchObject({ start: 0, end: 5 });
    expect(() => commands.next()).toThrow('This quote has no end');
  });
});

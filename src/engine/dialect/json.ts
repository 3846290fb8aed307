/** JSON in a word of a command, with the place of each of its parts. */
import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Word } from './shell.ts';
import { DialectError } from './source.ts';
import type { Value } from './values.ts';

/**
 * Reads a word as JSON.
 * @throws {DialectError} a `SyntaxError` at the place where it is none.
 */
export function readJson(word: Word, source: string): Value {
  const errors: ParseError[] = [];
  const options = { disallowComments: true, allowTrailingComma: false };
  const tree = parseTree(word.text, errors, options);
  const [error] = errors;
  if (error || !tree) {
    const at = word.offsets[error?.offset ?? 0] ?? word.start;
    // The commonest cause: what the shell was given and what it hands on are not the same.
    const lost = source.slice(word.start, word.end).includes('"') && !word.text.includes('"');
    const why = lost
      ? 'the shell takes the double quotes away. Put the whole value in single quotes.'
      : `${words(error)}.`;
    throw new DialectError('SyntaxError', `This is not JSON: ${why}`, source, at);
  }
  return toValue(tree, word);
}

/** `CommaExpected`, as the library calls it, in words. */
const words = (error: ParseError | undefined) =>
  error ? printParseErrorCode(error.error).replace(/\B[A-Z]/g, (c) => ` ${c.toLowerCase()}`) : '';

function toValue(node: Node, word: Word): Value {
  const at = word.offsets[node.offset] ?? word.start;
  if (node.type === 'array') {
    return { kind: 'list', at, items: (node.children ?? []).map((item) => toValue(item, word)) };
  }
  if (node.type !== 'object') return { kind: 'scalar', at, value: node.value };
  const entries = (node.children ?? []).flatMap(({ children: [key, value] = [] }) =>
    key && value
      ? {
          key: String(key.value),
          at: word.offsets[key.offset] ?? word.start,
          value: toValue(value, word),
        }
      : [],
  );
  return { kind: 'map', at, entries };
}

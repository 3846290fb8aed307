/**
 * Which colour a piece of code has. The static block and the editor share these grammars and this
 * table, so that nothing changes its look when one becomes the other.
 */

import { typescriptLanguage } from '@codemirror/lang-javascript';
import { PostgreSQL } from '@codemirror/lang-sql';
import { parseMixed } from '@lezer/common';
import { highlightCode, tagHighlighter, tags } from '@lezer/highlight';
import type { Side } from '../../engine/lab/result.ts';

/** The body of a DO block or a function stands in a dollar-quoted string: it is code, not text. */
const bodies = parseMixed((node, input) => {
  if (node.name !== 'String') return null;
  const text = input.read(node.from, node.to);
  const quote = /^\$\w*\$/.exec(text)?.[0];
  if (!quote || !text.includes(';')) return null;
  const body = { from: node.from + quote.length, to: node.to - quote.length };
  if (body.from >= body.to) return null;
  return { parser: PostgreSQL.language.parser, overlay: [body] };
});

/** The language of each side's code. */
export const LANGUAGES = {
  dynamodb: typescriptLanguage,
  postgres: PostgreSQL.language.configure({ wrap: bodies }),
};

/** From what a token is to the class that lab.css gives a colour. */
export const highlighter = tagHighlighter([
  { tag: [tags.keyword, tags.self, tags.modifier], class: 'kj-k' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], class: 'kj-s' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], class: 'kj-n' },
  { tag: tags.comment, class: 'kj-c' },
  { tag: [tags.function(tags.variableName), tags.className, tags.typeName], class: 'kj-f' },
  { tag: [tags.function(tags.propertyName), tags.standard(tags.name)], class: 'kj-f' },
]);

/** A piece of a line and its class, if it has a colour of its own. */
export interface Token {
  text: string;
  className: string;
}

/** Code as lines of tokens. */
export function highlightLines(code: string, side: Side): Token[][] {
  const lines: Token[][] = [[]];
  highlightCode(
    code,
    LANGUAGES[side].parser.parse(code),
    highlighter,
    (text, className) => lines.at(-1)?.push({ text, className }),
    () => lines.push([]),
  );
  return lines;
}

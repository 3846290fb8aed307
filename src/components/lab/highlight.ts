/**
 * Which colour a piece of code has. The static block and the editor share these grammars and this
 * table, so that nothing changes its look when one becomes the other.
 */

import { typescriptLanguage } from '@codemirror/lang-javascript';
import { PostgreSQL, SQLDialect } from '@codemirror/lang-sql';
import { type Language, StreamLanguage } from '@codemirror/language';
import { shell } from '@codemirror/legacy-modes/mode/shell';
import { parseMixed } from '@lezer/common';
import { highlightCode, tagHighlighter, tags } from '@lezer/highlight';
import type { Program } from '../../engine/lab/dialects.ts';

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

/** DynamoDB's part of PartiQL. Source: DynamoDB Developer Guide, "PartiQL reference". */
export const PartiQL = SQLDialect.define({
  keywords:
    'select from where order by asc desc insert into value values update set remove returning all modified old new delete and or not between in is missing begins_with contains size attribute_type exists any',
  types: 'map list string number boolean binary null set',
  doubleQuotedStrings: false,
  caseInsensitiveIdentifiers: false,
});

/** The language of each program's code. */
export const LANGUAGES = {
  dynamodb: typescriptLanguage,
  postgres: PostgreSQL.language.configure({ wrap: bodies }),
  partiql: PartiQL.language,
  cli: StreamLanguage.define(shell),
} satisfies Record<Program, Language>;

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
export function highlightLines(code: string, program: Program): Token[][] {
  const lines: Token[][] = [[]];
  highlightCode(
    code,
    LANGUAGES[program].parser.parse(code),
    highlighter,
    (text, className) => lines.at(-1)?.push({ text, className }),
    () => lines.push([]),
  );
  return lines;
}

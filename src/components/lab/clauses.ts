/** Code as HTML: coloured words, and the clauses that have a counterpart on the other side. */
import type { Program } from '../../engine/lab/dialects.ts';
import { highlightLines, type Token } from './highlight.ts';

/** A piece of a block's line that belongs to a translation. */
export interface PlacedClause {
  /** Line of the block, from 1. */
  line: number;
  /** First column, from 0, and the one behind the last. */
  from: number;
  to: number;
  /** The translation's number. */
  number: number;
}

const escaped = (code: string) =>
  code.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const word = ({ text, className }: Token) =>
  className === '' ? escaped(text) : `<span class="${className}">${escaped(text)}</span>`;

/**
 * The HTML of a block. It is one string because a template would put line breaks of its own into
 * the code. Where clauses overlap, the piece that they share has the numbers of all of them.
 */
export function codeHtml(code: string, program: Program, clauses: readonly PlacedClause[]): string {
  return highlightLines(code, program)
    .map((tokens, index) => {
      const own = clauses.filter(({ line }) => line === index + 1);
      return `<span class="kj-line">${lineHtml(tokens, own)}</span>`;
    })
    .join('\n');
}

function lineHtml(tokens: readonly Token[], clauses: readonly PlacedClause[]): string {
  const cuts = [...new Set(clauses.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  let html = '';
  let open = '';
  let column = 0;
  for (const token of tokens) {
    for (const text of cutAt(token.text, column, cuts)) {
      const at = column;
      const numbers = clauses
        .filter(({ from, to }) => from <= at && at < to)
        .map(({ number }) => number)
        .join(' ');
      if (numbers !== open) {
        if (open !== '') html += '</span>';
        if (numbers !== '') html += `<span class="kj-clause" data-clause="${numbers}">`;
        open = numbers;
      }
      html += word({ ...token, text });
      column += text.length;
    }
  }
  return open === '' ? html : `${html}</span>`;
}

/** A text that begins at `column`, cut where a clause begins or ends. */
function cutAt(text: string, column: number, cuts: readonly number[]): string[] {
  const within = cuts.map((cut) => cut - column).filter((cut) => cut > 0 && cut < text.length);
  return [0, ...within].map((from, index) => text.slice(from, within[index]));
}

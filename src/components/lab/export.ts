/** A table as a file or for the clipboard: CSV, tab-separated text, JSON. Pure. */
import type { Grid } from './attributes.ts';
import { parsed } from './json-view.ts';
import { isBoolean, isExactNumber, isJson, isNumeric } from './value-types.ts';

/** A text for a spreadsheet. */
export interface SheetText {
  text: string;
  /** Values that got an apostrophe, because a spreadsheet would take them for formulas. */
  guarded: number;
}

/** A spreadsheet runs what begins so. Source: OWASP, "CSV Injection". */
const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^[+-]?[\d.,]+([eE][+-]?\d+)?$/;

/**
 * CSV by RFC 4180: lines end with CRLF, quotes stand doubled in quotes. As in PostgreSQL's COPY, NULL
 * and what is not there are nothing, an empty text is `""`. `rows` are the rows in their order.
 */
export function csvText(grid: Grid, rows: readonly number[]): SheetText {
  return sheet(grid, rows, ',', (text) =>
    text === '' || /[",\r\n]/.test(text) ? quoted(text) : text,
  );
}

/** Text with tabs, as spreadsheets take it from the clipboard; quoted where it has tabs or lines of its own. */
export function tabText(grid: Grid, rows: readonly number[]): SheetText {
  return sheet(grid, rows, '\t', (text) => (/["\t\r\n]/.test(text) ? quoted(text) : text));
}

function sheet(
  { columns, rows }: Grid,
  order: readonly number[],
  separator: string,
  write: (text: string) => string,
): SheetText {
  let guarded = 0;
  const guard = (text: string) => {
    if (!FORMULA.test(text) || NUMBER.test(text)) return text;
    guarded += 1;
    return `'${text}`;
  };
  const cell = (text: string | null | undefined) => (text == null ? '' : write(guard(text)));
  const lines = [columns.map(({ name }) => name), ...order.map((row) => rows[row] ?? [])];
  const end = separator === ',' ? '\r\n' : '\n';
  const text = lines.map((line) => line.map(cell).join(separator) + end).join('');
  return { text, guarded };
}

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

/**
 * A list of objects, one on each line. Numbers are written digit by digit as the database gave them,
 * and as text where a reader that uses doubles would lose some; documents (`jsonb`, maps, lists) are
 * written as they are. What is not there is left out. Of columns with the same name the last one counts.
 */
export function jsonText({ columns, rows }: Grid, order: readonly number[]): string {
  const lines = order.map((row) => {
    const fields = new Map<string, string>();
    for (const [column, { name, type, types }] of columns.entries()) {
      const text = rows[row]?.[column];
      if (text !== undefined) fields.set(name, literal(text, type ?? types?.[row]));
    }
    return `{${[...fields].map(([name, value]) => `${JSON.stringify(name)}: ${value}`).join(', ')}}`;
  });
  return lines.length === 0 ? '[]\n' : `[\n  ${lines.join(',\n  ')}\n]\n`;
}

function literal(text: string | null, type: string | undefined): string {
  if (text === null) return 'null';
  if (isNumeric(type) && isExactNumber(text)) return text;
  if (isBoolean(type)) return String(text === 'true' || text === 't');
  if (isJson(type) && parsed(text) !== undefined) return text;
  return JSON.stringify(text);
}

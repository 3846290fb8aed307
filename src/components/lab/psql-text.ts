/** A result as psql prints it: aligned columns, or a record at a time. */
import type { Grid } from './attributes.ts';
import { isNumeric } from './value-types.ts';

/** What psql prints beside the rows. */
export interface PsqlFrame {
  /** Command tag; psql prints those of statements that change rows. */
  tag: string;
  title?: string;
  footer?: string[];
  /** What stands for NULL; nothing unless `\pset null` said so. */
  nullAs?: string;
  /** `\x`: a line for each column of each row. */
  expanded?: true;
  /** Rows that the statement returned, where not all of them were kept. */
  total?: number;
}

/** Statements whose tag psql prints also after rows. */
const CHANGES_ROWS = /^(INSERT|UPDATE|DELETE|MERGE) /;

/** What describes one thing, as `Table "public.users"`, does not count its rows; a list does. */
const DESCRIPTION = / "[^"]+"$/;

/**
 * The text with its line ends, as psql prints it into a file with `border 1` and ASCII lines.
 * Source: `print_aligned_text` and `print_aligned_vertical` in PostgreSQL's src/fe_utils/print.c.
 */
export function psqlText(grid: Grid, frame: PsqlFrame): string {
  const isCopy = frame.tag.startsWith('COPY ');
  if (isCopy) return grid.rows.map(([line]) => `${line}\n`).join('');
  const lines = frame.expanded ? records(grid, frame) : aligned(grid, frame);
  const tag = CHANGES_ROWS.test(frame.tag) ? [frame.tag] : [];
  return [...lines, '', ...tag].map((line) => `${line}\n`).join('');
}

function aligned({ columns, rows }: Grid, frame: PsqlFrame): string[] {
  const heads = columns.map(({ name }) => cellLines(name));
  const cells = rows.map((row) => row.map((value) => cellLines(value ?? frame.nullAs ?? '')));
  const widths = heads.map((head, column) =>
    cells.reduce((width, row) => Math.max(width, widest(row[column] ?? [])), widest(head)),
  );
  const whole = widths.reduce((sum, width) => sum + width + 3, -1);
  const last = columns.length - 1;
  return [
    ...(frame.title ? [centred(frame.title, whole).trimEnd()] : []),
    ...printed(heads, (text, column, sign) => centred(text, widths[column] ?? 0) + sign),
    columns.length === 0 ? '--' : widths.map((width) => '-'.repeat(width + 2)).join('+'),
    ...cells.flatMap((row) =>
      printed(row, (text, column, sign) => {
        const width = widths[column] ?? 0;
        const goesOn = sign === '+';
        if (isNumeric(columns[column]?.type)) {
          return padStart(text, width) + (column < last || goesOn ? sign : '');
        }
        // After the last value there are no spaces, unless it goes on.
        return column < last || goesOn ? padEnd(text, width) + sign : text;
      }),
    ),
    ...(frame.footer ?? []),
    ...(frame.title && DESCRIPTION.test(frame.title) ? [] : [rowCount(rows.length, frame)]),
  ];
}

/** One row; a value of several lines takes several, each but its last with a `+` for its sign. */
function printed(
  cells: readonly string[][],
  place: (text: string, column: number, sign: '+' | ' ') => string,
): string[] {
  const height = Math.max(0, ...cells.map(({ length }) => length));
  return Array.from({ length: height }, (_, at) =>
    cells
      .map(
        (lines, column) => ` ${place(lines[at] ?? '', column, at < lines.length - 1 ? '+' : ' ')}`,
      )
      .join('|'),
  );
}

/** The grid is that of the page: a row for each column of a record, of which the first one has its number. */
function records({ rows }: Grid, frame: PsqlFrame): string[] {
  if (rows.length === 0) return [rowCount(0, frame)];
  const fields = rows.map(([record, name, value]) => ({
    record: record ?? undefined,
    name: cellLines(name ?? ''),
    value: cellLines(value ?? frame.nullAs ?? ''),
  }));
  const head = Math.max(...fields.map(({ name }) => widest(name)));
  const data = Math.max(...fields.map(({ value }) => widest(value)));
  const lines = fields.flatMap(({ record, name, value }) => [
    ...(record === undefined ? [] : [recordLine(record, head, data)]),
    ...Array.from({ length: Math.max(name.length, value.length) }, (_, at) => {
      const own = padEnd(name[at] ?? '', head) + (at < name.length - 1 ? '+' : ' ');
      const text = value[at] ?? '';
      return `${own}| ${at < value.length - 1 ? `${padEnd(text, data)}+` : text}`;
    }),
  ]);
  return [...(frame.title ? [frame.title] : []), ...lines, ...(frame.footer ?? [])];
}

/** `-[ RECORD 1 ]-+------`, with the sign where the columns meet, if the number leaves room for it. */
function recordLine(record: string, head: number, data: number): string {
  const name = `-[ RECORD ${record} ]`;
  const line = `${'-'.repeat(head + 1)}+${'-'.repeat(data + 1)}`;
  return name + line.slice(name.length);
}

function rowCount(kept: number, { total }: PsqlFrame): string {
  const rows = (number: number) => `(${number} ${number === 1 ? 'row' : 'rows'})`;
  return total === undefined || total === kept
    ? rows(kept)
    : `${rows(total)} -- the first ${kept} are kept here`;
}

/** A value's lines. Tabs go on to the next eighth column; other control characters are written out. */
function cellLines(value: string): string[] {
  return value.split('\n').map((line) => {
    let text = '';
    let column = 0;
    for (const character of line) {
      const shown =
        character === '\t'
          ? ' '.repeat(8 - (column % 8))
          : character === '\r'
            ? '\\r'
            : character.replace(/\p{Cc}/u, written);
      text += shown;
      column += textWidth(shown);
    }
    return text;
  });
}

function written(character: string): string {
  const code = character.charCodeAt(0);
  const digits = code.toString(16).toUpperCase();
  return code < 0x80 ? `\\x${digits.padStart(2, '0')}` : `\\u${digits.padStart(4, '0')}`;
}

const widest = (lines: readonly string[]) => Math.max(0, ...lines.map(textWidth));

/** Columns that a text takes on a terminal. */
function textWidth(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text)
    width += NARROWER.test(character) ? 0 : WIDER.test(character) ? 2 : 1;
  return width;
}

/** Marks that stand upon another character, and signs that are not seen. */
const NARROWER = /[\p{Mn}\p{Me}\p{Cf}]/u;
/** Characters of two columns. */
const WIDER =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;

const padEnd = (text: string, width: number) =>
  text + ' '.repeat(Math.max(0, width - textWidth(text)));
const padStart = (text: string, width: number) =>
  ' '.repeat(Math.max(0, width - textWidth(text))) + text;

function centred(text: string, width: number): string {
  const room = Math.max(0, width - textWidth(text));
  const before = Math.floor(room / 2);
  return ' '.repeat(before) + text + ' '.repeat(room - before);
}

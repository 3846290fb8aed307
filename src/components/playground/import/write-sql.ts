/** An import into PostgreSQL as a file: CREATE TABLE and COPY with the data in it. */
import { type Attribute, isNull, jsonOf, textOf } from './attributes.ts';
import { type Plan, ROW_NUMBER, rowNumberName } from './plan.ts';
import type { Records } from './records.ts';

/** Words that name a table or a column only in quotes. Source: PostgreSQL 18, appendix C, "reserved". */
const RESERVED = new Set(
  `all analyse analyze and any array as asc asymmetric authorization binary both case cast check
  collate collation column concurrently constraint create cross current_catalog current_date
  current_role current_schema current_time current_timestamp current_user default deferrable desc
  distinct do else end except false fetch for foreign freeze from full grant group having ilike in
  initially inner intersect into is isnull join lateral leading left like limit localtime
  localtimestamp natural not notnull null offset on only or order outer overlaps placing primary
  references returning right select session_user similar some symmetric system_user table
  tablesample then to trailing true union unique user using variadic verbose when where window
  with`.split(/\s+/),
);

/** A name as SQL has it, in quotes where it needs them. */
export function identifier(name: string): string {
  const isPlain = /^[a-z_][a-z0-9_]*$/.test(name) && !RESERVED.has(name);
  return isPlain ? name : `"${name.replaceAll('"', '""')}"`;
}

/** What COPY cannot carry in a script: a line that ends its data, and a line end that editors change. */
const NOT_IN_COPY = /\r|(^|\n)\\\.(\n|$)/;

/** The text of the file. The plan has no problems. */
export function writeSql({ names, rows }: Records, plan: Plan): string {
  const { table, key, sort, kinds, makes, source } = plan;
  const numbered = key === ROW_NUMBER ? rowNumberName('postgres', names) : undefined;
  const columns = numbered === undefined ? names : [numbered, ...names];
  const keys = [numbered ?? key, sort].filter((name) => name !== undefined);
  const lines = [`-- From ${oneLine(source)}: ${rows.length} rows. Runs first, every time.`];
  if (makes) {
    const definitions = columns.map((name) => {
      const type = name === numbered ? 'integer' : (kinds.get(name) ?? 'text');
      return `  ${identifier(name)} ${type}${keys.length === 1 && keys[0] === name ? ' PRIMARY KEY' : ''}`;
    });
    if (keys.length > 1) definitions.push(`  PRIMARY KEY (${keys.map(identifier).join(', ')})`);
    lines.push(`CREATE TABLE ${identifier(table)} (`, definitions.join(',\n'), ');', '');
  }
  const into = `${identifier(table)} (${columns.map(identifier).join(', ')})`;
  const values = rows.map((row, index) =>
    columns.map((name) =>
      name === numbered ? String(index + 1) : textFor(row[name], kinds.get(name) === 'jsonb'),
    ),
  );
  const isCopied = (row: ReadonlyArray<string | null>) =>
    !row.some((value) => value !== null && NOT_IN_COPY.test(value));
  lines.push(`COPY ${into} FROM STDIN WITH (FORMAT csv);`);
  lines.push(...values.filter(isCopied).map((row) => row.map(csvValue).join(',')), '\\.');
  for (const row of values.filter((each) => !isCopied(each))) {
    lines.push(`INSERT INTO ${into} VALUES (${row.map(literal).join(', ')});`);
  }
  return `${lines.join('\n')}\n`;
}

function textFor(value: Attribute | undefined, isJson: boolean): string | null {
  if (value === undefined || isNull(value)) return null;
  // A text is taken for JSON where the column is said to hold it.
  return isJson && value['S'] === undefined ? jsonOf(value) : textOf(value);
}

const csvValue = (text: string | null) => {
  if (text === null) return '';
  return text === '' || /[",\n\\]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const literal = (text: string | null) => {
  if (text === null) return 'NULL';
  const escaped = text.replaceAll('\\', '\\\\').replaceAll("'", "''");
  return `E'${escaped.replaceAll('\r', '\\r').replaceAll('\n', '\\n')}'`;
};

const oneLine = (text: string) => text.replace(/\s+/g, ' ');

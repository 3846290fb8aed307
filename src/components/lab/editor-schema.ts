/** What an editor can complete of the data: tables with columns, and DynamoDB's keys, indexes and attributes. */

/** Columns of each table, in their order, with their types as they were declared. */
export type SqlTables = Record<string, Array<{ name: string; type: string }>>;

/** A DynamoDB table as far as code can name its parts. */
export interface DynamoDBTable {
  /** Names of the key attributes, the partition key first. */
  keys: string[];
  /** Of each index, its key attributes. */
  indexes: Record<string, string[]>;
  /** Attributes of its items, the keys among them. */
  attributes: string[];
}

/** Tables by their names. */
export type DynamoDBTables = Record<string, DynamoDBTable>;

/** A dataset as `/editor/<dataset>.json` has it. */
export interface DatasetSchema {
  postgres: SqlTables;
  dynamodb: DynamoDBTables;
}

const NAME = String.raw`(?:"[^"]+"|[\w$]+)(?:\.(?:"[^"]+"|[\w$]+))?`;
const CREATE = new RegExp(
  String.raw`\bcreate\s+(?:(?:or\s+replace|global|local|temp|temporary|unlogged|materialized|foreign)\s+)*(?:table|view)\s+(?:if\s+not\s+exists\s+)?(${NAME})\s*(\()?`,
  'gi',
);
const ADD_COLUMN = new RegExp(
  String.raw`\balter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?(${NAME})\s+add\s+(?:column\s+)?(?:if\s+not\s+exists\s+)?(${NAME})\s+([^,;]+)`,
  'gi',
);
/** Parts of a table that are no columns. */
const NO_COLUMN = /^(primary|unique|check|foreign|constraint|exclude|like)\b/i;
/** What stands behind a column's type. */
const BEHIND_TYPE =
  /\s+(primary|unique|check|references|not|null|default|generated|constraint|collate|storage)\b.*$/is;

/** The tables and views that a SQL text creates. Of those made from a query only the names are known. */
export function tablesInSql(sql: string): SqlTables {
  const tables: SqlTables = {};
  for (const { 0: all, 1: name = '', 2: parenthesis, index } of sql.matchAll(CREATE)) {
    const parts = parenthesis ? partsFrom(sql, index + all.length) : [];
    tables[bare(name)] = parts.flatMap((part) => column(part) ?? []);
  }
  for (const [, table = '', name = '', type = ''] of sql.matchAll(ADD_COLUMN)) {
    if (!NO_COLUMN.test(name)) {
      tables[bare(table)] = [
        ...(tables[bare(table)] ?? []),
        { name: bare(name), type: plain(type) },
      ];
    }
  }
  return tables;
}

/** The tables, indexes and keys that a program names in CreateTable's way; others have a name only. */
export function tablesInTypeScript(code: string): DynamoDBTables {
  const tables: DynamoDBTables = {};
  // What stands between one TableName and the next belongs to the first.
  for (const piece of code.split(/\bTableName\s*:\s*/).slice(1)) {
    const name = /^(['"`])([\w.-]+)\1/.exec(piece)?.[2];
    if (name === undefined) continue;
    tables[name] ??= { keys: [], indexes: {}, attributes: [] };
    const table = tables[name];
    const [own = '', ...indexes] = piece.split(/\bIndexName\s*:\s*/);
    add(table.keys, keysIn(own));
    for (const text of indexes) {
      const index = /^(['"`])([\w.-]+)\1/.exec(text)?.[2];
      if (index !== undefined) addIndex(table, index, keysIn(text));
    }
    add(
      table.attributes,
      [...piece.matchAll(/\bAttributeName\s*:\s*(['"`])([^'"`]+)\1/g)].map(
        ([, , each]) => each ?? '',
      ),
    );
  }
  return tables;
}

/** Both together; what `more` says of a table is added to what is known of it. */
export function withTables(known: DynamoDBTables, more: DynamoDBTables): DynamoDBTables {
  const all = structuredClone(known);
  for (const [name, { keys, indexes, attributes }] of Object.entries(more)) {
    all[name] ??= { keys: [], indexes: {}, attributes: [] };
    const table = all[name];
    add(table.keys, table.keys.length > 0 ? [] : keys);
    add(table.attributes, [...keys, ...attributes]);
    for (const [index, own] of Object.entries(indexes)) addIndex(table, index, own);
  }
  return all;
}

function add(to: string[], names: readonly string[]): void {
  for (const name of names) if (!to.includes(name)) to.push(name);
}

function addIndex({ indexes }: DynamoDBTable, index: string, keys: readonly string[]): void {
  indexes[index] ??= [];
  add(indexes[index], keys);
}

/** The attributes of the first KeySchema in a text. */
function keysIn(text: string): string[] {
  const schema = /\bKeySchema\s*:\s*\[([^\]]*)\]/.exec(text)?.[1] ?? '';
  return [...schema.matchAll(/\bAttributeName\s*:\s*(['"`])([^'"`]+)\1/g)].map(
    ([, , name]) => name ?? '',
  );
}

/** What stands in a parenthesis, parted at its commas. `from` is behind the opening one. */
function partsFrom(sql: string, from: number): string[] {
  const parts: string[] = [];
  let [depth, start] = [1, from];
  const token = /--[^\n]*|'(?:[^']|'')*'|"[^"]*"|[(),]/g;
  token.lastIndex = from;
  for (let found = token.exec(sql); found && depth > 0; found = token.exec(sql)) {
    const [sign] = found;
    if (sign === '(') depth += 1;
    else if (sign === ')') depth -= 1;
    if ((sign === ',' && depth === 1) || depth === 0) {
      parts.push(sql.slice(start, found.index));
      start = found.index + 1;
    }
  }
  return parts;
}

function column(part: string): { name: string; type: string } | undefined {
  const text = part.replace(/--[^\n]*/g, ' ').trim();
  if (text === '' || NO_COLUMN.test(text)) return undefined;
  const [, name = '', type = ''] = /^("[^"]+"|[\w$]+)\s*(.*)$/s.exec(text) ?? [];
  return name === '' ? undefined : { name: bare(name), type: plain(type) };
}

/** A name without its schema and its quotes. */
function bare(name: string): string {
  const last = /("[^"]+"|[\w$]+)$/.exec(name)?.[1] ?? name;
  return last.startsWith('"') ? last.slice(1, -1) : last.toLowerCase();
}

const plain = (type: string) => type.replace(BEHIND_TYPE, '').replace(/\s+/g, ' ').trim();

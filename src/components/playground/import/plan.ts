/** What an import is to become: the table, its key, the types; and what stands in its way. */
import type { Side } from '../../../engine/lab/result.ts';
import { type Attribute, type Item, isNull, textOf } from './attributes.ts';
import { guessKind, type Kind, misfits } from './kinds.ts';
import type { Note, Records } from './records.ts';

/** In place of a key among the columns: the number of the row. */
export const ROW_NUMBER = '';

/** What the reader chooses. */
export interface Plan {
  side: Side;
  /** Where it comes from, for the first line of the file. */
  source: string;
  table: string;
  /** Whether the table is made; otherwise it is there already. */
  makes: boolean;
  kinds: ReadonlyMap<string, Kind>;
  /**
   * The partition key or the primary key: a column, `ROW_NUMBER`, or none, which only PostgreSQL takes.
   */
  key: string | undefined;
  /** DynamoDB's sort key, or a second column of the primary key. */
  sort: string | undefined;
}

/** The name of the attribute or column that holds the number of the row. */
export function rowNumberName(side: Side, names: readonly string[]): string {
  const wanted = side === 'dynamodb' ? 'Row' : 'row_number';
  let name = wanted;
  for (let count = 2; names.includes(name); count += 1) name = `${wanted}_${count}`;
  return name;
}

/** A plan to begin with. `there` are tables that the dataset has. */
export function firstPlan(
  records: Records,
  side: Side,
  source: string,
  there: readonly string[],
): Plan {
  const kinds = new Map(records.names.map((name) => [name, guessKind(records, name, side)]));
  const table = tableName(source, side);
  const keys = keyColumns(records, kinds, side);
  const unique = keys.find((name) => repeated(records.rows, [name]) === undefined);
  const key = unique ?? (side === 'dynamodb' ? ROW_NUMBER : undefined);
  const makes = !there.includes(table);
  return { side, source, table, makes, kinds, key, sort: undefined };
}

/** Columns that can be a key: each row has a value there, of a type that keys have. */
export function keyColumns(
  { names, rows }: Records,
  kinds: ReadonlyMap<string, Kind>,
  side: Side,
): string[] {
  return names.filter((name) => {
    const kind = kinds.get(name);
    if (kind === 'jsonb') return false;
    // Given as they are, the values of a key must be of one type.
    const types = new Set(rows.map((row) => Object.keys(row[name] ?? {})[0]));
    if (kind === 'given' && types.size > 1) return false;
    return rows.every((row) => {
      const value = row[name];
      if (value === undefined || isNull(value)) return false;
      if (side === 'postgres') return true;
      return (
        Object.keys(value).every((type) => type === 'S' || type === 'N') && textOf(value) !== ''
      );
    });
  });
}

/** Everything for which the import cannot be made as planned. */
export function problems(records: Records, plan: Plan): Note[] {
  const { side, table, key, sort, kinds } = plan;
  const notes = misfits(records, kinds, side);
  if (side === 'dynamodb' && !/^[\w.-]{3,255}$/.test(table)) {
    notes.unshift({
      message: `“${table}” is no name of a table: 3 to 255 letters, digits, “_”, “-” and “.”`,
    });
  }
  if (side === 'postgres' && (table.trim() === '' || new TextEncoder().encode(table).length > 63)) {
    notes.unshift({ message: 'The name of a table has 1 to 63 bytes.' });
  }
  if (key && kinds.get(key) === 'boolean' && side === 'dynamodb') {
    notes.unshift({ column: key, message: 'a key is a String, a Number or Binary' });
  }
  if (key) {
    const twice = repeated(records.rows, sort ? [key, sort] : [key]);
    if (twice) {
      notes.unshift({
        row: twice[1],
        column: sort ? `${key}, ${sort}` : key,
        message: `the same key as row ${twice[0]}; choose another one`,
      });
    }
  }
  return notes;
}

/** The first two rows with the same key, counted from 1. */
function repeated(rows: readonly Item[], key: readonly string[]): [number, number] | undefined {
  const seen = new Map<string, number>();
  for (const [index, row] of rows.entries()) {
    const value = JSON.stringify(key.map((name) => sameText(row[name] ?? { NULL: true })));
    const earlier = seen.get(value);
    if (earlier !== undefined) return [earlier, index + 1];
    seen.set(value, index + 1);
  }
  return undefined;
}

/** `1` and `1.0` are the same number. */
function sameText(value: Attribute): string {
  const text = textOf(value);
  return /^-?\d+\.\d*0$|[eE]/.test(text) && !Number.isNaN(Number(text))
    ? String(Number(text))
    : text;
}

/** `order-items.csv` is `order_items`, or `OrderItems`. */
function tableName(source: string, side: Side): string {
  const words = source
    .replace(/\.\w+$/, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  const name =
    side === 'postgres'
      ? words.join('_').toLowerCase()
      : words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
  const usable = side === 'dynamodb' ? name.replace(/[^\w.-]/g, '') : name.slice(0, 60);
  return usable.length >= 3 ? usable : side === 'dynamodb' ? 'Imported' : 'imported';
}

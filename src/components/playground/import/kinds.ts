/** What type a column has: guessed from its values, chosen by the reader, and whether each value fits. */
import type { Side } from '../../../engine/lab/result.ts';
import { type Attribute, isNull, textOf } from './attributes.ts';
import type { Note, Records } from './records.ts';

/** A type for the values of a column. */
export type Kind =
  | 'text'
  | 'integer'
  | 'bigint'
  | 'numeric'
  | 'boolean'
  | 'date'
  | 'timestamptz'
  | 'jsonb'
  | 'given';

/** The kinds that each side has, and their names there. */
export const KINDS: Record<Side, ReadonlyArray<{ kind: Kind; name: string }>> = {
  dynamodb: [
    { kind: 'text', name: 'String' },
    { kind: 'numeric', name: 'Number' },
    { kind: 'boolean', name: 'Boolean' },
    { kind: 'given', name: 'as given' },
  ],
  postgres: (
    ['text', 'integer', 'bigint', 'numeric', 'boolean', 'date', 'timestamptz', 'jsonb'] as const
  ).map((kind) => ({ kind, name: kind })),
};

const INTEGER = /^-?(0|[1-9]\d*)$/;
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;
const DATE = /^\d{4}-\d\d-\d\d$/;
const TIMESTAMP = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d(:?\d\d)?)$/;
/** Of DynamoDB's numbers: digits without those that only say how large it is. */
const MOST_DIGITS = 38;

const within = (text: string, bits: bigint) => {
  const value = BigInt(text);
  return value >= -(2n ** (bits - 1n)) && value < 2n ** (bits - 1n);
};
const isDay = (text: string) => {
  const day = text.slice(0, 10);
  const time = Date.parse(day);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
};

/** Whether a text can be a value of each kind. */
const FITS: Record<Kind, (text: string, attribute: Attribute) => boolean> = {
  text: (text) => !text.includes('\0'),
  integer: (text) => INTEGER.test(text) && within(text, 32n),
  bigint: (text) => INTEGER.test(text) && within(text, 64n),
  numeric: (text) => NUMBER.test(text),
  boolean: (text) => /^(true|false)$/i.test(text),
  date: (text) => DATE.test(text) && isDay(text),
  timestamptz: (text) => TIMESTAMP.test(text) && isDay(text),
  jsonb: (text, attribute) => attribute['S'] === undefined || isJson(text),
  given: () => true,
};

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return !text.includes('\\u0000');
  } catch {
    return false;
  }
}

/** The narrowest kind that all values of a column fit. A column without values is text. */
export function guessKind({ format, rows }: Records, name: string, side: Side): Kind {
  if (side === 'dynamodb' && format !== 'CSV') return 'given';
  const values = rows.flatMap((row) => {
    const value = row[name];
    return value === undefined || isNull(value) ? [] : [value];
  });
  if (values.length === 0) return 'text';
  const types = new Set(values.map((value) => Object.keys(value)[0]));
  const isPlain = [...types].every((type) => type === 'S' || type === 'N' || type === 'BOOL');
  if (!isPlain) return 'jsonb';
  const numeric: Kind[] = side === 'dynamodb' ? ['numeric'] : ['integer', 'bigint', 'numeric'];
  // Texts that look like numbers are numbers in CSV alone: JSON says which ones are.
  const wanted: Kind[] = [];
  if (format === 'CSV' || (types.has('N') && types.size === 1)) wanted.push(...numeric);
  if (format === 'CSV' || (types.has('BOOL') && types.size === 1)) wanted.push('boolean');
  if (side === 'postgres' && types.has('S') && types.size === 1) wanted.push('date', 'timestamptz');
  const all = (kind: Kind) => values.every((value) => fits(kind, value, side));
  return wanted.find(all) ?? 'text';
}

/** Whether a value can be of a kind on a side. */
export function fits(kind: Kind, value: Attribute, side: Side): boolean {
  const text = textOf(value);
  if (!FITS[kind](text, value)) return false;
  if (side === 'postgres') return !text.includes('\0');
  const digits = text.replace(/[eE].*$|[-.]/g, '').replace(/^0+|0+$/g, '');
  return kind !== 'numeric' || digits.length <= MOST_DIGITS;
}

/** The values that do not fit the kinds of their columns. */
export function misfits({ rows }: Records, kinds: ReadonlyMap<string, Kind>, side: Side): Note[] {
  const notes: Note[] = [];
  rows.forEach((row, index) => {
    for (const [column, value] of Object.entries(row)) {
      const kind = kinds.get(column) ?? 'text';
      if (isNull(value) || fits(kind, value, side)) continue;
      const name = KINDS[side].find((each) => each.kind === kind)?.name ?? kind;
      notes.push({
        row: index + 1,
        column,
        message: `${JSON.stringify(textOf(value).slice(0, 40))} is no ${name}`,
      });
    }
  });
  return notes;
}

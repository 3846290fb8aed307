/**
 * Reads CSV and JSON into records. Each value is an attribute value of DynamoDB, which keeps all that
 * either format can say: numbers digit by digit, null apart from what is not there, lists and maps.
 */
import Papa from 'papaparse';
import { type Attribute, attributeOf, type Item, isAttribute, parseJson } from './attributes.ts';

/** Something to know about a record, or about what was read; rows count from 1, the header apart. */
export interface Note {
  row?: number;
  column?: string;
  message: string;
}

/** What was read. */
export interface Records {
  format: 'CSV' | 'JSON' | 'JSON Lines' | 'DynamoDB JSON';
  /** The names of all columns or attributes, in the order in which they come. */
  names: string[];
  rows: Item[];
  /** What is odd about it; nothing is left out because of it. */
  notes: Note[];
}

/** What was given is in none of the formats; the message says where and why. */
export class ReadError extends Error {
  override readonly name = 'ReadError';
}

/** The most that is read, in bytes: the file that comes of it is kept, drawn in an editor, and run each time. */
export const MOST_BYTES = 2_000_000;

/**
 * Reads a text. JSON begins with a bracket; everything else is CSV, or text with tabs.
 * @throws {ReadError} when it is neither, is empty, or is too long.
 */
export function readRecords(text: string, hasHeader: boolean): Records {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > MOST_BYTES) {
    const size = (bytes / 1_000_000).toFixed(1);
    throw new ReadError(`It has ${size} MB; up to ${MOST_BYTES / 1_000_000} MB can be imported.`);
  }
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (trimmed === '') throw new ReadError('There is nothing in it.');
  const records = /^[[{]/.test(trimmed) ? readJson(trimmed) : readCsv(text, hasHeader);
  if (records.rows.length === 0) throw new ReadError('There is no row in it.');
  return records;
}

function readCsv(text: string, hasHeader: boolean): Records {
  const { data, errors } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), {
    skipEmptyLines: true,
  });
  const broken = errors.find(({ type }) => type === 'Quotes');
  if (broken) throw new ReadError(`Row ${(broken.row ?? 0) + 1}: ${broken.message}.`);
  const [first = [], ...rest] = data;
  const cells = hasHeader ? rest : data;
  const width = Math.max(0, ...data.map((row) => row.length));
  const notes: Note[] = [];
  const names: string[] = [];
  for (let index = 0; index < width; index += 1) {
    const wanted = (hasHeader ? first[index]?.trim() : '') || `column_${index + 1}`;
    let name = wanted;
    for (let count = 2; names.includes(name); count += 1) name = `${wanted}_${count}`;
    if (name !== wanted)
      notes.push({ column: name, message: `a second column is named ${wanted}` });
    names.push(name);
  }
  const own = hasHeader ? first.length : width;
  const rows = cells.map((row, index) => {
    if (hasHeader && row.length !== own) {
      const what = row.length < own ? 'the others are NULL' : 'they have names of their own here';
      notes.push({ row: index + 1, message: `${row.length} values for ${own} columns; ${what}` });
    }
    // As in PostgreSQL's COPY, an empty cell is no value.
    return Object.fromEntries(
      row.flatMap((value, at) => (value === '' ? [] : [[names[at] as string, { S: value }]])),
    );
  });
  return { format: 'CSV', names, rows, notes };
}

function readJson(text: string): Records {
  let whole: unknown;
  try {
    whole = parseJson(text);
  } catch (error) {
    const lines = text.split('\n');
    if (lines.length === 1) throw notJson(error);
    return recordsOf(
      lines.flatMap((line, index) => {
        if (line.trim() === '') return [];
        try {
          return [parseJson(line)];
        } catch (cause) {
          // A list over several lines is JSON with a mistake in it, and no lines of JSON.
          throw index === 0 && text.startsWith('[') ? notJson(error) : notJson(cause, index + 1);
        }
      }),
      'JSON Lines',
    );
  }
  return recordsOf(listIn(whole), 'JSON');
}

function notJson(error: unknown, line?: number): ReadError {
  const why = error instanceof Error ? error.message : String(error);
  return new ReadError(`${line === undefined ? '' : `Line ${line}: `}it is no JSON: ${why}`);
}

type JsonObject = Record<string, unknown>;
const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isExact(value);
const isExact = (value: object) => 'digits' in value && Object.keys(value).length === 1;

/** The list that a document is, or has: `Items` of a Scan, the requests of a BatchWriteItem. */
function listIn(whole: unknown): unknown[] {
  if (Array.isArray(whole)) return whole;
  if (!isObject(whole)) throw new ReadError('It is no list of objects.');
  const [only, ...others] = Object.values(whole).filter(Array.isArray);
  const isWrapped = others.length === 0 && only?.every(isObject) && only.length > 0;
  if (Array.isArray(whole['Items'])) return whole['Items'];
  const isBatch = isWrapped && only.every((each) => isObject((each as JsonObject)['PutRequest']));
  return isBatch ? only : [whole];
}

/** `{Item: ...}` of an export to S3, and `{PutRequest: {Item: ...}}`, are their items. */
function unwrapped(value: JsonObject): JsonObject {
  const put = value['PutRequest'];
  const item = (isObject(put) ? put : value)['Item'];
  return isObject(item) && Object.keys(value).length === 1 ? item : value;
}

function recordsOf(list: readonly unknown[], format: 'JSON' | 'JSON Lines'): Records {
  const objects = list.map((value, index) => {
    if (!isObject(value)) throw new ReadError(`Row ${index + 1} is no object: ${show(value)}`);
    return unwrapped(value);
  });
  const isTyped = objects.every((object) => Object.values(object).every(isAttribute));
  const names = [...new Set(objects.flatMap((object) => Object.keys(object)))];
  const typed = isTyped && names.length > 0;
  const rows = objects.map((object) => {
    const entries = Object.entries(object).map(([name, value]): [string, Attribute] => [
      name,
      typed ? (value as Attribute) : attributeOf(value),
    ]);
    return Object.fromEntries(entries);
  });
  return { format: typed ? 'DynamoDB JSON' : format, names, rows, notes: [] };
}

const show = (value: unknown) => JSON.stringify(value).slice(0, 40);

/** A table's rows as JSON in few lines, and JSON texts unfolded. */

import type { Json } from '../../engine/lab/result.ts';
import { type Grid, prettyJson } from './attributes.ts';
import { isBoolean, isExactNumber, isJson, isNumeric } from './value-types.ts';

/** Rows as JSON, one after the other; attributes that a row does not have are left out. */
export function prettyRows(grid: Grid, rows: readonly number[]): string {
  return rows.map((row) => prettyJson(rowValue(grid, row))).join('\n');
}

function rowValue({ columns, rows }: Grid, row: number): Json {
  const fields = columns.map(({ name, type, types }, column): [string, Json | undefined] => [
    name,
    value(rows[row]?.[column], type ?? types?.[row]),
  ]);
  return Object.fromEntries(
    fields.filter((field): field is [string, Json] => field[1] !== undefined),
  );
}

function value(text: string | null | undefined, type: string | undefined): Json | undefined {
  if (text === undefined || text === null) return text;
  if (isNumeric(type)) return isExactNumber(text) ? Number(text) : text;
  if (isBoolean(type)) return text === 'true' || text === 't';
  return isJson(type) ? (parsed(text) ?? text) : text;
}

/**
 * A JSON text unfolded over lines; where that would change more than its white space (a number that
 * a double cannot hold, a name that comes twice), the text as it is.
 */
export function unfolded(text: string): string {
  const json = parsed(text);
  return json !== undefined && JSON.stringify(json) === compact(text) ? prettyJson(json) : text;
}

/** The value of a JSON text; undefined where it is none, as when it was cut because it is long. */
export function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** Without the white space between its parts. */
function compact(json: string): string {
  return json.replace(/("(?:[^"\\]|\\.)*")|\s+/g, '$1');
}

/** psql's variables: `\set name value`, and `:name`, `:'name'`, `:"name"` in what follows. */
import { endOfToken, locator } from '../scan.ts';

/** Values by name. */
export type Variables = Map<string, string>;

/** A text with its variables filled in. */
export interface Interpolated {
  text: string;
  /** The offset in the source of an offset in the text. */
  origin(offset: number): number;
}

const NAME = String.raw`[\w\u0080-\uffff]+`;
/** A variable, or a colon that begins none: `::` and `:=`. */
const COLON = new RegExp(
  String.raw`::|:=|:(?<plain>${NAME})|:'(?<literal>${NAME})'|:"(?<identifier>${NAME})"|:\{\?(?<defined>${NAME})\}`,
  'uy',
);

/** Whether a name can be a variable's. */
export function isVariableName(name: string): boolean {
  return new RegExp(`^${NAME}$`, 'u').test(name);
}

/** A text as a string constant of SQL. */
export function quoteLiteral(text: string): string {
  const quoted = `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
  return text.includes('\\') ? ` E${quoted}` : quoted;
}

const quoteIdentifier = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** What stands for the variable at an offset. A name that is not set stands for itself. */
export function variableAt(
  text: string,
  offset: number,
  variables: Variables,
): { length: number; value: string } {
  COLON.lastIndex = offset;
  const found = COLON.exec(text);
  const length = found?.[0].length ?? 1;
  const itself = { length, value: text.slice(offset, offset + length) };
  const { plain, literal, identifier, defined } = found?.groups ?? {};
  if (defined !== undefined) return { length, value: variables.has(defined) ? 'TRUE' : 'FALSE' };
  const value = variables.get(plain ?? literal ?? identifier ?? '');
  if (value === undefined) return itself;
  if (literal !== undefined) return { length, value: quoteLiteral(value) };
  return { length, value: identifier === undefined ? value : quoteIdentifier(value) };
}

/**
 * Fills in the variables of a statement, where psql does: not in quotes, dollar quotes and comments.
 * Source: PostgreSQL 18, "psql", section "SQL Interpolation".
 */
export function interpolate(sql: string, variables: Variables): Interpolated {
  const placeOf = locator(sql);
  /** Where source and text go apart: offset in the text, offset in the source. */
  const joints: Array<readonly [number, number]> = [[0, 0]];
  let text = '';
  for (let at = 0; at < sql.length; ) {
    if (sql[at] !== ':') {
      const end = endOfToken(sql, at, placeOf);
      text += sql.slice(at, end);
      at = end;
      continue;
    }
    const { length, value } = variableAt(sql, at, variables);
    joints.push([text.length, at]);
    text += value;
    at += length;
    joints.push([text.length, at]);
  }
  return {
    text,
    origin(offset) {
      const index = joints.findLastIndex(([start]) => start <= offset);
      const [start, source] = joints[index] as readonly [number, number];
      const next = joints[index + 1]?.[1] ?? sql.length;
      return Math.min(source + offset - start, Math.max(next, source));
    },
  };
}

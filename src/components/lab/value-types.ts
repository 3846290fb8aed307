/** What the type of a value says about how it is shown, sorted and written to a file. */

/**
 * Types whose values are figures: DynamoDB's, and those that psql puts at the end of a column.
 * Source: `column_type_alignment` in PostgreSQL's src/fe_utils/print.c.
 */
const NUMERIC =
  /^(N|smallint|integer|bigint|numeric|real|double precision|money|oid|xid|xid8|cid)(\(.*\))?$/;

/** Types whose values are JSON: DynamoDB's documents and sets as the page writes them, and PostgreSQL's. */
const JSON_TYPES = new Set(['M', 'L', 'SS', 'NS', 'BS', 'json', 'jsonb']);

/** Whether values of this type are numbers. */
export function isNumeric(type: string | undefined): boolean {
  return type !== undefined && NUMERIC.test(type);
}

/** Whether values of this type are JSON texts. */
export function isJson(type: string | undefined): boolean {
  return type !== undefined && JSON_TYPES.has(type);
}

/** Whether values of this type are true or false; PostgreSQL writes `t` and `f`. */
export function isBoolean(type: string | undefined): boolean {
  return type === 'BOOL' || type === 'boolean';
}

/** Decimal digits that a double keeps, whatever the number. */
const EXACT_DIGITS = 15;

/**
 * Whether a text is a number of JSON that survives a reader that uses doubles. Numbers with more
 * digits have to stay text: 9007199254740993 would become 9007199254740992.
 */
export function isExactNumber(text: string): boolean {
  if (!/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text) || !Number.isFinite(Number(text))) {
    return false;
  }
  const digits = text
    .replace(/[eE].*$/, '')
    .replace(/\D/g, '')
    .replace(/^0+/, '');
  return digits.length <= EXACT_DIGITS || String(Number(text)) === text;
}

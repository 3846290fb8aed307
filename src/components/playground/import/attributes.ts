/** Attribute values of DynamoDB, and JSON that loses no digit on the way to them. */

/** A value as DynamoDB's JSON has it: `{S: ...}`, `{N: ...}` and so on. */
export type Attribute = { [type: string]: unknown };
/** A record: an absent name is no value at all. */
export type Item = Record<string, Attribute>;

/** A number as it was written. */
interface Exact {
  digits: string;
}

const TYPES = new Set(['S', 'N', 'B', 'SS', 'NS', 'BS', 'M', 'L', 'BOOL', 'NULL']);

/** Whether a value is in DynamoDB's own JSON. */
export function isAttribute(value: unknown): value is Attribute {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const [type, other] = Object.keys(value);
  if (other !== undefined || type === undefined || !TYPES.has(type)) return false;
  const content = (value as Attribute)[type];
  if (type === 'S' || type === 'N' || type === 'B') return typeof content === 'string';
  if (type === 'BOOL' || type === 'NULL') return typeof content === 'boolean';
  if (type === 'M') return typeof content === 'object' && content !== null;
  return Array.isArray(content);
}

/**
 * JSON in which a number keeps its digits, where the browser tells them (the third argument of a reviver).
 * @throws {SyntaxError} where it is none.
 */
export function parseJson(text: string): unknown {
  const reviver = (_name: string, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' ? { digits: context?.source ?? String(value) } : value;
  return JSON.parse(text, reviver);
}

/** A value of `parseJson` as an attribute value. */
export function attributeOf(value: unknown): Attribute {
  if (value === null || value === undefined) return { NULL: true };
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'boolean') return { BOOL: value };
  if (Array.isArray(value)) return { L: value.map(attributeOf) };
  const { digits } = value as Partial<Exact>;
  if (digits !== undefined && Object.keys(value).length === 1) return { N: String(digits) };
  const entries = Object.entries(value).map(([name, inner]) => [name, attributeOf(inner)]);
  return { M: Object.fromEntries(entries) };
}

/** An attribute value as JSON text, numbers digit by digit, sets as lists. */
export function jsonOf(attribute: Attribute): string {
  const [type = '', content] = Object.entries(attribute)[0] ?? [];
  if (type === 'N') return String(content);
  if (type === 'NULL') return 'null';
  if (type === 'NS') return `[${(content as string[]).join(', ')}]`;
  if (type === 'L') return `[${(content as Attribute[]).map(jsonOf).join(', ')}]`;
  if (type !== 'M') return JSON.stringify(content);
  const fields = Object.entries(content as Item);
  return `{${fields.map(([name, inner]) => `${JSON.stringify(name)}: ${jsonOf(inner)}`).join(', ')}}`;
}

/** An attribute value as text: a string as it is, everything else as JSON. */
export function textOf(attribute: Attribute): string {
  return typeof attribute['S'] === 'string' ? attribute['S'] : jsonOf(attribute);
}

/** Whether it stands for no value. */
export const isNull = (attribute: Attribute | undefined): boolean =>
  attribute === undefined || attribute['NULL'] === true;

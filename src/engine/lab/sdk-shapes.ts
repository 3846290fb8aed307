/** The parameters of each command of the SDK, taken from the SDK's own schemas when the site is built. */

/**
 * What a parameter holds: the name of a structure, or of plain values `''` for text, `number`,
 * `boolean` or `binary`. `[` before it is a list of that, `{` a map to it.
 */
export type ShapeType = string;

/** Whether a parameter holds a plain value. */
export const isPlain = (type: ShapeType): boolean => /^[a-z]*$/.test(type);

/** The shapes as `/editor/sdk.json` has them. */
export interface SdkShapes {
  /** By package and command the structure of its input. */
  commands: { client: Record<string, string>; document: Record<string, string> };
  /** Of each structure how many of its parameters, from the first, are required, and all of them. */
  structures: Record<string, [required: number, parameters: Record<string, ShapeType>]>;
  /** What a parameter of a few fixed values may be. */
  values: Record<string, string[]>;
}

/** A structure in the SDK's schemas: `[3, namespace, name, traits, names, types, required]`. */
type Schema = readonly [
  kind: number,
  namespace: string,
  name: string,
  traits: unknown,
  ...unknown[],
];
const LIST = 1;
const MAP = 2;
const STRUCTURE = 3;
const UNION = 4;
const OPERATION = 9;

/** Plain values in the SDK's schemas; the others are text, times among them. */
const PLAIN: Record<number, ShapeType> = { 1: 'number', 2: 'boolean', 21: 'binary' };
/** Bits of a plain value's type: a list of such, a map to such. */
const LIST_OF_PLAIN = 64;
const MAP_TO_PLAIN = 128;

const isSchema = (value: unknown): value is Schema =>
  Array.isArray(value) && typeof value[0] === 'number' && typeof value[2] === 'string';
const opened = (value: unknown): unknown =>
  typeof value === 'function' && value.length === 0 ? value() : value;

/** The shapes of all commands of two modules: `@aws-sdk/client-dynamodb` and `@aws-sdk/lib-dynamodb`. */
export function sdkShapes(client: object, document: object): SdkShapes {
  const shapes: SdkShapes = { commands: { client: {}, document: {} }, structures: {}, values: {} };
  const operations = new Map<string, string>();
  for (const schema of Object.values(client)) {
    if (!isSchema(schema) || schema[0] !== OPERATION) continue;
    const input = type(opened(schema[4]), shapes.structures);
    operations.set(schema[2], input);
    if (`${schema[2]}Command` in client) shapes.commands.client[`${schema[2]}Command`] = input;
  }
  for (const [name, command] of Object.entries(document)) {
    if (!/^[A-Z]\w+Command$/.test(name) || typeof command !== 'function') continue;
    const input = operations.get(operationOf(command as new (input: object) => object));
    if (input !== undefined) shapes.commands.document[name] = input;
  }
  const names = new Set(Object.values(shapes.structures).flatMap(([, all]) => Object.keys(all)));
  for (const name of names) {
    const values = fixedValues(client, name);
    if (values) shapes.values[name] = values;
  }
  return shapes;
}

/** The operation that a command of the document client sends. */
function operationOf(command: new (input: object) => object): string {
  // Some read their input when they are made.
  const inner = (new command({}) as { clientCommand?: { schema?: unknown } }).clientCommand?.schema;
  return isSchema(inner) ? inner[2] : '';
}

function type(schema: unknown, structures: SdkShapes['structures']): ShapeType {
  if (typeof schema === 'number') {
    const plain = PLAIN[schema & (LIST_OF_PLAIN - 1)] ?? '';
    if (schema & MAP_TO_PLAIN) return `{${plain}`;
    return schema & LIST_OF_PLAIN ? `[${plain}` : plain;
  }
  // A schema with traits of its own stands in a list with them.
  if (Array.isArray(schema) && !isSchema(schema)) return type(opened(schema[0]), structures);
  if (!isSchema(schema)) return '';
  const [kind, , name] = schema;
  if (kind === LIST) return `[${type(opened(schema[4]), structures)}`;
  if (kind === MAP) return `{${type(opened(schema[5]), structures)}`;
  if (kind !== STRUCTURE && kind !== UNION) return '';
  if (!(name in structures)) {
    const parameters: Record<string, ShapeType> = {};
    const required = typeof schema[6] === 'number' ? schema[6] : 0;
    structures[name] = [required, parameters];
    const [names, types] = [schema[4] as string[], schema[5] as unknown[]];
    for (const [index, parameter] of names.entries()) {
      parameters[parameter] = type(opened(types[index]), structures);
    }
  }
  return name;
}

/** The SDK exports an object of the values under the parameter's name, or its singular. */
function fixedValues(client: object, parameter: string): string[] | undefined {
  const all = client as Record<string, unknown>;
  const found = all[parameter] ?? all[parameter.replace(/s(?=$|On)/, '')];
  if (parameter === 'AttributeType') return ['S', 'N', 'B'];
  if (typeof found !== 'object' || found === null || Array.isArray(found)) return undefined;
  const values: unknown[] = Object.values(found);
  return values.every((value): value is string => typeof value === 'string') ? values : undefined;
}

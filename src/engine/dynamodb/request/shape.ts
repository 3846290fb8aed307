/** Reads a request as an operation's input: known members only, of the right JSON types, as a copy of its own. */
import type { Json } from '../../lab/result.ts';
import { emptyItem } from '../values/attribute.ts';
import { canonicalNumber } from '../values/number.ts';
import { serializationError } from './errors.ts';

/**
 * A member as dynalite's `validations/*.js` describe it: its type, the members of it, and constraints. Ours adds one,
 * `orArn`: the name of a table, which may be its ARN.
 */
export interface Shape {
  type: string;
  children?: string | Shape | Shapes;
  [constraint: string]: unknown;
}

/** An operation's input: the members by name. */
export interface Shapes {
  [member: string]: string | Shape;
}

/** Reads one value; null stands for absent. Throws SerializationException. */
type Reader = (value: Json) => Json;

/**
 * Levels of lists and maps within an attribute value that are read. Validation allows fewer, and refuses a value
 * that was cut off here as it refuses every value that is too deep.
 */
const READ_LEVELS = 40;

const NAMESPACE = 'com.amazonaws.dynamodb.v20120810.';
const PARAMETERIZED =
  "class sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl cannot be cast to class java.lang.Class (sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl and java.lang.Class are in module java.base of loader 'bootstrap')";

/** Compiles a description once; the reader that comes out is used for every request. */
export function compileShapes(
  shapes: Shapes,
): (request: { [key: string]: Json }) => { [key: string]: Json } {
  const members = Object.entries(shapes).map(([name, shape]) => [name, compile(shape)] as const);
  return (request) => {
    const input: { [key: string]: Json } = {};
    for (const [name, read] of members) {
      const value = request[name];
      if (value === undefined || value === null) continue;
      input[name] = read(value);
    }
    return input;
  };
}

function compile(shape: string | Shape): Reader {
  const { type: full, children } =
    typeof shape === 'string' ? { type: shape, children: undefined } : shape;
  const [, type = full, subtype = ''] = /^(.+?)<(.+)>$/.exec(full) ?? [];
  const javaClass = subtype.includes('.') ? subtype : NAMESPACE + subtype;
  switch (type) {
    case 'AttrStruct':
      return (value) => readAttribute(value, subtype, 0);
    case 'Boolean':
      return readBoolean;
    case 'Short':
    case 'Integer':
    case 'Long':
    case 'Double':
      return (value) => readNumber(value, type);
    case 'String':
      return readString;
    case 'Blob':
      return readBlob;
    case 'List':
    case 'ParameterizedList': {
      const read = compile(children as string | Shape);
      const ofAttributes = isAttribute(children as string | Shape);
      const wrongScalar = type === 'List' ? 'Unexpected field type' : PARAMETERIZED;
      return (value) => {
        if (typeof value !== 'object') throw serializationError(wrongScalar);
        if (!Array.isArray(value))
          throw serializationError('Start of structure or map found where not expected');
        if (ofAttributes) return value.map((element) => readOrEmpty(element, 0));
        return value.map((element) => (element === null ? null : read(element)));
      };
    }
    case 'Map':
    case 'ParameterizedMap': {
      const read = compile(children as string | Shape);
      const wrongScalar = type === 'Map' ? 'Unexpected field type' : PARAMETERIZED;
      const wrongList = type === 'Map' ? javaClass : `${NAMESPACE}AttributeValue`;
      const ofAttributes = isAttribute(children as string | Shape);
      return (value) => {
        if (typeof value !== 'object') throw serializationError(wrongScalar);
        if (Array.isArray(value)) {
          throw serializationError(
            `Unrecognized collection type java.util.Map<java.lang.String, ${wrongList}>`,
          );
        }
        return ofAttributes ? readAttributes(value, 0) : readMap(value, read);
      };
    }
    case 'ValueStruct':
    case 'FieldStruct': {
      const read = compileShapes(children as Shapes);
      const wrongScalar =
        type === 'ValueStruct' ? 'Unexpected value type in payload' : 'Unexpected field type';
      return (value) => read(structure(value, wrongScalar, subtype));
    }
    default:
      throw new TypeError(`unknown type in a request's description: ${full}`);
  }
}

function isAttribute(shape: string | Shape): boolean {
  return (typeof shape === 'string' ? shape : shape.type).startsWith('AttrStruct');
}

/** Maps have no inherited names: an attribute may be called `constructor` or `__proto__`. */
function readMap(value: { [key: string]: Json } | null, read: Reader): Json {
  const map = emptyItem() as { [key: string]: Json };
  for (const key of Object.keys(value ?? {})) {
    const element = value?.[key] as Json;
    map[wellFormed(key)] = element === null ? null : read(element);
  }
  return map;
}

function readAttributes(value: { [key: string]: Json } | null, level: number): Json {
  const map = emptyItem() as { [key: string]: Json };
  for (const key of Object.keys(value ?? {})) {
    map[wellFormed(key)] = readOrEmpty(value?.[key] as Json, level);
  }
  return map;
}

/** An attribute value that is null has no type, which validation reports. */
function readOrEmpty(value: Json, level: number): Json {
  return value === null || level > READ_LEVELS ? {} : readAttribute(value, 'ValueStruct', level);
}

function readAttribute(value: Json, kind: string, level: number): Json {
  const wrongScalar =
    kind === 'ValueStruct' ? 'Unexpected value type in payload' : 'Unexpected field type';
  const members = structure(value, wrongScalar, 'AttributeValue');
  const read: { [key: string]: Json } = {};
  for (const type in members) {
    const member = members[type] as Json;
    if (member === null) continue;
    const reader = Object.hasOwn(attributeReaders, type) ? attributeReaders[type] : undefined;
    if (reader) read[type] = reader(member, level + 1);
  }
  return read;
}

const attributeReaders: Record<string, (value: Json, level: number) => Json> = {
  S: readString,
  N: (value) => readNumberText(readString(value)),
  B: readBlob,
  BOOL: readBoolean,
  NULL: readBoolean,
  SS: (value) => list(value).map(readString),
  NS: (value) => list(value).map((member) => readNumberText(readString(member))),
  BS: (value) => list(value).map(readBlob),
  L: (value, level) => list(value).map((element) => readOrEmpty(element, level)),
  M: (value, level) => {
    if (typeof value !== 'object') throw serializationError('Unexpected field type');
    if (Array.isArray(value)) {
      throw serializationError(
        `Unrecognized collection type java.util.Map<java.lang.String, ${NAMESPACE}AttributeValue>`,
      );
    }
    return readAttributes(value, level);
  },
};

/** Numbers become canonical where they can; what is wrong with the others, validation says. */
function readNumberText(value: Json): Json {
  try {
    return canonicalNumber(value as string);
  } catch (error) {
    if (error instanceof RangeError) return value;
    throw error;
  }
}

function list(value: Json): Json[] {
  if (typeof value !== 'object') throw serializationError('Unexpected field type');
  if (!Array.isArray(value))
    throw serializationError('Start of structure or map found where not expected');
  return value;
}

function structure(value: Json, wrongScalar: string, javaName: string): { [key: string]: Json } {
  if (typeof value !== 'object') throw serializationError(wrongScalar);
  if (Array.isArray(value)) {
    throw serializationError(`Unrecognized collection type class ${NAMESPACE}${javaName}`);
  }
  return value ?? {};
}

function notScalar(value: Json, type: string): never {
  throw serializationError(
    Array.isArray(value)
      ? `Unrecognized collection type class java.lang.${type}`
      : 'Start of structure or map found where not expected',
  );
}

function readString(value: Json): Json {
  switch (typeof value) {
    case 'string':
      return wellFormed(value);
    case 'boolean':
      throw serializationError(
        `${value ? 'TRUE_VALUE' : 'FALSE_VALUE'} cannot be converted to String`,
      );
    case 'number':
      throw serializationError(
        `${Number.isInteger(value) ? 'NUMBER_VALUE' : 'DECIMAL_VALUE'} cannot be converted to String`,
      );
    default:
      return value === null ? null : notScalar(value, 'String');
  }
}

const unpairedSurrogate = /\p{Surrogate}/u;

/** DynamoDB holds text as UTF-8, in which half a surrogate pair cannot be written. */
function wellFormed(text: string): string {
  if (unpairedSurrogate.test(text)) throw serializationError('Text with an unpaired surrogate');
  return text;
}

function readBoolean(value: Json): Json {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'number':
      throw serializationError(
        `${Number.isInteger(value) ? 'NUMBER_VALUE' : 'DECIMAL_VALUE'} cannot be converted to Boolean`,
      );
    case 'string':
      if (/^(true|1|yes)$/i.test(value)) return true;
      if (/^(false|0|no)$/i.test(value)) return false;
      throw serializationError('Unexpected token received from parser');
    default:
      return notScalar(value, 'Boolean');
  }
}

function readNumber(value: Json, type: string): Json {
  switch (typeof value) {
    case 'number':
      return type === 'Double' ? value : Math.trunc(value);
    case 'boolean':
      throw serializationError(
        `${value ? 'TRUE_VALUE' : 'FALSE_VALUE'} cannot be converted to ${type}`,
      );
    case 'string':
      throw serializationError(`STRING_VALUE cannot be converted to ${type}`);
    default:
      return notScalar(value, type);
  }
}

const base64 = /^[A-Za-z0-9+/]*={0,2}$/;

function readBlob(value: Json): Json {
  if (typeof value === 'boolean' || typeof value === 'number') {
    throw serializationError('only base-64-encoded strings are convertible to bytes');
  }
  if (typeof value !== 'string') {
    throw serializationError(
      Array.isArray(value)
        ? 'Unrecognized collection type class java.nio.ByteBuffer'
        : 'Start of structure or map found where not expected',
    );
  }
  if (value.length % 4 !== 0) {
    throw serializationError(
      `Base64 encoded length is expected a multiple of 4 bytes but found: ${value.length}`,
    );
  }
  if (!base64.test(value) || (value.endsWith('=') && btoa(atob(value)) !== value)) {
    throw serializationError('Invalid last non-pad Base64 character dectected');
  }
  return value;
}

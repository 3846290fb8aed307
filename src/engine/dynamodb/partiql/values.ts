/** Values written out in statements, as attribute values. */
import { type ApiError, validationError } from '../request/errors.ts';
import { type AttributeValue, emptyItem, type Path } from '../values/attribute.ts';
import { canonicalNumber } from '../values/number.ts';
import { place } from './errors.ts';
import type { Node } from './syntax.ts';

/** Deepest nesting of lists and maps. Source: DynamoDB Developer Guide, "Quotas", nested attribute depth. */
const MAX_DEPTH = 32;
const MAX_INDEX = 2 ** 31 - 1;

/** What a statement's expressions refer to. */
export interface Scope {
  /** The statement, for errors that point into it. */
  text: string;
  parameters: readonly AttributeValue[];
}

/** Whether the expression is a value: a literal or a parameter. */
export function isValue({ type }: Node): boolean {
  return (
    ['string', 'number', 'boolean', 'null', 'parameter', 'list', 'bag', 'struct'].indexOf(type) >= 0
  );
}

/** The value of a literal or parameter. Parameters stand for whole values only, not for parts of a literal. */
export function attributeValueOf(node: Node, scope: Scope): AttributeValue {
  return node.type === 'parameter'
    ? (scope.parameters[node.index] as AttributeValue)
    : literal(node, scope, 'root', 0);
}

function literal(node: Node, scope: Scope, at: string, depth: number): AttributeValue {
  if (depth >= MAX_DEPTH)
    throw validationError(`Nesting Levels have exceeded supported limits under ${at}`);
  switch (node.type) {
    case 'string':
      return { S: node.text };
    case 'number':
      return { N: numberOf(node.text, at) };
    case 'boolean':
      return { BOOL: node.text === 'true' };
    case 'null':
      return { NULL: true };
    case 'list':
      return {
        L: node.elements.map((element, index) =>
          literal(element, scope, `${at}[${index}]`, depth + 1),
        ),
      };
    case 'bag':
      return setOf(node.elements, scope, at);
    case 'struct': {
      const map = emptyItem();
      for (const { name, value } of fieldsOf(node, at))
        map[name] = literal(value, scope, `${at}.${name}`, depth + 1);
      return { M: map };
    }
    default:
      throw notData(node, scope, at);
  }
}

/** The fields of a map or of an item to insert. */
export function fieldsOf(
  struct: Node & { type: 'struct' },
  at: string,
): Array<{ name: string; value: Node }> {
  const seen = new Set<string>();
  return struct.fields.map(({ key, value }) => {
    if (key.type !== 'string')
      throw validationError(`Unsupported key type in tuple. Keys must be strings under ${at}`);
    if (seen.has(key.text))
      throw validationError(`Duplicate keys in tuple. Key: ${key.text} under ${at}`);
    seen.add(key.text);
    return { name: key.text, value };
  });
}

function numberOf(text: string, at: string): string {
  try {
    return canonicalNumber(text);
  } catch (error) {
    if (error instanceof RangeError) throw validationError(`${error.message} under ${at}`);
    throw error;
  }
}

function setOf(elements: readonly Node[], scope: Scope, at: string): AttributeValue {
  const [first] = elements;
  if (first === undefined) throw validationError('Empty bags are not supported');
  if (elements.some(({ type }) => type !== first.type) || !/string|number/.test(first.type)) {
    throw validationError(
      'Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags',
    );
  }
  const members = elements.map((element) => literal(element, scope, at, 0));
  const texts = members.map(({ S, N }) => (S ?? N) as string);
  if (new Set(texts).size < texts.length) {
    const written = elements.map((element) => (element as { text: string }).text).join(', ');
    throw validationError(
      `One or more parameter values were invalid: Input collection [${written}] contains duplicates${first.type === 'string' ? '.' : `! under ${at}`}`,
    );
  }
  return first.type === 'string' ? { SS: texts } : { NS: texts };
}

const nodeNames: Partial<Record<Node['type'], string>> = {
  parameter: 'Parameter',
  path: 'VariableReference',
  missing: 'MISSING',
};

function notData(node: Node, scope: Scope, at: string): ApiError {
  const name = node.type === 'call' ? node.name : (nodeNames[node.type] ?? node.type);
  return validationError(
    `Unsupported data type: ${name} under key ${at}${place(scope.text, node.token)}`,
  );
}

/** The document path that an expression names, undefined when it is none. */
export function pathOf(node: Node, scope: Scope): Path | undefined {
  if (node.type !== 'path') return undefined;
  const path: Path = [node.head.text];
  for (const step of node.steps) {
    if (step.type === 'name') path.push(step.name);
    else if (step.type === 'index' && step.index.type === 'number') {
      path.push(indexOf(step.index, scope));
    } else {
      const { token } = step.type === 'index' ? step.index : step;
      throw validationError(`Unexpected path component${place(scope.text, token)}`);
    }
  }
  return path;
}

function indexOf(node: Node & { type: 'number' }, scope: Scope): number {
  const index = Number(node.text);
  if (Number.isInteger(index) && index >= 0 && index <= MAX_INDEX) return Math.abs(index);
  throw validationError(
    `List index is not within the allowable range; index: [${node.text}]${place(scope.text, node.token)}`,
  );
}

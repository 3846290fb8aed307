/** What may be wrong with an attribute value in itself. */
import type { AttributeType, AttributeValue } from '../values/attribute.ts';
import { canonicalNumber } from '../values/number.ts';

const INVALID = 'One or more parameter values were invalid: ';
/** Deepest nesting of lists and maps. Source: DynamoDB Developer Guide, "Quotas", nested attribute depth. */
const MAX_DEPTH = 32;

/**
 * The message of the ValidationException for a value that cannot be, undefined for one that can. Numbers are made
 * canonical on the way.
 */
export function attributeValueProblem(value: AttributeValue, depth = 1): string | undefined {
  if (depth > MAX_DEPTH) {
    return 'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit';
  }
  let types = 0;
  for (const type in value) {
    types++;
    const problem = problemOfType(type as AttributeType, value, depth);
    if (problem) return problem;
  }
  if (types === 1) return undefined;
  return types === 0
    ? 'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes'
    : 'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes';
}

function problemOfType(
  type: AttributeType,
  value: AttributeValue,
  depth: number,
): string | undefined {
  switch (type) {
    case 'N':
      return numberProblem(value.N as string);
    case 'NULL':
      return value.NULL
        ? undefined
        : `${INVALID}Null attribute value types must have the value of true`;
    case 'SS':
      return setProblem(
        value.SS as string[],
        'string',
        (members) => `${INVALID}Input collection [${members.join(', ')}] contains duplicates.`,
      );
    case 'BS':
      return setProblem(
        value.BS as string[],
        'binary',
        (members) =>
          `${INVALID}Input collection [${members.join(', ')}]of type BS contains duplicates.`,
      );
    case 'NS':
      for (const member of value.NS as string[]) {
        const problem = member === null ? undefined : numberProblem(member);
        if (problem) return problem;
      }
      return setProblem(
        value.NS as string[],
        'number',
        () => 'Input collection contains duplicates',
      );
    case 'L':
      return firstProblem(value.L as AttributeValue[], depth);
    case 'M':
      return firstProblem(Object.values(value.M as object), depth);
    default:
      return undefined;
  }
}

function firstProblem(values: AttributeValue[], depth: number): string | undefined {
  for (const value of values) {
    const problem = attributeValueProblem(value, depth + 1);
    if (problem) return problem;
  }
  return undefined;
}

/** Reading the request has made canonical every number that can be, so only the others are looked at again. */
function numberProblem(text: string): string | undefined {
  try {
    canonicalNumber(text);
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}

function setProblem(
  members: Array<string | null>,
  kind: 'string' | 'number' | 'binary',
  duplicates: (members: Array<string | null>) => string,
): string | undefined {
  if (members.length === 0) {
    return kind === 'binary'
      ? `${INVALID}Binary sets should not be empty`
      : `${INVALID}An ${kind} set  may not be empty`;
  }
  if (members.includes(null)) return `${INVALID}An ${kind} set  may not have a null member`;
  return new Set(members).size < members.length ? duplicates(members) : undefined;
}

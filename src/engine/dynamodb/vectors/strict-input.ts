/** How SearchVectors reads its request: by a stricter reader than that of the other operations, with words of its own. */
import type { Json } from '../../lab/result.ts';
import { serializationError, validationError } from '../request/errors.ts';

type Wanted = 'a string' | 'a sequence' | 'a map' | 'i32';

const members: Record<string, { wanted: Wanted; required: boolean }> = {
  TableName: { wanted: 'a string', required: true },
  IndexName: { wanted: 'a string', required: true },
  SearchVector: { wanted: 'a sequence', required: true },
  TopK: { wanted: 'i32', required: true },
  SearchConditionExpression: { wanted: 'a string', required: false },
  ProjectionExpression: { wanted: 'a string', required: false },
  ReturnConsumedCapacity: { wanted: 'a string', required: false },
  ExpressionAttributeNames: { wanted: 'a map', required: false },
  ExpressionAttributeValues: { wanted: 'a map', required: false },
};

/**
 * Refuses members of the wrong type, in their order, then required ones that are not there. The messages end with a
 * place in the text of the request; it is that in the text without white space, which SDKs send.
 */
export function checkMembers(request: Json): void {
  if (request === null || typeof request !== 'object' || Array.isArray(request)) return;
  for (const [name, value] of Object.entries(request)) {
    const member = Object.hasOwn(members, name) ? members[name] : undefined;
    if (member === undefined || (value === null && !member.required)) continue;
    const problem = problemOf(value, member.wanted);
    if (problem === undefined) continue;
    throw serializationError(
      `${problem}, expected ${member.wanted} at line 1 column ${placeOf(name, request)}`,
    );
  }
  for (const [name, { required }] of Object.entries(members)) {
    if (!required || Object.hasOwn(request, name)) continue;
    const column = JSON.stringify(request).length;
    throw validationError(`missing field \`${name}\` at line 1 column ${column}`);
  }
}

/** Where the value of a member ends. */
function placeOf(name: string, request: { [key: string]: Json }): number {
  const entries = Object.entries(request);
  const until = entries.findIndex(([one]) => one === name) + 1;
  return JSON.stringify(Object.fromEntries(entries.slice(0, until))).length - 1;
}

function problemOf(value: Json, wanted: Wanted): string | undefined {
  switch (typeof value) {
    case 'string':
      return wanted === 'a string' ? undefined : `invalid type: string ${JSON.stringify(value)}`;
    case 'boolean':
      return `invalid type: boolean \`${value}\``;
    case 'number':
      return numberProblem(value, wanted);
    default: {
      const kind = value === null ? 'null' : Array.isArray(value) ? 'sequence' : 'map';
      return wanted === `a ${kind}` ? undefined : `invalid type: ${kind}`;
    }
  }
}

function numberProblem(value: number, wanted: Wanted): string | undefined {
  if (!Number.isInteger(value)) return `invalid type: floating point \`${value}\``;
  if (wanted !== 'i32') return `invalid type: integer \`${value}\``;
  return Math.abs(value) < 2 ** 31 ? undefined : `invalid value: integer \`${value}\``;
}

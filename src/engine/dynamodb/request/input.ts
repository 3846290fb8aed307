/** From a request to an operation's validated input. */
import type { Json } from '../../lab/result.ts';
import { compileConstraints } from './constraints.ts';
import { serializationError, validationError } from './errors.ts';
import { compileShapes, type Shape, type Shapes } from './shape.ts';

/** Largest item, in bytes of names and values. */
export const MAX_ITEM_BYTES = 400 * 1024;

/** The part of dynalite's store that its rules look at. */
const limits = { options: { maxItemSize: MAX_ITEM_BYTES } };

/** A rule of an operation about its whole input: the message of the ValidationException, if it is broken. */
export type Rule = (input: never, store: never) => string | undefined;

const aTableName: Shape = {
  type: 'String',
  lengthGreaterThanOrEqual: 1,
  lengthLessThanOrEqual: 255,
  regex: '[a-zA-Z0-9_.-]+',
  orArn: true,
};

/** TableName of operations on items. */
export const tableName: Shape = { ...aTableName, notNull: true };

/** TableName of operations on tables, whose absence is reported before all else. */
export const existingTable: Shape = { ...aTableName, required: true };

/**
 * Makes the function that reads an operation's requests: shape first, then the constraints of single members,
 * then the operation's rules in their order. It throws the ApiError that DynamoDB answers with.
 */
export function inputReader<Input>(
  shapes: Shapes,
  ...rules: Array<Rule | undefined>
): (request: Json) => Input {
  const read = compileShapes(shapes);
  const check = compileConstraints(shapes);
  return (request) => {
    if (request === null || typeof request !== 'object' || Array.isArray(request)) {
      throw serializationError('Unexpected value type in payload');
    }
    const input = read(request);
    refuse(check(input));
    for (const rule of rules) refuse(rule?.(input as never, limits as never));
    return input as Input;
  };
}

function refuse(message: string | undefined): void {
  if (message) throw validationError(message);
}

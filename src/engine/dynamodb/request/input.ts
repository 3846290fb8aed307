/** From a request to an operation's validated input. */
import { checkValidations } from 'dynalite/validations/index.js';
import type { Json } from '../../lab/result.ts';
import { serializationError, validationError } from './errors.ts';
import { compileShapes, type Shapes } from './shape.ts';

/** Largest item, in bytes of names and values. */
export const MAX_ITEM_BYTES = 400 * 1024;

const limits = { options: { maxItemSize: MAX_ITEM_BYTES } };

/** A rule of an operation about its whole input: the message of the ValidationException, if it is broken. */
export type Rule = (input: never, store: never) => string | undefined;

/**
 * Makes the function that reads an operation's requests: shape first, then the constraints of single members,
 * then the operation's rules in their order. It throws the ApiError that DynamoDB answers with.
 */
export function inputReader<Input>(
  shapes: Shapes,
  ...rules: Array<Rule | undefined>
): (request: Json) => Input {
  const read = compileShapes(shapes);
  return (request) => {
    if (request === null || typeof request !== 'object' || Array.isArray(request)) {
      throw serializationError('Unexpected value type in payload');
    }
    const input = read(request);
    checkValidations(input, shapes, undefined, limits);
    for (const rule of rules) {
      const message = rule?.(input as never, limits as never);
      if (message) throw validationError(message);
    }
    return input as Input;
  };
}

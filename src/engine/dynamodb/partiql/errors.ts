/** The errors of PartiQL statements. */
import { ApiError, validationError } from '../request/errors.ts';
import type { Token } from './lexer.ts';

/** The statement cannot be read. */
export function malformed(detail: string): ApiError {
  return validationError(`Statement wasn't well formed, can't be processed: ${detail}`);
}

/** Where a token stands, as DynamoDB's messages end: `at 1:8:5` for line, column and length, counted from 1. */
export function place(statement: string, { start, end }: Token): string {
  const before = statement.slice(0, start);
  const line = before.split('\n').length;
  const column = [...before.slice(before.lastIndexOf('\n') + 1)].length + 1;
  return ` at ${line}:${column}:${[...statement.slice(start, end)].length}`;
}

/** INSERT of an item that is there already. */
export function duplicateItem(): ApiError {
  return new ApiError(
    'com.amazonaws.dynamodb.v20120810#DuplicateItemException',
    'Duplicate primary key exists in table',
  );
}

/** From what a reader has typed to the statements that are sent. */
import { formOf, SqlScriptError, splitSql } from '../../../engine/postgres/split.ts';

/** What was typed cannot be sent; the message is for the reader. */
export class TypedError extends Error {
  override readonly name = 'TypedError';
}

/**
 * The statements of a text, without the semicolons at their ends.
 * @throws {TypedError} where one has no end, or is a command of psql.
 */
export function statementsIn(text: string): string[] {
  try {
    return splitSql(text).map(({ text: statement }) => {
      const { metaCommand } = formOf(statement);
      if (metaCommand !== undefined) {
        throw new TypedError(`${metaCommand} is a command of psql: here there is only SQL.`);
      }
      return statement.replace(/\s*;\s*$/, '');
    });
  } catch (error) {
    if (error instanceof SqlScriptError) throw new TypedError(`${error.message}.`);
    throw error;
  }
}

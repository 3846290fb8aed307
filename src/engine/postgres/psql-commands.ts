/** What to tell a reader who writes a command of psql where SQL is understood. */
import type { SqlStatement } from '../lab/engines.ts';
import type { PostgresError } from '../lab/result.ts';

/** What to write instead of psql's commands; for the others SQL may have no like. */
const INSTEAD: Readonly<Record<string, string>> = {
  '\\d':
    'query information_schema.columns, or pg_class and pg_attribute, for what it would describe',
  '\\dt': 'query information_schema.tables',
  '\\di': 'query pg_indexes',
  '\\du': 'query pg_roles',
  '\\l': 'query pg_database',
  '\\copy': 'write COPY ... FROM STDIN with the data below it, or COPY ... TO STDOUT',
  '\\g': 'end the statement with a semicolon',
  '\\gx': 'end the statement with a semicolon',
  '\\timing': 'read the cost below each statement',
  '\\echo': "write SELECT 'the text'",
  '\\set': 'write the value where it is needed',
};

/** The error that answers a statement with a backslash command in it, as `\d`. */
export function psqlCommandError({ line, column }: SqlStatement, command: string): PostgresError {
  const instead = INSTEAD[command];
  return {
    severity: 'ERROR',
    message: `${command} is a command of psql, not SQL: only psql itself understands it.`,
    hint:
      instead === undefined
        ? 'Remove it, or write SQL that does the same.'
        : `Remove it; instead, ${instead}.`,
    line,
    column,
  };
}

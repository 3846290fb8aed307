/** psql's commands that cannot work here, by name, each with its reason. */
import { PsqlError } from './arguments.ts';

const NO_FILES = 'it reads or writes files of your machine, and here are none';
const NO_SHELL = 'it runs a program on your machine, and here is none to run it on';
const ONE_CONNECTION = 'there is one connection to one database, and it stays open';
const LAYOUT = 'it changes how psql draws its tables, and here they are drawn otherwise';
const NO_TERMINAL = 'it asks whoever sits at a terminal, and here is none';
const PIPELINE = 'it speaks the extended protocol, and statements are sent by the simple one here';

/** Why not, and what to do instead where there is something. */
const REFUSED: Readonly<Record<string, readonly [why: string, instead?: string]>> = {
  '\\copy': [NO_FILES, 'Write COPY ... FROM STDIN with the data below it, or COPY ... TO STDOUT.'],
  '\\!': [NO_SHELL],
  '\\i': [NO_FILES, 'Write the statements of that file here.'],
  '\\ir': [NO_FILES, 'Write the statements of that file here.'],
  '\\include': [NO_FILES, 'Write the statements of that file here.'],
  '\\include_relative': [NO_FILES, 'Write the statements of that file here.'],
  '\\o': [NO_FILES],
  '\\out': [NO_FILES],
  '\\w': [NO_FILES],
  '\\write': [NO_FILES],
  '\\s': [NO_FILES],
  '\\cd': [NO_FILES],
  '\\lo_import': [NO_FILES, 'Write SELECT lo_from_bytea(0, ...).'],
  '\\lo_export': [NO_FILES, 'Write SELECT lo_get(...).'],
  '\\setenv': [NO_SHELL],
  '\\getenv': [NO_SHELL, 'Write \\set name value.'],
  '\\c': [ONE_CONNECTION, 'Write SET ROLE to act as another role.'],
  '\\connect': [ONE_CONNECTION, 'Write SET ROLE to act as another role.'],
  '\\password': [`${NO_TERMINAL}; ${ONE_CONNECTION}`, 'Write ALTER ROLE ... PASSWORD.'],
  '\\prompt': [NO_TERMINAL, 'Write \\set name value.'],
  '\\e': [NO_TERMINAL, 'Edit the statement where it stands.'],
  '\\edit': [NO_TERMINAL, 'Edit the statement where it stands.'],
  '\\ef': [NO_TERMINAL, 'Write SELECT pg_get_functiondef(...).'],
  '\\ev': [NO_TERMINAL, 'Write SELECT pg_get_viewdef(...).'],
  '\\sf': ['it is not built in here', 'Write SELECT pg_get_functiondef(...).'],
  '\\sv': ['it is not built in here', 'Write SELECT pg_get_viewdef(...).'],
  '\\watch': ['it repeats a statement until somebody stops it', 'Run the statement again.'],
  '\\gdesc': ['it is not built in here', 'The types stand in the head of each result.'],
  '\\crosstabview': [LAYOUT],
  '\\a': [LAYOUT],
  '\\C': [LAYOUT],
  '\\f': [LAYOUT],
  '\\H': [LAYOUT],
  '\\html': [LAYOUT],
  '\\t': [LAYOUT],
  '\\T': [LAYOUT],
  '\\bind': [PIPELINE, 'Write PREPARE and EXECUTE.'],
  '\\bind_named': [PIPELINE, 'Write PREPARE and EXECUTE.'],
  '\\parse': [PIPELINE, 'Write PREPARE.'],
  '\\close_prepared': [PIPELINE, 'Write DEALLOCATE.'],
  '\\startpipeline': [PIPELINE],
  '\\syncpipeline': [PIPELINE],
  '\\endpipeline': [PIPELINE],
  '\\sendpipeline': [PIPELINE],
  '\\flush': [PIPELINE],
  '\\flushrequest': [PIPELINE],
  '\\getresults': [PIPELINE],
  '\\p': [NO_TERMINAL],
  '\\print': [NO_TERMINAL],
  '\\r': [NO_TERMINAL],
  '\\reset': [NO_TERMINAL],
  '\\restrict': [NO_TERMINAL],
  '\\unrestrict': [NO_TERMINAL],
  '\\errverbose': ['the error above says all that PostgreSQL has said'],
  '\\h': ['the manual is not in here', 'See https://www.postgresql.org/docs/18/sql-commands.html.'],
  '\\help': [
    'the manual is not in here',
    'See https://www.postgresql.org/docs/18/sql-commands.html.',
  ],
  '\\?': ['the manual is not in here', 'See https://www.postgresql.org/docs/18/app-psql.html.'],
  '\\copyright': ['the manual is not in here', 'See https://www.postgresql.org/about/licence/.'],
  '\\dx+': ['it is not built in here', 'Query pg_depend.'],
  '\\z': ['it is not built in here', 'Query pg_class.relacl.'],
  '\\lo_list': ['it is not built in here', 'Query pg_largeobject_metadata.'],
};

/** The other lists of psql; they exist, and are not built in here. */
const OTHER_LISTS =
  /^\\d(a|A[cfop]?|b|c|C|config|d|D|es|et|eu|ew|Fd?|Fp|Ft|g?L|l|o|O|p|P[itn]*|rds|rg|Rp|Rs|T|X|y)[Sx+]*$/;

/** Variables of psql's own, which would change how it works; nothing here would. */
const REFUSED_VARIABLES = new Set([
  'AUTOCOMMIT',
  'COMP_KEYWORD_CASE',
  'ECHO',
  'ECHO_HIDDEN',
  'FETCH_COUNT',
  'HIDE_TABLEAM',
  'HIDE_TOAST_COMPRESSION',
  'ON_ERROR_ROLLBACK',
  'SHOW_ALL_RESULTS',
  'SHOW_CONTEXT',
  'SINGLELINE',
  'SINGLESTEP',
  'VERBOSITY',
  'WATCH_INTERVAL',
]);

/** Whether a variable is one of psql's own, which `\gset` leaves alone. */
export function isPsqlVariable(name: string): boolean {
  return name === 'ON_ERROR_STOP' || REFUSED_VARIABLES.has(name);
}

/** Says why a command is not run: it is none of psql's, or it cannot work here. */
export function refusedCommand(name: string): PsqlError {
  const [why, instead] = REFUSED[name] ?? [];
  if (why !== undefined) return new PsqlError(`${name} is not run here: ${why}.`, instead);
  if (OTHER_LISTS.test(name)) {
    return new PsqlError(
      `${name} is not built in here.`,
      'Query the system catalogue: https://www.postgresql.org/docs/18/catalogs.html.',
    );
  }
  return new PsqlError(`invalid command ${name}`);
}

/**
 * @throws {PsqlError} for a variable that would change how psql works, and changes nothing here.
 */
export function checkVariable(name: string): void {
  if (!REFUSED_VARIABLES.has(name)) return;
  throw new PsqlError(
    `\\set ${name} is not done here: it changes how psql itself works, and would change nothing.`,
  );
}

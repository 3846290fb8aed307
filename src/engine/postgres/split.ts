/** Splits an SQL script into statements as psql does, and into the steps that its markers name. */
import type { SqlStatement } from '../lab/engines.ts';
import {
  locator,
  match,
  type Place,
  REST_OF_LINE,
  SqlScriptError,
  type Statement,
  scan,
  scansOf,
} from './scan.ts';

export { SqlScriptError };

/** One step of a script. Statements before the first marker belong to a step named ''. */
export interface SqlStep {
  name: string;
  /** 1-based line of the marker; of the unnamed step, of its first statement. */
  line: number;
  statements: SqlStatement[];
}

const STEP_COMMENT = /^--[ \t]*step:[ \t]*(.*?)[ \t]*$/;
const STEP_LINE = /^[ \t]*--[ \t]*step:[ \t]*(.*?)[ \t]*\r?$/gm;
/**
 * The statements of a script, in order, each with its place and its semicolon, split where psql
 * splits: at semicolons outside quotes, dollar quotes, nested comments, parentheses and
 * `BEGIN ATOMIC ... END` bodies. Inline data of `COPY ... FROM STDIN` belong to their statement.
 * A psql backslash command is the end of the statement in which it stands, or one of its own; it
 * goes on to the end of its line, or to the next one.
 * Source: https://www.postgresql.org/docs/18/app-psql.html and sql-syntax-lexical.html.
 * @throws {SqlScriptError} where a string, identifier, comment or dollar quote has no end.
 */
export function splitSql(script: string): SqlStatement[] {
  const placeOf = locator(script);
  return [...scansOf(script)].flatMap(({ statement }) =>
    statement ? [located(script, statement, placeOf)] : [],
  );
}

/**
 * The steps of a script: a line `-- step: Name` at the top level begins one.
 * @throws {SqlScriptError} as splitSql, and for a marker inside a statement, string or comment,
 * for one that shares its line, for one without a name, and for a name that is used twice.
 */
export function parseSteps(script: string): { steps: SqlStep[] } {
  const placeOf = locator(script);
  const steps: SqlStep[] = [];
  const met = new Set<number>();
  for (const { comments, statement } of scansOf(script)) {
    for (const offset of comments) {
      const name = STEP_COMMENT.exec(match(REST_OF_LINE, script, offset))?.[1];
      if (name === undefined) continue;
      met.add(offset);
      steps.push({ name, line: newStep(script, offset, name, steps, placeOf), statements: [] });
    }
    if (!statement) continue;
    const placed = located(script, statement, placeOf);
    if (steps.length === 0) steps.push({ name: '', line: placed.line, statements: [] });
    steps.at(-1)?.statements.push(placed);
  }
  for (const line of script.matchAll(STEP_LINE)) {
    const offset = line.index + line[0].indexOf('--');
    if (!met.has(offset)) {
      const message = `The step marker "${line[1]}" stands inside a statement, string or comment: end that before it`;
      throw new SqlScriptError('misplaced-step', message, placeOf(offset));
    }
  }
  return { steps };
}

/** Checks a marker that stands between statements and answers its line. */
function newStep(
  script: string,
  offset: number,
  name: string,
  steps: readonly SqlStep[],
  placeOf: (offset: number) => Place,
): number {
  const place = placeOf(offset);
  if (script.slice(offset - place.column + 1, offset).trim() !== '') {
    const message = `The step marker "${name}" must stand on a line of its own`;
    throw new SqlScriptError('misplaced-step', message, place);
  }
  if (name === '') {
    throw new SqlScriptError('unnamed-step', 'A step needs a name: `-- step: Name`', place);
  }
  const twin = steps.find((step) => step.name === name);
  if (twin) {
    const message = `There is a step "${name}" in line ${twin.line} already: give this one another name`;
    throw new SqlScriptError('duplicate-step', message, place);
  }
  return place.line;
}

/** How the engine must send a statement. */
export interface StatementForm {
  /** The text to send, perhaps none; without a backslash command and without the data of a COPY. */
  query: string;
  /** The psql backslash command that it is or ends in, as `\d`: PostgreSQL itself knows none. */
  metaCommand?: string;
  /** What follows the backslash command. */
  argument?: string;
  /** The inline data of `COPY ... FROM STDIN`, perhaps none; absent for every other statement. */
  copyData?: string;
  /** Its first words outside parentheses, in lower case. */
  words: string[];
  /** Whether `\;` joins several statements in it. */
  isJoined: boolean;
}

/** Tells how to send one statement of `splitSql`. */
export function formOf(text: string): StatementForm {
  const { statement } = scan(text, 0, locator(text));
  if (!statement) return { query: text, words: [], isJoined: false };
  const { metaCommand, copy, joints, words } = statement;
  const end = metaCommand?.start ?? copy?.queryEnd ?? text.length;
  // A space in place of the backslash keeps every position as it is.
  const query = [...joints, end]
    .map((joint, index, all) => text.slice(index === 0 ? 0 : (all[index - 1] as number) + 1, joint))
    .join(' ');
  const form: StatementForm = { query, words, isJoined: joints.length > 0 };
  if (metaCommand) {
    form.query = query.trimEnd();
    form.metaCommand = metaCommand.name;
    form.argument = metaCommand.argument;
  }
  if (copy) form.copyData = text.slice(copy.dataStart, copy.dataEnd);
  return form;
}

function located(
  script: string,
  { start, end }: Statement,
  placeOf: (offset: number) => Place,
): SqlStatement {
  return { text: script.slice(start, end), ...placeOf(start) };
}

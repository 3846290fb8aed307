/** psql's part of a session: runs statements and backslash commands, and keeps what they set. */
import type { SqlStatement } from '../../lab/engines.ts';
import {
  type Explanation,
  type PostgresError,
  type StatementResult,
  withMore,
} from '../../lab/result.ts';
import { placeIn } from '../answer.ts';
import { explainStatement, failure, refusal } from '../explain.ts';
import { formOf } from '../split.ts';
import { type Connection, failed, runQuery } from '../statement.ts';
import { argumentsOf, PsqlError } from './arguments.ts';
import { commandOf, type Session } from './commands.ts';
import { CONDITIONALS, Conditions } from './conditions.ts';
import { isPsqlVariable, refusedCommand } from './refused.ts';
import { interpolate, isVariableName, type Variables } from './variables.ts';

/** PostgreSQL was lost in the middle of a command. */
class Lost extends Error {}

/** A query of a command failed. */
class QueryError extends Error {
  readonly error: PostgresError;

  constructor(error: PostgresError) {
    super(error.message);
    this.error = error;
  }
}

/** Commands that send the statement before them. */
const SENDING = ['\\g', '\\gx', '\\gexec', '\\gset'];

/**
 * What psql keeps beside the server: variables, display settings, open conditions. One for each
 * session; a reset starts another.
 * Source: PostgreSQL 18, "psql".
 */
export class Psql {
  readonly #variables: Variables = new Map();
  readonly #conditions = new Conditions();
  readonly #display = { expanded: false, timing: false, nullAs: '' };
  /** The query that `\g` sends again. */
  #last = '';
  /** Why nothing more is run, as after `\q`. */
  #ended: string | undefined;

  /**
   * Runs one statement of a script, or one backslash command. An error is in the result.
   * Undefined when PostgreSQL was lost.
   */
  async run(connection: Connection, statement: SqlStatement): Promise<StatementResult | undefined> {
    if (this.#ended !== undefined) return notRun(statement, this.#ended);
    let result: StatementResult;
    try {
      result = await this.#run(connection, statement);
    } catch (error) {
      if (error instanceof Lost) return undefined;
      result = failed(statement, errorOf(error, statement));
    }
    const stops = /^(?!off$|false$|0$|no$)/.test(this.#variables.get('ON_ERROR_STOP') ?? 'off');
    if (stops && withMore(result).some(({ error }) => error)) {
      this.#ended = 'an earlier statement failed, and ON_ERROR_STOP is set';
    }
    return result;
  }

  /**
   * Explains a statement, its variables filled in. Nothing of psql's own changes.
   * Undefined when PostgreSQL was lost.
   */
  async explain(connection: Connection, statement: SqlStatement): Promise<Explanation | undefined> {
    const { query, metaCommand, words, isJoined } = formOf(statement.text);
    if (query === '' && metaCommand !== undefined) {
      return failure(refusal(statement, `${metaCommand} is a command of psql: it has no plan.`));
    }
    if (isJoined) {
      return failure(refusal(statement, 'These are several statements: explain them one by one.'));
    }
    return explainStatement(connection, statement, { ...this.#filled(statement, query), words });
  }

  async #run(connection: Connection, statement: SqlStatement): Promise<StatementResult> {
    const { query, metaCommand, argument = '', copyData } = formOf(statement.text);
    const words = () => argumentsOf(argument, this.#variables);
    if (metaCommand !== undefined && query === '') {
      if (this.#conditions.take(metaCommand, () => words().join(' '))) return said(statement, '');
    }
    if (!this.#conditions.active) return notRun(statement, '\\if leads past it');
    if (metaCommand === undefined) return this.#send(connection, statement, query, copyData);
    if (SENDING.includes(metaCommand)) {
      const target = metaCommand === '\\gset' ? undefined : words()[0];
      if (target?.startsWith('(')) {
        throw new PsqlError(
          `${metaCommand} ${target} is not run here: it changes how psql draws its tables, and here they are drawn otherwise.`,
        );
      }
      if (target !== undefined) {
        throw new PsqlError(
          `${metaCommand} ${target} is not run here: it writes to a file or a program of your machine.`,
          `Write ${metaCommand} alone.`,
        );
      }
      const form = { query: query || this.#last, copyData };
      return this.#sendWith(connection, statement, form, metaCommand, words);
    }
    const command = commandOf(metaCommand);
    if (!command && !CONDITIONALS.includes(metaCommand)) throw refusedCommand(metaCommand);
    const quits = metaCommand === '\\q' || metaCommand === '\\quit';
    if (!command || (query !== '' && !quits)) {
      throw new PsqlError(
        `${metaCommand} stands inside a statement: end the statement with a semicolon before it.`,
      );
    }
    // What stands before \q is sent all the same.
    const sent = query === '' ? undefined : await this.#send(connection, statement, query);
    const done = await command({
      session: this.#session(connection, statement),
      statement,
      name: metaCommand,
      words: words(),
    });
    return sent ?? done;
  }

  /** Sends a statement as it is, its variables filled in. */
  async #send(
    connection: Connection,
    statement: SqlStatement,
    query: string,
    copyData?: string,
  ): Promise<StatementResult> {
    this.#last = query;
    const filled = this.#filled(statement, query);
    const result = await runQuery(connection, statement, { ...filled, copyData, explained: true });
    if (!result) throw new Lost();
    this.#remember(result);
    return this.#displayed(result);
  }

  /** A query with its variables filled in, and the reader's place of each position in it. */
  #filled(statement: SqlStatement, query: string) {
    const { text, origin } = interpolate(query, this.#variables);
    const placeOf = (position: number) => {
      const before = [...text].slice(0, position - 1).join('').length;
      const source = statement.text.slice(0, origin(before));
      return placeIn(statement, [...source].length + 1);
    };
    return { text, placeOf };
  }

  /** Sends a statement, and does with its rows what the command says. */
  async #sendWith(
    connection: Connection,
    statement: SqlStatement,
    { query, copyData }: { query: string; copyData: string | undefined },
    command: string,
    words: () => string[],
  ): Promise<StatementResult> {
    const last = this.#last;
    const result = await this.#send(connection, statement, query, copyData);
    if (command === '\\g' || result.error) return result;
    if (command === '\\gx') return result.rows ? { ...result, expanded: true } : result;
    const { rows = [], columns = [], rowCount, ...head } = result;
    if (rows.length !== (rowCount ?? 0)) {
      throw new PsqlError(`${command} takes at most ${rows.length} rows here.`);
    }
    this.#last = last;
    // Of what RETURNING answered, psql says how many rows were changed.
    const tag = /^(INSERT|UPDATE|DELETE|MERGE) /.test(head.tag) ? head.tag : '';
    if (command === '\\gset') {
      const notices = [...head.notices, ...this.#keep(rows, columns, words()[0])];
      return { ...head, notices, tag, title: command };
    }
    const more: StatementResult[] = [];
    for (const text of rows.flat()) {
      if (text === null) continue;
      const one = await runQuery(connection, statement, { text, explained: true });
      if (!one) throw new Lost();
      this.#remember(one);
      more.push({ ...this.#displayed(one), sql: text, title: text });
    }
    return { ...head, tag, title: command, more };
  }

  /** `\gset`: makes a variable of each column. Answers psql's warnings. */
  #keep(
    rows: NonNullable<StatementResult['rows']>,
    columns: NonNullable<StatementResult['columns']>,
    prefix = '',
  ): StatementResult['notices'] {
    const [row, other] = rows;
    if (!row) throw new PsqlError('no rows returned for \\gset');
    if (other) throw new PsqlError('more than one row returned for \\gset');
    const warnings: StatementResult['notices'] = [];
    for (const [index, column] of columns.entries()) {
      const name = prefix + column.name;
      const value = row[index] ?? null;
      if (isPsqlVariable(name)) {
        const message = `attempt to \\gset into specially treated variable "${name}" ignored`;
        warnings.push({ severity: 'WARNING', message });
      } else if (!isVariableName(name)) {
        throw new PsqlError(`invalid variable name: "${name}"`);
      } else if (value === null) this.#variables.delete(name);
      else this.#variables.set(name, value);
    }
    return warnings;
  }

  /** What a command may do. */
  #session(connection: Connection, statement: SqlStatement): Session {
    const ask = async (text: string) => {
      const result = await runQuery(connection, statement, { text, explained: false });
      if (!result) throw new Lost();
      if (result.error) throw new QueryError(result.error);
      return result;
    };
    return {
      variables: this.#variables,
      display: this.#display,
      ask,
      end: (why) => {
        this.#ended = why;
      },
    };
  }

  #displayed(result: StatementResult): StatementResult {
    const { expanded, timing, nullAs } = this.#display;
    return {
      ...result,
      ...(expanded && result.rows ? { expanded } : {}),
      ...(nullAs !== '' && result.rows ? { nullAs } : {}),
      ...(timing ? { timing } : {}),
      ...(result.more ? { more: result.more.map((more) => this.#displayed(more)) } : {}),
    };
  }

  /** The variables that tell of the query before. */
  #remember(result: StatementResult): void {
    const error = withMore(result).find((part) => part.error)?.error;
    const last = withMore(result).at(-1);
    const count = /(\d+)$/.exec(last?.tag ?? '')?.[1];
    this.#variables.set('ERROR', error ? 'true' : 'false');
    this.#variables.set('SQLSTATE', error?.code ?? '00000');
    this.#variables.set('ROW_COUNT', error ? '0' : (count ?? '0'));
    if (!error) return;
    this.#variables.set('LAST_ERROR_SQLSTATE', error.code ?? '');
    this.#variables.set('LAST_ERROR_MESSAGE', error.message);
  }
}

function errorOf(error: unknown, { line, column }: SqlStatement): PostgresError {
  if (error instanceof QueryError) return { ...error.error, line, column };
  if (!(error instanceof PsqlError)) throw error;
  const { message, hint } = error;
  return { severity: 'ERROR', message, ...(hint === undefined ? {} : { hint }), line, column };
}

/** The result of a command that only says something. */
const said = ({ text, line }: SqlStatement, tag: string): StatementResult => ({
  sql: text,
  line,
  tag,
  notices: [],
});

const notRun = (statement: SqlStatement, why: string): StatementResult => ({
  ...said(statement, ''),
  notices: [{ severity: 'INFO', message: `Not run: ${why}.` }],
});

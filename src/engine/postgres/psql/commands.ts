/** psql's backslash commands that work here, each with what it does. */
import type { SqlStatement } from '../../lab/engines.ts';
import type { StatementResult } from '../../lab/result.ts';
import { PsqlError } from './arguments.ts';
import { truthOf } from './conditions.ts';
import { type Description, describe } from './describe.ts';
import {
  databases,
  extensions,
  functions,
  type List,
  type ListOptions,
  relations,
  roles,
  schemas,
} from './lists.ts';
import { conditionsOf } from './pattern.ts';
import { checkVariable } from './refused.ts';
import { isVariableName, type Variables } from './variables.ts';

/** What a command may use and change. */
export interface Session {
  variables: Variables;
  display: { expanded: boolean; timing: boolean; nullAs: string };
  /** Runs a query of the command's own; a failure is thrown. */
  ask(sql: string): Promise<StatementResult>;
  /** Runs nothing more. */
  end(why: string): void;
}

/** A command as it was written. */
export interface Call {
  session: Session;
  statement: SqlStatement;
  /** With its letters and plus sign, as `\dt+`. */
  name: string;
  words: string[];
}

type Command = (call: Call) => StatementResult | Promise<StatementResult>;

/** Finds a command by its name; undefined when there is none of that name here. */
export function commandOf(name: string): Command | undefined {
  if (Object.hasOwn(COMMANDS, name)) return COMMANDS[name];
  const listing = LISTINGS.find(({ names }) => names.test(name));
  return listing && ((call) => list(call, listing));
}

function said({ statement }: Call, tag: string): StatementResult {
  return { sql: statement.text, line: statement.line, tag, notices: [] };
}

/** As psql warns of more arguments than a command has. */
function extra({ name, words }: Call, taken: number): StatementResult['notices'] {
  return words.slice(taken).map((word) => ({
    severity: 'WARNING',
    message: `${name}: extra argument "${word}" ignored`,
  }));
}

// ----------------------------------------------------------------- describing

/** A family of commands: `\dt`, `\dt+`, `\dtS`. */
interface Listing {
  names: RegExp;
  list(letters: string, options: ListOptions): List;
}

const LISTINGS: readonly Listing[] = [
  { names: /^\\d([tvmisE]+)[Sx+]*;?$/, list: relations },
  { names: /^\\df([a-wyz]*)[Sx+]*;?$/, list: functions },
  { names: /^\\dn()[Sx+]*;?$/, list: (_, options) => schemas(options) },
  { names: /^\\d[ug]()[Sx+]*;?$/, list: (_, options) => roles(options) },
  { names: /^\\dx()x*;?$/, list: (_, options) => extensions(options) },
  { names: /^\\l()(?:ist)?[x+]*;?$/, list: (_, options) => databases(options) },
];

/** The pattern of a command of the `\d` family; a semicolon behind it is none of it. */
function optionsOf({ name, words: [word] }: Call): ListOptions {
  const pattern = word?.replace(/;+$/, '');
  return {
    pattern: pattern === '' ? undefined : pattern,
    verbose: name.includes('+'),
    system: name.includes('S'),
  };
}

async function list(call: Call, { names, list: make }: Listing): Promise<StatementResult> {
  return listed(call, make(names.exec(call.name)?.[1] ?? '', optionsOf(call)));
}

async function listed(call: Call, { title, sql, nothing }: List): Promise<StatementResult> {
  const { columns = [], rows = [], rowCount = 0 } = await call.session.ask(sql);
  const notices = extra(call, 1);
  if (rowCount === 0 && nothing !== undefined) {
    // psql calls this an error, and goes on all the same.
    return { ...said(call, ''), notices: [{ severity: 'INFO', message: nothing }, ...notices] };
  }
  const names = columns.map(({ name }) => name);
  return { ...table(call, { title, columns: names, rows, footer: [] }), notices, rowCount };
}

/** Rows of psql's own: nothing stands for NULL in them, whatever is set, and columns have no types. */
function table(call: Call, { title, columns, rows, footer }: Description): StatementResult {
  const isExpanded = call.session.display.expanded || /^\\(d(?!x$)|l).*x/.test(call.name);
  return {
    ...said(call, ''),
    title,
    columns: columns.map((name) => ({ name, type: '' })),
    rows: rows.map((row) => row.map((value) => (value === '' ? null : value))),
    rowCount: rows.length,
    nullAs: '',
    ...(footer.length > 0 ? { footer } : {}),
    ...(isExpanded ? { expanded: true } : {}),
  };
}

const describeRelations: Command = async (call) => {
  const options = optionsOf(call);
  const { pattern, verbose } = options;
  if (pattern === undefined) return listed(call, relations('', options));
  const ask = async (sql: string) => (await call.session.ask(sql)).rows ?? [];
  const conditions = conditionsOf(pattern, {
    schema: 'n.nspname',
    name: 'c.relname',
    visible: 'pg_catalog.pg_table_is_visible(c.oid)',
  });
  const found = await ask(`SELECT c.oid FROM pg_catalog.pg_class c
    LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE ${conditions.join(' AND ')} ORDER BY n.nspname, c.relname`);
  if (found.length === 0) throw new PsqlError(`Did not find any relation named "${pattern}".`);
  const results: StatementResult[] = [];
  for (const [oid] of found) {
    results.push(table(call, await describe(ask, oid ?? '', verbose)));
  }
  const [first = said(call, ''), ...more] = results;
  const notices = extra(call, 1);
  return { ...first, notices, ...(more.length > 0 ? { more } : {}) };
};

// -------------------------------------------------------------------- display

/** A setting that is on or off; without an argument it changes. */
function switched(call: Call, now: boolean, name: string): boolean {
  const [word] = call.words;
  if (word === undefined) return !now;
  const truth = truthOf(word);
  if (truth === undefined) {
    throw new PsqlError(`unrecognized value "${word}" for "${name}": Boolean expected`);
  }
  return truth;
}

const expanded: Command = (call) => {
  const { display } = call.session;
  const [word] = call.words;
  if (word === 'auto') {
    // By the width of the terminal; tables here have room for every column.
    display.expanded = false;
    return said(call, 'Expanded display is used automatically.');
  }
  if (word !== undefined && truthOf(word) === undefined) {
    throw new PsqlError(
      `unrecognized value "${word}" for "expanded"`,
      'Available values are: on, off, auto.',
    );
  }
  display.expanded = switched(call, display.expanded, 'expanded');
  return said(call, `Expanded display is ${display.expanded ? 'on' : 'off'}.`);
};

const timing: Command = (call) => {
  const { display } = call.session;
  display.timing = switched(call, display.timing, '\\timing');
  return said(call, `Timing is ${display.timing ? 'on' : 'off'}.`);
};

const printing: Command = (call) => {
  const [option, value] = call.words;
  if (option === 'expanded' || option === 'x')
    return expanded({ ...call, words: call.words.slice(1) });
  if (option !== 'null') {
    throw new PsqlError(
      `${['\\pset', option].filter(Boolean).join(' ')} is not run here: of its options, only null and expanded change anything here.`,
    );
  }
  const { display } = call.session;
  if (value !== undefined) display.nullAs = value;
  return said(call, `Null display is "${display.nullAs}".`);
};

// ---------------------------------------------------------------- and the rest

const set: Command = (call) => {
  const { variables } = call.session;
  const [name, ...values] = call.words;
  if (name === undefined) {
    const lines = [...variables].sort().map(([known, value]) => `${known} = '${value}'`);
    return said(call, lines.join('\n'));
  }
  if (!isVariableName(name)) throw new PsqlError(`invalid variable name: "${name}"`);
  checkVariable(name);
  variables.set(name, values.join(''));
  return said(call, '');
};

const unset: Command = (call) => {
  const [name] = call.words;
  if (name === undefined) throw new PsqlError('\\unset: missing required argument');
  call.session.variables.delete(name);
  return said(call, '');
};

const echo: Command = (call) =>
  said(call, (call.words[0] === '-n' ? call.words.slice(1) : call.words).join(' '));

const encoding: Command = async (call) => {
  const [word] = call.words;
  if (word !== undefined && !/^utf-?8$/i.test(word)) {
    throw new PsqlError(`${word}: invalid encoding name or conversion procedure not found`);
  }
  const { rows } = await call.session.ask('SHOW client_encoding');
  return said(call, word === undefined ? (rows?.[0]?.[0] ?? '') : '');
};

const connection: Command = async (call) => {
  const { rows } = await call.session.ask(`SELECT * FROM (VALUES
      ('Database', pg_catalog.current_database()::pg_catalog.text),
      ('Client User', SESSION_USER::pg_catalog.text),
      ('Superuser', pg_catalog.current_setting('is_superuser')),
      ('Hot Standby', pg_catalog.current_setting('in_hot_standby'))) AS v`);
  return table(call, {
    title: 'Connection Information',
    columns: ['Parameter', 'Value'],
    rows: rows ?? [],
    footer: [],
  });
};

const quit: Command = (call) => {
  call.session.end('\\q ended the script');
  return said(call, '');
};

const COMMANDS: Readonly<Record<string, Command>> = {
  '\\d': describeRelations,
  '\\d+': describeRelations,
  '\\dS': describeRelations,
  '\\dS+': describeRelations,
  '\\x': expanded,
  '\\timing': timing,
  '\\pset': printing,
  '\\set': set,
  '\\unset': unset,
  '\\echo': echo,
  '\\qecho': echo,
  '\\warn': echo,
  '\\encoding': encoding,
  '\\conninfo': connection,
  '\\q': quit,
  '\\quit': quit,
};

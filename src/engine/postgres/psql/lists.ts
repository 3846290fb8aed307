/** The queries behind psql's lists: `\dt`, `\di`, `\df`, `\dn`, `\du`, `\dx`, `\l` and their like. */
import { PsqlError } from './arguments.ts';
import { conditionsOf } from './pattern.ts';

/** A list: what to ask, and what to say above it or instead of it. */
export interface List {
  title: string;
  sql: string;
  /** What psql says of an empty list; most are shown without rows. */
  nothing?: string;
}

/** How a list is asked for. */
export interface ListOptions {
  pattern: string | undefined;
  /** `+`: more columns. */
  verbose: boolean;
  /** `S`: system objects too. */
  system: boolean;
}

/** Kinds of relations by psql's letter: what psql calls them, and their letters in pg_class. */
const KINDS = {
  t: { name: 'tables', relkinds: ['r', 'p'] },
  v: { name: 'views', relkinds: ['v'] },
  m: { name: 'materialized views', relkinds: ['m'] },
  i: { name: 'indexes', relkinds: ['i', 'I'] },
  s: { name: 'sequences', relkinds: ['S'] },
  E: { name: 'foreign tables', relkinds: ['f'] },
} as const;

type Kind = keyof typeof KINDS;

const isKind = (letter: string): letter is Kind => letter in KINDS;

/** An access list, a privilege a line. */
const privileges = (column: string) =>
  `CASE WHEN pg_catalog.array_length(${column}, 1) = 0 THEN '(none)'
        ELSE pg_catalog.array_to_string(${column}, E'\\n') END AS "Access privileges"`;

/** All conditions, or none. */
const where = (conditions: readonly string[]) =>
  conditions.length === 0 ? '' : `WHERE ${conditions.join('\n  AND ')}`;

const notOfTheSystem = ({ pattern, system }: ListOptions) =>
  pattern !== undefined || system
    ? []
    : ["n.nspname <> 'pg_catalog'", "n.nspname <> 'information_schema'"];

/** `\d` without a name, `\dt`, `\di`, `\dv`, `\dm`, `\ds`, `\dE`, or several of them at once. */
export function relations(letters: string, options: ListOptions): List {
  const { pattern, verbose, system } = options;
  const asked = [...letters].filter(isKind);
  const kinds: readonly Kind[] = asked.length > 0 ? asked : ['t', 'v', 'm', 's', 'E'];
  const [only, other] = asked;
  const what = only === undefined || other !== undefined ? 'relations' : KINDS[only].name;
  const withIndexes = kinds.includes('i');
  const relkinds: string[] = kinds.flatMap((kind) => KINDS[kind].relkinds);
  if (kinds.includes('t') && (system || pattern !== undefined)) relkinds.push('t');
  const hasMethod = kinds.some((kind) => 'tmi'.includes(kind));
  const columns = [
    'n.nspname AS "Schema"',
    'c.relname AS "Name"',
    `CASE c.relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
       WHEN 'i' THEN 'index' WHEN 'S' THEN 'sequence' WHEN 't' THEN 'TOAST table'
       WHEN 'f' THEN 'foreign table' WHEN 'p' THEN 'partitioned table'
       WHEN 'I' THEN 'partitioned index' END AS "Type"`,
    'pg_catalog.pg_get_userbyid(c.relowner) AS "Owner"',
    ...(withIndexes ? ['of.relname AS "Table"'] : []),
    ...(verbose
      ? [
          `CASE c.relpersistence WHEN 'p' THEN 'permanent' WHEN 't' THEN 'temporary'
             WHEN 'u' THEN 'unlogged' END AS "Persistence"`,
          ...(hasMethod ? ['am.amname AS "Access method"'] : []),
          'pg_catalog.pg_size_pretty(pg_catalog.pg_table_size(c.oid)) AS "Size"',
          `pg_catalog.obj_description(c.oid, 'pg_class') AS "Description"`,
        ]
      : []),
  ];
  const conditions = [
    `c.relkind IN (${relkinds.map((letter) => `'${letter}'`).join(', ')})`,
    ...notOfTheSystem(options),
    ...(pattern === undefined && !system ? ["n.nspname !~ '^pg_toast'"] : []),
    ...conditionsOf(pattern, {
      schema: 'n.nspname',
      name: 'c.relname',
      visible: 'pg_catalog.pg_table_is_visible(c.oid)',
    }),
  ];
  return {
    title: `List of ${what}`,
    nothing: `Did not find any ${what}${pattern === undefined ? '' : ` named "${pattern}"`}.`,
    sql: `SELECT ${columns.join(', ')}
      FROM pg_catalog.pg_class c
      LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam
      LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
      LEFT JOIN pg_catalog.pg_class of ON of.oid = i.indrelid
      ${where(conditions)} ORDER BY 1, 2`,
  };
}

/** What each letter of `\df` leaves in: aggregates, normal ones, procedures, triggers, window functions. */
const FUNCTION_KINDS: Readonly<Record<string, string>> = {
  a: "p.prokind = 'a'",
  n: "p.prokind = 'f' AND p.prorettype <> 'pg_catalog.trigger'::pg_catalog.regtype",
  p: "p.prokind = 'p'",
  t: "p.prorettype = 'pg_catalog.trigger'::pg_catalog.regtype",
  w: "p.prokind = 'w'",
};

/** `\df`. */
export function functions(letters: string, options: ListOptions): List {
  const { pattern, verbose } = options;
  const kinds = [...letters].map((letter) => FUNCTION_KINDS[letter]);
  if (kinds.includes(undefined)) throw new PsqlError('\\df only takes [anptwSx+] as options');
  const columns = [
    'n.nspname AS "Schema"',
    'p.proname AS "Name"',
    'pg_catalog.pg_get_function_result(p.oid) AS "Result data type"',
    'pg_catalog.pg_get_function_arguments(p.oid) AS "Argument data types"',
    `CASE p.prokind WHEN 'a' THEN 'agg' WHEN 'w' THEN 'window' WHEN 'p' THEN 'proc'
       ELSE 'func' END AS "Type"`,
    ...(verbose
      ? [
          `CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable'
             WHEN 'v' THEN 'volatile' END AS "Volatility"`,
          `CASE p.proparallel WHEN 'r' THEN 'restricted' WHEN 's' THEN 'safe'
             WHEN 'u' THEN 'unsafe' END AS "Parallel"`,
          'pg_catalog.pg_get_userbyid(p.proowner) AS "Owner"',
          `CASE WHEN p.prosecdef THEN 'definer' ELSE 'invoker' END AS "Security"`,
          `CASE WHEN p.proleakproof THEN 'yes' ELSE 'no' END AS "Leakproof?"`,
          privileges('p.proacl'),
          'l.lanname AS "Language"',
          `CASE WHEN l.lanname IN ('internal', 'c') THEN p.prosrc END AS "Internal name"`,
          `pg_catalog.obj_description(p.oid, 'pg_proc') AS "Description"`,
        ]
      : []),
  ];
  const conditions = [
    ...(kinds.length > 0 ? [`(${kinds.map((kind) => `(${kind})`).join(' OR ')})`] : []),
    ...conditionsOf(pattern, {
      schema: 'n.nspname',
      name: 'p.proname',
      visible: 'pg_catalog.pg_function_is_visible(p.oid)',
    }),
    ...notOfTheSystem(options),
  ];
  return {
    title: 'List of functions',
    sql: `SELECT ${columns.join(', ')}
      FROM pg_catalog.pg_proc p
      LEFT JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
      LEFT JOIN pg_catalog.pg_language l ON l.oid = p.prolang
      ${where(conditions)} ORDER BY 1, 2, 4`,
  };
}

/** `\dn`. */
export function schemas({ pattern, verbose, system }: ListOptions): List {
  const more = `, ${privileges('n.nspacl')},
    pg_catalog.obj_description(n.oid, 'pg_namespace') AS "Description"`;
  const conditions = [
    ...(pattern === undefined && !system
      ? ["n.nspname !~ '^pg_'", "n.nspname <> 'information_schema'"]
      : []),
    ...conditionsOf(pattern, { name: 'n.nspname' }),
  ];
  return {
    title: 'List of schemas',
    sql: `SELECT n.nspname AS "Name", pg_catalog.pg_get_userbyid(n.nspowner) AS "Owner"
      ${verbose ? more : ''} FROM pg_catalog.pg_namespace n ${where(conditions)} ORDER BY 1`,
  };
}

/** `\du` and `\dg`. */
export function roles({ pattern, verbose, system }: ListOptions): List {
  const conditions = [
    ...(pattern === undefined && !system ? ["r.rolname !~ '^pg_'"] : []),
    ...conditionsOf(pattern, { name: 'r.rolname' }),
  ];
  return {
    title: 'List of roles',
    sql: `SELECT r.rolname AS "Role name", pg_catalog.concat_ws(E'\\n',
        NULLIF(pg_catalog.concat_ws(', ',
          CASE WHEN r.rolsuper THEN 'Superuser' END,
          CASE WHEN NOT r.rolinherit THEN 'No inheritance' END,
          CASE WHEN r.rolcreaterole THEN 'Create role' END,
          CASE WHEN r.rolcreatedb THEN 'Create DB' END,
          CASE WHEN NOT r.rolcanlogin THEN 'Cannot login' END,
          CASE WHEN r.rolreplication THEN 'Replication' END,
          CASE WHEN r.rolbypassrls THEN 'Bypass RLS' END), ''),
        CASE WHEN r.rolconnlimit = 0 THEN 'No connections'
             WHEN r.rolconnlimit = 1 THEN '1 connection'
             WHEN r.rolconnlimit > 1 THEN r.rolconnlimit || ' connections' END,
        'Password valid until ' || r.rolvaliduntil::pg_catalog.text) AS "Attributes"
        ${verbose ? `, pg_catalog.shobj_description(r.oid, 'pg_authid') AS "Description"` : ''}
      FROM pg_catalog.pg_roles r ${where(conditions)} ORDER BY 1`,
  };
}

/** `\dx`. */
export function extensions({ pattern }: ListOptions): List {
  return {
    title: 'List of installed extensions',
    sql: `SELECT e.extname AS "Name", e.extversion AS "Version",
        ae.default_version AS "Default version", n.nspname AS "Schema",
        pg_catalog.obj_description(e.oid, 'pg_extension') AS "Description"
      FROM pg_catalog.pg_extension e
      LEFT JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
      LEFT JOIN pg_catalog.pg_available_extensions() ae (name, default_version, comment)
        ON ae.name = e.extname
      ${where(conditionsOf(pattern, { name: 'e.extname' }))} ORDER BY 1`,
  };
}

/** `\l`. */
export function databases({ pattern, verbose }: ListOptions): List {
  const more = `, CASE WHEN pg_catalog.has_database_privilege(d.datname, 'CONNECT')
      THEN pg_catalog.pg_size_pretty(pg_catalog.pg_database_size(d.datname))
      ELSE 'No Access' END AS "Size", t.spcname AS "Tablespace",
    pg_catalog.shobj_description(d.oid, 'pg_database') AS "Description"`;
  return {
    title: 'List of databases',
    sql: `SELECT d.datname AS "Name", pg_catalog.pg_get_userbyid(d.datdba) AS "Owner",
        pg_catalog.pg_encoding_to_char(d.encoding) AS "Encoding",
        CASE d.datlocprovider WHEN 'b' THEN 'builtin' WHEN 'c' THEN 'libc' WHEN 'i' THEN 'icu'
          END AS "Locale Provider",
        d.datcollate AS "Collate", d.datctype AS "Ctype", d.datlocale AS "Locale",
        d.daticurules AS "ICU Rules", ${privileges('d.datacl')} ${verbose ? more : ''}
      FROM pg_catalog.pg_database d
      LEFT JOIN pg_catalog.pg_tablespace t ON t.oid = d.dattablespace
      ${where(conditionsOf(pattern, { name: 'd.datname' }))} ORDER BY 1`,
  };
}

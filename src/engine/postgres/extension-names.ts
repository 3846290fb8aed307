/** Which extensions a lab can name, what each needs beside itself, and why others are not there. */

/** An extension that can be loaded. */
interface KnownExtension {
  /** Extensions that must be there too, as its control file says. */
  requires?: readonly string[];
  /** PostgreSQL must load its library when it starts: it is in shared_preload_libraries. */
  atStart?: true;
}

/** All that can be loaded: PostgreSQL's own of contrib as PGlite compiles them, and pgvector. */
export const EXTENSIONS: Readonly<Record<string, KnownExtension>> = {
  amcheck: {},
  autoinc: {},
  bloom: {},
  btree_gin: {},
  btree_gist: {},
  citext: {},
  cube: {},
  dict_int: {},
  dict_xsyn: {},
  earthdistance: { requires: ['cube'] },
  file_fdw: {},
  fuzzystrmatch: {},
  hstore: {},
  insert_username: {},
  intarray: {},
  isn: {},
  lo: {},
  ltree: {},
  moddatetime: {},
  pageinspect: {},
  pg_buffercache: {},
  pg_freespacemap: {},
  pg_logicalinspect: {},
  pg_stat_statements: { atStart: true },
  pg_surgery: {},
  pg_trgm: {},
  pg_visibility: {},
  pg_walinspect: {},
  pgcrypto: {},
  refint: {},
  seg: {},
  tablefunc: {},
  tcn: {},
  tsm_system_rows: {},
  tsm_system_time: {},
  unaccent: {},
  'uuid-ossp': {},
  vector: {},
};

const POSTGIS =
  'PostGIS cannot be loaded: its newest build for PGlite (@electric-sql/pglite-postgis 0.2.8) was made for PGlite 0.5.8, and 0.5.16 cannot link it. Run the script on a server with PostGIS instead.';
const NEEDS_PROCESSES = (name: string) =>
  `${name} cannot be loaded: it connects to another PostgreSQL, and in a browser there is only one. Run the script on a server instead.`;

/** Extensions that are often asked for and cannot be loaded: the reason and the way out. */
const NOT_LOADABLE: Readonly<Record<string, string>> = {
  postgis: POSTGIS,
  postgis_raster: POSTGIS,
  postgis_tiger_geocoder: POSTGIS,
  postgis_topology: POSTGIS,
  dblink: NEEDS_PROCESSES('dblink'),
  postgres_fdw: NEEDS_PROCESSES('postgres_fdw'),
};

/** Why an extension of this name cannot be loaded, with the fix; undefined when it can be. */
export function whyNotLoadable(name: string): string | undefined {
  if (Object.hasOwn(EXTENSIONS, name)) return undefined;
  if (Object.hasOwn(NOT_LOADABLE, name)) return NOT_LOADABLE[name];
  const known = Object.keys(EXTENSIONS).join(', ');
  return `there is no extension '${name}' that can be loaded; there are: ${known}`;
}

/**
 * These extensions and those that they need, each once and sorted.
 * @throws {RangeError} for one that cannot be loaded, with the reason.
 */
export function withRequired(names: readonly string[]): string[] {
  const found = new Set<string>();
  const add = (name: string) => {
    const reason = whyNotLoadable(name);
    if (reason !== undefined) throw new RangeError(reason);
    if (found.has(name)) return;
    found.add(name);
    for (const required of EXTENSIONS[name]?.requires ?? []) add(required);
  };
  for (const name of names) add(name);
  return [...found].sort();
}

/** Those among them that PostgreSQL must load when it starts. */
export function loadedAtStart(names: readonly string[]): string[] {
  return names.filter((name) => EXTENSIONS[name]?.atStart === true);
}

/** Which extensions a lab can name, what each needs beside itself, and why others are not there. */

/** An extension that can be loaded. */
interface KnownExtension {
  /** Extensions that must be there too, as its control file says. */
  requires?: readonly string[];
  /** PostgreSQL must load its library when it starts: it is in shared_preload_libraries. */
  atStart?: true;
  /** Environment variables that PostgreSQL must be started with. */
  environment?: Readonly<Record<string, string>>;
  /** A query after which it has read what it reads once in a session, and then keeps. */
  meet?: string;
  /** It needs another build of PostgreSQL, in which no other extension can be loaded. */
  build?: OtherBuild;
}

/** A PostgreSQL beside the usual one: `postgis` is the older one, for which alone there is a PostGIS. */
export type OtherBuild = 'postgis';
/** Which PostgreSQL there can be. Only one of them runs at a time. */
export type PostgresBuild = 'usual' | OtherBuild;

/**
 * All that can be loaded: PostgreSQL's own of contrib as PGlite compiles them, pgvector, and in a
 * build of its own PostGIS.
 */
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
  postgis: {
    atStart: true,
    // Without the path, PROJ does not find the definitions of coordinate systems.
    environment: { PROJ_DATA: '/pglite/share/proj' },
    // Otherwise the first distance of a session would cost queries of PostGIS's own, and half a second.
    meet: "SELECT ST_Distance('POINT(0 0)'::geography, 'POINT(1 1)'::geography)",
    build: 'postgis',
  },
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

const BESIDE_POSTGIS = (name: string) =>
  `${name} is not loaded here: of PostGIS there is only what CREATE EXTENSION postgis makes. Run the script on a server with PostGIS instead.`;
const NEEDS_PROCESSES = (name: string) =>
  `${name} cannot be loaded: it connects to another PostgreSQL, and in a browser there is only one. Run the script on a server instead.`;

/** Extensions that are often asked for and cannot be loaded: the reason and the way out. */
const NOT_LOADABLE: Readonly<Record<string, string>> = {
  postgis_raster: BESIDE_POSTGIS('postgis_raster'),
  postgis_tiger_geocoder: BESIDE_POSTGIS('postgis_tiger_geocoder'),
  postgis_topology: BESIDE_POSTGIS('postgis_topology'),
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

/** The build of PostgreSQL in which these can be loaded. */
export function buildFor(names: readonly string[]): PostgresBuild {
  for (const name of names) {
    const build = EXTENSIONS[name]?.build;
    if (build) return build;
  }
  return 'usual';
}

/** Why these extensions cannot be loaded at the same time; undefined when they can be. */
export function whyNotTogether(names: readonly string[]): string | undefined {
  const build = buildFor(names);
  if (build === 'usual' || names.every((name) => name === build)) return undefined;
  return `${build} is in a PostgreSQL of its own, where no other extension can be loaded: name it alone, or leave it out`;
}

/**
 * These extensions and those that they need, each once and sorted.
 * @throws {RangeError} for one that cannot be loaded, or not with the others, with the reason.
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
  const apart = whyNotTogether([...found]);
  if (apart !== undefined) throw new RangeError(apart);
  return [...found].sort();
}

/** Those among them that PostgreSQL must load when it starts. */
export function loadedAtStart(names: readonly string[]): string[] {
  return names.filter((name) => EXTENSIONS[name]?.atStart === true);
}

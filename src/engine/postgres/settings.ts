/** How PostgreSQL is started: the one place for its settings, for the page, Node and the snapshots. */

/** Settings that belong together, and why they are as they are, in words for readers. */
export interface SettingGroup {
  why: string;
  settings: Readonly<Record<string, string>>;
}

/** Libraries of every session: auto_explain, which is ours to bring, and two of PGlite's own. */
export const SESSION_LIBRARIES: readonly string[] = ['auto_explain', 'plpgsql', 'dict_snowball'];

/** What auto_explain, the source of every statement's cost, tells: all, of every statement. */
export const TELLING_SETTINGS: Readonly<Record<string, string>> = {
  // INFO messages reach the client whatever client_min_messages is.
  'auto_explain.log_level': 'info',
  'auto_explain.log_min_duration': '0',
  'auto_explain.log_analyze': 'on',
  'auto_explain.log_buffers': 'on',
  'auto_explain.log_wal': 'on',
  'auto_explain.log_timing': 'off',
  'auto_explain.log_format': 'json',
  'auto_explain.log_parameter_max_length': '0',
};

/**
 * Settings of every instance. They stand on its command line, so RESET ALL comes back to them. The
 * page about this engine shows them with their reasons.
 */
export const SETTING_GROUPS: readonly SettingGroup[] = [
  {
    why: 'As on a server; PGlite’s own default leaves "$user" out.',
    settings: { search_path: '"$user", public' },
  },
  {
    why: 'The session goes on after an error, and nothing is written to a log that nobody reads.',
    settings: { exit_on_error: 'false', log_checkpoints: 'false' },
  },
  {
    why: 'Its timer would call into PostgreSQL every ten seconds, for ever.',
    settings: { log_startup_progress_interval: '0' },
  },
  {
    why: 'There is one process, without workers.',
    settings: {
      max_worker_processes: '0',
      max_parallel_workers: '0',
      max_parallel_workers_per_gather: '0',
      max_parallel_maintenance_workers: '0',
      io_method: 'sync',
    },
  },
  {
    why: 'Small enough to start, to copy and to put back quickly.',
    settings: { shared_buffers: '4MB', max_connections: '10' },
  },
  {
    why: 'With prepared transactions, one session can show what two do to each other.',
    settings: { max_prepared_transactions: '10' },
  },
  {
    why: 'Endless recursion ends in the error 54001. Above this, it could overflow the browser’s own stack first, and that breaks PGlite.',
    settings: { max_stack_depth: '100kB' },
  },
  {
    why: 'The bytes of WAL are those of the change itself. Otherwise the first change of a page after a checkpoint would log 8 kB.',
    settings: { full_page_writes: 'off' },
  },
  {
    // Preloaded, auto_explain works for every role. A library that is loaded later costs the next
    // reset its image.
    why: 'The first tells what every statement costs; the others are those that scripts use most.',
    settings: { session_preload_libraries: SESSION_LIBRARIES.join(',') },
  },
  {
    why: 'auto_explain reports the plan of each statement, as it was carried out, to the page.',
    settings: TELLING_SETTINGS,
  },
];

/** The command line of PostgreSQL: single user, no fsync, the settings, libraries of extensions. */
export function startParams(libraries: readonly string[]): string[] {
  const settings = SETTING_GROUPS.flatMap((group) => Object.entries(group.settings));
  if (libraries.length > 0) settings.push(['shared_preload_libraries', libraries.join(',')]);
  return [
    '--single',
    '-F',
    '-j',
    ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}

/** Where PostgreSQL looks for its libraries in PGlite's file system. */
export const LIBRARY_FOLDER = '/pglite/lib/postgresql';

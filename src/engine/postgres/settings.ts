/** How PostgreSQL is started: the one place for its settings, for the page, Node and the snapshots. */

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

/** Settings of every instance. They stand on its command line, so RESET ALL comes back to them. */
const SETTINGS: Readonly<Record<string, string>> = {
  // As on a server: PGlite's own default leaves "$user" out.
  search_path: '"$user", public',
  exit_on_error: 'false',
  log_checkpoints: 'false',
  // Its timer would call into PostgreSQL every ten seconds, for ever, and keep Node from ending.
  log_startup_progress_interval: '0',
  // One process, without workers.
  max_worker_processes: '0',
  max_parallel_workers: '0',
  max_parallel_workers_per_gather: '0',
  max_parallel_maintenance_workers: '0',
  io_method: 'sync',
  // Small enough to boot, copy and restore quickly.
  shared_buffers: '4MB',
  max_connections: '10',
  max_prepared_transactions: '10',
  // Above this, endless recursion ends in a trap of WebAssembly instead of error 54001.
  max_stack_depth: '100kB',
  // Right after a checkpoint, the first change of each page would log 8 kB: WAL figures are to
  // show the change itself, the same in every run.
  full_page_writes: 'off',
  // auto_explain is the source of every statement's cost; preloaded, it works for every role. The
  // others are those that scripts use most: what is loaded later costs the next reset its image.
  session_preload_libraries: 'auto_explain,plpgsql,dict_snowball',
  ...TELLING_SETTINGS,
};

/** The command line of PostgreSQL: single user, no fsync, the settings, libraries of extensions. */
export function startParams(libraries: readonly string[]): string[] {
  const settings =
    libraries.length === 0
      ? SETTINGS
      : { ...SETTINGS, shared_preload_libraries: libraries.join(',') };
  return [
    '--single',
    '-F',
    '-j',
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}

/** Where PostgreSQL looks for its libraries in PGlite's file system. */
export const LIBRARY_FOLDER = '/pglite/lib/postgresql';

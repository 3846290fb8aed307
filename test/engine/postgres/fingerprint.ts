/** Everything about a PostgreSQL that a script could change, as text by name: what two of them have in common shows. */
import type { PostgresEngine } from '../../../src/engine/postgres/session.ts';
import { rowsOf } from './scripts.ts';

/** What is in memory alone, or counted. */
const QUERIES: Readonly<Record<string, string>> = {
  roles: 'SELECT current_user, session_user, current_schemas(true)',
  settings: 'SELECT name, setting, source, reset_val, sourcefile FROM pg_settings ORDER BY name',
  'settings in files': 'SELECT name, setting, error FROM pg_file_settings ORDER BY seqno',
  'prepared transactions': 'SELECT gid, transaction FROM pg_prepared_xacts ORDER BY gid',
  'prepared statements': 'SELECT name, statement FROM pg_prepared_statements ORDER BY name',
  cursors: 'SELECT name, statement FROM pg_cursors ORDER BY name',
  channels: 'SELECT pg_listening_channels() ORDER BY 1',
  locks: `SELECT locktype, mode, granted, objid FROM pg_locks
    WHERE locktype <> 'virtualxid' ORDER BY 1, 2, 4`,
  sequences: 'SELECT schemaname, sequencename, last_value FROM pg_sequences ORDER BY 1, 2',
  'counters of tables': `SELECT relname, seq_scan, idx_scan, n_tup_ins, n_tup_upd, n_tup_del, n_live_tup,
      n_dead_tup, vacuum_count, analyze_count
    FROM pg_stat_all_tables WHERE schemaname = 'public' ORDER BY relname`,
  'counters of indexes': `SELECT indexrelname, idx_scan, idx_tup_read FROM pg_stat_user_indexes ORDER BY 1`,
  'counters of functions': 'SELECT funcname, calls FROM pg_stat_user_functions ORDER BY 1',
  'counters of the database': `SELECT xact_commit, xact_rollback, tup_inserted, tup_updated, tup_deleted,
      deadlocks, temp_files FROM pg_stat_database WHERE datname = current_database()`,
  'position in the log': 'SELECT pg_current_wal_lsn()',
  'next transaction':
    'SELECT pg_snapshot_xmax(pg_current_snapshot()), next_oid FROM pg_control_checkpoint()',
  memory: 'SELECT count(*), sum(total_bytes) FROM pg_backend_memory_contexts',
  'files of data': `SELECT name, size FROM pg_ls_dir('base/5') AS name, pg_stat_file('base/5/' || name) ORDER BY 1`,
  'other files': `SELECT folder, name FROM unnest('{.,global,pg_wal,pg_twophase,pg_notify,/tmp}'::text[]) folder,
      pg_ls_dir(folder) name ORDER BY 1, 2`,
};

/**
 * The whole of it: each table of the catalogue and of the dataset as a digest, and what is not in tables.
 * Its queries are always the same, so what they change themselves is the same too.
 */
export async function fingerprint(pg: PostgresEngine): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [name, query] of Object.entries(QUERIES)) {
    // Counters are otherwise told once a second: when, would depend on how fast the machine is.
    await rowsOf(pg, 'SELECT pg_stat_force_next_flush()');
    found[name] = JSON.stringify(await rowsOf(pg, query));
  }
  const tables = await rowsOf(
    pg,
    `SELECT oid::regclass FROM pg_class WHERE relkind = 'r'
       AND relnamespace IN ('pg_catalog'::regnamespace, 'public'::regnamespace) ORDER BY oid::regclass::text`,
  );
  const digests = tables.map(
    ([table]) =>
      `SELECT '${table}', count(*)::text || ' ' || md5(string_agg(t::text, ',' ORDER BY t.ctid)) FROM ${table} t`,
  );
  for (const [table, digest] of await rowsOf(pg, digests.join(' UNION ALL '))) {
    found[`table ${table}`] = digest ?? '';
  }
  return found;
}

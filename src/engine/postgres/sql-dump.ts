/** A database as a script, written by PostgreSQL's own pg_dump, which is fetched when it is first asked for. */
import type { PGlite } from '@electric-sql/pglite';
import { pgDump } from '@electric-sql/pglite-tools/pg_dump';
import type { Instance } from './instance.ts';

/** Roles belong to no database: pg_dump leaves them out, and what it grants would fail without them. */
const ROLES =
  "SELECT format('CREATE ROLE %I;', rolname) FROM pg_roles WHERE rolname !~ '^(pg_|postgres$)' ORDER BY 1";

/**
 * Dumps the database of a session without a transaction. Owners are left out, so that whoever restores
 * it owns everything; rows are INSERTs.
 * @throws {Error} that says what pg_dump said.
 */
export async function sqlDump(instance: Instance): Promise<string> {
  const roles = (await instance.query(ROLES)) ?? [];
  const file = await pgDump({ pg: clientOf(instance), args: ['--no-owner'] });
  const lines = roles.map(([role]) => `${role}\n`).join('');
  return `${lines}${await file.text()}`;
}

/** What pg_dump needs of a PGlite: its protocol, in which everything is answered before the call returns. */
function clientOf(instance: Instance): PGlite {
  const client = {
    async query(sql: string) {
      const rows = (await instance.query(sql)) ?? [];
      return { rows: rows.map(([search_path]) => ({ search_path })) };
    },
    exec: (sql: string) => instance.query(sql),
    execProtocolRawStream(
      message: Uint8Array,
      { onRawData }: { onRawData(bytes: Uint8Array): void },
    ) {
      // pg_dump hands over a view of its memory, which it writes to again.
      return instance.exchange(message.slice(), onRawData);
    },
  };
  return client as unknown as PGlite;
}

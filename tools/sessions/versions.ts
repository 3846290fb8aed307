/** The versions of a table's rows as they lie in its first page, with whose transactions made and ended them. */
import type {
  RowVersion,
  TableVersions,
  TransactionState,
} from '../../src/engine/sessions/play.ts';
import type { ServerConnection } from '../verify/connection.ts';

/** Bits of a tuple's t_infomask. Source: PostgreSQL 18, access/htup_details.h. */
const XMAX_LOCK_ONLY = 0x0080;
const XMAX_IS_MULTI = 0x1000;

/** Modes of a multixact's members that change the row; the others only lock it. */
const CHANGES = new Set(['nokeyupd', 'upd']);

const STATES: Readonly<Record<string, TransactionState>> = {
  'in progress': 'open',
  committed: 'committed',
  aborted: 'aborted',
};

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/**
 * Reads the versions of a table's rows. `nameOf` names a transaction by its id.
 * The caller sees to it that no lock keeps readers out of the table.
 * @throws {ServerError} for a column of a type other than int, bigint, smallint, text, bool.
 */
export async function readVersions(
  connection: ServerConnection,
  table: string,
  nameOf: (xid: string) => string,
): Promise<TableVersions> {
  const columns = await connection.must(
    `SELECT attname, atttypid::regtype FROM pg_attribute WHERE attrelid = to_regclass(${quoted(table)}) AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
  );
  const names = columns.map(([name]) => name as string);
  const empty: TableVersions = { table, columns: names, versions: [] };
  if (columns.length === 0) return empty;
  const [size] = await connection.must(`SELECT pg_relation_size(${quoted(table)}::regclass)`);
  if (size?.[0] === '0') return empty;
  const tuples = await connection.must(`
    SELECT lp, t_ctid, t_xmin, t_xmax, t_infomask, to_json(t_attrs),
      pg_xact_status(t_xmin::text::xid8),
      CASE WHEN t_xmax::text <> '0' AND t_infomask & ${XMAX_IS_MULTI} = 0
        THEN pg_xact_status(t_xmax::text::xid8) END
    FROM watching.heap_page_item_attrs(watching.get_raw_page(${quoted(table)}, 0), ${quoted(table)}::regclass)
    WHERE t_xmin IS NOT NULL ORDER BY lp`);
  const versions: RowVersion[] = [];
  for (const [lp, ctid, xmin, xmax, infomask, attributes, made, ended] of tuples) {
    const mask = Number(infomask);
    const bytes = JSON.parse(attributes ?? '[]') as Array<string | null>;
    const version: RowVersion = {
      at: `(0,${lp})`,
      madeBy: nameOf(xmin as string),
      made: STATES[made ?? ''] ?? 'committed',
      values: columns.map(([, type], index) => decode(type as string, bytes[index] ?? null)),
    };
    const enders =
      (mask & XMAX_IS_MULTI) !== 0
        ? await members(connection, xmax as string)
        : xmax === '0'
          ? []
          : [
              {
                xid: xmax as string,
                changes: (mask & XMAX_LOCK_ONLY) === 0,
                state: STATES[ended ?? ''] ?? 'committed',
              },
            ];
    const changer = enders.find(({ changes }) => changes);
    // A lock ends with its transaction, and nothing of it is left to see.
    const lockers = enders.filter(({ changes, state }) => !changes && state === 'open');
    if (changer) {
      const how = ctid === version.at ? 'deleted' : 'updated';
      version.endedBy = { by: [nameOf(changer.xid)], how };
      version.ended = changer.state;
    } else if (lockers.length > 0) {
      version.endedBy = { by: lockers.map(({ xid }) => nameOf(xid)).sort(), how: 'locked' };
      version.ended = 'open';
    }
    versions.push(version);
  }
  return { table, columns: names, versions };
}

/** The transactions behind a multixact. */
async function members(connection: ServerConnection, multixact: string) {
  const rows = await connection.must(
    `SELECT xid, mode, pg_xact_status(xid::text::xid8) FROM pg_get_multixact_members(${quoted(multixact)}) ORDER BY xid::text::bigint`,
  );
  return rows.map(([xid, mode, state]) => ({
    xid: xid as string,
    changes: CHANGES.has(mode ?? ''),
    state: STATES[state ?? ''] ?? 'committed',
  }));
}

/** A value out of a tuple, from the bytes as `\x...`. */
function decode(type: string, hex: string | null): string | null {
  if (hex === null) return null;
  const bytes = Buffer.from(hex.slice(2), 'hex');
  switch (type) {
    case 'smallint':
      return `${bytes.readInt16LE()}`;
    case 'integer':
      return `${bytes.readInt32LE()}`;
    case 'bigint':
      return `${bytes.readBigInt64LE()}`;
    case 'boolean':
      return bytes[0] === 0 ? 'f' : 't';
    case 'text': {
      // One byte of length, its lowest bit set, or four. Source: PostgreSQL 18, varatt.h.
      const short = ((bytes[0] ?? 0) & 1) === 1;
      return short
        ? bytes.toString('utf8', 1, (bytes[0] as number) >> 1)
        : bytes.toString('utf8', 4, bytes.readUInt32LE() >> 2);
    }
    default:
      throw new Error(`a watched table has int, text and bool columns only, and no ${type}`);
  }
}

/** The versions of a table's rows as they lie in its page, with whose transactions made and ended them. */
import type {
  RowVersion,
  TableVersions,
  TransactionState,
} from '../../src/engine/sessions/play.ts';
import type { ServerConnection } from '../verify/connection.ts';
import { PlayError } from './errors.ts';

/** The schema of the watcher's functions. */
export const WATCHING = 'watching';

/** Bits of a tuple's t_infomask. Source: PostgreSQL 18, access/htup_details.h. */
const XMAX_LOCK_ONLY = 0x0080;
const XMAX_IS_MULTI = 0x1000;

/** What the connection must have prepared: planning takes longer than looking. */
export const PREPARE_VERSIONS = `
  PREPARE columns_of (text) AS
    SELECT attrelid, json_agg(json_build_array(attname, atttypid::regtype) ORDER BY attnum)
    FROM pg_attribute
    WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped
    GROUP BY attrelid;
  PREPARE versions_of (text, regclass) AS
    SELECT pages, lp, t_ctid, t_xmin, t_infomask, to_json(t_attrs),
      pg_xact_status(t_xmin::text::xid8),
      CASE
        WHEN t_xmax = '0' THEN '[]'
        WHEN t_infomask & ${XMAX_IS_MULTI} = 0
          THEN json_build_array(json_build_array(t_xmax, NULL, pg_xact_status(t_xmax::text::xid8)))
        ELSE (SELECT json_agg(json_build_array(xid, mode, pg_xact_status(xid::text::xid8))
            ORDER BY xid::text::bigint) FROM pg_get_multixact_members(t_xmax))
      END
    FROM (SELECT pg_relation_size($2) / current_setting('block_size')::int) AS size (pages),
      LATERAL ${WATCHING}.heap_page_item_attrs(
        CASE WHEN pages > 0 THEN ${WATCHING}.get_raw_page($1, 0) END, $2)
    WHERE t_xmin IS NOT NULL AND t_xmin <> '0' ORDER BY lp`;

/** Modes of a multixact's members that change the row; the others only lock it. */
const CHANGES = new Set(['nokeyupd', 'upd']);

/** As pg_xact_status says it. It forgets transactions of long ago, which can only have been committed. */
const STATES: Readonly<Record<string, TransactionState>> = {
  'in progress': 'open',
  aborted: 'aborted',
};

/** A transaction that has deleted, replaced or locked a version. */
interface Ender {
  xid: string;
  changes: boolean;
  state: TransactionState;
}

/** Name and type of a column. */
type Column = readonly [name: string, type: string];

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
const stateOf = (status: string | null | undefined) => STATES[status ?? ''] ?? 'committed';

/**
 * Reads the versions of a table's rows, as they are while every session is at rest. `nameOf` names a
 * transaction. Undefined when the table is in `closed`, the OIDs of those that keep readers out. No
 * version for a table that is not there.
 * @throws {PlayError} for a table of more than a page, or a column of another type than int, text, bool.
 */
export async function readVersions(
  connection: ServerConnection,
  table: string,
  closed: ReadonlySet<string>,
  nameOf: (xid: string) => string | undefined,
): Promise<TableVersions | undefined> {
  const [[oid, attributes] = []] = await connection.must(`EXECUTE columns_of (${quoted(table)})`);
  if (!oid) return { table, columns: [], versions: [] };
  if (closed.has(oid)) return undefined;
  const columns = JSON.parse(attributes ?? '[]') as Column[];
  const tuples = await connection.must(`EXECUTE versions_of (${quoted(table)}, ${oid})`);
  const versions = tuples.map(([pages, lp, ctid, xmin, infomask, values, made, enders]) => {
    if (Number(pages) > 1) {
      throw new PlayError(`${table} has ${pages} pages: a watched table has one`);
    }
    const bytes = JSON.parse(values ?? '[]') as Array<string | null>;
    const version: RowVersion = {
      at: `(0,${lp})`,
      madeBy: nameOf(xmin as string) ?? (xmin as string),
      made: stateOf(made),
      values: columns.map((column, index) => decode(table, column, bytes[index] ?? null)),
    };
    const locks = (Number(infomask) & XMAX_LOCK_ONLY) !== 0;
    const all = JSON.parse(enders ?? '[]') as Array<
      [string | number, string | null, string | null]
    >;
    const known = all.map(([xid, mode, status]): Ender => {
      const changes = mode === null ? !locks : CHANGES.has(mode);
      return { xid: nameOf(`${xid}`) ?? `${xid}`, changes, state: stateOf(status) };
    });
    return { ...version, ...endOf(known, ctid === version.at) };
  });
  return { table, columns: columns.map(([name]) => name), versions };
}

/** `isLast`: the version points at no newer one. */
function endOf(
  enders: readonly Ender[],
  isLast: boolean,
): Pick<RowVersion, 'endedBy' | 'ended'> | undefined {
  const changer = enders.find(({ changes }) => changes);
  // A lock ends with its transaction, and nothing of it is left to see.
  const locked = enders.filter(({ changes, state }) => !changes && state === 'open');
  if (changer && (changer.state !== 'aborted' || locked.length === 0)) {
    const how = isLast ? 'deleted' : 'updated';
    return { endedBy: { by: [changer.xid], how }, ended: changer.state };
  }
  if (locked.length === 0) return undefined;
  const by = [...new Set(locked.map(({ xid }) => xid))].sort();
  return { endedBy: { by, how: 'locked' }, ended: 'open' };
}

/**
 * A value out of a tuple, from the bytes as `\x...`. The server's numbers have the order of this
 * machine's bytes, which is that of all machines that there is a server for.
 */
function decode(table: string, [name, type]: Column, hex: string | null): string | null {
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
      throw new PlayError(
        `${table}.${name}: a watched table has columns of int, text and bool, and none of ${type}`,
      );
  }
}

/** Reads a table's pages with every version of every row, without the session noticing. */
import type {
  HeapPage,
  LinePointer,
  PageRange,
  TableName,
  TablePages,
  TransactionStatus,
  TupleVersion,
} from '../lab/inspect.ts';
import { PAGE_SIZE, type RawPage, readPage, reviveAll, type TupleHeader } from './heap-page.ts';
import { ask, InspectError, prepareToInspect } from './inspect.ts';
import { quoted } from './inspect-queries.ts';
import type { Instance } from './instance.ts';

/** Pages that are read at once. */
const PAGE_LIMIT = 32;

/** UTF-16 units of a value that are told. */
const VALUE_LENGTH = 200;
/** A number that no file of the database has. */
const FREE_FILE = 0x7fff_fff0;
/** Transactions up to this number are PostgreSQL's own: they are always committed. */
const LAST_SPECIAL_XID = 2;

/**
 * Reads pages of a table or of a materialized view. Call it inside `Instance.aside`.
 * @throws {InspectError} when there is no such table, or its pages cannot be read; it says why.
 */
export async function describePages(
  instance: Instance,
  table: TableName,
  { from = 0, count = PAGE_LIMIT }: PageRange,
): Promise<TablePages> {
  const { notes } = await prepareToInspect(instance);
  const { name, file, columns } = await locate(instance, table);
  // What has changed is in PostgreSQL's buffers: written to the file, it can be read there.
  await ask(instance, 'CHECKPOINT');
  const bytes = instance.readFile(file);
  const pageCount = bytes.length / PAGE_SIZE;
  const last = Math.min(from + Math.min(count, PAGE_LIMIT), pageCount);
  const raw: RawPage[] = [];
  for (let number = from; number < last; number += 1) {
    raw.push(readPage(bytes.subarray(number * PAGE_SIZE, (number + 1) * PAGE_SIZE), number));
  }
  const headers = raw.flatMap(({ tuples }) =>
    tuples.flatMap((tuple) => (tuple.pointer === 'normal' ? [tuple.header] : [])),
  );
  const visible = await visibleTuples(instance, name, from, last);
  const statusOf = await transactions(instance, headers);
  const values = await allValues(instance, name, file, bytes.slice(0, last * PAGE_SIZE), from);
  if (!values) notes.push('The values of dead versions could not be read.');
  const version = (header: TupleHeader): TupleVersion => {
    const known = values?.get(header.ctid);
    return {
      ...describeVersion(header, statusOf),
      visible: visible.has(header.ctid),
      ...(known && { values: known }),
    };
  };
  const pages = raw.map(
    (page): HeapPage => ({
      ...page,
      tuples: page.tuples.map(
        (tuple): LinePointer =>
          tuple.pointer === 'normal'
            ? { item: tuple.item, pointer: tuple.pointer, version: version(tuple.header) }
            : tuple,
      ),
    }),
  );
  return { table, pageCount, pages, columns, notes };
}

interface Located {
  /** As SQL has it. */
  name: string;
  /** Below the data directory. */
  file: string;
  columns: string[];
}

async function locate(
  instance: Instance,
  { schema = 'public', name }: TableName,
): Promise<Located> {
  const text = quoted({ schema, name });
  const literal = `'${text.replaceAll("'", "''")}'`;
  const [found] = await ask(
    instance,
    `SELECT c.relkind, c.relpersistence, pg_relation_filepath(c.oid),
       (SELECT json_agg(attname ORDER BY attnum) FROM pg_attribute
         WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped)
     FROM pg_class c WHERE c.oid = to_regclass(${literal})`,
  );
  if (!found) throw new InspectError(`There is no table ${text}.`);
  const [kind, persistence, file, columns] = found;
  if (kind === 'p') {
    throw new InspectError(`${text} is partitioned and has no pages: look at its partitions.`);
  }
  if (kind !== 'r' && kind !== 'm') throw new InspectError(`${text} is no table: it has no pages.`);
  if (persistence !== 'p') {
    throw new InspectError(
      `The pages of ${text} cannot be read: it is temporary or unlogged, so they may only be in memory.`,
    );
  }
  return { name: text, file: file as string, columns: JSON.parse(columns ?? '[]') as string[] };
}

/** Places of the versions that the session sees. */
async function visibleTuples(
  instance: Instance,
  name: string,
  from: number,
  to: number,
): Promise<Set<string>> {
  const rows = await ask(
    instance,
    `SELECT ctid FROM ONLY ${name} WHERE ctid >= '(${from},0)' AND ctid < '(${to},0)'`,
  );
  return new Set(rows.map(([ctid]) => ctid as string));
}

/** How the transactions ended that are named in the headers. */
async function transactions(
  instance: Instance,
  headers: readonly TupleHeader[],
): Promise<(id: number, isMultixact: boolean) => TransactionStatus> {
  const multixacts = headers.filter(({ xmaxMeans }) => xmaxMeans === 'multixact');
  // Of a group that shares a row, at most one has updated or deleted it; the others lock it.
  const updaters = await lookUp(
    instance,
    multixacts.map(({ xmax }) => xmax),
    `SELECT m.xid FROM pg_get_multixact_members(id::text::xid) m WHERE m.mode IN ('nokeyupd', 'upd')`,
  );
  const ids = headers.flatMap(({ xmin, xmax, xmaxMeans }) => [
    xmin,
    ...(xmaxMeans === 'transaction' ? [xmax] : []),
  ]);
  const statuses = await lookUp(
    instance,
    [...ids, ...[...updaters.values()].map(Number)].filter((id) => id > LAST_SPECIAL_XID),
    'pg_xact_status(id::text::xid8)',
  );
  return (id, isMultixact) => {
    const transaction = isMultixact ? Number(updaters.get(id)) : id;
    // Nothing is known of transactions from before the snapshot was made: those are all committed.
    return (statuses.get(transaction) ?? 'committed') as TransactionStatus;
  };
}

/** What an expression of `id` answers for each of these numbers; those with an answer of null are left out. */
async function lookUp(
  instance: Instance,
  ids: readonly number[],
  expression: string,
): Promise<Map<number, string>> {
  const all = [...new Set(ids)];
  if (all.length === 0) return new Map();
  const rows = await ask(
    instance,
    `SELECT id, (${expression}) FROM unnest('{${all.join()}}'::bigint[]) id`,
  );
  return new Map(
    rows.flatMap(([id, answer]) =>
      answer === null ? [] : [[Number(id), answer as string] as const],
    ),
  );
}

function describeVersion(
  header: TupleHeader,
  statusOf: (id: number, isMultixact: boolean) => TransactionStatus,
): Omit<TupleVersion, 'visible' | 'values'> {
  const { ctid, next, xmin, xmax, isFrozen, xmaxMeans, bytes, flags } = header;
  const xminStatus = isFrozen ? 'frozen' : statusOf(xmin, false);
  const isDeleted = xmaxMeans === 'transaction' || xmaxMeans === 'multixact';
  const xmaxStatus = isDeleted ? statusOf(xmax, xmaxMeans === 'multixact') : undefined;
  return {
    ctid,
    next,
    xmin,
    xminStatus,
    xmax,
    ...(xmaxStatus && { xmaxStatus }),
    state: stateOf(xminStatus, xmaxStatus),
    bytes,
    flags,
  };
}

function stateOf(
  inserted: TransactionStatus,
  deleted: TransactionStatus | undefined,
): TupleVersion['state'] {
  if (inserted === 'aborted' || deleted === 'committed') return 'dead';
  if (deleted === 'in progress') return 'deleting';
  return inserted === 'in progress' ? 'inserting' : 'live';
}

/**
 * The values of every version, dead ones too, by ctid. Nothing in PostgreSQL would show those: so the table
 * is given a file in which all versions are alive. Undefined when PostgreSQL will not have it, as
 * when values of a dead version have been removed from TOAST.
 */
async function allValues(
  instance: Instance,
  name: string,
  file: string,
  bytes: Uint8Array,
  from: number,
): Promise<Map<string, Array<string | null>> | undefined> {
  // Pages of zeros are empty ones.
  bytes.fill(0, 0, from * PAGE_SIZE);
  for (let at = from * PAGE_SIZE; at < bytes.length; at += PAGE_SIZE) {
    reviveAll(bytes.subarray(at, at + PAGE_SIZE));
  }
  instance.writeFile(`${file.slice(0, file.lastIndexOf('/'))}/${FREE_FILE}`, bytes);
  const oid = `'${name.replaceAll("'", "''")}'::regclass`;
  // In the session's transaction, which may have created the table; unless it may only read.
  for (const leave of [[], ['ROLLBACK', 'SET default_transaction_read_only = off']]) {
    try {
      for (const statement of leave) await ask(instance, statement);
      await ask(instance, `UPDATE pg_class SET relfilenode = ${FREE_FILE} WHERE oid = ${oid}`);
      const rows = await ask(instance, `SELECT ctid, t.* FROM ONLY ${name} t`);
      return new Map(rows.map(([ctid, ...values]) => [ctid as string, values.map(shortened)]));
    } catch (error) {
      if (!(error instanceof InspectError)) throw error;
    }
  }
  return undefined;
}

function shortened(value: string | null): string | null {
  return value !== null && value.length > VALUE_LENGTH
    ? `${value.slice(0, VALUE_LENGTH)}...`
    : value;
}

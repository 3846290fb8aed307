/** Describes a whole database, without the session noticing. */
import { type messages, protocol } from '@electric-sql/pglite';
import type {
  DatabaseDescription,
  Dependency,
  PostgresObjects,
  PostgresView,
  RowCount,
  TableDescription,
} from '../lab/inspect.ts';
import { tableId } from '../lab/inspect-changes.ts';
import { countRows, DEPENDENCIES, OBJECTS, TABLES } from './inspect-queries.ts';
import type { Instance } from './instance.ts';
import { query } from './query.ts';

/** Relations up to this size are counted; of larger ones the last estimate is told. In bytes. */
const COUNT_LIMIT = 8 * 1024 * 1024;
/** Relations counted by one query. */
const COUNTED_AT_ONCE = 500;

/** What could not be found out about the database; the session is as it was. */
export class InspectError extends Error {
  override readonly name = 'InspectError';
}

/** A relation as the queries answer it. */
type Asked<Relation> = Relation & { schema: string; oid: number; estimate?: number };

/** A description, and what tells whether two states hold the same rows. */
export interface DescribedDatabase {
  description: DatabaseDescription;
  /** By `tableId`: a digest of the rows of each table that was counted. */
  digests: Map<string, string>;
}

/**
 * Describes the database as the session sees it: with what an open transaction has done, without
 * what a failed one had done. Call it inside `Instance.aside`: it changes the role, ends a failed
 * transaction, and fills caches.
 * @throws {InspectError} with PostgreSQL's own message.
 */
export async function describeDatabase(instance: Instance): Promise<DescribedDatabase> {
  const { transaction, role, notes } = await prepareToInspect(instance);
  const tables = await askJson<Array<Asked<TableDescription>>>(instance, TABLES);
  const objects = await askJson<PostgresObjects>(instance, OBJECTS);
  const dependencies = await askJson<Dependency[]>(instance, DEPENDENCIES);
  const views = objects.views as Array<Asked<PostgresView>>;
  const counted = [
    ...tables.filter(({ postgres }) => postgres?.kind !== 'foreign table'),
    // A materialized view that was never filled cannot be read; it has no estimate either.
    ...views.filter(({ materialized, estimate }) => materialized && estimate !== undefined),
  ];
  const { rows, digests } = await rowCounts(instance, counted);
  const finished = <Relation extends { rows?: RowCount }>(relation: Asked<Relation>): Relation => {
    const { oid, estimate: _, ...rest } = relation;
    const count = rows.get(oid);
    return { ...rest, ...(count && { rows: count }) } as unknown as Relation;
  };
  const [name] = (await ask(instance, 'SELECT current_database()'))[0] as [string];
  const description: DatabaseDescription = {
    engine: 'postgres',
    name,
    tables: tables.map(finished<TableDescription>),
    dependencies,
    notes,
    postgres: { ...objects, views: views.map(finished<PostgresView>), transaction, role },
  };
  return { description, digests };
}

/** Gets the session, or rather its copy, into a state in which everything can be asked. */
export async function prepareToInspect(
  instance: Instance,
): Promise<Pick<PostgresObjects, 'transaction' | 'role'> & { notes: string[] }> {
  const notes: string[] = [];
  const transaction = await transactionOf(instance);
  if (transaction === 'failed') {
    await ask(instance, 'ROLLBACK');
    notes.push('The open transaction has failed: what it had done is not shown.');
  }
  const [role] = (await ask(instance, 'SELECT current_user'))[0] as [string];
  // The owner of the database, whatever SET ROLE and SET SESSION AUTHORIZATION have made of it.
  await ask(instance, 'SET SESSION AUTHORIZATION postgres');
  // Whatever time zone or form of dates the session has set: the same row is always the same text.
  await ask(instance, 'RESET ALL');
  return { transaction, role, notes };
}

async function transactionOf(instance: Instance): Promise<PostgresObjects['transaction']> {
  let status = '';
  // An empty query is answered in a failed transaction, too.
  await instance.send(protocol.serialize.query(''), (message) => {
    if (message.name === 'readyForQuery')
      status = (message as messages.ReadyForQueryMessage).status;
  });
  if (status === 'E') return 'failed';
  return status === 'T' ? 'open' : 'none';
}

/** Exact counts and digests of what is small; of what is large estimates, as ANALYZE and VACUUM left them. */
async function rowCounts(
  instance: Instance,
  relations: ReadonlyArray<Asked<TableDescription> | Asked<PostgresView>>,
): Promise<{ rows: Map<number, RowCount>; digests: Map<string, string> }> {
  const rows = new Map<number, RowCount>();
  const digests = new Map<string, string>();
  const small = relations.filter(({ bytes }) => bytesOf(bytes) <= COUNT_LIMIT);
  for (let from = 0; from < small.length; from += COUNTED_AT_ONCE) {
    const asked = small.slice(from, from + COUNTED_AT_ONCE);
    const [found] = await ask(instance, countRows(asked));
    for (const [index, relation] of asked.entries()) {
      const [count, digest] = [found?.[2 * index], found?.[2 * index + 1]];
      rows.set(relation.oid, { count: Number(count), exact: true });
      digests.set(tableId(relation), `${count} ${digest}`);
    }
  }
  for (const { oid, estimate } of relations) {
    // -1: neither has ever run.
    if (!rows.has(oid) && estimate !== undefined && estimate >= 0) {
      rows.set(oid, { count: estimate, exact: false });
    }
  }
  return { rows, digests };
}

function bytesOf(bytes: number | { table: number }): number {
  return typeof bytes === 'number' ? bytes : bytes.table;
}

/**
 * Runs a query and answers its rows.
 * @throws {InspectError} with PostgreSQL's own message.
 */
export async function ask(
  instance: Instance,
  sql: string,
): Promise<Array<ReadonlyArray<string | null>>> {
  const { rows, error, alive } = await query(instance, sql);
  if (alive && !error) return rows;
  const problem = error?.message ?? 'it does not answer';
  throw new InspectError(`The database could not be inspected: ${problem}.`);
}

async function askJson<T>(instance: Instance, sql: string): Promise<T> {
  const [[text]] = (await ask(instance, sql)) as [[string]];
  return JSON.parse(text) as T;
}

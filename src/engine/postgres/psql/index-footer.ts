/** The line that `\d` writes below an index. */
import type { Ask, Relation } from './describe.ts';
import { partitionOf } from './footers.ts';

/** What kind of index it is, of which table, with which predicate and marks. */
export async function indexFooter(
  ask: Ask,
  relation: Relation,
  verbose: boolean,
): Promise<string[]> {
  const { oid, kind, tablespace } = relation;
  const [row = []] = await ask(`SELECT
      CASE WHEN i.indisprimary THEN 'primary key, '
           WHEN i.indisunique AND i.indnullsnotdistinct THEN 'unique nulls not distinct, '
           WHEN i.indisunique THEN 'unique, ' ELSE '' END,
      am.amname, n.nspname, t.relname, pg_catalog.pg_get_expr(i.indpred, i.indrelid, true),
      i.indisclustered, NOT i.indisvalid, con.condeferrable, con.condeferred, i.indisreplident
    FROM pg_catalog.pg_index i
    JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
    JOIN pg_catalog.pg_am am ON am.oid = c.relam
    JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
    LEFT JOIN pg_catalog.pg_constraint con
      ON con.conindid = i.indexrelid AND con.conrelid = i.indrelid AND con.contype IN ('p', 'u', 'x')
    WHERE i.indexrelid = ${oid}`);
  const [uniqueness, method, schema, table, predicate, ...marks] = row;
  const marked = ['clustered', 'invalid', 'deferrable', 'initially deferred', 'replica identity']
    .filter((_, index) => marks[index] === 't')
    .map((mark) => `, ${mark}`);
  const where = predicate ? `, predicate (${predicate})` : '';
  const footer = [
    ...(await partitionOf(ask, relation, verbose)),
    `${uniqueness ?? ''}${method}, for table "${schema}.${table}"${where}${marked.join('')}`,
  ];
  if (kind === 'I') {
    const partitions = await ask(
      `SELECT inhrelid::pg_catalog.regclass FROM pg_catalog.pg_inherits WHERE inhparent = ${oid} ORDER BY 1`,
    );
    if (!verbose || partitions.length === 0) {
      const hint = partitions.length > 0 ? ' (Use \\d+ to list them.)' : '';
      footer.push(`Number of partitions: ${partitions.length}${hint}`);
    } else footer.push(`Partitions: ${partitions.map(([name]) => name).join(',\n            ')}`);
  }
  if (tablespace !== null) footer.push(`Tablespace: "${tablespace}"`);
  return footer.flatMap((line) => line.split('\n'));
}

/** What `\d` writes below a table of its indexes and constraints. */
import { isTable, type Part, titled } from './footer-parts.ts';

export const indexes: Part = async (ask, relation) => {
  if (!isTable(relation)) return [];
  const rows = await ask(`SELECT c.relname,
      CASE WHEN con.contype = 'x' OR con.conperiod THEN pg_catalog.pg_get_constraintdef(con.oid, true)
      ELSE CASE WHEN i.indisprimary THEN 'PRIMARY KEY, ' WHEN NOT i.indisunique THEN ''
                WHEN con.contype = 'u' THEN 'UNIQUE CONSTRAINT, ' ELSE 'UNIQUE, ' END
        || pg_catalog.regexp_replace(
             pg_catalog.pg_get_indexdef(i.indexrelid, 0, true), '^.*? USING ', '')
        || CASE WHEN con.condeferrable THEN ' DEFERRABLE' ELSE '' END
        || CASE WHEN con.condeferred THEN ' INITIALLY DEFERRED' ELSE '' END END
      || CASE WHEN i.indisclustered THEN ' CLUSTER' ELSE '' END
      || CASE WHEN i.indisvalid THEN '' ELSE ' INVALID' END
      || CASE WHEN i.indisreplident THEN ' REPLICA IDENTITY' ELSE '' END
      || COALESCE(', tablespace "' || ts.spcname || '"', '')
    FROM pg_catalog.pg_index i
    JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
    LEFT JOIN pg_catalog.pg_tablespace ts ON ts.oid = c.reltablespace
    LEFT JOIN pg_catalog.pg_constraint con
      ON con.conrelid = i.indrelid AND con.conindid = i.indexrelid AND con.contype IN ('p', 'u', 'x')
    WHERE i.indrelid = ${relation.oid} ORDER BY i.indisprimary DESC, c.relname`);
  return titled(
    'Indexes:',
    rows.map(([name, definition]) => `"${name}" ${definition}`),
  );
};

export const checks: Part = async (ask, { oid, kind }) => {
  if (!'rfp'.includes(kind)) return [];
  const rows = await ask(`SELECT conname, pg_catalog.pg_get_constraintdef(oid, true)
    FROM pg_catalog.pg_constraint WHERE conrelid = ${oid} AND contype = 'c' ORDER BY conname`);
  return titled(
    'Check constraints:',
    rows.map(([name, definition]) => `"${name}" ${definition}`),
  );
};

export const foreignKeys: Part = async (ask, relation) => {
  if (!isTable(relation)) return [];
  const { oid } = relation;
  const rows = await ask(`SELECT conrelid = ${oid}::pg_catalog.oid AS own, conname,
      pg_catalog.pg_get_constraintdef(oid, true), conrelid::pg_catalog.regclass
    FROM pg_catalog.pg_constraint
    WHERE contype = 'f' AND conparentid = 0 AND conrelid IN (
      SELECT relid FROM pg_catalog.pg_partition_ancestors(${oid}) UNION ALL VALUES (${oid}::pg_catalog.oid))
    ORDER BY own DESC, conname`);
  return titled(
    'Foreign-key constraints:',
    rows.map(([own, name, definition, table]) =>
      own === 't'
        ? `"${name}" ${definition}`
        : `TABLE "${table}" CONSTRAINT "${name}" ${definition}`,
    ),
  );
};

export const referencedBy: Part = async (ask, relation) => {
  if (!isTable(relation)) return [];
  const { oid } = relation;
  const rows = await ask(`SELECT conrelid::pg_catalog.regclass, conname,
      pg_catalog.pg_get_constraintdef(oid, true)
    FROM pg_catalog.pg_constraint
    WHERE contype = 'f' AND conparentid = 0 AND confrelid IN (
      SELECT relid FROM pg_catalog.pg_partition_ancestors(${oid}) UNION ALL VALUES (${oid}::pg_catalog.oid))
    ORDER BY conname`);
  return titled(
    'Referenced by:',
    rows.map(([table, name, definition]) => `TABLE "${table}" CONSTRAINT "${name}" ${definition}`),
  );
};

export const notNulls: Part = async (ask, relation, verbose) => {
  if (!verbose || !'rfp'.includes(relation.kind)) return [];
  const rows = await ask(`SELECT co.conname, a.attname,
      CASE WHEN co.connoinherit THEN ' NO INHERIT'
           WHEN co.conislocal AND co.coninhcount > 0 THEN ' (local, inherited)'
           WHEN co.coninhcount > 0 THEN ' (inherited)' ELSE '' END
      || CASE WHEN co.convalidated THEN '' ELSE ' NOT VALID' END
    FROM pg_catalog.pg_constraint co
    JOIN pg_catalog.pg_attribute a ON a.attrelid = co.conrelid AND a.attnum = co.conkey[1]
    WHERE co.contype = 'n' AND co.conrelid = ${relation.oid} ORDER BY a.attnum`);
  return titled(
    'Not-null constraints:',
    rows.map(([name, column, marks]) => `"${name}" NOT NULL "${column}"${marks}`),
  );
};

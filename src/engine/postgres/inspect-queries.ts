/** What a PostgreSQL database consists of, asked of its catalogues: each query answers one JSON value. */

/** Schemas of the reader: neither PostgreSQL's own nor other sessions'. */
const OWN_SCHEMA = `n.nspname <> 'information_schema' AND n.nspname !~ '^pg_(catalog|toast)'
  AND (n.nspname !~ '^pg_(temp|toast_temp)_' OR n.oid = pg_my_temp_schema())`;

/** What an extension has brought is the extension's. */
const notOfExtension = (catalogue: string, oid: string) =>
  `NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '${catalogue}'::regclass AND e.objid = ${oid}
    AND e.deptype = 'e')`;

const columnsOf = (relation: string) => `(
  SELECT coalesce(json_agg(json_strip_nulls(json_build_object(
    'name', a.attname,
    'type', format_type(a.atttypid, a.atttypmod),
    'nullable', NOT a.attnotnull,
    'default', CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END,
    'identity', CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END,
    'generated', CASE WHEN a.attgenerated <> '' THEN pg_get_expr(d.adbin, d.adrelid) END,
    'missing', (a.attmissingval::text::text[])[1],
    'comment', col_description(a.attrelid, a.attnum)
  )) ORDER BY a.attnum), '[]')
  FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE a.attrelid = ${relation} AND a.attnum > 0 AND NOT a.attisdropped)`;

const columnNames = (relation: string, numbers: string) => `(
  SELECT coalesce(json_agg(a.attname ORDER BY u.place), '[]')
  FROM unnest(${numbers}) WITH ORDINALITY u (attnum, place)
  JOIN pg_attribute a ON a.attrelid = ${relation} AND a.attnum = u.attnum)`;

const INDEXES = `(
  SELECT coalesce(json_agg(json_build_object(
    'name', i.relname,
    'kind', m.amname,
    'keys', (SELECT json_agg(pg_get_indexdef(x.indexrelid, k, true) ORDER BY k)
               FROM generate_series(1, x.indnkeyatts) k),
    'includes', (SELECT coalesce(json_agg(pg_get_indexdef(x.indexrelid, k, true) ORDER BY k), '[]')
               FROM generate_series(x.indnkeyatts + 1, x.indnatts) k),
    'bytes', pg_relation_size(i.oid),
    'postgres', json_strip_nulls(json_build_object(
      'definition', pg_get_indexdef(x.indexrelid),
      'unique', x.indisunique,
      'primary', x.indisprimary,
      'valid', x.indisvalid,
      'predicate', pg_get_expr(x.indpred, x.indrelid)))
  ) ORDER BY x.indisprimary DESC, i.relname), '[]')
  FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_am m ON m.oid = i.relam
  WHERE x.indrelid = c.oid)`;

const CONSTRAINTS = `(
  SELECT coalesce(json_agg(json_build_object(
    'name', k.conname,
    'kind', CASE k.contype WHEN 'p' THEN 'primary key' WHEN 'u' THEN 'unique' WHEN 'f' THEN 'foreign key'
      WHEN 'c' THEN 'check' WHEN 'x' THEN 'exclusion' WHEN 'n' THEN 'not null' ELSE 'trigger' END,
    'columns', ${columnNames('k.conrelid', 'k.conkey')},
    'definition', pg_get_constraintdef(k.oid),
    'deferrable', k.condeferrable,
    'validated', k.convalidated
  ) ORDER BY strpos('pufxcn', k.contype::text), k.conname), '[]')
  FROM pg_constraint k WHERE k.conrelid = c.oid)`;

const TRIGGERS = `(
  SELECT coalesce(json_agg(json_build_object('name', t.tgname, 'definition', pg_get_triggerdef(t.oid),
    'enabled', t.tgenabled <> 'D') ORDER BY t.tgname), '[]')
  FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal)`;

const POLICIES = `(
  SELECT coalesce(json_agg(json_strip_nulls(json_build_object('name', p.policyname, 'command', p.cmd,
    'roles', p.roles, 'using', p.qual, 'withCheck', p.with_check)) ORDER BY p.policyname), '[]')
  FROM pg_policies p WHERE p.schemaname = n.nspname AND p.tablename = c.relname)`;

/** `TableDescription[]` without rows, each with the `oid` and the `estimate` of its rows. */
export const TABLES = `
  SELECT coalesce(json_agg(json_strip_nulls(json_build_object(
    'oid', c.oid,
    'estimate', c.reltuples,
    'schema', n.nspname,
    'name', c.relname,
    'comment', obj_description(c.oid, 'pg_class'),
    'columns', ${columnsOf('c.oid')},
    'key', coalesce((SELECT ${columnNames('c.oid', 'k.conkey')} FROM pg_constraint k
                      WHERE k.conrelid = c.oid AND k.contype = 'p'), '[]'),
    'indexes', ${INDEXES},
    'bytes', json_build_object(
      'table', pg_table_size(c.oid) - coalesce(pg_total_relation_size(nullif(c.reltoastrelid, 0)), 0),
      'indexes', pg_indexes_size(c.oid),
      'toast', pg_total_relation_size(nullif(c.reltoastrelid, 0))),
    'postgres', json_build_object(
      'kind', CASE c.relkind WHEN 'p' THEN 'partitioned table' WHEN 'f' THEN 'foreign table' ELSE 'table' END,
      'persistence', CASE c.relpersistence WHEN 'u' THEN 'unlogged' WHEN 't' THEN 'temporary'
        ELSE 'permanent' END,
      'owner', pg_get_userbyid(c.relowner),
      'constraints', ${CONSTRAINTS},
      'triggers', ${TRIGGERS},
      'pages', coalesce(pg_relation_size(c.oid), 0) / current_setting('block_size')::int,
      'rowSecurity', c.relrowsecurity,
      'policies', ${POLICIES},
      'partitionKey', CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END,
      'partitionBound', CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, c.oid) END)
  )) ORDER BY n.nspname, c.relname), '[]')
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'f') AND ${OWN_SCHEMA} AND ${notOfExtension('pg_class', 'c.oid')}`;

const VIEWS = `(
  SELECT coalesce(json_agg(json_strip_nulls(json_build_object(
    'oid', c.oid,
    'estimate', CASE WHEN c.relispopulated THEN c.reltuples END,
    'schema', n.nspname,
    'name', c.relname,
    'materialized', c.relkind = 'm',
    'columns', ${columnsOf('c.oid')},
    'definition', pg_get_viewdef(c.oid, true),
    'bytes', coalesce(pg_total_relation_size(c.oid), 0)
  )) ORDER BY n.nspname, c.relname), '[]')
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('v', 'm') AND ${OWN_SCHEMA} AND ${notOfExtension('pg_class', 'c.oid')})`;

const SEQUENCES = `(
  SELECT coalesce(json_agg(json_strip_nulls(json_build_object(
    'schema', n.nspname,
    'name', c.relname,
    'type', format_type(s.seqtypid, NULL),
    'increment', s.seqincrement,
    'last', pg_sequence_last_value(c.oid)::text,
    'ownedBy', (SELECT format('%s.%s', d.refobjid::regclass, a.attname)
      FROM pg_depend d JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
      WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i'))
  )) ORDER BY n.nspname, c.relname), '[]')
  FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE ${OWN_SCHEMA} AND ${notOfExtension('pg_class', 'c.oid')})`;

const FUNCTIONS = `(
  SELECT coalesce(json_agg(json_strip_nulls(json_build_object(
    'schema', n.nspname,
    'name', p.proname,
    'kind', CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' WHEN 'w' THEN 'window'
      ELSE 'function' END,
    'arguments', pg_get_function_arguments(p.oid),
    'returns', CASE WHEN p.prokind <> 'p' THEN pg_get_function_result(p.oid) END,
    'language', l.lanname,
    'definition', CASE WHEN p.prokind <> 'a' THEN pg_get_functiondef(p.oid) END
  )) ORDER BY n.nspname, p.proname, p.oid), '[]')
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
  WHERE ${OWN_SCHEMA} AND ${notOfExtension('pg_proc', 'p.oid')})`;

/** `PostgresObjects` without the session's transaction and role. */
export const OBJECTS = `
  SELECT json_build_object(
    'schemas', (SELECT coalesce(json_agg(n.nspname ORDER BY n.nspname), '[]') FROM pg_namespace n
                 WHERE ${OWN_SCHEMA} AND ${notOfExtension('pg_namespace', 'n.oid')}),
    'views', ${VIEWS},
    'sequences', ${SEQUENCES},
    'functions', ${FUNCTIONS},
    'extensions', (SELECT coalesce(json_agg(json_build_object('name', extname, 'version', extversion)
                    ORDER BY extname), '[]') FROM pg_extension WHERE extname <> 'plpgsql'))`;

const tableName = (relation: string, namespace: string) =>
  `json_build_object('schema', ${namespace}.nspname, 'name', ${relation}.relname)`;

/** `Dependency[]`. */
export const DEPENDENCIES = `
  SELECT coalesce(json_agg(edge), '[]') FROM (
    SELECT json_build_object('kind', 'foreign key', 'from', ${tableName('c', 'n')},
      'to', ${tableName('t', 'tn')}, 'constraint', k.conname,
      'fromColumns', ${columnNames('k.conrelid', 'k.conkey')},
      'toColumns', ${columnNames('k.confrelid', 'k.confkey')}) AS edge,
      1 AS part, n.nspname AS schema, c.relname AS name, k.conname AS detail
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_class t ON t.oid = k.confrelid JOIN pg_namespace tn ON tn.oid = t.relnamespace
    WHERE k.contype = 'f' AND ${OWN_SCHEMA}
    UNION ALL
    SELECT json_build_object('kind', CASE WHEN c.relispartition THEN 'partition' ELSE 'inheritance' END,
      'from', ${tableName('c', 'n')}, 'to', ${tableName('t', 'tn')}),
      2, n.nspname, c.relname, t.relname
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_class t ON t.oid = i.inhparent JOIN pg_namespace tn ON tn.oid = t.relnamespace
    WHERE c.relkind IN ('r', 'p', 'f') AND ${OWN_SCHEMA}
    UNION ALL
    SELECT json_build_object('kind', 'view', 'from', ${tableName('c', 'n')}, 'to', ${tableName('t', 'tn')}),
      3, n.nspname, c.relname, t.relname
    FROM (SELECT DISTINCT r.ev_class, d.refobjid FROM pg_rewrite r
            JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
             AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> r.ev_class) v
      JOIN pg_class c ON c.oid = v.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_class t ON t.oid = v.refobjid JOIN pg_namespace tn ON tn.oid = t.relnamespace
    WHERE c.relkind IN ('v', 'm') AND ${OWN_SCHEMA} AND ${notOfExtension('pg_class', 'c.oid')}
  ) e (edge, part, schema, name, detail)`.replace(
  'json_agg(edge)',
  'json_agg(edge ORDER BY part, schema, name, detail)',
);

/** Of each of these relations the number of its rows and a digest of them, whatever their order: two columns each. */
export function countRows(relations: ReadonlyArray<{ schema: string; name: string }>): string {
  const columns = relations.map((relation) => {
    const from = `FROM ${quoted(relation)} t`;
    return `(SELECT count(*) ${from}), (SELECT sum(hashtextextended(t::text, 0)) ${from})`;
  });
  return `SELECT ${columns.join()}`;
}

/** A relation's name as SQL has it. */
export function quoted({ schema, name }: { schema: string; name: string }): string {
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
  return `${quote(schema)}.${quote(name)}`;
}

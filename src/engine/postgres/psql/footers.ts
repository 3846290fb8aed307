/** The lines that `\d` writes below a table, view or type: indexes, constraints, triggers and more. */
import { checks, foreignKeys, indexes, notNulls, referencedBy } from './constraint-footers.ts';
import type { Ask, Relation } from './describe.ts';
import { isTable, type Part, titled } from './footer-parts.ts';

type Rows = Array<Array<string | null>>;
/**
 * All lines, in psql's order.
 * Source: PostgreSQL 18, "psql", `\d`, and what psql prints.
 */
export async function footersOf(ask: Ask, relation: Relation, verbose: boolean): Promise<string[]> {
  const lines: string[] = [];
  for (const part of PARTS) lines.push(...(await part(ask, relation, verbose)));
  return lines.flatMap((line) => line.split('\n'));
}

/** `Inherits: a,` with further names below the first. */
const listed = (title: string, names: string[]) =>
  names.length === 0 ? [] : [`${title}: ${names.join(`,\n${' '.repeat(title.length + 2)}`)}`];

export const partitionOf: Part = async (ask, { oid, isPartition }, verbose) => {
  if (!isPartition) return [];
  const [row = []] = await ask(`SELECT i.inhparent::pg_catalog.regclass,
      pg_catalog.pg_get_expr(c.relpartbound, c.oid), i.inhdetachpending,
      pg_catalog.pg_get_partition_constraintdef(c.oid)
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_inherits i ON c.oid = i.inhrelid
    WHERE c.oid = ${oid}`);
  const [parent, bound, detaching, constraint] = row;
  const pending = detaching === 't' ? ' DETACH PENDING' : '';
  return [
    `Partition of: ${parent} ${bound ?? ''}${pending}`,
    ...(verbose
      ? [constraint ? `Partition constraint: ${constraint}` : 'No partition constraint']
      : []),
  ];
};

const partitionKey: Part = async (ask, { oid, kind }) => {
  if (kind !== 'p') return [];
  const [row] = await ask(`SELECT pg_catalog.pg_get_partkeydef(${oid}::pg_catalog.oid)`);
  return [`Partition key: ${row?.[0]}`];
};

const owningTable: Part = async (ask, { oid, kind }) => {
  if (kind !== 't') return [];
  const [row] = await ask(`SELECT n.nspname || '.' || c.relname FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.reltoastrelid = ${oid}`);
  return row ? [`Owning table: "${row[0]}"`] : [];
};

const policies: Part = async (ask, relation) => {
  if (!isTable(relation)) return [];
  const rows = await ask(`SELECT pol.polname,
      CASE WHEN NOT pol.polpermissive THEN ' AS RESTRICTIVE' ELSE '' END ||
      CASE pol.polcmd WHEN 'r' THEN ' FOR SELECT' WHEN 'a' THEN ' FOR INSERT'
        WHEN 'w' THEN ' FOR UPDATE' WHEN 'd' THEN ' FOR DELETE' ELSE '' END ||
      CASE WHEN pol.polroles = '{0}' THEN '' ELSE E'\\n      TO ' || pg_catalog.array_to_string(ARRAY(
        SELECT rolname FROM pg_catalog.pg_roles WHERE oid = ANY (pol.polroles) ORDER BY 1), ',') END ||
      COALESCE(E'\\n      USING (' || pg_catalog.pg_get_expr(pol.polqual, pol.polrelid) || ')', '') ||
      COALESCE(E'\\n      WITH CHECK (' || pg_catalog.pg_get_expr(pol.polwithcheck, pol.polrelid) || ')', '')
    FROM pg_catalog.pg_policy pol WHERE pol.polrelid = ${relation.oid} ORDER BY 1`);
  const lines = rows.map(([name, definition]) => `POLICY "${name}"${definition}`);
  const forced = relation.rowSecurity === 'forced' ? 'forced row security' : 'row security';
  if (relation.rowSecurity === 'off') return titled('Policies (row security disabled):', lines);
  if (rows.length === 0) return [`Policies (${forced} enabled): (none)`];
  return titled(
    relation.rowSecurity === 'forced' ? `Policies (${forced} enabled):` : 'Policies:',
    lines,
  );
};

const statistics: Part = async (ask, relation) => {
  if (!isTable(relation)) return [];
  const rows = await ask(`SELECT stxnamespace::pg_catalog.regnamespace || '.' || stxname,
      CASE WHEN stxkind @> '{d,f,m}' OR NOT stxkind && '{d,f,m}' THEN '' ELSE ' (' ||
        pg_catalog.concat_ws(', ', CASE WHEN 'd' = ANY (stxkind) THEN 'ndistinct' END,
          CASE WHEN 'f' = ANY (stxkind) THEN 'dependencies' END,
          CASE WHEN 'm' = ANY (stxkind) THEN 'mcv' END) || ')' END,
      pg_catalog.pg_get_statisticsobjdef_columns(oid), stxrelid::pg_catalog.regclass,
      COALESCE('; STATISTICS ' || NULLIF(stxstattarget, -1), '')
    FROM pg_catalog.pg_statistic_ext WHERE stxrelid = ${relation.oid} ORDER BY 1`);
  return titled(
    'Statistics objects:',
    rows.map(
      ([name, kinds, columns, table, target]) =>
        `"${name}"${kinds} ON ${columns} FROM ${table}${target}`,
    ),
  );
};

/** Groups what can be switched off, by a letter, under a heading each. */
function byState(rows: Rows, headings: ReadonlyArray<readonly [letter: string, title: string]>) {
  return headings.flatMap(([letter, title]) =>
    titled(
      title,
      rows.filter(([state]) => state === letter).map(([, definition]) => definition ?? ''),
    ),
  );
}

const rules: Part = async (ask, { oid, kind }, verbose) => {
  // Of a view, only what was added to it, and only when asked for more.
  const isView = 'vm'.includes(kind);
  if (isView && !verbose) return [];
  const rows = await ask(`SELECT ev_enabled,
      pg_catalog.regexp_replace(
        pg_catalog.regexp_replace(pg_catalog.pg_get_ruledef(oid, true), '^CREATE RULE ', ''), ';$', '')
    FROM pg_catalog.pg_rewrite
    WHERE ev_class = ${oid} AND rulename <> '_RETURN' ORDER BY rulename`);
  if (isView) return rows.length === 0 ? [] : ['Rules:', ...rows.map((row) => ` ${row[1]}`)];
  return byState(rows, [
    ['O', 'Rules:'],
    ['D', 'Disabled rules:'],
    ['A', 'Rules firing always:'],
    ['R', 'Rules firing on replica only:'],
  ]);
};

const publications: Part = async (ask, relation) => {
  if (!isTable(relation)) return [];
  const rows =
    await ask(`SELECT p.pubname, COALESCE(' (' || (SELECT pg_catalog.string_agg(a.attname, ', '
        ORDER BY a.attnum) FROM pg_catalog.pg_attribute a
        WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs)) || ')', ''),
      COALESCE(' WHERE ' || pg_catalog.pg_get_expr(r.prqual, r.prrelid), '')
    FROM pg_catalog.pg_publication p
    LEFT JOIN pg_catalog.pg_publication_rel r ON r.prpubid = p.oid AND r.prrelid = ${relation.oid}
    WHERE pg_catalog.pg_relation_is_publishable(${relation.oid})
      AND (p.puballtables OR r.oid IS NOT NULL OR EXISTS (
        SELECT FROM pg_catalog.pg_publication_namespace s JOIN pg_catalog.pg_class c
          ON c.relnamespace = s.pnnspid WHERE s.pnpubid = p.oid AND c.oid = ${relation.oid}))
    ORDER BY 1`);
  return titled(
    'Publications:',
    rows.map(([name, columns, condition]) => `"${name}"${columns}${condition}`),
  );
};

const viewDefinition: Part = async (ask, { oid, kind }, verbose) => {
  if (!verbose || !'vm'.includes(kind)) return [];
  const [row] = await ask(`SELECT pg_catalog.pg_get_viewdef(${oid}::pg_catalog.oid, true)`);
  return ['View definition:', row?.[0] ?? ''];
};

const triggers: Part = async (ask, { oid }) => {
  const rows = await ask(`SELECT
      CASE WHEN t.tgenabled = 'D' AND t.tgisinternal THEN 'internal' ELSE t.tgenabled::text END,
      pg_catalog.regexp_replace(pg_catalog.pg_get_triggerdef(t.oid, true), '^.*? TRIGGER ', '')
      || COALESCE(', ON TABLE ' || (
        SELECT u.tgrelid::pg_catalog.regclass FROM pg_catalog.pg_trigger u,
          pg_catalog.pg_partition_ancestors(t.tgrelid) WITH ORDINALITY AS a (relid, depth)
        WHERE t.tgparentid <> 0 AND u.tgname = t.tgname AND u.tgrelid = a.relid AND u.tgparentid = 0
        ORDER BY a.depth LIMIT 1), '')
    FROM pg_catalog.pg_trigger t
    WHERE t.tgrelid = ${oid} AND (NOT t.tgisinternal OR t.tgenabled = 'D') ORDER BY t.tgname`);
  return byState(rows, [
    ['O', 'Triggers:'],
    ['D', 'Disabled user triggers:'],
    ['internal', 'Disabled internal triggers:'],
    ['A', 'Triggers firing always:'],
    ['R', 'Triggers firing on replica only:'],
  ]);
};

const inheritance: Part = async (ask, relation, verbose) => {
  if (!isTable(relation)) return [];
  const parents = await ask(`SELECT i.inhparent::pg_catalog.regclass
    FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class c ON c.oid = i.inhparent
    WHERE i.inhrelid = ${relation.oid} AND c.relkind NOT IN ('p', 'I') ORDER BY i.inhseqno`);
  const children = await ask(`SELECT c.oid::pg_catalog.regclass
      || COALESCE(' ' || pg_catalog.pg_get_expr(c.relpartbound, c.oid), '')
      || CASE WHEN c.relkind IN ('p', 'I') THEN ', PARTITIONED'
              WHEN c.relkind = 'f' THEN ', FOREIGN' ELSE '' END
      || CASE WHEN i.inhdetachpending THEN ' (DETACH PENDING)' ELSE '' END
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_inherits i ON c.oid = i.inhrelid
    WHERE i.inhparent = ${relation.oid}
    ORDER BY pg_catalog.pg_get_expr(c.relpartbound, c.oid) = 'DEFAULT',
      c.oid::pg_catalog.regclass::pg_catalog.text`);
  const isPartitioned = relation.kind === 'p';
  const names = (rows: Rows) => rows.map((row) => row[0] ?? '');
  const counted = `Number of ${isPartitioned ? 'partitions' : 'child tables'}: ${children.length}`;
  const shown =
    children.length === 0
      ? isPartitioned
        ? [counted]
        : []
      : verbose
        ? listed(isPartitioned ? 'Partitions' : 'Child tables', names(children))
        : [`${counted} (Use \\d+ to list them.)`];
  return [...listed('Inherits', names(parents)), ...shown];
};

/** What needs no further query. */
const facts: Part = async (_ask, relation, verbose) => {
  const { ofType, replicaIdentity, tablespace, accessMethod, options, kind } = relation;
  const identity: Readonly<Record<string, string>> = { f: 'FULL', n: 'NOTHING' };
  const lines: string[] = [];
  if (ofType !== null) lines.push(`Typed table of type: ${ofType}`);
  const identityName = identity[replicaIdentity];
  if (verbose && 'rm'.includes(kind) && identityName) {
    lines.push(`Replica Identity: ${identityName}`);
  }
  if (tablespace !== null) lines.push(`Tablespace: "${tablespace}"`);
  if (verbose && accessMethod !== null) lines.push(`Access method: ${accessMethod}`);
  if (verbose && options) lines.push(`Options: ${options}`);
  return lines;
};

const PARTS: readonly Part[] = [
  partitionOf,
  partitionKey,
  owningTable,
  indexes,
  checks,
  foreignKeys,
  referencedBy,
  policies,
  statistics,
  rules,
  publications,
  notNulls,
  viewDefinition,
  triggers,
  inheritance,
  facts,
];

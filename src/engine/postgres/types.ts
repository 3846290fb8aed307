/** Names of column types, as PostgreSQL's format_type writes them. */

/** A column's type as the protocol gives it. */
export interface TypeId {
  oid: number;
  /** The type modifier, as the 10 and 2 of `numeric(10,2)`; -1 for none. */
  modifier: number;
}

/**
 * Built-in types: OID of the type, OID of its array type, name. These never change between
 * versions: https://github.com/postgres/postgres/blob/REL_18_STABLE/src/include/catalog/pg_type.dat
 */
const BUILT_IN: ReadonlyArray<readonly [number, number, string]> = [
  [16, 1000, 'boolean'],
  [17, 1001, 'bytea'],
  [18, 1002, '"char"'],
  [19, 1003, 'name'],
  [20, 1016, 'bigint'],
  [21, 1005, 'smallint'],
  [23, 1007, 'integer'],
  [24, 1008, 'regproc'],
  [25, 1009, 'text'],
  [26, 1028, 'oid'],
  [27, 1010, 'tid'],
  [28, 1011, 'xid'],
  [29, 1012, 'cid'],
  [114, 199, 'json'],
  [142, 143, 'xml'],
  [600, 1017, 'point'],
  [650, 651, 'cidr'],
  [700, 1021, 'real'],
  [701, 1022, 'double precision'],
  [790, 791, 'money'],
  [829, 1040, 'macaddr'],
  [869, 1041, 'inet'],
  [1033, 1034, 'aclitem'],
  [1042, 1014, 'character'],
  [1043, 1015, 'character varying'],
  [1082, 1182, 'date'],
  [1083, 1183, 'time without time zone'],
  [1114, 1115, 'timestamp without time zone'],
  [1184, 1185, 'timestamp with time zone'],
  [1186, 1187, 'interval'],
  [1266, 1270, 'time with time zone'],
  [1560, 1561, 'bit'],
  [1562, 1563, 'bit varying'],
  [1700, 1231, 'numeric'],
  [1790, 2201, 'refcursor'],
  [2202, 2207, 'regprocedure'],
  [2205, 2210, 'regclass'],
  [2206, 2211, 'regtype'],
  [2249, 2287, 'record'],
  [2950, 2951, 'uuid'],
  [3220, 3221, 'pg_lsn'],
  [3614, 3643, 'tsvector'],
  [3615, 3645, 'tsquery'],
  [3802, 3807, 'jsonb'],
  [3904, 3905, 'int4range'],
  [3906, 3907, 'numrange'],
  [3908, 3909, 'tsrange'],
  [3910, 3911, 'tstzrange'],
  [3912, 3913, 'daterange'],
  [3926, 3927, 'int8range'],
  [4072, 4073, 'jsonpath'],
  [4089, 4090, 'regnamespace'],
  [4096, 4097, 'regrole'],
  [5069, 271, 'xid8'],
];

const NAMES = new Map<number, { name: string; array: boolean }>([
  ...BUILT_IN.map(([oid, , name]) => [oid, { name, array: false }] as const),
  ...BUILT_IN.map(([, oid, name]) => [oid, { name, array: true }] as const),
  [2278, { name: 'void', array: false }],
]);

/** `character` alone would mean `character(1)`; so these have names of their own. */
const WITHOUT_MODIFIER: Readonly<Record<string, string>> = { character: 'bpchar', bit: '"bit"' };

/** A varlena's header, which PostgreSQL counts into the modifiers of some types, in bytes. */
const HEADER = 4;

/** Writes a modifier into a type's name; undefined where only PostgreSQL itself can. */
function withModifier(name: string, modifier: number): string | undefined {
  switch (name) {
    case 'character':
    case 'character varying':
      return `${name}(${modifier - HEADER})`;
    case 'bit':
    case 'bit varying':
      return `${name}(${modifier})`;
    case 'numeric': {
      const packed = modifier - HEADER;
      // The scale is a signed number of eleven bits: numeric(3,-2) rounds to hundreds.
      const scale = ((packed & 0x7ff) ^ 0x400) - 0x400;
      return `numeric(${(packed >> 16) & 0xffff},${scale})`;
    }
    case 'time without time zone':
    case 'timestamp without time zone':
    case 'time with time zone':
    case 'timestamp with time zone':
      return name.replace(' ', `(${modifier}) `);
    default:
      return undefined;
  }
}

/**
 * The name of a built-in type, as `numeric(10,2)` or `text[]`.
 * Undefined for a type that only the database knows: then ask its format_type.
 */
export function builtInTypeName({ oid, modifier }: TypeId): string | undefined {
  const known = NAMES.get(oid);
  if (!known) return undefined;
  const name =
    modifier < 0
      ? (WITHOUT_MODIFIER[known.name] ?? known.name)
      : withModifier(known.name, modifier);
  return name !== undefined && known.array ? `${name}[]` : name;
}

/** psql's name patterns, as in `\dt shop.b*`, as conditions of SQL. */
import { PsqlError } from './arguments.ts';
import { quoteLiteral } from './variables.ts';

/** The columns that a pattern is compared with. */
export interface PatternColumns {
  name: string;
  /** Absent for what stands in no schema. */
  schema?: string;
  /** What tells that a name without a schema is found by the search path. */
  visible?: string;
}

/** The only database there is. */
const DATABASE = 'postgres';
const SPECIAL = /[|*+?()[\]{}.^$\\]/;

/**
 * The conditions of a pattern: `*` and `?` stand for any letters and any one, a dot parts schema and
 * name, and outside double quotes letters are lower case.
 * Source: PostgreSQL 18, "psql", section "Patterns".
 * @throws {PsqlError} for a name of more parts than there can be.
 */
export function conditionsOf(pattern: string | undefined, columns: PatternColumns): string[] {
  const { name, schema, visible } = columns;
  if (pattern === undefined) return visible === undefined ? [] : [visible];
  const parts = regularExpressions(pattern);
  if (parts.length > (schema === undefined ? 1 : 3)) {
    throw new PsqlError(`improper qualified name (too many dotted names): ${pattern}`);
  }
  const [last, middle, database] = parts.reverse();
  if (database !== undefined && database !== DATABASE) {
    throw new PsqlError(`cross-database references are not implemented: ${pattern}`);
  }
  const conditions = [matches(name, last as string)];
  if (middle !== undefined && schema !== undefined) conditions.push(matches(schema, middle));
  else if (visible !== undefined) conditions.push(visible);
  return conditions;
}

function matches(column: string, expression: string): string {
  return `${column} OPERATOR(pg_catalog.~) ${quoteLiteral(`^(${expression})$`)} COLLATE pg_catalog.default`;
}

/** The parts of a pattern between its dots, as regular expressions. */
function regularExpressions(pattern: string): string[] {
  const parts = [''];
  const add = (text: string) => parts.push((parts.pop() ?? '') + text);
  let inQuotes = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern[at] as string;
    if (character === '"') {
      if (inQuotes && pattern[at + 1] === '"') {
        add('"');
        at += 1;
      } else inQuotes = !inQuotes;
    } else if (inQuotes) add(SPECIAL.test(character) ? `\\${character}` : character);
    else if (character === '.') parts.push('');
    else if (character === '*') add('.*');
    else if (character === '?') add('.');
    else if (character === '$') add('\\$');
    else add(character.toLowerCase());
  }
  return parts;
}

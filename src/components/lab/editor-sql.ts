/** Completion in SQL: keywords, tables, columns of the statement's tables, columns behind an alias. */
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { keywordCompletionSource, PostgreSQL, schemaCompletionSource } from '@codemirror/lang-sql';
import { syntaxTree } from '@codemirror/language';
import type { SyntaxNode } from '@lezer/common';
import { type DynamoDBTables, type SqlTables, tablesInSql } from './editor-schema.ts';
import { PartiQL } from './highlight.ts';

/** Keywords, in capitals as the guide writes them. */
export const sqlKeywords = keywordCompletionSource(PostgreSQL, true);

/** Tables and columns: those of the dataset, and those that the text itself creates or changes. */
export async function sqlNames(
  context: CompletionContext,
  known: SqlTables,
  source: string,
): Promise<CompletionResult | null> {
  const made = tablesInSql(source);
  const names = new Set([...Object.keys(known), ...Object.keys(made)]);
  const schema: Record<string, Completion[]> = {};
  for (const table of names) {
    schema[table] = [...(known[table] ?? []), ...(made[table] ?? [])].map(({ name, type }) => ({
      label: name,
      type: 'property',
      detail: type,
    }));
  }
  const result = await schemaCompletionSource({ dialect: PostgreSQL, schema })(context);
  if (!result || context.matchBefore(/[."]\w*/)) return result;
  return { ...result, options: [...columnsHere(context, schema), ...result.options] };
}

/** Keywords of PartiQL. */
export const partiqlKeywords = keywordCompletionSource(PartiQL, true);

/** DynamoDB's tables with their attributes and, behind a table's name and a dot, its indexes. */
export async function partiqlNames(
  context: CompletionContext,
  known: DynamoDBTables,
): Promise<CompletionResult | null> {
  const schema: Record<string, Completion[]> = {};
  const indexes: Record<string, Completion[]> = {};
  for (const [table, { attributes, indexes: own }] of Object.entries(known)) {
    schema[table] = attributes.map((label) => ({ label, type: 'property' }));
    indexes[table] = Object.entries(own).map(([label, keys]) => ({
      label,
      type: 'class',
      detail: keys.join(', '),
    }));
  }
  const isBehindDot = context.matchBefore(/[."]\w*/) !== null;
  const result = await schemaCompletionSource({
    dialect: PartiQL,
    schema: isBehindDot ? indexes : schema,
  })(context);
  if (!result || isBehindDot) return result;
  return { ...result, options: [...columnsHere(context, schema), ...result.options] };
}

/** Columns of the tables that the statement at the cursor names, in front of everything else. */
function columnsHere({ state, pos }: CompletionContext, schema: Record<string, Completion[]>) {
  let at: SyntaxNode | null = syntaxTree(state).resolveInner(pos, -1);
  while (at && at.name !== 'Statement') at = at.parent;
  if (!at) return [];
  const words = new Set(
    state
      .sliceDoc(at.from, at.to)
      .toLowerCase()
      .match(/[\w$]+/g),
  );
  const columns = new Map<string, Completion>();
  for (const [table, own] of Object.entries(schema)) {
    if (!words.has(table.toLowerCase())) continue;
    for (const column of own) columns.set(column.label, { ...column, boost: 1 });
  }
  return [...columns.values()];
}

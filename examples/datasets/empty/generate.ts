/** The dataset Empty: nothing, on both sides, for schemas of one's own. */

/** As readers choose it. */
export const about = { title: 'Empty', summary: 'nothing, for a schema of your own' };

/** A script that makes nothing: PostgreSQL has its catalogues and an empty schema `public`. */
export function generatePostgres(): string {
  return '-- There is nothing in it.\n';
}

/** No tables and no items. */
export function generateDynamoDB(): { tables: []; items: Record<string, never> } {
  return { tables: [], items: {} };
}

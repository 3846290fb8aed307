/** The dataset Inkwell: one set of facts, given to PostgreSQL as SQL and to DynamoDB as tables and items. */
/** As readers choose it. */
export const about = { title: 'Inkwell', summary: 'a blog with a small shop' };

export { generateDynamoDB } from './dynamodb.ts';
export { generatePostgres } from './postgres.ts';

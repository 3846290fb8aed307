/** The dataset Inkwell: one set of facts, given to PostgreSQL as SQL and to DynamoDB as tables and items. */
export { generateDynamoDB } from './dynamodb.ts';
export { generatePostgres } from './postgres.ts';

/** The dataset Empty: nothing, on both sides, for schemas of one's own. */
import type { Dataset } from '../../../src/engine/datasets.ts';

/** A script that makes nothing: PostgreSQL has its catalogues and an empty schema `public`. */
export const generatePostgres: Dataset['generatePostgres'] = () => '-- There is nothing in it.\n';

/** No tables and no items. */
export const generateDynamoDB: Dataset['generateDynamoDB'] = () => ({ tables: [], items: {} });

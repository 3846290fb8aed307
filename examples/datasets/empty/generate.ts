/** The dataset Empty: nothing, on both sides, for schemas of one's own. */
import type { Dataset } from '../../../src/engine/datasets.ts';

/** As readers choose it. */
export const about: Dataset['about'] = {
  title: 'Empty',
  summary: 'nothing, for a schema of your own',
};

/** A script that makes nothing: PostgreSQL has its catalogues and an empty schema `public`. */
export const generatePostgres: Dataset['generatePostgres'] = () => '-- There is nothing in it.\n';

/** No tables and no items. */
export const generateDynamoDB: Dataset['generateDynamoDB'] = () => ({ tables: [], items: {} });

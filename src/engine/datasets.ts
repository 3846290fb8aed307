/** The datasets that labs run on, by name. Each generates both sides from one source. */

/** What a dataset's generate.ts exports. */
export interface Dataset {
  /** As readers choose it: a name, and what is in it in a few words. */
  about: { title: string; summary: string };
  /** A script for PostgreSQL: the schema and its rows. */
  generatePostgres(): string;
  /** CreateTable requests and, by table, items in DynamoDB JSON. */
  generateDynamoDB(): {
    tables: Array<{ TableName: string; [parameter: string]: unknown }>;
    items: Record<string, Array<Record<string, unknown>>>;
  };
}

const DATASETS: Record<string, () => Promise<Dataset>> = {
  inkwell: () => import('../../examples/datasets/inkwell/generate.ts'),
  empty: () => import('../../examples/datasets/empty/generate.ts'),
};

/** Names of all datasets. */
export const datasetNames = Object.keys(DATASETS);

/** @throws {RangeError} when there is no dataset of this name; the message lists those there are. */
export function loadDataset(name: string): Promise<Dataset> {
  const load = DATASETS[name];
  if (!load) {
    throw new RangeError(`there is no dataset '${name}'; there are: ${datasetNames.join(', ')}`);
  }
  return load();
}

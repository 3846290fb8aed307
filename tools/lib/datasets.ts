/** The datasets that labs run on: which there are, and the SQL that makes each. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './root.ts';

const FOLDER = join(ROOT, 'examples/datasets');

/** Their names: the folders of examples/datasets. */
export async function listDatasets(): Promise<string[]> {
  const entries = await readdir(FOLDER, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

/** The script that makes a dataset in an empty database, to be sent as a whole. */
export async function datasetScript(name: string): Promise<string> {
  const generator = pathToFileURL(join(FOLDER, name, 'generate.ts')).href;
  const { generatePostgres } = (await import(generator)) as { generatePostgres(): string };
  return generatePostgres();
}

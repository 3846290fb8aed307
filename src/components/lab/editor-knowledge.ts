/** What editors complete from, fetched once a page with the first of them. */
import { href } from '../../config/href.ts';
import type { SdkShapes } from '../../engine/lab/sdk-shapes.ts';
import type { DatasetSchema } from './editor-schema.ts';

const files = new Map<string, Promise<unknown>>();

/** The tables of a dataset. */
export function schemaOf(dataset: string): Promise<DatasetSchema> {
  return file<DatasetSchema>(dataset);
}

/** The commands of the SDK and their parameters. */
export function sdk(): Promise<SdkShapes> {
  return file<SdkShapes>('sdk');
}

function file<T>(name: string): Promise<T> {
  let found = files.get(name) as Promise<T> | undefined;
  if (!found) {
    found = load<T>(href(`/editor/${name}.json`));
    files.set(name, found);
    // The next request tries again.
    found.catch(() => files.delete(name));
  }
  return found;
}

async function load<T>(address: string): Promise<T> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: the server answered ${response.status}`);
  return (await response.json()) as T;
}

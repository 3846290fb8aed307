/** Opens PostgreSQL in Node, from `.generated/postgres`: for the command line and for tests. */
import { openAsBlob } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  bootPostgres,
  type PostgresAssets,
  type PostgresEngine,
  type PostgresOptions,
} from '../../src/engine/postgres/session.ts';
import { ROOT } from '../lib/root.ts';

const FOLDER = join(ROOT, '.generated/postgres');

/** What PostgreSQL boots from, out of a folder that `tools/assets/postgres.ts` has filled. */
export function postgresAssets(folder: string = FOLDER): PostgresAssets {
  return {
    module: readFile(join(folder, 'pglite.wasm')).then((bytes) => WebAssembly.compile(bytes)),
    fsBundle: openAsBlob(join(folder, 'pglite.data')),
    autoExplain: openAsBlob(join(folder, 'auto_explain.so')),
    snapshot: (dataset) => openAsBlob(join(folder, `${dataset}.tar`)),
  };
}

/** Boots PostgreSQL with the dataset Inkwell, or as the options say. `ensureAssets()` must have run. */
export async function openPostgres(
  options: Partial<PostgresOptions> = {},
): Promise<PostgresEngine> {
  return bootPostgres(postgresAssets(), { dataset: 'inkwell', ...options });
}

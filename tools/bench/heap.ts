/** Measures how much memory PostgreSQL has taken after each lab. */

import { listLabs, readLab } from '../../src/engine/lab/load.ts';
import { buildFor } from '../../src/engine/postgres/extension-names.ts';
import { splitSql } from '../../src/engine/postgres/split.ts';
import { openPostgres } from '../engines/postgres.ts';
import { ROOT } from '../lib/root.ts';

/** The lab after which the memory was largest. */
export interface LargestHeap {
  labs: number;
  lab: string;
  mebibytes: number;
  /** How many labs took more than the least there is. */
  above: number;
}

/** What PGlite begins with, in MiB. */
const LEAST = 128;

/** Runs the SQL of every lab in an instance of its own size: memory never shrinks. */
export async function measureHeap(): Promise<LargestHeap> {
  const largest: LargestHeap = { labs: 0, lab: '', mebibytes: 0, above: 0 };
  let postgres = await openPostgres();
  for (const id of await listLabs(ROOT)) {
    const { sources, dataset, extensions } = await readLab(id, ROOT);
    if (sources.postgres === undefined || buildFor(extensions) !== 'usual') continue;
    await postgres.reset(dataset, { extensions });
    for (const statement of splitSql(sources.postgres)) await postgres.run(statement);
    const mebibytes = postgres.memory / 2 ** 20;
    largest.labs += 1;
    if (mebibytes > largest.mebibytes) Object.assign(largest, { lab: id, mebibytes });
    if (mebibytes <= LEAST) continue;
    largest.above += 1;
    await postgres.close();
    postgres = await openPostgres();
  }
  await postgres.close();
  return largest;
}

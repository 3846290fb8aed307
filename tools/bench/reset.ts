/** Measures a reset of PostgreSQL against closing PGlite and creating it anew from the same snapshot. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { splitSql } from '../../src/engine/postgres/split.ts';
import { openPostgres } from '../engines/postgres.ts';
import { ROOT } from '../lib/root.ts';
import { median } from './median.ts';

/** Milliseconds of each round, and the quotient of the medians. */
export interface ResetTimes {
  ours: number[];
  recreated: number[];
  ratio: number;
}

/** What is undone: rows, schema, roles, settings, an open transaction. */
const CHANGES = `
  CREATE ROLE somebody;
  SET work_mem = '9MB';
  CREATE TABLE another AS SELECT g FROM generate_series(1, 5000) AS g;
  BEGIN;
  UPDATE orders SET status = 'Gone';`;

/** Resets after the same changes, in turns. The assets must be there: `ensureAssets()` sees to it. */
export async function measureReset(rounds: number): Promise<ResetTimes> {
  const read = (name: string) => readFile(join(ROOT, '.generated/postgres', name));
  const module = await WebAssembly.compile(await read('pglite.wasm'));
  const fsBundle = new Blob([await read('pglite.data')]);
  const loadDataDir = new Blob([await read('inkwell.tar')]);
  const create = () =>
    PGlite.create({ pgliteWasmModule: module, initdbWasmModule: module, fsBundle, loadDataDir });
  const ours = await openPostgres();
  let plain = await create();
  const times: Pick<ResetTimes, 'ours' | 'recreated'> = { ours: [], recreated: [] };
  // The first of each is not counted: nothing is compiled yet.
  for (let round = 0; round <= rounds; round += 1) {
    for (const statement of splitSql(CHANGES)) await ours.run(statement);
    const reset = await timed(() => ours.reset('inkwell'));
    await plain.exec(CHANGES);
    const recreated = await timed(async () => {
      await plain.close();
      plain = await create();
    });
    if (round === 0) continue;
    times.ours.push(reset);
    times.recreated.push(recreated);
  }
  await ours.close();
  await plain.close();
  return { ...times, ratio: median(times.ours) / median(times.recreated) };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** How much of the labs is compared with a PostgreSQL server: counted from their recordings. */
import type { LabRun } from '../../engine/lab/result.ts';

/** What the recorded runs hold. */
export interface Compared {
  labs: number;
  statements: number;
  rows: number;
  plans: number;
  errors: number;
  notices: number;
}

/** Adds up the PostgreSQL sides of these runs; a lab without one is not counted. */
export function comparedIn(runs: ReadonlyArray<Pick<LabRun, 'postgres'>>): Compared {
  const sum: Compared = { labs: 0, statements: 0, rows: 0, plans: 0, errors: 0, notices: 0 };
  for (const { postgres } of runs) {
    if (!postgres) continue;
    sum.labs += 1;
    for (const { statements } of postgres.steps) {
      for (const { rowCount = 0, cost, error, notices } of statements) {
        sum.statements += 1;
        sum.rows += rowCount;
        sum.plans += cost ? 1 : 0;
        sum.errors += error ? 1 : 0;
        sum.notices += notices.length;
      }
    }
  }
  return sum;
}

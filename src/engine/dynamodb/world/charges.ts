/** What a write wants of the throughput of its table and of each index that it changes. */
import { indexWriteUnits } from '../capacity.ts';
import { baseWriteUnits, type PlannedWrite } from '../items/write.ts';
import { encodeKey } from '../storage/keys.ts';
import type { IndexChange } from '../storage/table.ts';
import type { Charge } from './throttling.ts';

/**
 * The charges of one write. Local indexes live on their table's throughput, in the same partition; an entry of a
 * global index that moves is deleted in one partition and put into another. Transactions pay the table twice.
 */
export function writeCharges(
  write: PlannedWrite,
  changes: readonly IndexChange[],
  factor: number,
): Charge[] {
  const { table } = write;
  const key = encodeKey(write.key, table.keys);
  const units = baseWriteUnits(write) * factor;
  const charges: Charge[] = [{ table, index: undefined, kind: 'write', units, key }];
  for (const change of changes) {
    const { index, before, after } = change;
    if (!index.global) {
      const local = indexWriteUnits(change);
      if (local > 0) charges.push({ table, index: undefined, kind: 'write', units: local, key });
      continue;
    }
    const parts =
      before && after && before.key !== after.key
        ? [
            { index, before, after: undefined },
            { index, before: undefined, after },
          ]
        : [change];
    for (const part of parts) {
      const of = indexWriteUnits(part);
      const at = (part.after ?? part.before)?.key;
      if (at !== undefined && of > 0)
        charges.push({ table, index, kind: 'write', units: of, key: at });
    }
  }
  return charges;
}

/** What the world knows of one table. It belongs to the table, and is copied with it. */
import type { Units } from '../../lab/result.ts';
import type { Index, Table } from '../storage/table.ts';
import { PartitionMap } from './partition-map.ts';
import type { WorldSettings } from './settings.ts';
import { initialPartitions, partitionLimits, Throughput } from './throughput.ts';

/** A table's share of the world's state. */
export class TableWorld {
  #throughput = new Map<string, Throughput>();

  /** An independent copy, whatever the table holds. */
  clone(): TableWorld {
    const copy = new TableWorld();
    for (const [name, throughput] of this.#throughput) {
      copy.#throughput.set(name, throughput.clone());
    }
    return copy;
  }

  /** The throughput of the table itself, or of a global index. */
  throughput(
    table: Table,
    index: Index | undefined,
    settings: WorldSettings,
    now: number,
  ): Throughput {
    const name = index?.name ?? '';
    let throughput = this.#throughput.get(name);
    if (throughput === undefined) {
      const limits: Units = partitionLimits(settings);
      const count = initialPartitions(table, index, settings);
      throughput = new Throughput(new PartitionMap(count, limits, now));
      this.#throughput.set(name, throughput);
    }
    return throughput;
  }
}

/** What the world knows of a table. */
export function worldOf(table: Table): TableWorld {
  table.world ??= new TableWorld();
  return table.world;
}

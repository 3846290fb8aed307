/** What a run cost, summed up for the strip below each side. */
import { logicalCalls } from '../../engine/lab/logical-reads.ts';
import {
  type DynamoDBStep,
  type Metering,
  type PlanNode,
  type PostgresStep,
  type TableUnits,
  type Units,
  withMore,
} from '../../engine/lab/result.ts';

/** What requests cost: capacity in units, items as counted by the engine. */
export interface DynamoDBCost {
  requests: number;
  /** Pages of reads that took more than one round trip. */
  pages: number;
  read: number;
  write: number;
  itemsRead: number;
  itemsReturned: number;
  itemsWritten: number;
  /** Each table's share, in the order in which the run met them. */
  tables: TableUnits[];
}

/** The cost of a PostgreSQL side: pages of 8 KiB, rows. */
export interface PostgresCost {
  statements: number;
  buffers: number;
  rowsScanned: number;
  rowsReturned: number;
  walBytes: number;
  /** Indexes that the plans used, sorted by name. */
  indexes: string[];
  /** Tables that a plan read from end to end, sorted by name. */
  scanned: string[];
}

/** Sums up what all requests of these steps consumed. */
export function dynamoDbCost(steps: readonly DynamoDBStep[]): DynamoDBCost {
  const meterings = steps.flatMap((step) => step.calls).map(({ metering }) => metering);
  const sum = (of: (metering: Metering) => number) =>
    meterings.reduce((total, metering) => total + of(metering), 0);
  const tables = sumTables(meterings.flatMap((metering) => metering.tables));
  return {
    requests: meterings.length,
    pages: steps
      .flatMap((step) => logicalCalls(step.calls))
      .reduce((total, { length }) => total + (length > 1 ? length : 0), 0),
    read: tables.reduce((total, table) => total + table.read, 0),
    write: tables.reduce((total, table) => total + table.write, 0),
    itemsRead: sum(({ itemsRead }) => itemsRead),
    itemsReturned: sum(({ itemsReturned }) => itemsReturned),
    itemsWritten: sum(({ itemsWritten }) => itemsWritten),
    tables,
  };
}

/** What several requests consumed of each table and its indexes, in the order in which they met them. */
export function sumTables(tables: readonly TableUnits[]): TableUnits[] {
  const sums: TableUnits[] = [];
  for (const table of tables) {
    const sum = sums.find((known) => known.table === table.table);
    if (!sum) {
      sums.push(structuredClone(table));
      continue;
    }
    add(sum, table);
    add(sum.base, table.base);
    for (const index of table.indexes) {
      const share = sum.indexes.find((known) => known.index === index.index);
      if (share) add(share, index);
      else sum.indexes.push({ ...index });
    }
  }
  return sums;
}

function add(sum: Units, more: Units): void {
  sum.read += more.read;
  sum.write += more.write;
}

/** Sums up what all statements of these steps cost. */
export function postgresCost(steps: readonly PostgresStep[]): PostgresCost {
  const cost: PostgresCost = {
    statements: 0,
    buffers: 0,
    rowsScanned: 0,
    rowsReturned: 0,
    walBytes: 0,
    indexes: [],
    scanned: [],
  };
  const indexes = new Set<string>();
  const scanned = new Set<string>();
  for (const statement of steps.flatMap((step) => step.statements).flatMap(withMore)) {
    cost.statements += 1;
    if (!statement.cost) continue;
    cost.buffers += statement.cost.buffersHit + statement.cost.buffersRead;
    cost.rowsScanned += statement.cost.rowsScanned;
    cost.rowsReturned += statement.rowCount ?? 0;
    cost.walBytes += statement.cost.walBytes;
    for (const node of planNodes(statement.cost.plan)) {
      if (node.index !== undefined) indexes.add(node.index);
      if (node.node.endsWith('Seq Scan') && node.relation) scanned.add(node.relation);
    }
  }
  cost.indexes = [...indexes].sort();
  cost.scanned = [...scanned].sort();
  return cost;
}

/** A plan's nodes, parents first. */
export function planNodes(plan: PlanNode): PlanNode[] {
  return [plan, ...plan.children.flatMap(planNodes)];
}

/** What a run cost, summed up for the strip below each side. */
import {
  type DynamoDBStep,
  type PlanNode,
  type PostgresStep,
  type TableUnits,
  withMore,
} from '../../engine/lab/result.ts';

/** The cost of a DynamoDB side: capacity in units, items as counted by the engine. */
export interface DynamoDBCost {
  requests: number;
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
  const cost: DynamoDBCost = {
    requests: 0,
    read: 0,
    write: 0,
    itemsRead: 0,
    itemsReturned: 0,
    itemsWritten: 0,
    tables: [],
  };
  for (const { metering } of steps.flatMap((step) => step.calls)) {
    cost.requests += 1;
    cost.itemsRead += metering.itemsRead;
    cost.itemsReturned += metering.itemsReturned;
    cost.itemsWritten += metering.itemsWritten;
    for (const table of metering.tables) {
      cost.read += table.read;
      cost.write += table.write;
      addTable(cost.tables, table);
    }
  }
  return cost;
}

function addTable(tables: TableUnits[], more: TableUnits): void {
  const sum = tables.find((table) => table.table === more.table);
  if (!sum) {
    tables.push(structuredClone(more));
    return;
  }
  add(sum, more);
  add(sum.base, more.base);
  for (const index of more.indexes) {
    const share = sum.indexes.find((known) => known.index === index.index);
    if (share) add(share, index);
    else sum.indexes.push({ ...index });
  }
}

function add(sum: { read: number; write: number }, more: { read: number; write: number }): void {
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

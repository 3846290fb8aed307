/** DeleteTable. Unless the world says otherwise the table is gone at once; the answer says DELETING, as AWS's does. */
import { resourceInUse } from '../request/errors.ts';
import { existingTable, inputReader } from '../request/input.ts';
import { beginTablePhase, tableStatus } from '../storage/lifecycle.ts';
import type { Table } from '../storage/table.ts';
import { closeStream } from '../streams/stream.ts';
import { endReplication } from '../world/replication.ts';
import { describe } from './describe.ts';
import { requireIdleIndexes } from './index-states.ts';
import { operation } from './operation.ts';
import { leaveGlobalTable, requireDeletableReplica } from './update-replicas.ts';

export const deleteTable = operation(
  inputReader<{ TableName: string }>({ TableName: existingTable }),
  ({ TableName }, context) => {
    const { store, now, world } = context;
    const table = store.describedTable(TableName);
    requireActive(table);
    requireDeletableReplica(table, context);
    closeStream(table, context);
    leaveGlobalTable(table, context.region, context);
    endReplication(table);
    if (tableStatus(table) !== 'DELETING') {
      const until = now() + (world?.settings.tableDeletion ?? 0);
      beginTablePhase(table, { status: 'DELETING', until });
    }
    const TableDescription = withoutSchema(describe(table));
    store.endPhases(now());
    return { TableDescription };
  },
);

/**
 * What the answer tells of the table: neither its keys nor its indexes.
 * Source: Amazon DynamoDB API Reference, "DeleteTable", sample response; dynalite's tests for global indexes.
 */
function withoutSchema(description: ReturnType<typeof describe>): ReturnType<typeof describe> {
  const { AttributeDefinitions: _, KeySchema: __, ...rest } = description;
  const { LocalSecondaryIndexes: ___, GlobalSecondaryIndexes: ____, ...left } = rest;
  const { VectorIndexes: _____, ...told } = left;
  return told;
}

/** A table that is being deleted may be deleted again. Source: Amazon DynamoDB API Reference, "DeleteTable". */
function requireActive(table: Table): void {
  requireIdleIndexes(table);
  const status = tableStatus(table);
  if (status === 'ACTIVE' || status === 'DELETING') return;
  const doing = status === 'CREATING' ? 'created' : 'updated';
  throw resourceInUse(
    `Attempt to change a resource which is still in use: Table is being ${doing}: ${table.name}`,
  );
}

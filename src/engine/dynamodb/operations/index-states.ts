/** What an index's status forbids: changes while others go on. */
import { resourceInUse, resourceNotFound, validationError } from '../request/errors.ts';
import type { GlobalIndexDescription } from '../storage/description.ts';
import { tableStatus } from '../storage/lifecycle.ts';
import type { Table } from '../storage/table.ts';

const IN_USE = 'Attempt to change a resource which is still in use: ';

/** Throws ResourceInUseException while an index is not yet, or no longer, one that can be deleted. */
export function requireDeletable(table: Table, name: string): void {
  const phase = table.lifecycle?.indexes.get(name);
  if (phase?.status === 'CREATING' && phase.backfilling === false) {
    throw resourceInUse(
      `${IN_USE}Index creation is in resource allocation phase. Retry deletion during backfilling phase or when the index is active. Table: ${table.name} Index: ${name}`,
    );
  }
  if (phase?.status !== 'CREATING') requireIdle(table, name);
}

/** The global index of that name. Throws ResourceNotFoundException; for a local one, ValidationException. */
export function existingIndex(
  table: Table,
  name: string,
  action: 'update' | 'delete',
): GlobalIndexDescription {
  const found = table.description.GlobalSecondaryIndexes?.find((one) => one.IndexName === name);
  if (found) return found;
  if (table.index(name)) {
    throw validationError(`Cannot ${action} an index that is not a GlobalSecondaryIndex: ${name}`);
  }
  throw resourceNotFound(`Requested resource not found: Index ${name} for table ${table.name}`);
}

const doing = { CREATING: 'created', UPDATING: 'updated', DELETING: 'deleted' };

/** Throws ResourceInUseException while an index is created, updated or deleted. */
export function requireIdle(table: Table, name: string): void {
  const phase = table.lifecycle?.indexes.get(name);
  if (phase) {
    throw resourceInUse(
      `${IN_USE}Index is being ${doing[phase.status]}. Table: ${table.name} Index: ${name}`,
    );
  }
}

/** Throws ResourceInUseException while an index is not ACTIVE: the table cannot be deleted then. */
export function requireIdleIndexes(table: Table): void {
  if ((table.lifecycle?.indexes.size ?? 0) > 0 && tableStatus(table) !== 'CREATING') {
    throw resourceInUse(
      `${IN_USE}Cannot delete table while indexes are being created, updated, or deleted.`,
    );
  }
}

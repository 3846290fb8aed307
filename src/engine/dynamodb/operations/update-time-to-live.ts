/** UpdateTimeToLive. It holds at once, in all Regions of a global table; AWS promises that within the hour. */
import { resourceInUse, validationError } from '../request/errors.ts';
import { existingTable, inputReader } from '../request/input.ts';
import type { Shapes } from '../request/shape.ts';
import { Expiry } from '../storage/expiry.ts';
import { tableStatus } from '../storage/lifecycle.ts';
import type { Table } from '../storage/table.ts';
import { operation } from './operation.ts';

interface Specification {
  Enabled: boolean;
  AttributeName: string;
}

interface Input {
  TableName: string;
  TimeToLiveSpecification: Specification;
}

const shapes: Shapes = {
  TableName: existingTable,
  TimeToLiveSpecification: {
    type: 'FieldStruct<TimeToLiveSpecification>',
    notNull: true,
    children: {
      Enabled: { type: 'Boolean', notNull: true },
      AttributeName: {
        type: 'String',
        notNull: true,
        lengthGreaterThanOrEqual: 1,
        lengthLessThanOrEqual: 255,
      },
    },
  },
};

/** In milliseconds. Source: DynamoDB API Reference, "UpdateTimeToLive". */
const LEAST_BETWEEN_CHANGES = 60 * 60 * 1000;

export const updateTimeToLive = operation(
  inputReader<Input>(shapes),
  ({ TableName, TimeToLiveSpecification: wanted }, { store, now, world }) => {
    const table = store.describedTable(TableName);
    if (tableStatus(table) === 'CREATING') {
      throw resourceInUse(
        `Attempt to change a resource which is still in use: Table is being created: ${table.name}`,
      );
    }
    const problem = problemOf(wanted, table, now());
    if (problem) throw validationError(problem);
    // All replicas of a global table have the same time to live.
    const others = [...(table.replica?.next.keys() ?? [])].map((region) =>
      world?.stores?.get(region),
    );
    for (const one of [store, ...others]) {
      const replica = one?.find(table.name);
      if (one === undefined || replica === undefined) continue;
      replica.expiryChangedAt = now();
      replica.setExpiry(wanted.Enabled ? new Expiry(wanted.AttributeName) : undefined);
      one.noteExpiry();
    }
    return { TimeToLiveSpecification: { ...wanted } };
  },
);

function problemOf(wanted: Specification, table: Table, now: number): string | undefined {
  const { expiry, expiryChangedAt = Number.NEGATIVE_INFINITY } = table;
  if (expiry !== undefined && expiry.attribute !== wanted.AttributeName) {
    return `TimeToLive is active on a different AttributeName: current AttributeName is ${expiry.attribute}`;
  }
  if (wanted.Enabled === (expiry !== undefined)) {
    return `TimeToLive is already ${wanted.Enabled ? 'enabled' : 'disabled'}`;
  }
  return now - expiryChangedAt < LEAST_BETWEEN_CHANGES
    ? 'Time to live has been modified multiple times within a fixed interval'
    : undefined;
}

/** UpdateTable: throughput, billing mode, global and vector indexes, stream, encryption, table class, protection. */
import {
  changedStreamProblem,
  encryption,
  encryptionProblem,
  type SSESpecification,
  without,
} from '../items/table-rules.ts';
import { onDemandProblem } from '../items/throughput-rules.ts';
import { resourceInUse, resourceNotFound, validationError } from '../request/errors.ts';
import { existingTable, inputReader } from '../request/input.ts';
import * as shapes from '../request/table-shapes.ts';
import {
  type AttributeDefinition,
  billingMode,
  type OnDemandThroughput,
  type StreamSpecification,
  type TableDescription,
  type WarmThroughput,
} from '../storage/description.ts';
import { beginTablePhase, tableStatus } from '../storage/lifecycle.ts';
import type { Table } from '../storage/table.ts';
import { closeStream, openStream } from '../streams/stream.ts';
import { type VectorIndexUpdate, vectorIndexUpdatesShape } from '../vectors/description.ts';
import { describe, withStream } from './describe.ts';
import { type Context, operation } from './operation.ts';
import { warmed, withCeiling } from './update-index-throughput.ts';
import {
  type IndexUpdate,
  indexUpdates,
  indexUpdatesProblem,
  planIndexUpdates,
  requireOneOnlineIndex,
} from './update-indexes.ts';
import {
  type ReplicaUpdate,
  replicaUpdatesProblem,
  replicaUpdatesShape,
  updateReplicas,
} from './update-replicas.ts';
import {
  type ThroughputInput,
  throughputChange,
  throughputInputProblem,
} from './update-throughput.ts';
import { planVectorUpdate, requireOnDemand, vectorUpdatesProblem } from './update-vectors.ts';

interface Input extends ThroughputInput {
  TableName: string;
  AttributeDefinitions?: AttributeDefinition[];
  OnDemandThroughput?: OnDemandThroughput;
  WarmThroughput?: WarmThroughput;
  GlobalSecondaryIndexUpdates?: IndexUpdate[];
  VectorIndexUpdates?: VectorIndexUpdate[];
  StreamSpecification?: StreamSpecification;
  SSESpecification?: SSESpecification;
  TableClass?: string;
  DeletionProtectionEnabled?: boolean;
  ReplicaUpdates?: ReplicaUpdate[];
}

const INVALID = 'One or more parameter values were invalid: ';
const IN_USE = 'Attempt to change a resource which is still in use: ';

const members = {
  TableName: existingTable,
  ProvisionedThroughput: shapes.provisionedThroughput,
  BillingMode: shapes.billingMode,
  GlobalSecondaryIndexUpdates: indexUpdates,
  AttributeDefinitions: shapes.attributeDefinitions,
  ...shapes.laterTypes,
  VectorIndexUpdates: vectorIndexUpdatesShape,
  ReplicaUpdates: replicaUpdatesShape,
};

/** Parameters that this engine does not have. */
const absent = [
  ...['MultiRegionConsistency', 'GlobalTableWitnessUpdates'],
  ...['GlobalTableSettingsReplicationMode', 'DisassociationProtectionEnabled'],
];

/** Changes that DynamoDB makes only alone, first those that it names first. */
const alone: Array<[member: keyof Input, message: string]> = [
  ['ReplicaUpdates', 'Replica modification'],
  ['SSESpecification', 'Server-Side Encryption modification'],
  ['TableClass', 'TableClass modification'],
  ['DeletionProtectionEnabled', 'DeletionProtection modification'],
  ['WarmThroughput', 'WarmThroughput'],
];

function checkInput(input: Input): string | undefined {
  const { TableName: _, AttributeDefinitions: __, ...changes } = input;
  const { GlobalSecondaryIndexUpdates: updates, ...others } = changes;
  const count = Object.keys(others).length;
  if (count === 0 && !updates?.length) {
    return 'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is required';
  }
  if (updates?.length === 0) return `${INVALID}List of GlobalSecondaryIndexUpdates is empty`;
  return (
    throughputInputProblem(input) ??
    combinationProblem(input, changes) ??
    indexUpdatesProblem(updates ?? []) ??
    vectorUpdatesProblem(input.VectorIndexUpdates) ??
    changedStreamProblem(input.StreamSpecification) ??
    encryptionProblem(input.SSESpecification) ??
    replicaUpdatesProblem(input.ReplicaUpdates)
  );
}

/** Most changes cannot be combined in one request. */
function combinationProblem(input: Input, changes: object): string | undefined {
  const updates = input.GlobalSecondaryIndexUpdates ?? [];
  const online = updates.some(({ Create, Delete }) => Create ?? Delete);
  const units = input.ProvisionedThroughput !== undefined;
  if (input.WarmThroughput && updates.some(({ Create }) => Create)) {
    return `${INVALID}Create global secondary index cannot be specified when updating WarmThroughput`;
  }
  for (const [member, what] of alone) {
    if (input[member] !== undefined && Object.keys(changes).length > 1) {
      return `${INVALID}${what} must be the only operation in the request`;
    }
  }
  const withBilling = input.BillingMode === undefined ? 1 : 2;
  if (input.OnDemandThroughput && Object.keys(changes).length > withBilling) {
    return `${INVALID}OnDemandThroughput can only be combined with BillingMode in an UpdateTable request`;
  }
  if (input.StreamSpecification && (units || input.BillingMode === 'PROVISIONED')) {
    return `${INVALID}You cannot modify stream status while updating table IOPS`;
  }
  if (!online) return undefined;
  if (units) return `${INVALID}You cannot create or delete index while updating table IOPS`;
  return input.StreamSpecification
    ? `${INVALID}You cannot create or delete index while changing stream status`
    : undefined;
}

export const updateTable = without(
  absent,
  operation(inputReader<Input>(members, checkInput), (input, context) => {
    const { store, now } = context;
    const table = store.describedTable(input.TableName);
    requireChangeable(table, input);
    if (input.ReplicaUpdates) return updateReplicas(table, input.ReplicaUpdates, context);
    if (table.replica) requireRegional(input);
    if (input.BillingMode === 'PROVISIONED') requireOnDemand(table);
    const updates = input.GlobalSecondaryIndexUpdates ?? [];
    const vectorUpdates = input.VectorIndexUpdates ?? [];
    requireOneOnlineIndex(table, [...updates, ...vectorUpdates]);
    const provisioned = new Set(
      updates.flatMap(({ Update }) => (Update?.ProvisionedThroughput ? [Update.IndexName] : [])),
    );
    const before = table.lifecycle?.table?.until ?? 0;
    const until = Math.max(before, now() + (context.world?.settings.tableUpdate ?? 0));
    const throughput = throughputChange(table.description, input, provisioned, context, until);
    const billing = input.BillingMode ?? billingMode(table.description);
    const changeIndexes = planIndexUpdates(
      table,
      updates,
      input.AttributeDefinitions,
      billing,
      context,
    );
    for (const update of vectorUpdates) {
      changeIndexes.push(
        planVectorUpdate(table, update, input.AttributeDefinitions, billing, context),
      );
    }
    requireStreamChange(table, input);
    table.description = atOnce(table.description, input, context);
    if (input.StreamSpecification?.StreamEnabled) openStream(table, context);
    else if (input.StreamSpecification) closeStream(table, context);
    for (const change of changeIndexes) change();
    if (takesTime(input)) beginTablePhase(table, { status: 'UPDATING', until, ...throughput });
    const TableDescription = describe(table);
    store.endPhases(now());
    return { TableDescription };
  }),
);

/** Changes of a global table that concern one Region alone are made; AWS makes all others in every Region. */
function requireRegional(input: Input): void {
  if (input.StreamSpecification) {
    throw validationError(`${INVALID}Disabling Stream is not allowed for a Global Table replica.`);
  }
  const { TableName: _, AttributeDefinitions: __, DeletionProtectionEnabled: ___, ...rest } = input;
  const [name] = Object.keys(rest);
  if (name === undefined) return;
  throw validationError(
    `This emulator does not have the parameter ${name} for a table with replicas.`,
  );
}

/** Throws ResourceInUseException, or ResourceNotFoundException for a table being restored, if the table is busy. */
function requireChangeable(table: Table, input: Input): void {
  const { name, lifecycle } = table;
  const phase = lifecycle?.table;
  const [index] =
    [...(lifecycle?.indexes ?? [])].find(([, { status }]) => status !== 'UPDATING') ?? [];
  if (index !== undefined) requireChangeableBesides(table, index, input);
  if (phase === undefined || phase.reason === 'index') return;
  if (phase.restore) {
    throw resourceNotFound(`Requested resource not found: Table: ${name} not found`);
  }
  const status = tableStatus(table);
  const { GlobalSecondaryIndexUpdates: global = [], VectorIndexUpdates: vector = [] } = input;
  const online = [...global, ...vector].some(({ Create, Delete }) => Create ?? Delete);
  if (status === 'UPDATING' && online) {
    throw resourceInUse(
      `${IN_USE}Can't create or delete indexes while table IOPS are being updated. Table: ${name}`,
    );
  }
  const doing = status === 'CREATING' ? 'created' : status === 'DELETING' ? 'deleted' : 'updated';
  throw resourceInUse(`${IN_USE}Table is being ${doing}: ${name}`);
}

/** What cannot be changed while an index is being created or deleted. */
function requireChangeableBesides(table: Table, index: string, input: Input): void {
  const phase = table.lifecycle?.indexes.get(index);
  if (phase?.backfilling) return;
  const creating = phase?.status === 'CREATING';
  const doing = creating ? 'created' : 'deleted';
  const switched = input.BillingMode && input.BillingMode !== billingMode(table.description);
  if (input.ProvisionedThroughput ?? switched) {
    throw resourceInUse(
      `${IN_USE}Can't change table IOPS when an index is being ${doing}. Table: ${table.name} Indexes: [${index}]`,
    );
  }
  if (input.StreamSpecification) {
    throw resourceInUse(`${IN_USE}Can't change stream status when an index is being ${doing}`);
  }
  if (input.OnDemandThroughput) {
    throw resourceInUse(
      `${IN_USE}OnDemandThroughput cannot be updated while index ${creating ? 'creation' : 'deletion'} is in progress for indexes: [${index}]`,
    );
  }
}

function requireStreamChange(
  { description, name }: Table,
  { StreamSpecification: stream }: Input,
): void {
  const enabled = description.StreamSpecification !== undefined;
  if (stream?.StreamEnabled && enabled) {
    throw validationError(`Table already has an enabled stream: TableName: ${name}`);
  }
  if (stream && !stream.StreamEnabled && !enabled) {
    throw validationError(`Table has no stream to disable: TableName: ${name}`);
  }
}

/** The description with what holds from the answer on, whatever the table's status is then. */
function atOnce(current: TableDescription, input: Input, context: Context): TableDescription {
  let description = withStream(current, input.StreamSpecification, context);
  const { OnDemandThroughput: ceiling, WarmThroughput: warm, TableClass } = input;
  if (ceiling) {
    const billing = input.BillingMode ?? billingMode(current);
    const problem = onDemandProblem(ceiling, billing, undefined, true);
    if (problem) throw validationError(problem);
    const { OnDemandThroughput: _, ...rest } = description;
    description = { ...rest, ...withCeiling(description, ceiling) };
  }
  if (warm) {
    description = { ...description, WarmThroughput: warmed(current.WarmThroughput, warm, 'table') };
  }
  if (TableClass) description = { ...description, TableClassSummary: { TableClass } };
  if (input.SSESpecification) {
    const { SSEDescription: _, ...rest } = description;
    const SSEDescription = encryption(input.SSESpecification, context.region);
    description = { ...rest, ...(SSEDescription && { SSEDescription }) };
  }
  const { DeletionProtectionEnabled: protection } = input;
  return protection === undefined
    ? description
    : { ...description, DeletionProtectionEnabled: protection };
}

/** Whether the table is UPDATING for a while; other changes hold at once. */
function takesTime(input: Input): boolean {
  return Boolean(
    input.BillingMode ??
      input.ProvisionedThroughput ??
      input.StreamSpecification ??
      input.TableClass,
  );
}

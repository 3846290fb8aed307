/** ReplicaUpdates of UpdateTable: a table becomes a global table, version 2019.11.21, eventually consistent. */
import { validationError } from '../request/errors.ts';
import type { Shape, Shapes } from '../request/shape.ts';
import { billingMode, type TableDescription } from '../storage/description.ts';
import { beginTablePhase } from '../storage/lifecycle.ts';
import type { Store } from '../storage/store.ts';
import type { Table } from '../storage/table.ts';
import { closeStream, openStream } from '../streams/stream.ts';
import { endReplication, followForReplicas } from '../world/replication.ts';
import { randomId } from './create-table.ts';
import { describe, withStream } from './describe.ts';
import type { Body, Context } from './operation.ts';

/** Members of Create that this engine does not have. */
const OVERRIDES = [
  'KMSMasterKeyId',
  'ProvisionedThroughputOverride',
  'OnDemandThroughputOverride',
  'GlobalSecondaryIndexes',
  'TableClassOverride',
] as const;

interface Action extends Partial<Record<(typeof OVERRIDES)[number], unknown>> {
  RegionName: string;
}

/** One replica to add or to remove. */
export interface ReplicaUpdate {
  Create?: Action;
  Update?: Action;
  Delete?: Action;
}

const VERSION = '2019.11.21';

/** How long a replica cannot be deleted that another one was copied from, in milliseconds. */
const SOURCE_KEPT = 24 * 60 * 60 * 1000;

const action = (name: string): Shape => ({
  type: `FieldStruct<${name}ReplicationGroupMemberAction>`,
  children: {
    RegionName: { type: 'String', notNull: true, lengthGreaterThanOrEqual: 1 },
    KMSMasterKeyId: 'String',
    ProvisionedThroughputOverride: {
      type: 'FieldStruct<ProvisionedThroughputOverride>',
      children: {},
    },
    OnDemandThroughputOverride: { type: 'FieldStruct<OnDemandThroughputOverride>', children: {} },
    GlobalSecondaryIndexes: {
      type: 'List',
      children: { type: 'ValueStruct<ReplicaGlobalSecondaryIndex>', children: {} },
    },
    TableClassOverride: 'String',
  },
});

/** The member of UpdateTable's requests. */
export const replicaUpdatesShape: Shape = {
  type: 'List',
  lengthGreaterThanOrEqual: 1,
  children: {
    type: 'ValueStruct<ReplicationGroupUpdate>',
    children: {
      Create: action('Create'),
      Update: action('Update'),
      Delete: action('Delete'),
    } as Shapes,
  },
};

/** What is wrong with the replicas that a request wants to change. Of its actions, one is made at a time. */
export function replicaUpdatesProblem(updates: ReplicaUpdate[] | undefined): string | undefined {
  if (updates === undefined) return undefined;
  for (const update of updates) {
    const kinds = Object.keys(update);
    if (kinds.length === 0) {
      return 'There are no actions specified in the Replica Update Action of the request.';
    }
    if (kinds.length > 1) {
      return 'Update table operation with more than one type of replica actions not allowed.';
    }
    if (update.Update) return 'This emulator does not have the parameter ReplicaUpdates.Update.';
    const override = OVERRIDES.find((name) => update.Create?.[name] !== undefined);
    if (override) {
      return `This emulator does not have the parameter ReplicaUpdates.Create.${override}.`;
    }
  }
  // The same replica may be asked for twice.
  const regions = new Set(updates.map(({ Create }) => Create?.RegionName));
  return regions.size > 1 || (updates.length > 1 && regions.has(undefined))
    ? 'Update table operation with more than one create or delete replica actions not allowed'
    : undefined;
}

/** Adds or removes the replica. Throws ValidationException. */
export function updateReplicas(table: Table, [update]: ReplicaUpdate[], context: Context): Body {
  const { store, region, now, world } = context;
  const stores = world?.stores;
  if (stores === undefined) {
    throw validationError(
      'This emulator does not have the parameter ReplicaUpdates in one Region.',
    );
  }
  const wanted = (update?.Create ?? update?.Delete)?.RegionName as string;
  if (wanted === region) {
    throw validationError(
      'Cannot add or delete the local region through ReplicaUpdates. Use CreateTable, DeleteTable, or UpdateTable as required.',
    );
  }
  const target = stores.get(wanted);
  if (target === undefined) {
    throw validationError(
      `Region ${wanted} is not supported. The latest version of global tables are only supported in the following regions: [${[...stores.keys()].join(', ')}]`,
    );
  }
  const change = update?.Create
    ? planReplica(table, wanted, target, context)
    : planRemoval(table, wanted, target, context);
  if (update?.Create) requireStream(table, context);
  beginTablePhase(table, { status: 'UPDATING', until: now() + (world?.settings.tableUpdate ?? 0) });
  const TableDescription = describe(table);
  if (update?.Create) {
    // The new replica itself is not shown yet.
    TableDescription.GlobalTableVersion = VERSION;
    TableDescription.Replicas ??= [];
  }
  change();
  store.endPhases(now());
  return { TableDescription };
}

function planReplica(table: Table, wanted: string, target: Store, context: Context): () => void {
  const { name, description } = table;
  if (target.find(name)) {
    throw validationError(
      `Failed to create a the new replica of table with name: ‘${name}’ because one or more replicas already existed as tables.`,
    );
  }
  if (billingMode(description) !== 'PAY_PER_REQUEST') {
    throw validationError('Table write capacity should either be Pay-Per-Request or AutoScaled.');
  }
  if (description.VectorIndexes) {
    throw validationError('This emulator does not have replicas of tables with vector indexes.');
  }
  return () => addReplica(table, wanted, target, context);
}

/** A table without a stream gets one. */
function requireStream(table: Table, context: Context): void {
  if (table.description.StreamSpecification) return;
  const stream = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } as const;
  table.description = withStream(table.description, stream, context);
  openStream(table, context);
}

function addReplica(table: Table, wanted: string, target: Store, context: Context): void {
  const { region, now, random, world } = context;
  const copy = table.clone();
  copy.lifecycle = undefined;
  copy.journals = undefined;
  copy.world = undefined;
  copy.recovery = undefined;
  copy.tags = new Map();
  copy.policy = undefined;
  copy.description = {
    ...inRegion(table.description, region, wanted),
    TableId: randomId(random),
    CreationDateTime: now() / 1000,
    DeletionProtectionEnabled: false,
  };
  const there: Context = { ...context, store: target, region: wanted };
  copy.description = withStream(copy.description, copy.description.StreamSpecification, there);
  openStream(copy, there);
  // What is on its way to the copied replica is on its way to the copy too.
  const members = [...(table.replica?.next.keys() ?? [])];
  for (const member of members) {
    const peer = world?.stores?.get(member)?.find(table.name) as Table;
    const next = new Map(peer.replica?.next);
    next.set(wanted, next.get(region) as string);
    peer.replica = { sourced: new Map(), ...peer.replica, next };
    describeReplicas(peer);
  }
  const sourced = new Map(table.replica?.sourced).set(wanted, now());
  const next = new Map(table.replica?.next).set(wanted, followForReplicas(table, now()));
  table.replica = { next, sourced };
  describeReplicas(table);
  const first = followForReplicas(copy, now());
  const others = [region, ...members].map((member) => [member, first] as const);
  copy.replica = { next: new Map(others), sourced: new Map() };
  describeReplicas(copy);
  target.add(copy);
  target.noteExpiry();
}

function planRemoval(table: Table, wanted: string, target: Store, context: Context): () => void {
  if (!table.replica?.next.has(wanted)) {
    throw validationError(
      `Update global table operation failed because one or more replicas were not part of the global table. Please retry the request without these replicas: [${wanted}].`,
    );
  }
  const replica = target.find(table.name) as Table;
  requireDeletableReplica(replica, context);
  return () => {
    closeStream(replica, { ...context, store: target, region: wanted });
    target.delete(replica.name);
    target.noteExpiry();
    leaveGlobalTable(replica, wanted, context);
  };
}

/**
 * Throws ValidationException when a replica is protected, or when another one that still exists was copied from it
 * within a day. Source: DynamoDB Developer Guide, "How DynamoDB global tables work".
 */
export function requireDeletableReplica(replica: Table, { now }: Context): void {
  if (replica.description.DeletionProtectionEnabled) {
    throw validationError(
      'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
    );
  }
  for (const [copy, at] of replica.replica?.sourced ?? []) {
    if (!replica.replica?.next.has(copy) || now() - at >= SOURCE_KEPT) continue;
    throw validationError(
      'Replica cannot be deleted because it has acted as a source region for new replica(s) being added to the table in the last 24 hours.',
    );
  }
}

/** The others go on without the replica of that Region. */
export function leaveGlobalTable(replica: Table, region: string, { world }: Context): void {
  for (const member of replica.replica?.next.keys() ?? []) {
    const peer = world?.stores?.get(member)?.find(replica.name);
    if (peer?.replica === undefined) continue;
    const next = new Map(peer.replica.next);
    next.delete(region);
    peer.replica = { ...peer.replica, next };
    if (next.size === 0) endReplication(peer);
    describeReplicas(peer);
  }
}

/** Writes the other Regions into a table's description, or takes them out. */
export function describeReplicas(table: Table): void {
  const { Replicas: _, GlobalTableVersion: __, ...rest } = table.description;
  const others = [...(table.replica?.next.keys() ?? [])];
  table.description =
    others.length === 0
      ? rest
      : {
          ...rest,
          GlobalTableVersion: VERSION,
          Replicas: others.map((RegionName) => ({ RegionName, ReplicaStatus: 'ACTIVE' as const })),
        };
}

/** The description with the ARNs of another Region. */
export function inRegion(
  description: TableDescription,
  from: string,
  to: string,
): TableDescription {
  const [before, after] = [from, to].map((region) => `:dynamodb:${region}:`) as [string, string];
  return JSON.parse(JSON.stringify(description).replaceAll(before, after)) as TableDescription;
}

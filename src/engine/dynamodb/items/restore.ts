/** A new table from another one's items: what is kept of the old one, and what a request may change. */
import type { Json } from '../../lab/result.ts';
import { randomId } from '../operations/create-table.ts';
import { describe, throughput } from '../operations/describe.ts';
import type { Body, Context } from '../operations/operation.ts';
import { exception, validationError } from '../request/errors.ts';
import type { Shapes } from '../request/shape.ts';
import * as shapes from '../request/table-shapes.ts';
import { tableArn } from '../storage/arn.ts';
import {
  type BillingMode,
  billingMode,
  type GlobalIndexDescription,
  type IndexDescription,
  type OnDemandThroughput,
  type TableDescription,
  type Throughput,
} from '../storage/description.ts';
import { beginTablePhase } from '../storage/lifecycle.ts';
import { Table } from '../storage/table.ts';
import { type VectorIndexInput, vectorIndexesShape } from '../vectors/description.ts';
import { cloneVectorIndex } from '../vectors/index.ts';
import { keptVectorIndexes, vectorOverrideProblem } from '../vectors/restore.ts';
import { searchKeys } from '../vectors/rules.ts';
import type { IndexInput } from './index-rules.ts';
import { encryption, encryptionProblem, type SSESpecification } from './table-rules.ts';
import { warmThroughput } from './throughput-rules.ts';

/** What may be different in the new table. */
export interface RestoreOverrides {
  BillingModeOverride?: BillingMode;
  /** An empty list leaves all indexes out; without the member all are kept. */
  GlobalSecondaryIndexOverride?: IndexInput[];
  LocalSecondaryIndexOverride?: IndexInput[];
  VectorIndexOverride?: VectorIndexInput[];
  ProvisionedThroughputOverride?: Throughput;
  OnDemandThroughputOverride?: OnDemandThroughput;
  SSESpecificationOverride?: SSESpecification;
}

/** The members of a request that are overrides. */
export const overrideShapes: Shapes = {
  BillingModeOverride: shapes.billingMode,
  GlobalSecondaryIndexOverride: shapes.globalIndexes,
  LocalSecondaryIndexOverride: shapes.localIndexes,
  ProvisionedThroughputOverride: shapes.provisionedThroughput,
  OnDemandThroughputOverride: shapes.onDemandThroughput,
  SSESpecificationOverride: shapes.sseSpecification,
  VectorIndexOverride: vectorIndexesShape,
};

/** Where a restored table comes from, as RestoreSummary tells it. */
export interface RestoreOrigin {
  SourceBackupArn?: string;
  SourceTableArn: string;
  /** Seconds since 1970. */
  RestoreDateTime: number;
}

const INVALID = 'Invalid Request: ';

/**
 * Makes a table with the items, keys, indexes, billing and encryption of another, which stays as it is, and answers its
 * description. Streams, time to live, tags, protection and table class are not restored.
 * Throws TableAlreadyExistsException, TableInUseException, and ValidationException for overrides that do not fit.
 * Source: DynamoDB Developer Guide, "Restoring a DynamoDB table from a backup".
 */
export function restoreTable(
  source: Table,
  name: string,
  overrides: RestoreOverrides,
  origin: RestoreOrigin,
  context: Context,
): Body {
  const problem = overrideProblem(source.description, overrides);
  if (problem) throw validationError(problem);
  requireFreeTarget(name, context);
  const { store, world } = context;
  const at = context.now();
  const table = restoredTable(source, name, overrides, { ...context, now: () => at });
  const until = at + (world?.settings.tableRestore ?? 0);
  const restore = { ...origin } as unknown as { [member: string]: Json };
  beginTablePhase(table, { status: 'CREATING', until, restore });
  store.add(table);
  const TableDescription = describe(table);
  store.endPhases(at);
  return { TableDescription };
}

function requireFreeTarget(name: string, { store }: Context): void {
  const taken = store.find(name);
  if (taken === undefined) return;
  const backup = taken.lifecycle?.table?.restore?.SourceBackupArn;
  throw taken.lifecycle?.table?.restore
    ? exception(
        'TableInUseException',
        `Table: ${name} is already being restored${backup === undefined ? '' : ` from backup: ${backup}`}`,
      )
    : exception('TableAlreadyExistsException', `Table already exists: ${name}`);
}

function overrideProblem(
  source: TableDescription,
  overrides: RestoreOverrides,
): string | undefined {
  const mode = overrides.BillingModeOverride ?? billingMode(source);
  return (
    throughputOverrideProblem(billingMode(source), overrides) ??
    indexOverrideProblem(source.GlobalSecondaryIndexes, overrides.GlobalSecondaryIndexOverride) ??
    indexOverrideProblem(source.LocalSecondaryIndexes, overrides.LocalSecondaryIndexOverride) ??
    indexUnitsProblem(mode, overrides) ??
    vectorOverrideProblem(source.VectorIndexes, overrides.VectorIndexOverride, mode) ??
    encryptionProblem(overrides.SSESpecificationOverride)
  );
}

function throughputOverrideProblem(
  current: BillingMode,
  overrides: RestoreOverrides,
): string | undefined {
  const { BillingModeOverride: wanted, ProvisionedThroughputOverride: units } = overrides;
  const ceiling = overrides.OnDemandThroughputOverride ?? {};
  const mode = wanted ?? current;
  if (units && wanted === 'PAY_PER_REQUEST') {
    return `${INVALID}Cannot override ProvisionedThroughput if BillingMode is overridden to PAY_PER_REQUEST`;
  }
  if (units && mode !== 'PROVISIONED') {
    return `${INVALID}Cannot override ProvisionedThroughput unless BillingMode is PROVISIONED`;
  }
  if (wanted === 'PROVISIONED' && !units) {
    return `${INVALID}Must override ProvisionedThroughput if BillingMode is overridden to PROVISIONED`;
  }
  for (const name of ['MaxReadRequestUnits', 'MaxWriteRequestUnits'] as const) {
    const most = ceiling[name];
    if (most === undefined) continue;
    if (mode !== 'PAY_PER_REQUEST') {
      return `${INVALID}Cannot override ${name} for OnDemandThroughput unless BillingModeOverride is PAY_PER_REQUEST`;
    }
    if (most < 1)
      return `${INVALID}Requested ${name} for OnDemandThroughput is outside of valid range`;
  }
  return undefined;
}

/** Indexes may be left out and renamed, but not changed. */
function indexOverrideProblem(
  indexes: readonly IndexDescription[] = [],
  overrides: readonly IndexInput[] = [],
): string | undefined {
  const stranger = overrides.find((override) => original(indexes, override) === undefined);
  return stranger === undefined
    ? undefined
    : `${INVALID}Index ${stranger.IndexName} does not match a secondary index that existed in the source table and cannot be created during the restore operation`;
}

function indexUnitsProblem(mode: BillingMode, overrides: RestoreOverrides): string | undefined {
  for (const { IndexName, ProvisionedThroughput } of overrides.GlobalSecondaryIndexOverride ?? []) {
    if (mode === 'PROVISIONED' && !ProvisionedThroughput) {
      return `${INVALID}Must specify provisioned throughput for index ${IndexName}`;
    }
    if (mode === 'PAY_PER_REQUEST' && ProvisionedThroughput) {
      return `${INVALID}Cannot override ProvisionedThroughput if BillingMode is overridden to PAY_PER_REQUEST for index ${IndexName}`;
    }
  }
  return undefined;
}

/** The index of the source that has the override's keys and projection. */
function original<Description extends IndexDescription>(
  indexes: readonly Description[],
  override: IndexInput,
): Description | undefined {
  return indexes.find((index) => shapeOf(index) === shapeOf(override));
}

function shapeOf({ KeySchema, Projection }: Pick<IndexInput, 'KeySchema' | 'Projection'>): string {
  const keys = KeySchema.map(({ AttributeName, KeyType }) => [AttributeName, KeyType]);
  const { ProjectionType, NonKeyAttributes = [] } = Projection;
  return JSON.stringify([keys, ProjectionType, [...NonKeyAttributes].sort()]);
}

/** Trees are cloned, which takes no time that grows with the items. */
function restoredTable(
  source: Table,
  name: string,
  overrides: RestoreOverrides,
  context: Context,
): Table {
  const description = describeRestored(source.description, name, overrides, context);
  const kept = [
    ...keep(source.description.LocalSecondaryIndexes, overrides.LocalSecondaryIndexOverride),
    ...keep(source.description.GlobalSecondaryIndexes, overrides.GlobalSecondaryIndexOverride),
  ];
  const indexes = kept.flatMap(([from, to]) => {
    const index = source.index(from.IndexName);
    return index ? [{ ...index, name: to, tree: index.tree.clone() }] : [];
  });
  const table = new Table(description, source.keys, indexes, source.items.clone(), source.bytes);
  const vectors = source.vectors
    ?.filter(({ name: one }) =>
      description.VectorIndexes?.some(({ IndexName }) => IndexName === one),
    )
    .map(cloneVectorIndex);
  if (vectors?.length === source.vectors?.length) table.vectors = vectors;
  else table.setVectors(vectors?.length === 0 ? undefined : vectors);
  return table;
}

/** The indexes that are kept, each with the name it gets. */
function keep<Description extends IndexDescription>(
  indexes: readonly Description[] = [],
  overrides: readonly IndexInput[] | undefined,
): Array<[index: Description, name: string, override?: IndexInput]> {
  if (overrides === undefined) return indexes.map((index) => [index, index.IndexName]);
  return overrides.map((override) => [
    original(indexes, override) as Description,
    override.IndexName,
    override,
  ]);
}

function describeRestored(
  source: TableDescription,
  name: string,
  overrides: RestoreOverrides,
  { now, random, region }: Context,
): TableDescription {
  const arn = tableArn(name, region);
  const mode = overrides.BillingModeOverride ?? billingMode(source);
  const units = provisionedUnits(mode, overrides.ProvisionedThroughputOverride, source);
  const ceiling = overrides.OnDemandThroughputOverride ?? source.OnDemandThroughput;
  const { SSESpecificationOverride: sse } = overrides;
  const SSEDescription = sse ? encryption(sse, region) : source.SSEDescription;
  const locals = keep(source.LocalSecondaryIndexes, overrides.LocalSecondaryIndexOverride);
  const globals = keep(source.GlobalSecondaryIndexes, overrides.GlobalSecondaryIndexOverride);
  const vectors = keptVectorIndexes(source.VectorIndexes, overrides.VectorIndexOverride);
  const kept = [
    source,
    ...locals.map(([index]) => index),
    ...globals.map(([index]) => index),
    ...searchKeys(vectors),
  ];
  const used = new Set(kept.flatMap((one) => one.KeySchema.map((key) => key.AttributeName)));
  return {
    TableName: name,
    TableArn: arn,
    TableId: randomId(random),
    CreationDateTime: now() / 1000,
    AttributeDefinitions: source.AttributeDefinitions.filter((one) => used.has(one.AttributeName)),
    KeySchema: source.KeySchema,
    ProvisionedThroughput: throughput(units),
    WarmThroughput: warmThroughput(units),
    DeletionProtectionEnabled: false,
    ...(mode === 'PAY_PER_REQUEST' && {
      BillingModeSummary: { BillingMode: mode, LastUpdateToPayPerRequestDateTime: now() / 1000 },
    }),
    ...(mode === 'PAY_PER_REQUEST' && ceiling && { OnDemandThroughput: ceiling }),
    ...(SSEDescription && { SSEDescription }),
    ...(locals.length > 0 && {
      LocalSecondaryIndexes: locals.map(([index, to]) => renamed(index, to, arn)),
    }),
    ...(globals.length > 0 && {
      GlobalSecondaryIndexes: globals.map(([index, to, override]) => {
        const own = provisionedUnits(mode, override?.ProvisionedThroughput, index);
        return {
          ...renamed(index, to, arn),
          ProvisionedThroughput: throughput(own),
          WarmThroughput: warmThroughput(own, override?.WarmThroughput),
          ...(override?.OnDemandThroughput && { OnDemandThroughput: override.OnDemandThroughput }),
        };
      }),
    }),
    ...(vectors.length > 0 && {
      VectorIndexes: vectors.map((index) => ({
        ...index,
        IndexArn: `${arn}/index/${index.IndexName}`,
      })),
    }),
  };
}

function provisionedUnits(
  mode: BillingMode,
  override: Throughput | undefined,
  source: Pick<GlobalIndexDescription, 'ProvisionedThroughput'>,
): Throughput | undefined {
  return mode === 'PROVISIONED' ? (override ?? source.ProvisionedThroughput) : undefined;
}

function renamed<Description extends IndexDescription>(
  index: Description,
  name: string,
  arn: string,
): Description {
  return { ...index, IndexName: name, IndexArn: `${arn}/index/${name}` };
}

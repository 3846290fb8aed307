/** Rules about the keys, projections and throughput of indexes that hold for CreateTable and UpdateTable alike. */
import type {
  AttributeDefinition,
  BillingMode,
  KeySchemaElement,
  OnDemandThroughput,
  Projection,
  Throughput,
  WarmThroughput,
} from '../storage/description.ts';
import { onDemandProblem, warmProblem } from './throughput-rules.ts';

/** An index as requests describe it. */
export interface IndexInput {
  IndexName: string;
  KeySchema: KeySchemaElement[];
  Projection: Projection;
  ProvisionedThroughput?: Throughput;
  OnDemandThroughput?: OnDemandThroughput;
  WarmThroughput?: WarmThroughput;
}

const INVALID = 'One or more parameter values were invalid: ';
const SAME_NAME = 'Both the Hash Key and the Range Key element in the KeySchema have the same name';

/** Most attributes of a global index's partition key, and of its sort key. */
const MAX_KEY_ATTRIBUTES = 4;

/** Most indexes of a table. Source: DynamoDB Developer Guide, "Quotas". */
export const MAX_LOCAL_INDEXES = 5;
export const MAX_GLOBAL_INDEXES = 20;

/** Most attributes that a table's secondary indexes may name in their projections. */
const MAX_PROJECTED_ATTRIBUTES = 100;

/** What is wrong with the key of a table or a local index: one HASH attribute and at most one RANGE attribute. */
export function keySchemaProblem(
  schema: readonly KeySchemaElement[],
  definitions: readonly AttributeDefinition[],
): string | undefined {
  const [first, second] = schema;
  const undefinedKeys = undefinedProblem(schema, definitions);
  if (undefinedKeys) return undefinedKeys;
  if (first?.AttributeName === second?.AttributeName) return SAME_NAME;
  if (first?.KeyType !== 'HASH') {
    return 'Invalid KeySchema: The first KeySchemaElement is not a HASH key type';
  }
  return second && second.KeyType !== 'RANGE'
    ? 'Invalid KeySchema: The second KeySchemaElement is not a RANGE key type'
    : undefined;
}

/**
 * What is wrong with the key of a global index: up to four HASH attributes, then up to four RANGE attributes.
 * Source: DynamoDB Developer Guide, "Using Global Secondary Indexes in DynamoDB", multi-attribute key schema.
 */
export function globalKeySchemaProblem(
  schema: readonly KeySchemaElement[],
  definitions: readonly AttributeDefinition[],
): string | undefined {
  const undefinedKeys = undefinedProblem(schema, definitions);
  if (undefinedKeys) return undefinedKeys;
  const names = schema.map(({ AttributeName }) => AttributeName);
  if (new Set(names).size < names.length) {
    return schema.length === 2
      ? SAME_NAME
      : 'The KeySchema contains multiple key attributes with the same name';
  }
  if (schema[0]?.KeyType !== 'HASH') {
    return 'Invalid KeySchema: The first KeySchemaElement is not a HASH key type';
  }
  const types = schema.map(({ KeyType }) => KeyType);
  if (types.lastIndexOf('HASH') > types.indexOf('RANGE') && types.includes('RANGE')) {
    return `${INVALID}All HASH key attributes must precede RANGE key attributes in the KeySchema`;
  }
  for (const type of ['HASH', 'RANGE']) {
    if (types.filter((one) => one === type).length > MAX_KEY_ATTRIBUTES) {
      return `${INVALID}The KeySchema exceeds the maximum allowed number of ${type} key attributes`;
    }
  }
  return undefined;
}

/** What is wrong with a key whose attributes are not all defined. */
export function undefinedProblem(
  schema: readonly KeySchemaElement[],
  definitions: readonly AttributeDefinition[],
): string | undefined {
  const names = schema.map(({ AttributeName }) => AttributeName);
  const defined = definitions.map(({ AttributeName }) => AttributeName);
  return names.every((name) => defined.includes(name))
    ? undefined
    : `${INVALID}Some index key attributes are not defined in AttributeDefinitions. Keys: [${names.join(', ')}], AttributeDefinitions: [${defined.join(', ')}]`;
}

/** What is wrong with an index's projection. */
export function projectionProblem(projection: Partial<Projection>): string | undefined {
  const { ProjectionType = null, NonKeyAttributes } = projection;
  if (ProjectionType === null) return `${INVALID}Unknown ProjectionType: null`;
  if (ProjectionType === 'INCLUDE' && !NonKeyAttributes) {
    return `${INVALID}ProjectionType is INCLUDE, but NonKeyAttributes is not specified`;
  }
  if (ProjectionType !== 'INCLUDE' && NonKeyAttributes) {
    return `${INVALID}ProjectionType is ${ProjectionType}, but NonKeyAttributes is specified`;
  }
  const twice = NonKeyAttributes?.find((name, at) => NonKeyAttributes.indexOf(name) < at);
  return twice === undefined
    ? undefined
    : `${INVALID}Duplicate element in NonKeyAttributes: ${twice}`;
}

/**
 * What is wrong with the throughput of a global index in CreateTable: those of provisioned tables have throughput of
 * their own, those of on-demand tables none.
 */
export function indexThroughputProblem(
  index: IndexInput,
  billing: BillingMode,
): string | undefined {
  const { IndexName, ProvisionedThroughput } = index;
  if (billing === 'PROVISIONED' && !ProvisionedThroughput) {
    return `${INVALID}ProvisionedThroughput is not specified for index: ${IndexName}`;
  }
  if (billing === 'PAY_PER_REQUEST' && ProvisionedThroughput) {
    return `${INVALID}ProvisionedThroughput should not be specified for index: ${IndexName} when BillingMode is PAY_PER_REQUEST`;
  }
  return (
    onDemandProblem(index.OnDemandThroughput, billing, IndexName) ??
    warmProblem(index.WarmThroughput, billing, ProvisionedThroughput, IndexName)
  );
}

/** Said of local indexes of a table without a sort key. */
export const NO_RANGE_KEY = `${INVALID}Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex`;

/** What is wrong with the local indexes of a new table that has a sort key. */
export function localIndexesProblem(
  indexes: readonly IndexInput[],
  tableKeys: readonly KeySchemaElement[],
  definitions: readonly AttributeDefinition[],
): string | undefined {
  const tableHash = tableKeys[0]?.AttributeName;
  for (const { IndexName, KeySchema, Projection } of indexes) {
    const problem = keySchemaProblem(KeySchema, definitions);
    if (problem) return problem;
    if (KeySchema.length < 2) {
      return `${INVALID}Index KeySchema does not have a range key for index: ${IndexName}`;
    }
    const hash = KeySchema[0]?.AttributeName;
    if (hash !== tableHash) {
      return `${INVALID}Index KeySchema does not have the same leading hash key as table KeySchema for index: ${IndexName}. index hash key: ${hash}, table hash key: ${tableHash}`;
    }
    const projection = projectionProblem(Projection);
    if (projection) return projection;
  }
  return indexes.length > MAX_LOCAL_INDEXES
    ? `${INVALID}Number of LocalSecondaryIndexes exceeds per-table limit of ${MAX_LOCAL_INDEXES}`
    : undefined;
}

/** What is wrong with the global indexes of a new table. */
export function globalIndexesProblem(
  indexes: readonly IndexInput[],
  definitions: readonly AttributeDefinition[],
  billing: BillingMode,
): string | undefined {
  for (const index of indexes) {
    const problem =
      globalKeySchemaProblem(index.KeySchema, definitions) ??
      projectionProblem(index.Projection) ??
      indexThroughputProblem(index, billing);
    if (problem) return problem;
  }
  return indexes.length > MAX_GLOBAL_INDEXES
    ? `${INVALID}GlobalSecondaryIndex count exceeds the per-table limit of ${MAX_GLOBAL_INDEXES}`
    : undefined;
}

/**
 * What is wrong with the projections of a table's secondary indexes together: each attribute counts in each index. The
 * text is not AWS's, which is not known.
 * Source of the limit: Amazon DynamoDB API Reference, "Projection".
 */
export function projectedAttributesProblem(
  indexes: ReadonlyArray<{ Projection: Projection }>,
): string | undefined {
  const count = indexes.reduce(
    (sum, { Projection: { NonKeyAttributes } }) => sum + (NonKeyAttributes?.length ?? 0),
    0,
  );
  return count > MAX_PROJECTED_ATTRIBUTES
    ? `${INVALID}Number of NonKeyAttributes of all secondary indexes exceeds the per-table limit of ${MAX_PROJECTED_ATTRIBUTES}`
    : undefined;
}

/** The first name that two indexes of a table share. */
export function duplicateNameProblem(indexes: readonly IndexInput[]): string | undefined {
  const names = indexes.map(({ IndexName }) => IndexName);
  const twice = names.find((name, at) => names.indexOf(name) < at);
  return twice === undefined ? undefined : `${INVALID}Duplicate index name: ${twice}`;
}

/** Every attribute that is defined must be part of a key, and be defined once. */
export function definitionsProblem(
  definitions: readonly AttributeDefinition[],
  tableKeys: readonly KeySchemaElement[],
  indexes: ReadonlyArray<Pick<IndexInput, 'KeySchema'>>,
): string | undefined {
  const keys = [...tableKeys, ...indexes.flatMap(({ KeySchema }) => KeySchema)];
  const used = [...new Set(keys.map(({ AttributeName }) => AttributeName))];
  const defined = definitions.map(({ AttributeName }) => AttributeName);
  const twice = defined.find((name, at) => defined.indexOf(name) < at);
  if (twice !== undefined) return `Attribute Name is duplicated: ${twice}`;
  if (defined.every((name) => used.includes(name))) return undefined;
  return indexes.length === 0
    ? `${INVALID}Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions`
    : `${INVALID}Some AttributeDefinitions are not used. AttributeDefinitions: [${defined.join(', ')}], keys used: [${used.join(', ')}]`;
}

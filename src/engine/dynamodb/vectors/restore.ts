/** Vector indexes of a table that is restored: all of the source's, or those that the request names. */
import type { BillingMode } from '../storage/description.ts';
import type { VectorIndexDescription, VectorIndexInput } from './description.ts';

const INVALID = 'Invalid Request: ';

/**
 * What is wrong with VectorIndexOverride: indexes may be left out, but not changed. What DynamoDB answers to a restore
 * of vector indexes into a provisioned table is not documented, so it is refused as such.
 * Source: Amazon DynamoDB API Reference, "RestoreTableFromBackup".
 */
export function vectorOverrideProblem(
  indexes: readonly VectorIndexDescription[] = [],
  override: readonly VectorIndexInput[] | undefined,
  billing: BillingMode,
): string | undefined {
  const stranger = override?.find((one) => !indexes.some((index) => same(index, one)));
  if (stranger) {
    return `${INVALID}Index ${stranger.IndexName} does not match a secondary index that existed in the source table and cannot be created during the restore operation`;
  }
  return billing === 'PROVISIONED' && keptVectorIndexes(indexes, override).length > 0
    ? `${INVALID}Vector indexes are for PAY_PER_REQUEST tables; what DynamoDB answers to a restore of them into a PROVISIONED table is not known to this emulator. Leave them out with an empty VectorIndexOverride`
    : undefined;
}

/** The indexes that the restored table gets. */
export function keptVectorIndexes(
  indexes: readonly VectorIndexDescription[] = [],
  override: readonly VectorIndexInput[] | undefined,
): VectorIndexDescription[] {
  return indexes.filter((index) => override?.some((one) => same(index, one)) ?? true);
}

function same(a: VectorIndexInput, b: VectorIndexInput): boolean {
  return textOf(a) === textOf(b);
}

function textOf(index: VectorIndexInput): string {
  const { ProjectionType, NonKeyAttributes = [] } = index.Projection;
  const schema = index.SearchSchema?.map((one) => [one.AttributeName, one.SearchSchemaElementType]);
  return JSON.stringify([
    ...[index.IndexName, index.VectorAttribute.AttributeName, schema ?? []],
    ...[index.Dimensions, index.DistanceFunction, ProjectionType, [...NonKeyAttributes].sort()],
  ]);
}

/** Rules about vector indexes as a whole: those of CreateTable, and those that UpdateTable shares. */
import { type IndexInput, projectionProblem } from '../items/index-rules.ts';
import type { AttributeDefinition, BillingMode } from '../storage/description.ts';
import type { SearchSchemaElement, VectorIndexInput } from './description.ts';

const INVALID = 'One or more parameter values were invalid: ';

/** Source of all four: DynamoDB Developer Guide, "Quotas in Amazon DynamoDB", vector indexes. */
export const MAX_VECTOR_INDEXES = 5;
const MAX_DIMENSIONS = 4096;
const MAX_HASH = 1;
const MAX_INLINE_FILTERS = 18;

/** Said wherever a vector index meets provisioned capacity. */
export const ON_DEMAND_ONLY = `${INVALID}Vector indexes are only supported for PAY_PER_REQUEST tables`;

/** What CreateTable refuses of its VectorIndexes. */
export function vectorIndexesProblem(
  indexes: readonly VectorIndexInput[] | undefined,
  definitions: readonly AttributeDefinition[],
  billing: BillingMode | undefined,
  otherIndexes: ReadonlyArray<{ IndexName: string }>,
): string | undefined {
  if (indexes === undefined) return undefined;
  if (indexes.length === 0) return `${INVALID}List of VectorIndexes is empty`;
  if (billing !== 'PAY_PER_REQUEST') return ON_DEMAND_ONLY;
  if (indexes.length > MAX_VECTOR_INDEXES) {
    return `${INVALID}VectorIndex count exceeds the per-table limit of ${MAX_VECTOR_INDEXES}`;
  }
  const names = new Set(otherIndexes.map(({ IndexName }) => IndexName));
  const dimensions = new Map<string, number>();
  for (const index of indexes) {
    const problem = vectorIndexProblem(index, definitions);
    if (problem) return problem;
    if (names.has(index.IndexName)) return `${INVALID}Duplicate index name: ${index.IndexName}`;
    names.add(index.IndexName);
    const attribute = index.VectorAttribute.AttributeName;
    if ((dimensions.get(attribute) ?? index.Dimensions) !== index.Dimensions) {
      return `${INVALID}Conflicting attribute definition for '${attribute}'. All VectorIndexes on the same vector attribute must use the same dimensions.`;
    }
    dimensions.set(attribute, index.Dimensions);
  }
  return undefined;
}

/** What is wrong with one vector index, against the attribute definitions of the same request. */
export function vectorIndexProblem(
  { VectorAttribute, SearchSchema = [], Projection, Dimensions }: VectorIndexInput,
  definitions: readonly AttributeDefinition[],
): string | undefined {
  if (Dimensions > MAX_DIMENSIONS) {
    return `${INVALID}Number of dimensions must be between 1 and ${MAX_DIMENSIONS} inclusive.`;
  }
  const defines = (name: string) => definitions.some((one) => one.AttributeName === name);
  const { AttributeName: attribute } = VectorAttribute;
  if (defines(attribute)) {
    return `${INVALID}Conflicting attribute definition for '${attribute}'. An attribute cannot be defined in AttributeDefinitions when used as a VectorAttribute.`;
  }
  const names = SearchSchema.map(({ AttributeName }) => AttributeName);
  if (!names.every(defines)) {
    return `${INVALID}One element in SearchSchema is not defined in attribute definitions`;
  }
  if (new Set(names).size < names.length) {
    return `${INVALID}SearchSchema contains a duplicate AttributeName`;
  }
  return (
    countProblem(SearchSchema, 'HASH', MAX_HASH) ??
    countProblem(SearchSchema, 'INLINE_FILTER', MAX_INLINE_FILTERS) ??
    projectionProblem(Projection)
  );
}

function countProblem(
  schema: readonly SearchSchemaElement[],
  type: SearchSchemaElement['SearchSchemaElementType'],
  most: number,
): string | undefined {
  const count = schema.filter((element) => element.SearchSchemaElementType === type).length;
  return count > most
    ? `${INVALID}Value '${count}' at 'SearchSchema' failed to satisfy constraint: Member must have ${type} count less than or equal to ${most}`
    : undefined;
}

/** The attributes of search schemas in the form of keys: like those they must be defined. */
export function searchKeys(
  indexes: readonly VectorIndexInput[] = [],
): Array<Pick<IndexInput, 'KeySchema'>> {
  return indexes.map(({ SearchSchema = [] }) => ({
    KeySchema: SearchSchema.map(({ AttributeName }) => ({ AttributeName, KeyType: 'HASH' })),
  }));
}

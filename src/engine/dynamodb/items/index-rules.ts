/** Rules about indexes that hold for CreateTable and UpdateTable alike, and that dynalite lacks. */
import type {
  AttributeDefinition,
  KeySchemaElement,
  Projection,
  Throughput,
} from '../storage/description.ts';

/** An index as requests describe it. */
export interface IndexInput {
  IndexName: string;
  KeySchema: KeySchemaElement[];
  Projection: Projection;
  ProvisionedThroughput?: Throughput;
}

const INVALID = 'One or more parameter values were invalid: ';

/** What is wrong with an index's key or projection. */
export function indexProblem({ KeySchema, Projection }: IndexInput): string | undefined {
  const [first, second] = KeySchema;
  if (first?.KeyType !== 'HASH') {
    return 'Invalid KeySchema: The first KeySchemaElement is not a HASH key type';
  }
  if (second && second.KeyType !== 'RANGE') {
    return 'Invalid KeySchema: The second KeySchemaElement is not a RANGE key type';
  }
  if (first.AttributeName === second?.AttributeName) {
    return 'Both the Hash Key and the Range Key element in the KeySchema have the same name';
  }
  const { ProjectionType = null, NonKeyAttributes } = Projection as Partial<Projection>;
  if (ProjectionType === null) return `${INVALID}Unknown ProjectionType: null`;
  if (ProjectionType === 'INCLUDE' && !NonKeyAttributes) {
    return `${INVALID}ProjectionType is INCLUDE, but NonKeyAttributes is not specified`;
  }
  return ProjectionType !== 'INCLUDE' && NonKeyAttributes
    ? `${INVALID}ProjectionType is ${ProjectionType}, but NonKeyAttributes is specified`
    : undefined;
}

/** Global indexes of provisioned tables have throughput of their own, those of on-demand tables none. */
export function throughputProblem(
  { IndexName, ProvisionedThroughput }: IndexInput,
  billing: 'PROVISIONED' | 'PAY_PER_REQUEST',
): string | undefined {
  if (billing === 'PROVISIONED') {
    return ProvisionedThroughput
      ? undefined
      : `${INVALID}ProvisionedThroughput must be specified for index: ${IndexName}`;
  }
  return ProvisionedThroughput
    ? `${INVALID}ProvisionedThroughput should not be specified for index: ${IndexName} when BillingMode is PAY_PER_REQUEST`
    : undefined;
}

/** Every attribute that is defined must be part of a key. */
export function definitionsProblem(
  definitions: readonly AttributeDefinition[],
  keys: ReadonlyArray<readonly KeySchemaElement[]>,
): string | undefined {
  const used = [
    ...new Set(keys.flatMap((schema) => schema.map(({ AttributeName }) => AttributeName))),
  ];
  const defined = definitions.map(({ AttributeName }) => AttributeName);
  return defined.every((name) => used.includes(name))
    ? undefined
    : `${INVALID}Some AttributeDefinitions are not used. AttributeDefinitions: [${defined.join(', ')}], keys used: [${used.join(', ')}]`;
}

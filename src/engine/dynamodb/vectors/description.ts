/** Vector indexes as requests and descriptions give them, and the shapes of those parts of requests. */

import type { Shape, Shapes } from '../request/shape.ts';
import { projection } from '../request/table-shapes.ts';
import type { Projection } from '../storage/description.ts';

/** How near two vectors are. */
export type DistanceFunction = 'COSINE' | 'EUCLIDEAN' | 'DOT_PRODUCT';

/** An attribute that a search can be narrowed by. Every search must name the value of HASH. */
export interface SearchSchemaElement {
  AttributeName: string;
  SearchSchemaElementType: 'HASH' | 'INLINE_FILTER';
}

/** A vector index as CreateTable and UpdateTable ask for it. */
export interface VectorIndexInput {
  IndexName: string;
  VectorAttribute: { AttributeName: string };
  SearchSchema?: SearchSchemaElement[];
  Projection: Projection;
  Dimensions: number;
  DistanceFunction: DistanceFunction;
}

/** A vector index in DescribeTable, without status and counts, which are filled in when it is asked for. */
export interface VectorIndexDescription extends VectorIndexInput {
  IndexArn: string;
}

/** One element of UpdateTable's VectorIndexUpdates. */
export interface VectorIndexUpdate {
  Create?: VectorIndexInput;
  Delete?: { IndexName: string };
}

const indexName: Shape = {
  type: 'String',
  notNull: true,
  regex: '[a-zA-Z0-9_.-]+',
  lengthGreaterThanOrEqual: 3,
  lengthLessThanOrEqual: 255,
};

const attributeName: Shape = {
  type: 'String',
  notNull: true,
  lengthGreaterThanOrEqual: 1,
  lengthLessThanOrEqual: 255,
};

/** Members of VectorIndex and CreateVectorIndexAction. Source: DynamoDB API Reference, "VectorIndex". */
const indexMembers: Shapes = {
  IndexName: indexName,
  VectorAttribute: {
    type: 'FieldStruct<VectorAttributeDefinition>',
    notNull: true,
    children: { AttributeName: attributeName },
  },
  SearchSchema: {
    type: 'List',
    lengthGreaterThanOrEqual: 1,
    children: {
      type: 'ValueStruct<SearchSchemaElement>',
      children: {
        AttributeName: attributeName,
        SearchSchemaElementType: {
          type: 'String',
          notNull: true,
          enum: ['HASH', 'INLINE_FILTER'],
        },
      },
    },
  },
  Projection: projection,
  Dimensions: { type: 'Long', notNull: true, greaterThanOrEqual: 1 },
  DistanceFunction: {
    type: 'String',
    notNull: true,
    enum: ['COSINE', 'DOT_PRODUCT', 'EUCLIDEAN'],
  },
};

/** CreateTable's VectorIndexes. */
export const vectorIndexesShape: Shape = {
  type: 'List',
  children: { type: 'ValueStruct<VectorIndex>', children: indexMembers },
};

/** UpdateTable's VectorIndexUpdates. */
export const vectorIndexUpdatesShape: Shape = {
  type: 'List',
  children: {
    type: 'ValueStruct<VectorIndexUpdate>',
    children: {
      Create: { type: 'FieldStruct<CreateVectorIndexAction>', children: indexMembers },
      Delete: {
        type: 'FieldStruct<DeleteVectorIndexAction>',
        children: { IndexName: indexName },
      },
    },
  },
};

/** The index as DescribeTable gives it. */
export function describeVectorIndex(
  input: VectorIndexInput,
  tableArn: string,
): VectorIndexDescription {
  const { IndexName, VectorAttribute, SearchSchema, Projection, Dimensions, DistanceFunction } =
    input;
  return {
    IndexName,
    ...(SearchSchema && { SearchSchema }),
    Projection,
    VectorAttribute,
    Dimensions,
    DistanceFunction,
    IndexArn: `${tableArn}/index/${IndexName}`,
  };
}

/** The members that CreateTable, UpdateTable and the restores have in common, in the order in which they are checked. */
import type { Shape, Shapes } from './shape.ts';

/** A lower bound of 1, and more than any account may have. */
const units: Shape = { type: 'Long', notNull: true, greaterThanOrEqual: 1 };

export const provisionedThroughput: Shape = {
  type: 'FieldStruct<ProvisionedThroughput>',
  children: { WriteCapacityUnits: units, ReadCapacityUnits: units },
};

export const onDemandThroughput: Shape = {
  type: 'FieldStruct<OnDemandThroughput>',
  children: { MaxReadRequestUnits: 'Long', MaxWriteRequestUnits: 'Long' },
};

export const warmThroughput: Shape = {
  type: 'FieldStruct<WarmThroughput>',
  children: {
    ReadUnitsPerSecond: { type: 'Long', greaterThanOrEqual: 1 },
    WriteUnitsPerSecond: { type: 'Long', greaterThanOrEqual: 1 },
  },
};

export const billingMode: Shape = { type: 'String', enum: ['PROVISIONED', 'PAY_PER_REQUEST'] };

export const attributeDefinitions: Shape = {
  type: 'List',
  children: {
    type: 'ValueStruct<AttributeDefinition>',
    children: {
      AttributeName: { type: 'String', notNull: true },
      AttributeType: { type: 'String', notNull: true, enum: ['B', 'N', 'S'] },
    },
  },
};

const keySchemaElement: Shape = {
  type: 'ValueStruct<KeySchemaElement>',
  children: {
    AttributeName: { type: 'String', notNull: true },
    KeyType: { type: 'String', notNull: true, enum: ['HASH', 'RANGE'] },
  },
};

/** Global indexes may have keys of several attributes; what is too many, a rule says. */
const globalKeySchema: Shape = {
  type: 'List',
  notNull: true,
  lengthGreaterThanOrEqual: 1,
  children: keySchemaElement,
};

/** The key of a table. */
export const tableKeySchema: Shape = { ...globalKeySchema, lengthLessThanOrEqual: 2 };

export const indexName: Shape = {
  type: 'String',
  notNull: true,
  regex: '[a-zA-Z0-9_.-]+',
  lengthGreaterThanOrEqual: 3,
  lengthLessThanOrEqual: 255,
};

/** What an index holds of its items. */
export const projection: Shape = {
  type: 'FieldStruct<Projection>',
  notNull: true,
  children: {
    ProjectionType: { type: 'String', enum: ['ALL', 'INCLUDE', 'KEYS_ONLY'] },
    NonKeyAttributes: {
      type: 'List',
      lengthGreaterThanOrEqual: 1,
      lengthLessThanOrEqual: 20,
      children: 'String',
    },
  },
};

/** The members of a local secondary index. */
export const localIndex: Shapes = {
  IndexName: indexName,
  KeySchema: tableKeySchema,
  Projection: projection,
};

/** The members of a global secondary index. */
export const globalIndex: Shapes = {
  IndexName: indexName,
  KeySchema: globalKeySchema,
  Projection: projection,
  ProvisionedThroughput: provisionedThroughput,
  OnDemandThroughput: onDemandThroughput,
  WarmThroughput: warmThroughput,
};

/** A list of local secondary indexes. */
export const localIndexes: Shape = {
  type: 'List',
  children: { type: 'ValueStruct<LocalSecondaryIndex>', children: localIndex },
};

/** A list of global secondary indexes. */
export const globalIndexes: Shape = {
  type: 'List',
  children: { type: 'ValueStruct<GlobalSecondaryIndex>', children: globalIndex },
};

export const sseSpecification: Shape = {
  type: 'FieldStruct<SSESpecification>',
  children: {
    Enabled: 'Boolean',
    SSEType: { type: 'String', enum: ['AES256', 'KMS'] },
    KMSMasterKeyId: 'String',
  },
};

export const streamSpecification: Shape = {
  type: 'FieldStruct<StreamSpecification>',
  children: {
    StreamEnabled: { type: 'Boolean', notNull: true },
    StreamViewType: {
      type: 'String',
      enum: ['NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES', 'KEYS_ONLY'],
    },
  },
};

export const tags: Shape = {
  type: 'List',
  children: { type: 'ValueStruct<Tag>', children: { Key: 'String', Value: 'String' } },
};

/** Members of CreateTable and UpdateTable that came after dynalite's descriptions. */
export const laterTypes: Shapes = {
  StreamSpecification: streamSpecification,
  SSESpecification: sseSpecification,
  TableClass: { type: 'String', enum: ['STANDARD', 'STANDARD_INFREQUENT_ACCESS'] },
  DeletionProtectionEnabled: 'Boolean',
  OnDemandThroughput: onDemandThroughput,
  WarmThroughput: warmThroughput,
};

/** Members that the requests of all PartiQL operations have. Source: DynamoDB API Reference, ExecuteStatement. */
import { types } from 'dynalite/validations/getItem.js';
import type { Shape } from '../request/shape.ts';

/** A statement. */
export const statement: Shape = {
  type: 'String',
  notNull: true,
  lengthGreaterThanOrEqual: 1,
  lengthLessThanOrEqual: 8192,
};

/** The values for its question marks. */
export const parameters: Shape = {
  type: 'List',
  lengthGreaterThanOrEqual: 1,
  children: 'AttrStruct<ValueStruct>',
};

export const consumedCapacity = types.ReturnConsumedCapacity as Shape;

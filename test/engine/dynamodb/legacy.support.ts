/** What the tests of the parameters from before expressions share. */
import type { Json } from '../../../src/engine/lab/result.ts';
import { S } from './support.ts';

export const INVALID = 'One or more parameter values were invalid: ';

export const key = { pk: S('a') };

export const is = (...AttributeValueList: Json[]) => ({
  ComparisonOperator: 'EQ',
  AttributeValueList,
});

export const compared = (ComparisonOperator: string, ...AttributeValueList: Json[]) => ({
  ComparisonOperator,
  ...(AttributeValueList.length > 0 && { AttributeValueList }),
});

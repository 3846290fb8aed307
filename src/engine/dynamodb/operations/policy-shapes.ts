/** Members that the operations on resource-based policies share. */
import type { Shape } from '../request/shape.ts';

/** ExpectedRevisionId of requests. */
export const expectedRevision: Shape = {
  type: 'String',
  lengthGreaterThanOrEqual: 1,
  lengthLessThanOrEqual: 255,
};

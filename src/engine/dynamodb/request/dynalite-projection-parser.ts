/** Stands in for dynalite's `db/projectionParser`: our parser under the name that its validations call. */
import { parseProjection } from '../expressions/projection.ts';
import type { ExpressionContext } from '../expressions/scope.ts';

/** Throws an Error whose message follows `Invalid ...Expression: `. */
export function parse(expression: string, { context }: { context: ExpressionContext }) {
  return parseProjection(expression, context);
}

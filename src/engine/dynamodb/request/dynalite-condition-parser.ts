/** Stands in for dynalite's `db/conditionParser`: our parser under the name that its validations call. */
import { parseCondition } from '../expressions/condition.ts';
import type { ExpressionContext } from '../expressions/scope.ts';

/** Throws an Error whose message follows `Invalid ...Expression: `. */
export function parse(expression: string, { context }: { context: ExpressionContext }) {
  return parseCondition(expression, context);
}

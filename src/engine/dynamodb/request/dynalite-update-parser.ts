/** Stands in for dynalite's `db/updateParser`: our parser under the name that its validations call. */

import type { ExpressionContext } from '../expressions/scope.ts';
import { parseUpdate } from '../expressions/update.ts';

/** Throws an Error whose message follows `Invalid ...Expression: `. */
export function parse(expression: string, { context }: { context: ExpressionContext }) {
  return parseUpdate(expression, context);
}

/** Stands in for dynalite's `validations/index.js`: what the rules of its operations call, under its names. */
export { attributeValueProblem as validateAttributeValue } from './attribute-values.ts';
export { validateExpressionParams, validateExpressions } from './expressions.ts';
export { convertKeyCondition } from './key-condition.ts';
export { validateAttributeConditions, validateConditions } from './legacy-conditions.ts';

/** The first name that a list gives a second time. */
export function findDuplicate(names: readonly string[]): string | undefined {
  return names.find((name, index) => names.indexOf(name) < index);
}

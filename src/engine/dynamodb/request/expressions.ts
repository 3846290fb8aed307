/** The rules about a request's expressions as a whole, and the parsing of them. */
import { parseCondition } from '../expressions/condition.ts';
import type { ParsedCondition } from '../expressions/condition-tree.ts';
import { ExpressionError } from '../expressions/lexer.ts';
import { type ParsedProjection, parseProjection } from '../expressions/projection.ts';
import type { ExpressionContext } from '../expressions/scope.ts';
import { type ParsedUpdate, parseUpdate } from '../expressions/update.ts';
import type { AttributeValue } from '../values/attribute.ts';
import { attributeValueProblem } from './attribute-values.ts';

/** The members of a request that have to do with expressions; those with an underscore are made here. */
export interface Expressions {
  UpdateExpression?: string;
  ConditionExpression?: string;
  KeyConditionExpression?: string;
  FilterExpression?: string;
  SearchConditionExpression?: string;
  ProjectionExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Record<string, AttributeValue>;
  _updates?: ParsedUpdate;
  _condition?: ParsedCondition;
  _keyCondition?: ParsedCondition;
  _filter?: ParsedCondition;
  _searchCondition?: ParsedCondition;
  _projection?: ParsedProjection;
}

/**
 * Expressions and the older parameters exclude each other; names and values need an expression, ConditionalOperator
 * two of the older conditions.
 */
export function validateExpressionParams(
  data: Record<string, unknown>,
  expressions: string[],
  dynalites: string[],
): string | undefined {
  // dynalite forgets that ConditionalOperator goes with Expected.
  const nonExpressions = dynalites.includes('Expected')
    ? [...dynalites, 'ConditionalOperator']
    : dynalites;
  const given = expressions.filter((name) => data[name] !== undefined);
  // KeyConditions may stand beside a FilterExpression.
  const older = nonExpressions.filter(
    (name) =>
      data[name] !== undefined &&
      !(name === 'KeyConditions' && data.KeyConditionExpression === undefined),
  );
  if (given.length > 0 && older.length > 0) {
    return `Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {${older.join(', ')}} Expression parameters: {${given.join(', ')}}`;
  }
  if (data.ExpressionAttributeNames !== undefined && given.length === 0) {
    return 'ExpressionAttributeNames can only be specified when using expressions';
  }
  const withValues = expressions.filter((name) => name !== 'ProjectionExpression');
  if (
    data.ExpressionAttributeValues !== undefined &&
    withValues.length > 0 &&
    withValues.every((name) => data[name] === undefined)
  ) {
    return `ExpressionAttributeValues can only be specified when using expressions: ${withValues.join(' and ')} ${withValues.length > 1 ? 'are' : 'is'} null`;
  }
  return data.ConditionalOperator === undefined
    ? undefined
    : conditionalOperatorProblem(data.Expected ?? data.QueryFilter ?? data.ScanFilter);
}

function conditionalOperatorProblem(conditions: unknown): string | undefined {
  const count = Object.keys(conditions ?? {}).length;
  if (count === 0) return 'ConditionalOperator cannot be used without Filter or Expected';
  return count === 1
    ? 'ConditionalOperator can only be used when Filter or Expected has two or more elements'
    : undefined;
}

/** Parses all expressions of a request, and checks that every name and value is used by one. */
export function validateExpressions(data: Expressions): string | undefined {
  const { ExpressionAttributeNames: names, ExpressionAttributeValues: values } = data;
  const problem =
    placeholderProblem('Name', '#', names) ?? placeholderProblem('Value', ':', values);
  if (problem) return problem;
  for (const [key, value] of Object.entries(values ?? {})) {
    const wrong = attributeValueProblem(value);
    if (wrong) return `ExpressionAttributeValues contains invalid value: ${wrong} for key ${key}`;
  }
  const context = { names, values, usedNames: new Set<string>(), usedValues: new Set<string>() };
  try {
    parseAll(data, context);
  } catch (error) {
    if (error instanceof ExpressionError) return error.message;
    throw error;
  }
  return (
    unusedProblem('Names', names, context.usedNames) ??
    unusedProblem('Values', values, context.usedValues)
  );
}

function parseAll(data: Expressions, context: ExpressionContext): void {
  const {
    UpdateExpression,
    ConditionExpression,
    KeyConditionExpression,
    FilterExpression,
    SearchConditionExpression,
    ProjectionExpression,
  } = data;
  if (UpdateExpression !== undefined) {
    data._updates = parse('UpdateExpression', UpdateExpression, parseUpdate, context);
  }
  if (ConditionExpression !== undefined) {
    data._condition = parse('ConditionExpression', ConditionExpression, parseCondition, context);
  }
  if (KeyConditionExpression !== undefined) {
    data._keyCondition = parse(
      'KeyConditionExpression',
      KeyConditionExpression,
      parseCondition,
      context,
    );
  }
  if (FilterExpression !== undefined) {
    data._filter = parse('FilterExpression', FilterExpression, parseCondition, context);
  }
  if (SearchConditionExpression !== undefined) {
    data._searchCondition = parse(
      'SearchConditionExpression',
      SearchConditionExpression,
      parseCondition,
      context,
    );
  }
  if (ProjectionExpression !== undefined) {
    data._projection = parse(
      'ProjectionExpression',
      ProjectionExpression,
      parseProjection,
      context,
    );
  }
}

function parse<Parsed>(
  kind: string,
  expression: string,
  parser: (expression: string, context: ExpressionContext) => Parsed,
  context: ExpressionContext,
): Parsed {
  try {
    if (expression === '') throw new ExpressionError('The expression can not be empty;');
    return parser(expression, context);
  } catch (error) {
    if (error instanceof ExpressionError)
      throw new ExpressionError(`Invalid ${kind}: ${error.message}`);
    throw error;
  }
}

function placeholderProblem(
  what: string,
  sign: string,
  map: object | undefined,
): string | undefined {
  if (map === undefined) return undefined;
  const keys = Object.keys(map);
  if (keys.length === 0) return `ExpressionAttribute${what}s must not be empty`;
  const wrong = keys.find((key) => !key.startsWith(sign) || !/^.[0-9a-zA-Z_]+$/.test(key));
  return wrong === undefined
    ? undefined
    : `ExpressionAttribute${what}s contains invalid key: Syntax error; key: "${wrong}"`;
}

function unusedProblem(
  what: string,
  map: object | undefined,
  used: Set<string>,
): string | undefined {
  const unused = Object.keys(map ?? {}).filter((key) => !used.has(key));
  return unused.length === 0
    ? undefined
    : `Value provided in ExpressionAttribute${what} unused in expressions: keys: {${unused.join(', ')}}`;
}

/** The language of ProjectionExpression. */
import type { Path } from '../values/attribute.ts';
import { ExpressionError, TokenReader } from './lexer.ts';
import { checkPathsApart, type ExpressionContext, requireSize, Scope } from './scope.ts';

/** The paths that a projection names. */
export interface ParsedProjection {
  paths: Path[];
  nestedPaths: Record<string, boolean>;
}

/**
 * Parses a list of document paths. Throws an ExpressionError with DynamoDB's message.
 * Source: DynamoDB Developer Guide, "Using projection expressions".
 */
export function parseProjection(expression: string, context: ExpressionContext): ParsedProjection {
  requireSize(expression);
  const reader = new TokenReader(expression);
  const scope = new Scope<'pathOverlap' | 'pathConflict'>(context);
  const paths: Path[] = [];
  do {
    const path = scope.path(reader);
    checkPathsApart(paths, path, scope);
    paths.push(path);
  } while (reader.takeSymbol(','));
  reader.expectEnd();
  const { reserved, attributeName, pathOverlap, pathConflict } = scope.errors;
  const error = reserved ?? attributeName ?? pathOverlap ?? pathConflict;
  if (error !== undefined) throw new ExpressionError(error);
  return { paths, nestedPaths: scope.nestedPaths };
}

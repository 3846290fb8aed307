/** What an expression's names, values and paths refer to, and the errors that DynamoDB reports about them. */
import type { AttributeType, AttributeValue, Path } from '../values/attribute.ts';
import { typeOf } from '../values/attribute.ts';
import { utf8Bytes } from '../values/bytes.ts';
import { ExpressionError, type TokenReader } from './lexer.ts';
import { isReserved } from './reserved.ts';

/** The placeholders of a request; which of them were used is noted. */
export interface ExpressionContext {
  names: Record<string, string> | undefined;
  values: Record<string, AttributeValue> | undefined;
  usedNames: Set<string>;
  usedValues: Set<string>;
}

/** Longest expression, in bytes. Source of both limits: DynamoDB Developer Guide, "Quotas", expression parameters. */
const MAX_EXPRESSION_BYTES = 4096;
/** Most operators and functions of one expression. */
export const MAX_OPERATORS = 300;

/**
 * Resolves what an expression names. Errors of meaning are collected by kind, the first of each kind kept:
 * DynamoDB reads an expression to its end and then reports the kind that ranks highest.
 */
export class Scope<ErrorKind extends string> {
  readonly errors: Partial<
    Record<ErrorKind | 'reserved' | 'attributeName' | 'attributeValue', string>
  > = {};
  /** First elements of the paths that go deeper than one element. */
  readonly nestedPaths: Record<string, boolean> = Object.create(null) as Record<string, boolean>;
  /** First elements of all paths. */
  readonly pathHeads: Record<string, boolean> = Object.create(null) as Record<string, boolean>;
  readonly #context: ExpressionContext;

  constructor(context: ExpressionContext) {
    this.#context = context;
  }

  /** The first of the messages about names and values that are not defined. */
  undefinedPlaceholder: string | undefined;

  /** Keeps the message unless there is already one of its kind. */
  report(kind: ErrorKind | 'reserved' | 'attributeName' | 'attributeValue', message: string): void {
    this.errors[kind] ??= message;
    if (kind === 'attributeName' || kind === 'attributeValue')
      this.undefinedPlaceholder ??= message;
  }

  /** The attribute that a `#name` stands for. */
  name(placeholder: string): string {
    const { names, usedNames } = this.#context;
    if (names === undefined || !Object.hasOwn(names, placeholder)) {
      this.report(
        'attributeName',
        `An expression attribute name used in the document path is not defined; attribute name: ${placeholder}`,
      );
      return placeholder;
    }
    usedNames.add(placeholder);
    return names[placeholder] as string;
  }

  /** The value that a `:value` stands for; an undefined one is reported and stands for nothing. */
  value(placeholder: string): AttributeValue {
    const { values, usedValues } = this.#context;
    if (values === undefined || !Object.hasOwn(values, placeholder)) {
      this.report(
        'attributeValue',
        `An expression attribute value used in expression is not defined; attribute value: ${placeholder}`,
      );
      return {};
    }
    usedValues.add(placeholder);
    return values[placeholder] as AttributeValue;
  }

  /** An attribute's name written out; reserved words must not be. */
  word(name: string): string {
    if (isReserved(name)) {
      this.report('reserved', `Attribute name is a reserved keyword; reserved keyword: ${name}`);
    }
    return name;
  }

  /** A document path: `a`, `#a.b[0]`. The next token must begin one. */
  path(reader: TokenReader): Path {
    return this.continued([this.#attribute(reader)], reader);
  }

  /** The path with what follows it: `.b`, `[0]`. */
  continued(path: Path, reader: TokenReader): Path {
    for (;;) {
      if (reader.takeSymbol('.')) path.push(this.#attribute(reader));
      else if (reader.takeSymbol('[')) {
        if (reader.peek().kind !== 'number') throw reader.syntaxError();
        path.push(Number(reader.next().text));
        reader.expectSymbol(']');
      } else break;
    }
    const head = path[0] as string;
    this.pathHeads[head] = true;
    if (path.length > 1) this.nestedPaths[head] = true;
    return path;
  }

  #attribute(reader: TokenReader): string {
    const { kind, text } = reader.peek();
    if (kind !== 'word' && kind !== 'name') throw reader.syntaxError();
    reader.next();
    return kind === 'name' ? this.name(text) : this.word(text);
  }
}

/** A path as DynamoDB's messages print it: `[a, b, [0]]`. */
export function printPath(path: Path): string {
  return `[${path.map((step) => (typeof step === 'number' ? `[${step}]` : step)).join(', ')}]`;
}

/** The type of a value that is written in the expression, undefined for paths and what is computed. */
export function literalType(operand: unknown): AttributeType | undefined {
  if (
    operand === null ||
    typeof operand !== 'object' ||
    Array.isArray(operand) ||
    'type' in operand
  )
    return undefined;
  return Object.keys(operand).length === 0 ? undefined : typeOf(operand as AttributeValue);
}

/** Reports paths of one expression that are the same, inside one another, or of different kinds at one place. */
export function checkPathsApart(
  paths: readonly Path[],
  path: Path,
  scope: Scope<'pathOverlap' | 'pathConflict'>,
): void {
  for (const earlier of paths) {
    const length = Math.min(earlier.length, path.length);
    let index = 0;
    while (index < length && earlier[index] === path[index]) index++;
    const pair = `path one: ${printPath(earlier)}, path two: ${printPath(path)}`;
    if (index === length) {
      scope.report(
        'pathOverlap',
        `Two document paths overlap with each other; must remove or rewrite one of these paths; ${pair}`,
      );
    } else if (typeof earlier[index] !== typeof path[index]) {
      scope.report(
        'pathConflict',
        `Two document paths conflict with each other; must remove or rewrite one of these paths; ${pair}`,
      );
    }
  }
}

/** Refuses an expression that is too long. */
export function requireSize(expression: string): void {
  const bytes = utf8Bytes(expression);
  if (bytes > MAX_EXPRESSION_BYTES) {
    throw new ExpressionError(
      `Expression size has exceeded the maximum allowed size; expression size: ${bytes}`,
    );
  }
}

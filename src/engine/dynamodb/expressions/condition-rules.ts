/** What conditions may not say, though their syntax allows it. */
import type { AttributeType, AttributeValue } from '../values/attribute.ts';
import { order } from '../values/compare.ts';
import { type Condition, isCall, type Operand } from './condition-tree.ts';
import { type ExpressionContext, literalType, printPath, Scope } from './scope.ts';

type ErrorKind =
  | 'parentheses'
  | 'tooManyOperators'
  | 'unknownFunction'
  | 'misusedFunction'
  | 'operandCount'
  | 'distinct'
  | 'function';

const functions: Record<string, { operands: number; result: AttributeType }> = {
  attribute_exists: { operands: 1, result: 'BOOL' },
  attribute_not_exists: { operands: 1, result: 'BOOL' },
  attribute_type: { operands: 2, result: 'BOOL' },
  begins_with: { operands: 2, result: 'BOOL' },
  contains: { operands: 2, result: 'BOOL' },
  size: { operands: 1, result: 'N' },
};
const typeNames = ['S', 'N', 'B', 'NULL', 'SS', 'BOOL', 'L', 'BS', 'NS', 'M'];

/** Checks a condition's parts as they are parsed, and keeps what is wrong with them. */
export class ConditionRules {
  readonly scope: Scope<ErrorKind>;
  /** What is wrong with the first comparison that is wrong. */
  #firstWrong: string | undefined;

  constructor(context: ExpressionContext) {
    this.scope = new Scope(context);
  }

  /** To be called after each comparison: of several that are wrong, the first is reported. */
  endComparison(): void {
    const { errors } = this.scope;
    this.#firstWrong ??=
      this.scope.undefinedPlaceholder ?? errors.operandCount ?? errors.distinct ?? errors.function;
  }

  /** The message about the whole, if anything is wrong: the kind that ranks highest. */
  get problem(): string | undefined {
    const { parentheses, tooManyOperators, unknownFunction, misusedFunction, reserved } =
      this.scope.errors;
    return (
      parentheses ??
      tooManyOperators ??
      unknownFunction ??
      misusedFunction ??
      reserved ??
      this.#firstWrong
    );
  }

  /** A function's name, and the number and types of its operands. */
  checkCall(name: string, args: Operand[]): void {
    const { scope } = this;
    const known = Object.hasOwn(functions, name) ? functions[name] : undefined;
    if (known === undefined) {
      scope.report('unknownFunction', `Invalid function name; function: ${name}`);
      return;
    }
    if (known.operands !== args.length) {
      scope.report(
        'operandCount',
        `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${args.length}`,
      );
      return;
    }
    this.checkDistinct(name, args);
    const [first, second] = args;
    const wrongType = (type: string) =>
      scope.report(
        'function',
        `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${type}`,
      );
    if (name.endsWith('exists') && !Array.isArray(first)) {
      scope.report(
        'function',
        `Operator or function requires a document path; operator or function: ${name}`,
      );
    } else if (name === 'begins_with') {
      for (const operand of args) {
        const type = operandType(operand);
        if (type !== undefined && type !== 'S' && type !== 'B') wrongType(type);
      }
    } else if (name === 'size') {
      const type = operandType(first);
      if (type === 'N' || type === 'BOOL' || type === 'NULL') wrongType(type);
    } else if (name === 'attribute_type') {
      const type = operandType(second);
      const asked = (second as AttributeValue).S;
      if (type !== 'S') wrongType(type ?? '{NS,SS,L,BS,N,M,B,BOOL,NULL,S}');
      else if (asked !== undefined && !typeNames.includes(asked)) {
        scope.report(
          'function',
          `Invalid attribute type name found; type: ${asked}, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}`,
        );
      }
    }
  }

  /** Inside a comparison only `size` may be called. */
  checkOperands(operands: Operand[]): void {
    for (const operand of operands) {
      if (isCall(operand) && operand.name !== 'size') this.#reportMisuse(operand.name);
    }
  }

  /** `size(a)` is a number, not a condition. */
  checkSizeAlone(condition: Condition): void {
    if (condition.type === 'function' && condition.name === 'size') this.#reportMisuse('size');
  }

  #reportMisuse(name: string): void {
    this.scope.report(
      'misusedFunction',
      `The function is not allowed to be used this way in an expression; function: ${name}`,
    );
  }

  /** A path must not be compared with itself. */
  checkDistinct(operator: string, [first, second]: Operand[]): void {
    if (!Array.isArray(first) || !Array.isArray(second) || first.length !== second.length) return;
    if (first.some((step, index) => step !== second[index])) return;
    this.scope.report(
      'distinct',
      `The first operand must be distinct from the remaining operands for this operator or function; operator: ${operator}, first operand: ${printPath(first)}`,
    );
  }

  /**
   * Only text, numbers and binary have an order: a value of another type in the request is refused, while an
   * attribute of another type is found only when an item is read, and then the comparison is false.
   */
  checkOrdered(operator: string, operands: Operand[]): void {
    for (const operand of operands) {
      const type = operandType(operand);
      if (type === undefined || isOrdered(type)) continue;
      this.scope.report(
        'function',
        `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${type}`,
      );
    }
  }

  /** Bounds of BETWEEN that are written out must be of one type and in order. */
  checkBounds(low: Operand, high: Operand): void {
    const [lowType, highType] = [literalType(low), literalType(high)];
    if (!isOrdered(lowType) || !isOrdered(highType)) return;
    const [from, to] = [low as AttributeValue, high as AttributeValue];
    const bounds = `lower bound operand: AttributeValue: {${lowType}:${from[lowType]}}, upper bound operand: AttributeValue: {${highType}:${to[highType]}}`;
    if (lowType !== highType) {
      this.scope.report(
        'function',
        `The BETWEEN operator requires same data type for lower and upper bounds; ${bounds}`,
      );
    } else if ((order(from, to) ?? 0) > 0) {
      this.scope.report(
        'function',
        `The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ${bounds}`,
      );
    }
  }
}

function isOrdered(type: AttributeType | undefined): type is 'S' | 'N' | 'B' {
  return type === 'S' || type === 'N' || type === 'B';
}

function operandType(operand: Operand | undefined): AttributeType | undefined {
  if (operand !== undefined && isCall(operand)) return functions[operand.name]?.result;
  return literalType(operand);
}

/** The language of ConditionExpression, FilterExpression and KeyConditionExpression. */
import type { AttributeType, AttributeValue, Path } from '../values/attribute.ts';
import { utf8Bytes } from '../values/bytes.ts';
import { order } from '../values/compare.ts';
import { ExpressionError, TokenReader } from './lexer.ts';
import {
  type ExpressionContext,
  literalType,
  MAX_EXPRESSION_BYTES,
  MAX_OPERATORS,
  printPath,
  Scope,
} from './scope.ts';

/** A function call; of all functions only `size` may stand inside a comparison. */
export interface FunctionCall {
  type: 'function';
  name: string;
  args: Operand[];
}

/** What a comparison compares. */
export type Operand = Path | AttributeValue | FunctionCall;

/** A condition as a tree. */
export type Condition =
  | { type: 'and'; args: [Condition, Condition] }
  | { type: 'or'; args: [Condition, Condition] }
  | { type: 'not'; args: [Condition] }
  | { type: '=' | '<>' | '<' | '<=' | '>' | '>=' | 'between' | 'in'; args: Operand[] }
  | FunctionCall;

/** A parsed condition and what it names. */
export interface ParsedCondition {
  expression: Condition;
  nestedPaths: Record<string, boolean>;
  pathHeads: Record<string, boolean>;
}

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
const comparators = ['=', '<>', '<', '<=', '>', '>='];
const keywords = ['AND', 'OR', 'NOT', 'IN', 'BETWEEN'];
/** Most values that IN takes. */
const MAX_IN_OPERANDS = 100;

/**
 * Parses a condition by recursive descent, in one pass, so that its cost grows with its length only.
 * Throws an ExpressionError with DynamoDB's message.
 * Source: DynamoDB Developer Guide, "Condition and filter expressions, operators, and functions".
 */
export function parseCondition(expression: string, context: ExpressionContext): ParsedCondition {
  const bytes = utf8Bytes(expression);
  if (bytes > MAX_EXPRESSION_BYTES) {
    throw new ExpressionError(
      `Expression size has exceeded the maximum allowed size; expression size: ${bytes}`,
    );
  }
  return new ConditionParser(expression, context).parse();
}

class ConditionParser {
  readonly #reader: TokenReader;
  readonly #scope: Scope<ErrorKind>;
  #operators = 0;
  /** What is wrong with the first condition that is wrong. */
  #conditionError: string | undefined;

  constructor(expression: string, context: ExpressionContext) {
    this.#reader = new TokenReader(expression);
    this.#scope = new Scope(context);
  }

  parse(): ParsedCondition {
    const expression = this.#or();
    this.#reader.expectEnd();
    this.#checkSizeAlone(expression);
    if (this.#operators > MAX_OPERATORS) {
      this.#scope.report(
        'tooManyOperators',
        `The expression contains too many operators; operator count: ${this.#operators}`,
      );
    }
    const { parentheses, tooManyOperators, unknownFunction, misusedFunction, reserved } =
      this.#scope.errors;
    const error =
      parentheses ??
      tooManyOperators ??
      unknownFunction ??
      misusedFunction ??
      reserved ??
      this.#conditionError;
    if (error !== undefined) throw new ExpressionError(error);
    return { expression, nestedPaths: this.#scope.nestedPaths, pathHeads: this.#scope.pathHeads };
  }

  #or(): Condition {
    let left = this.#and();
    while (this.#reader.takeKeyword('OR')) left = this.#both('or', left, this.#and());
    return left;
  }

  #and(): Condition {
    let left = this.#not();
    while (this.#reader.takeKeyword('AND')) left = this.#both('and', left, this.#not());
    return left;
  }

  #both(type: 'and' | 'or', left: Condition, right: Condition): Condition {
    this.#operators++;
    this.#checkSizeAlone(left);
    this.#checkSizeAlone(right);
    return { type, args: [left, right] };
  }

  #not(): Condition {
    let count = 0;
    while (this.#reader.takeKeyword('NOT')) count++;
    let condition = this.#parenthesized();
    if (count > 0) this.#checkSizeAlone(condition);
    for (; count > 0; count--) {
      this.#operators++;
      condition = { type: 'not', args: [condition] };
    }
    return condition;
  }

  /** A condition in parentheses, or a comparison whose first operand may be in parentheses itself. */
  #parenthesized(): Condition {
    if (!this.#reader.isSymbol('(') || this.#operandInParentheses()) return this.#comparison();
    this.#reader.next();
    const doubled = this.#wrapsParentheses();
    const condition = this.#or();
    this.#reader.expectSymbol(')');
    if (doubled) this.#scope.report('parentheses', 'The expression has redundant parentheses;');
    return condition;
  }

  /** Whether the parenthesis that comes next closes around an operand, as in `(a) = :b`. */
  #operandInParentheses(): boolean {
    const after = this.#reader.afterParentheses();
    return (
      (after?.kind === 'symbol' && [...comparators, '.', '['].includes(after.text)) ||
      (after?.kind === 'word' && ['IN', 'BETWEEN'].includes(after.text.toUpperCase()))
    );
  }

  /** Whether all that stands up to the end of the enclosing parenthesis is one parenthesis itself. */
  #wrapsParentheses(): boolean {
    const after = this.#reader.isSymbol('(') ? this.#reader.afterParentheses() : undefined;
    return after?.kind === 'symbol' && after.text === ')';
  }

  #comparison(): Condition {
    const condition = this.#unchecked();
    this.#conditionError ??=
      this.#scope.errors.attributeName ??
      this.#scope.errors.attributeValue ??
      this.#scope.errors.operandCount ??
      this.#scope.errors.distinct ??
      this.#scope.errors.function;
    return condition;
  }

  #unchecked(): Condition {
    const reader = this.#reader;
    const first = this.#operand();
    const { kind, text } = reader.peek();
    if (kind === 'symbol' && comparators.includes(text)) {
      reader.next();
      this.#operators++;
      const second = this.#operand();
      this.#checkOperands([first, second]);
      this.#checkDistinct(text, [first, second]);
      return { type: text as '=', args: [first, second] };
    }
    if (reader.takeKeyword('BETWEEN')) {
      this.#operators++;
      const low = this.#operand();
      reader.expectKeyword('AND');
      const high = this.#operand();
      this.#checkOperands([first, low, high]);
      this.#checkBounds(low, high);
      return { type: 'between', args: [first, low, high] };
    }
    if (reader.takeKeyword('IN')) {
      this.#operators++;
      reader.expectSymbol('(');
      const args = [first];
      do args.push(this.#operand());
      while (reader.takeSymbol(','));
      reader.expectSymbol(')');
      this.#checkOperands(args);
      if (args.length - 1 > MAX_IN_OPERANDS) {
        this.#scope.report(
          'operandCount',
          `The IN operator is provided with too many operands; number of operands: ${args.length - 1}`,
        );
      }
      return { type: 'in', args };
    }
    if (isCall(first)) return first;
    throw reader.syntaxError();
  }

  #operand(): Operand {
    const reader = this.#reader;
    if (reader.isSymbol('(')) {
      reader.next();
      if (reader.isSymbol('('))
        this.#scope.report('parentheses', 'The expression has redundant parentheses;');
      const operand = this.#operand();
      reader.expectSymbol(')');
      return operand;
    }
    const { kind, text } = reader.peek();
    if (kind === 'value') {
      reader.next();
      return this.#scope.value(text);
    }
    if (kind === 'word') {
      if (keywords.includes(text.toUpperCase())) throw reader.syntaxError();
      const after = reader.peek(1);
      if (after.kind === 'symbol' && after.text === '(') return this.#call();
    }
    return this.#scope.path(reader);
  }

  #call(): FunctionCall {
    const reader = this.#reader;
    const name = reader.next().text;
    this.#operators++;
    reader.expectSymbol('(');
    const args = [this.#operand()];
    while (reader.takeSymbol(',')) args.push(this.#operand());
    reader.expectSymbol(')');
    this.#checkOperands(args);
    this.#checkCall(name, args);
    return { type: 'function', name, args };
  }

  #checkCall(name: string, args: Operand[]): void {
    const scope = this.#scope;
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
    this.#checkDistinct(name, args);
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

  #checkOperands(operands: Operand[]): void {
    for (const operand of operands) {
      if (isCall(operand) && operand.name !== 'size') this.#reportMisuse(operand.name);
    }
  }

  /** `size(a)` is a number, not a condition. */
  #checkSizeAlone(condition: Condition): void {
    if (condition.type === 'function' && condition.name === 'size') this.#reportMisuse('size');
  }

  #reportMisuse(name: string): void {
    this.#scope.report(
      'misusedFunction',
      `The function is not allowed to be used this way in an expression; function: ${name}`,
    );
  }

  #checkDistinct(operator: string, [first, second]: Operand[]): void {
    if (!Array.isArray(first) || !Array.isArray(second) || first.length !== second.length) return;
    if (first.some((step, index) => step !== second[index])) return;
    this.#scope.report(
      'distinct',
      `The first operand must be distinct from the remaining operands for this operator or function; operator: ${operator}, first operand: ${printPath(first)}`,
    );
  }

  #checkBounds(low: Operand, high: Operand): void {
    const [lowType, highType] = [literalType(low), literalType(high)];
    if (lowType === undefined || highType === undefined) return;
    const [from, to] = [low as AttributeValue, high as AttributeValue];
    const bounds = `lower bound operand: AttributeValue: {${lowType}:${from[lowType]}}, upper bound operand: AttributeValue: {${highType}:${to[highType]}}`;
    if (lowType !== highType) {
      this.#scope.report(
        'function',
        `The BETWEEN operator requires same data type for lower and upper bounds; ${bounds}`,
      );
    } else if ((order(from, to) ?? 0) > 0) {
      this.#scope.report(
        'function',
        `The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ${bounds}`,
      );
    }
  }
}

/** Whether an operand is a function call. */
export function isCall(operand: Operand): operand is FunctionCall {
  return !Array.isArray(operand) && 'type' in operand;
}

function operandType(operand: Operand | undefined): AttributeType | undefined {
  if (operand !== undefined && isCall(operand)) return functions[operand.name]?.result;
  return literalType(operand);
}

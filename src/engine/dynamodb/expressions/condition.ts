/** The language of ConditionExpression, FilterExpression and KeyConditionExpression. */
import { ConditionRules } from './condition-rules.ts';
import {
  type Condition,
  type FunctionCall,
  isCall,
  type Operand,
  type ParsedCondition,
} from './condition-tree.ts';
import { ExpressionError, TokenReader } from './lexer.ts';
import { type ExpressionContext, MAX_OPERATORS, requireSize } from './scope.ts';

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
  requireSize(expression);
  return new ConditionParser(expression, context).parse();
}

class ConditionParser {
  readonly #reader: TokenReader;
  readonly #rules: ConditionRules;
  #operators = 0;

  constructor(expression: string, context: ExpressionContext) {
    this.#reader = new TokenReader(expression);
    this.#rules = new ConditionRules(context);
  }

  parse(): ParsedCondition {
    const expression = this.#or();
    this.#reader.expectEnd();
    this.#rules.checkSizeAlone(expression);
    if (this.#operators > MAX_OPERATORS) {
      this.#rules.scope.report(
        'tooManyOperators',
        `The expression contains too many operators; operator count: ${this.#operators}`,
      );
    }
    const { problem } = this.#rules;
    if (problem !== undefined) throw new ExpressionError(problem);
    return {
      expression,
      nestedPaths: this.#rules.scope.nestedPaths,
      pathHeads: this.#rules.scope.pathHeads,
    };
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
    this.#rules.checkSizeAlone(left);
    this.#rules.checkSizeAlone(right);
    return { type, args: [left, right] };
  }

  #not(): Condition {
    let count = 0;
    while (this.#reader.takeKeyword('NOT')) count++;
    let condition = this.#parenthesized();
    if (count > 0) this.#rules.checkSizeAlone(condition);
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
    const condition = this.#reader.nested(() => this.#or());
    this.#reader.expectSymbol(')');
    if (doubled)
      this.#rules.scope.report('parentheses', 'The expression has redundant parentheses;');
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
    this.#rules.endComparison();
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
      this.#rules.checkOperands([first, second]);
      this.#rules.checkDistinct(text, [first, second]);
      if (text !== '=' && text !== '<>') this.#rules.checkOrdered(text, [first, second]);
      return { type: text as '=', args: [first, second] };
    }
    if (reader.takeKeyword('BETWEEN')) {
      this.#operators++;
      const low = this.#operand();
      reader.expectKeyword('AND');
      const high = this.#operand();
      this.#rules.checkOperands([first, low, high]);
      this.#rules.checkOrdered('BETWEEN', [first, low, high]);
      this.#rules.checkBounds(low, high);
      return { type: 'between', args: [first, low, high] };
    }
    if (reader.takeKeyword('IN')) {
      this.#operators++;
      reader.expectSymbol('(');
      const args = [first];
      do args.push(this.#operand());
      while (reader.takeSymbol(','));
      reader.expectSymbol(')');
      this.#rules.checkOperands(args);
      if (args.length - 1 > MAX_IN_OPERANDS) {
        this.#rules.scope.report(
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
        this.#rules.scope.report('parentheses', 'The expression has redundant parentheses;');
      const operand = reader.nested(() => this.#operand());
      reader.expectSymbol(')');
      return Array.isArray(operand) ? this.#rules.scope.continued(operand, reader) : operand;
    }
    const { kind, text } = reader.peek();
    if (kind === 'value') {
      reader.next();
      return this.#rules.scope.value(text);
    }
    if (kind === 'word') {
      if (keywords.includes(text.toUpperCase())) throw reader.syntaxError();
      const after = reader.peek(1);
      if (after.kind === 'symbol' && after.text === '(') return this.#call();
    }
    return this.#rules.scope.path(reader);
  }

  #call(): FunctionCall {
    const reader = this.#reader;
    const name = reader.next().text;
    this.#operators++;
    reader.expectSymbol('(');
    const args = reader.nested(() => {
      const operands = [this.#operand()];
      while (reader.takeSymbol(',')) operands.push(this.#operand());
      return operands;
    });
    reader.expectSymbol(')');
    this.#rules.checkOperands(args);
    this.#rules.checkCall(name, args);
    return { type: 'function', name, args };
  }
}

/** The language of UpdateExpression. */
import type { AttributeType, AttributeValue, Path } from '../values/attribute.ts';
import { ExpressionError, TokenReader } from './lexer.ts';
import {
  checkPathsApart,
  type ExpressionContext,
  literalType,
  MAX_OPERATORS,
  requireSize,
  Scope,
} from './scope.ts';

/** A value that is worked out from the item as it was before the update. */
export interface Computation {
  type: 'add' | 'subtract' | 'if_not_exists' | 'list_append';
  args: [UpdateOperand, UpdateOperand];
}

/** What SET assigns. */
export type UpdateOperand = Path | AttributeValue | Computation;

/** One change; `attrType` is the type of its value where the expression tells it. */
export type Change =
  | { type: 'set'; path: Path; val: UpdateOperand; attrType: AttributeType | undefined }
  | { type: 'remove'; path: Path; attrType?: undefined }
  | {
      type: 'add' | 'delete';
      path: Path;
      val: AttributeValue;
      attrType: AttributeType | undefined;
    };

/** A parsed update. */
export interface ParsedUpdate {
  sections: Change[];
  paths: Path[];
  nestedPaths: Record<string, boolean>;
}

type ErrorKind =
  | 'unknownFunction'
  | 'section'
  | 'pathOverlap'
  | 'pathConflict'
  | 'operand'
  | 'function';

const typeTitles: Partial<Record<AttributeType, string>> = {
  S: 'STRING',
  N: 'NUMBER',
  B: 'BINARY',
  NULL: 'NULL',
  BOOL: 'BOOLEAN',
  L: 'LIST',
  M: 'MAP',
};
const clauses = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const;

/** The words that begin clauses are not names of attributes. */
function isClause(word: string): boolean {
  return (clauses as readonly string[]).includes(word.toUpperCase());
}

/**
 * Parses an update. Throws an ExpressionError with DynamoDB's message.
 * Source: DynamoDB Developer Guide, "Using update expressions".
 */
export function parseUpdate(expression: string, context: ExpressionContext): ParsedUpdate {
  requireSize(expression);
  return new UpdateParser(expression, context).parse();
}

class UpdateParser {
  readonly #reader: TokenReader;
  readonly #scope: Scope<ErrorKind>;
  readonly #changes: Change[] = [];
  readonly #paths: Path[] = [];
  #operators = 0;

  constructor(expression: string, context: ExpressionContext) {
    this.#reader = new TokenReader(expression);
    this.#scope = new Scope(context);
  }

  parse(): ParsedUpdate {
    const reader = this.#reader;
    const seen = new Set<string>();
    do {
      const clause = clauses.find((keyword) => reader.takeKeyword(keyword));
      if (clause === undefined) throw reader.syntaxError();
      if (seen.has(clause)) {
        this.#scope.report(
          'section',
          `The "${clause}" section can only be used once in an update expression;`,
        );
      }
      seen.add(clause);
      do this.#changes.push(this.#change(clause));
      while (reader.takeSymbol(','));
    } while (reader.peek().kind !== 'end');
    this.#throwFirstError();
    return { sections: this.#changes, paths: this.#paths, nestedPaths: this.#scope.nestedPaths };
  }

  #throwFirstError(): void {
    const { errors } = this.#scope;
    if (this.#operators > MAX_OPERATORS) {
      throw new ExpressionError(
        `The expression contains too many operators; operator count: ${this.#operators}`,
      );
    }
    const error =
      errors.reserved ??
      errors.unknownFunction ??
      errors.section ??
      errors.attributeName ??
      errors.attributeValue ??
      errors.pathOverlap ??
      errors.pathConflict ??
      errors.operand ??
      errors.function;
    if (error !== undefined) throw new ExpressionError(error);
  }

  #change(clause: (typeof clauses)[number]): Change {
    const reader = this.#reader;
    if (reader.peek().kind === 'word' && isClause(reader.peek().text)) throw reader.syntaxError();
    const path = this.#scope.path(reader);
    checkPathsApart(this.#paths, path, this.#scope);
    this.#paths.push(path);
    this.#operators++;
    if (clause === 'REMOVE') return { type: 'remove', path };
    if (clause === 'SET') {
      reader.expectSymbol('=');
      const val = this.#value();
      return { type: 'set', path, val, attrType: resultType(val) };
    }
    const { kind, text } = reader.peek();
    if (kind !== 'value') throw reader.syntaxError();
    reader.next();
    const val = this.#scope.value(text);
    const attrType = literalType(val);
    const title = attrType === undefined ? undefined : typeTitles[attrType];
    if (title !== undefined && !(clause === 'ADD' && attrType === 'N')) {
      this.#scope.report(
        'operand',
        `Incorrect operand type for operator or function; operator: ${clause}, operand type: ${title}`,
      );
    }
    return { type: clause === 'ADD' ? 'add' : 'delete', path, val, attrType };
  }

  /** An operand, or the sum or difference of two. */
  #value(): UpdateOperand {
    const reader = this.#reader;
    const first = this.#operand();
    const sign = reader.isSymbol('+') ? '+' : reader.isSymbol('-') ? '-' : undefined;
    if (sign === undefined) return first;
    reader.next();
    this.#operators++;
    const second = this.#operand();
    this.#checkTypes(sign, [first, second], 'N');
    return { type: sign === '+' ? 'add' : 'subtract', args: [first, second] };
  }

  #operand(): UpdateOperand {
    const reader = this.#reader;
    if (reader.takeSymbol('(')) {
      const value = reader.nested(() => this.#value());
      reader.expectSymbol(')');
      return value;
    }
    const { kind, text } = reader.peek();
    if (kind === 'value') {
      reader.next();
      return this.#scope.value(text);
    }
    if (kind === 'word' && isClause(text)) throw reader.syntaxError();
    const after = reader.peek(1);
    if (kind === 'word' && after.kind === 'symbol' && after.text === '(') return this.#call();
    return this.#scope.path(reader);
  }

  #call(): UpdateOperand {
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
    if (name !== 'if_not_exists' && name !== 'list_append') {
      this.#scope.report('unknownFunction', `Invalid function name; function: ${name}`);
    } else if (args.length !== 2) {
      this.#scope.report(
        'function',
        `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${args.length}`,
      );
    } else if (name === 'list_append') {
      this.#checkTypes(name, args, 'L');
    } else if (!Array.isArray(args[0])) {
      this.#scope.report(
        'function',
        `Operator or function requires a document path; operator or function: ${name}`,
      );
    }
    return { type: name as Computation['type'], args: args as [UpdateOperand, UpdateOperand] };
  }

  #checkTypes(operator: string, operands: UpdateOperand[], wanted: AttributeType): void {
    for (const operand of operands) {
      const type = literalType(operand);
      if (type === undefined || type === wanted) continue;
      this.#scope.report(
        'function',
        `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${type}`,
      );
    }
  }
}

/** The type that an operand has whatever the item holds; calls of unknown functions may lack operands. */
function resultType(operand: UpdateOperand | undefined): AttributeType | undefined {
  if (operand === undefined || Array.isArray(operand) || !('type' in operand))
    return literalType(operand);
  const { type, args } = operand as Computation;
  if (type === 'if_not_exists') return resultType(args[1]);
  return type === 'list_append' ? 'L' : 'N';
}

/** Whether an operand is worked out rather than given. */
export function isComputation(operand: UpdateOperand): operand is Computation {
  return !Array.isArray(operand) && 'type' in operand;
}

/** Reads the tokens of a statement one after the other. */
import type { ApiError } from '../request/errors.ts';
import { malformed } from './errors.ts';
import { type Token, tokenize } from './lexer.ts';

/** What the parsers of expressions and statements have in common. */
export abstract class TokenReader {
  readonly #tokens: Token[];
  #index = 0;

  constructor(statement: string) {
    this.#tokens = tokenize(statement);
  }

  /** The token `ahead` places after the next one. */
  protected peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#index + ahead, this.#tokens.length - 1)] as Token;
  }

  protected next(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.#index++;
    return token;
  }

  protected isSymbol(text: string): boolean {
    const token = this.peek();
    return token.kind === 'symbol' && token.text === text;
  }

  protected isOperator(text: string): boolean {
    const token = this.peek();
    return token.kind === 'operator' && token.text === text;
  }

  protected isKeyword(text: string): boolean {
    const token = this.peek();
    return token.kind === 'keyword' && token.text === text;
  }

  protected takeSymbol(text: string): boolean {
    if (!this.isSymbol(text)) return false;
    this.next();
    return true;
  }

  protected takeOperator(text: string): boolean {
    if (!this.isOperator(text)) return false;
    this.next();
    return true;
  }

  protected takeKeyword(text: string): boolean {
    if (!this.isKeyword(text)) return false;
    this.next();
    return true;
  }

  protected takeClause(text: string): boolean {
    const token = this.peek();
    if (token.kind !== 'clause' || token.text !== text) return false;
    this.next();
    return true;
  }

  protected expectSymbol(text: string): void {
    if (!this.takeSymbol(text)) throw expected(text);
  }
}

const symbolNames: Record<string, string> = {
  '(': 'LEFT_PAREN',
  ')': 'RIGHT_PAREN',
  ']': 'RIGHT_BRACKET',
  '}': 'RIGHT_CURLY',
  '>>': 'RIGHT_DOUBLE_ANGLE_BRACKET',
  ':': 'COLON',
};

function expected(symbol: string): ApiError {
  return malformed(`Expected ${symbolNames[symbol]}`);
}

/** Tokens of DynamoDB's expression languages, and its syntax errors. */

/** The kinds of tokens; `symbol` is any other single character or one of `<= >= <>`. */
export type TokenKind = 'word' | 'name' | 'value' | 'number' | 'symbol' | 'end';

/** A token and where it stands in the expression. */
export interface Token {
  kind: TokenKind;
  text: string;
  start: number;
  end: number;
}

/** An expression that is refused; the message comes after `Invalid ConditionExpression: ` and its like. */
export class ExpressionError extends Error {}

const lexeme =
  /\s*(?:([A-Za-z_][A-Za-z0-9_]*)|(#[A-Za-z0-9_]+)|(:[A-Za-z0-9_]+)|([0-9]+)|(<=|>=|<>|[^\s]))/y;
const kinds: TokenKind[] = ['word', 'name', 'value', 'number', 'symbol'];

/** Cuts an expression into tokens; the last one is always `end`. */
export function tokenize(expression: string): Token[] {
  const tokens: Token[] = [];
  lexeme.lastIndex = 0;
  for (let match = lexeme.exec(expression); match; match = lexeme.exec(expression)) {
    const group = match.findIndex((text, index) => index > 0 && text !== undefined);
    const text = match[group] as string;
    tokens.push({
      kind: kinds[group - 1] as TokenKind,
      text,
      start: lexeme.lastIndex - text.length,
      end: lexeme.lastIndex,
    });
  }
  tokens.push({ kind: 'end', text: '<EOF>', start: expression.length, end: expression.length });
  return tokens;
}

/**
 * Parentheses and calls within one another that are followed. Those that may be there need an operator each, of
 * which there are at most 300.
 */
const MAX_NESTING = 400;

/** Reads tokens one after the other. */
export class TokenReader {
  readonly #expression: string;
  readonly #tokens: Token[];
  /** For each opening parenthesis, the place of the one that closes it. */
  readonly #closings = new Map<number, number>();
  /** Whether there is a parenthesis that never closes. */
  readonly #unclosed: boolean;
  #index = 0;
  #nesting = 0;

  constructor(expression: string) {
    this.#expression = expression;
    this.#tokens = tokenize(expression);
    const open: number[] = [];
    for (const [index, { kind, text }] of this.#tokens.entries()) {
      if (kind !== 'symbol') continue;
      if (text === '(') open.push(index);
      else if (text === ')') {
        const opening = open.pop();
        if (opening !== undefined) this.#closings.set(opening, index);
      }
    }
    this.#unclosed = open.length > 0;
  }

  /** Parses what is in parentheses, or refuses the expression where they are too many within one another. */
  nested<Parsed>(parse: () => Parsed): Parsed {
    if (++this.#nesting > MAX_NESTING) {
      if (this.#unclosed) this.#index = this.#tokens.length - 1;
      throw this.#unclosed
        ? this.syntaxError()
        : new ExpressionError('The expression has redundant parentheses;');
    }
    const parsed = parse();
    this.#nesting--;
    return parsed;
  }

  /** The token that follows the parenthesis which the next token opens; undefined where it never closes. */
  afterParentheses(): Token | undefined {
    const closing = this.#closings.get(this.#index);
    return closing === undefined ? undefined : this.#tokens[closing + 1];
  }

  /** The token `ahead` places after the next one. */
  peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#index + ahead, this.#tokens.length - 1)] as Token;
  }

  next(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.#index++;
    return token;
  }

  /** Whether the next token is this symbol. */
  isSymbol(text: string): boolean {
    const token = this.peek();
    return token.kind === 'symbol' && token.text === text;
  }

  /** Whether the next token is this keyword, in any case. */
  isKeyword(keyword: string): boolean {
    const token = this.peek();
    return token.kind === 'word' && token.text.toUpperCase() === keyword;
  }

  /** Takes the symbol if it comes next. */
  takeSymbol(text: string): boolean {
    if (!this.isSymbol(text)) return false;
    this.next();
    return true;
  }

  /** Takes the keyword if it comes next. */
  takeKeyword(keyword: string): boolean {
    if (!this.isKeyword(keyword)) return false;
    this.next();
    return true;
  }

  /** Takes the symbol or refuses the expression. */
  expectSymbol(text: string): void {
    if (!this.takeSymbol(text)) throw this.syntaxError();
  }

  /** Takes the keyword or refuses the expression. */
  expectKeyword(keyword: string): void {
    if (!this.takeKeyword(keyword)) throw this.syntaxError();
  }

  expectEnd(): void {
    if (this.peek().kind !== 'end') throw this.syntaxError();
  }

  /** DynamoDB names the token it stumbled over and the text from the token before it to the one after it. */
  syntaxError(): ExpressionError {
    const token = this.peek();
    const before = this.#tokens[this.#index - 1] ?? token;
    const near = this.#expression.slice(before.start, this.peek(1).end);
    return new ExpressionError(`Syntax error; token: "${token.text}", near: "${near.trimEnd()}"`);
  }
}

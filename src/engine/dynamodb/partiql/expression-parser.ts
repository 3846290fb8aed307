/** Expressions of PartiQL by operator precedence, with the syntax errors of the parser that DynamoDB uses. */
import { malformed } from './errors.ts';
import type { Token } from './lexer.ts';
import type { Node, Step } from './syntax.ts';
import { TokenReader } from './token-reader.ts';

/** How deep expressions may be nested: as deep as any stack of the engine's hosts can follow. */
const MAX_DEPTH = 300;
/** Operators in a row. */
const MAX_ROW = 1000;

const precedences: Record<string, number> = {
  union: 5,
  except: 5,
  intersect: 5,
  or: 10,
  and: 20,
  '=': 40,
  '<>': 40,
  is: 40,
  in: 40,
  '<': 50,
  '<=': 50,
  '>': 50,
  '>=': 50,
  between: 50,
  like: 50,
  '+': 60,
  '-': 60,
  '||': 60,
  '*': 70,
  '/': 70,
  '%': 70,
};
/** Clauses of SELECT bind weaker than this. */
export const CLAUSE = 6;
const NOT = 30;

const functionKeywords = new Set(
  'exists count avg max min sum substring char_length character_length octet_length bit_length upper lower size nullif coalesce sexp list bag'.split(
    ' ',
  ),
);
const aggregates = new Set(['count', 'avg', 'max', 'min', 'sum']);
const typeNames = new Set(
  'missing null bool boolean smallint int int2 int4 int8 integer float real dec decimal numeric timestamp date time char character varchar string symbol clob blob struct tuple list sexp bag'.split(
    ' ',
  ),
);

/** Reads tokens into expressions; what keywords begin, a subclass knows. */
export abstract class ExpressionParser extends TokenReader {
  #depth = 0;
  #parameters = 0;

  /** How many parameters the statement has; known when it has been read to its end. */
  get parameters(): number {
    return this.#parameters;
  }

  /** What a keyword begins where an expression may stand. The keyword is the next token. */
  protected abstract keywordTerm(): Node;

  /** An expression of operators that bind stronger than `precedence`. */
  protected expression(precedence = -1): Node {
    let left = this.#unary();
    for (let operators = 1; ; operators++) {
      const negated = this.#isNegatedInfix();
      const operator = this.peek(negated ? 1 : 0);
      const binds = operator.kind === 'operator' ? precedences[operator.text] : undefined;
      if (binds === undefined || binds <= precedence) return left;
      // A row of operators is a tree as deep as it is long.
      if (operators > MAX_ROW) throw malformed('Expressions are nested too deeply');
      if (negated) this.next();
      left = this.#infix(left, binds);
      if (negated) left = { type: 'unary', operator: 'not', operand: left, token: left.token };
    }
  }

  #isNegatedInfix(): boolean {
    const after = this.peek(1);
    return (
      this.isOperator('not') &&
      after.kind === 'operator' &&
      ['in', 'between', 'like'].includes(after.text)
    );
  }

  #infix(left: Node, binds: number): Node {
    const token = this.next();
    const operator = token.text;
    if (operator === 'is') return this.#is(left, token);
    if (operator === 'in' && this.isSymbol('(') && this.peek(1).text !== 'select') {
      const bracket = this.next();
      const elements = this.#sequence(')');
      return {
        type: 'binary',
        operator,
        left,
        right: { type: 'list', elements, token: bracket },
        token,
      };
    }
    if (this.peek().kind === 'end')
      throw malformed('Missing right-hand side expression of infix operator');
    const right = this.expression(binds);
    if (operator !== 'between') return { type: 'binary', operator, left, right, token };
    if (!this.takeOperator('and')) throw malformed('Expected AND keyword');
    if (this.peek().kind === 'end') throw malformed('Expected expression after AND');
    const high = this.expression(binds);
    return { type: 'between', operand: left, low: right, high, token };
  }

  #is(operand: Node, token: Token): Node {
    const negated = this.takeOperator('not');
    const name = this.next();
    if (name.kind === 'quoted' || name.kind === 'string' || !this.#isTypeName(name))
      throw malformed('Expected type name');
    const is: Node = { type: 'is', operand, typeName: name.text.toUpperCase(), token };
    return negated ? { type: 'unary', operator: 'not', operand: is, token } : is;
  }

  #isTypeName({ text }: Token): boolean {
    const second = { double: 'precision', character: 'varying' }[text];
    if (second !== undefined && this.takeKeyword(second)) return true;
    return typeNames.has(text);
  }

  /** A term with the signs and NOTs before it. */
  #unary(): Node {
    if (++this.#depth > MAX_DEPTH) throw malformed('Expressions are nested too deeply');
    const node = this.#signed();
    this.#depth--;
    return node;
  }

  #signed(): Node {
    const token = this.peek();
    if (token.kind !== 'operator' || !['+', '-', 'not'].includes(token.text)) return this.#path();
    this.next();
    if (token.text === 'not') {
      return { type: 'unary', operator: 'not', operand: this.expression(NOT), token };
    }
    const operand = this.#unary();
    if (operand.type !== 'number') return { type: 'unary', operator: token.text, operand, token };
    if (token.text === '+') return operand;
    const { text } = operand;
    return { ...operand, text: text.startsWith('-') ? text.slice(1) : `-${text}` };
  }

  #path(): Node {
    const base = this.#term();
    const steps = this.#steps('');
    if (steps.length === 0) return base;
    return base.type === 'path' ? { ...base, steps } : { type: 'steps', base, token: base.token };
  }

  /** A path that begins with a name, as targets of statements do. */
  protected simplePath(): Node {
    const head = this.peek();
    if (head.kind !== 'name' && head.kind !== 'quoted')
      throw malformed('Expected identifier for simple path');
    this.next();
    return { type: 'path', head, steps: this.#steps(' for simple path'), token: head };
  }

  #steps(kind: '' | ' for simple path'): Step[] {
    const steps: Step[] = [];
    for (;;) {
      if (this.takeSymbol('.')) {
        const token = this.peek();
        if (token.kind === 'name' || token.kind === 'quoted') {
          steps.push({ type: 'name', name: token.text });
        } else if (token.text === '*' && token.kind === 'operator' && kind === '') {
          steps.push({ type: 'all', token });
        } else {
          const star = token.kind === 'operator' && token.text === '*';
          throw malformed(`Invalid path dot component${star ? kind : ''}`);
        }
        this.next();
      } else if (this.takeSymbol('[')) {
        const token = this.peek();
        if (this.takeOperator('*')) steps.push({ type: 'all', token });
        else {
          const index = this.expression();
          const literal = index.type === 'number' || index.type === 'string';
          if (kind !== '' && !literal) throw malformed(`Invalid path component${kind}`);
          steps.push({ type: 'index', index });
        }
        this.expectSymbol(']');
      } else return steps;
    }
  }

  #term(): Node {
    const token = this.peek();
    const { kind, text } = token;
    switch (kind) {
      case 'keyword':
        if (!functionKeywords.has(text)) return this.keywordTerm();
        if (this.peek(1).text !== '(') throw malformed('Unexpected keyword');
        return this.#call();
      case 'name':
      case 'quoted': {
        const after = this.peek(1);
        if (after.kind === 'symbol' && after.text === '(') return this.#call();
        this.next();
        return { type: 'path', head: token, steps: [], token };
      }
      case 'parameter':
        this.next();
        return { type: 'parameter', index: this.#parameters++, token };
      case 'string':
      case 'number':
      case 'boolean':
      case 'null':
      case 'missing':
        this.next();
        return { type: kind, text, token };
      case 'operator':
        throw malformed(text === '*' ? 'Unexpected term' : 'Unexpected operator');
      case 'symbol':
        return this.#bracketed(token);
      default:
        throw malformed('Unexpected term');
    }
  }

  #bracketed(token: Token): Node {
    this.next();
    switch (token.text) {
      case '(': {
        const elements = this.#sequence(')');
        return elements.length === 1 ? (elements[0] as Node) : { type: 'list', elements, token };
      }
      case '[':
        return { type: 'list', elements: this.#elements(']'), token };
      case '<<':
        return { type: 'bag', elements: this.#elements('>>'), token };
      case '{':
        return { type: 'struct', fields: this.#fields(), token };
      default:
        throw malformed('Unexpected term');
    }
  }

  #fields(): Array<{ key: Node; value: Node }> {
    const fields: Array<{ key: Node; value: Node }> = [];
    if (this.takeSymbol('}')) return fields;
    do {
      const key = this.expression();
      this.expectSymbol(':');
      fields.push({ key, value: this.expression() });
    } while (this.takeSymbol(','));
    this.expectSymbol('}');
    return fields;
  }

  #call(): Node {
    const token = this.next();
    const name = token.text.toLowerCase();
    this.expectSymbol('(');
    if (aggregates.has(name)) {
      if (!this.takeKeyword('distinct')) this.takeKeyword('all');
      if (name === 'count' && this.takeOperator('*')) {
        this.expectSymbol(')');
        return { type: 'call', name, args: [], token };
      }
    }
    if (this.isOperator('*')) throw malformed(`${token.text}(*) is not allowed`);
    return { type: 'call', name, args: this.#elements(')'), token };
  }

  #elements(close: string): Node[] {
    return this.takeSymbol(close) ? [] : this.#sequence(close);
  }

  #sequence(close: string): Node[] {
    const elements: Node[] = [];
    do elements.push(this.expression());
    while (this.takeSymbol(','));
    this.expectSymbol(close);
    return elements;
  }
}

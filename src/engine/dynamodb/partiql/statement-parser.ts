/** Statements of PartiQL, from text to tree. */
import { type ApiError, validationError } from '../request/errors.ts';
import { malformed, place } from './errors.ts';
import { CLAUSE, ExpressionParser } from './expression-parser.ts';
import type { Token } from './lexer.ts';
import type { ChangeNode, Node, ReturningNode, SelectNode } from './syntax.ts';

/** A statement that has been read, with the text that errors point into. */
export interface ParsedStatement {
  text: string;
  node: Node;
  /** How many parameters it takes. */
  parameters: number;
}

/**
 * Reads one statement by recursive descent, each token once. Throws ValidationException.
 * Source: DynamoDB Developer Guide, "PartiQL - a SQL-compatible query language for Amazon DynamoDB"; its grammar and
 * the words of its errors are those of the parser in PartiQL's own reference implementation.
 */
export function parseStatement(text: string): ParsedStatement {
  const parser = new StatementParser(text);
  const node = parser.parse();
  return { text, node, parameters: parser.parameters };
}

const joins = ['join', 'cross', 'inner', 'left', 'right', 'full', 'outer'];

class StatementParser extends ExpressionParser {
  readonly #text: string;
  /** What is well formed but not supported, which is reported only when the rest is well formed too. */
  #unsupported: ApiError | undefined;

  constructor(text: string) {
    super(text);
    this.#text = text;
  }

  parse(): Node {
    const node = this.expression();
    if (this.takeSymbol(';')) {
      if (this.peek().kind !== 'end')
        throw malformed('Unexpected token after semicolon. (Only one query is allowed.)');
    } else if (this.peek().kind !== 'end') throw malformed('Unexpected token after expression');
    if (this.#unsupported) throw this.#unsupported;
    return node;
  }

  protected keywordTerm(): Node {
    const token = this.next();
    switch (token.text) {
      case 'select':
        return this.#select(token);
      case 'insert':
        if (!this.takeKeyword('into')) throw malformed('Unexpected keyword');
        return this.#insert(token);
      case 'update':
        return this.#update(token);
      case 'delete':
        if (!this.takeKeyword('from')) throw malformed('Expected FROM after DELETE');
        return this.#delete(token);
      case 'from':
        return this.#updateFrom(token);
      case 'create':
      case 'drop':
      case 'case':
      case 'cast':
      case 'pivot':
      case 'values':
      case 'set':
      case 'remove':
        throw validationError(`Unsupported operation: ${token.text.toUpperCase()}`);
      default:
        throw malformed('Unexpected keyword');
    }
  }

  #refuse(message: string): void {
    this.#unsupported ??= validationError(message);
  }

  #select(token: Token): SelectNode {
    const clause = this.peek();
    if (this.takeKeyword('distinct')) this.#refuseClause('DISTINCT', clause);
    else if (this.takeKeyword('value')) this.#refuseClause('VALUE', clause);
    else this.takeKeyword('all');
    const columns = this.#columns();
    if (!this.takeKeyword('from')) throw malformed('Expected FROM after SELECT list');
    const source = this.#source(CLAUSE);
    const where = this.takeKeyword('where') ? this.expression(CLAUSE) : undefined;
    if (this.takeKeyword('group')) {
      if (!this.takeClause('by')) throw malformed('Expected BY');
      this.#refuseExpressions('GROUP BY');
    }
    if (this.takeKeyword('having')) this.#refuseExpressions('HAVING');
    const orderBy = this.isKeyword('order') ? this.#orderBy() : [];
    if (this.takeKeyword('limit')) this.#refuseExpressions('LIMIT');
    return { type: 'select', columns, source, where, orderBy, token };
  }

  #columns(): Node[] | undefined {
    const columns: Node[] = [];
    let all = false;
    do {
      if (this.takeOperator('*')) {
        all = true;
        continue;
      }
      columns.push(this.expression());
      this.#alias();
    } while (this.takeSymbol(','));
    if (all && columns.length > 0) {
      throw malformed(
        "Other expressions may not be present in the select list when '*' is used without dot notation.",
      );
    }
    return all ? undefined : columns;
  }

  /** One table or index: joins and subqueries are not supported. */
  #source(precedence: number): Node {
    const source = this.expression(precedence);
    this.#alias();
    const { kind, text } = this.peek();
    if ((kind === 'symbol' && text === ',') || (kind === 'keyword' && joins.includes(text)))
      throw validationError('Only select from a single table or index is supported.');
    return source;
  }

  #alias(): void {
    for (const word of ['as', 'at', 'by']) {
      const { kind } = this.peek();
      const bare = word === 'as' && (kind === 'name' || kind === 'quoted');
      if (!bare && !this.takeClause(word)) continue;
      const alias = this.next();
      if (alias.kind !== 'name' && alias.kind !== 'quoted')
        throw malformed(`Expected identifier for ${word.toUpperCase()}-alias`);
      this.#refuse('Aliasing is not supported');
    }
  }

  #refuseExpressions(clause: string): void {
    const token = this.peek();
    do this.expression(CLAUSE);
    while (this.takeSymbol(','));
    this.#refuseClause(clause, token);
  }

  #refuseClause(clause: string, token: Token): void {
    this.#refuse(`Unsupported clause: ${clause}${place(this.#text, token)}`);
  }

  #orderBy(): SelectNode['orderBy'] {
    this.next();
    if (!this.takeClause('by')) throw malformed('Expected BY');
    const terms: SelectNode['orderBy'] = [];
    do {
      const key = this.expression(CLAUSE);
      const descending = this.takeClause('desc');
      if (!descending) this.takeClause('asc');
      terms.push({ key, descending });
    } while (this.takeSymbol(','));
    return terms;
  }

  #insert(token: Token): Node {
    const target = this.simplePath();
    if (!this.takeKeyword('value')) {
      this.expression();
      this.#refuse('Unsupported operation: INSERT without VALUE');
      return { type: 'insert', target, value: target, returning: undefined, token };
    }
    const value = this.expression();
    return { type: 'insert', target, value, returning: this.#returning(), token };
  }

  #update(token: Token): Node {
    const target = this.simplePath();
    this.#alias();
    const changes = this.#changes();
    const where = this.takeKeyword('where') ? this.expression() : undefined;
    return { type: 'update', target, changes, where, returning: this.#returning(), token };
  }

  /** `FROM "Table" WHERE ... SET ...`, the other form of UPDATE. */
  #updateFrom(token: Token): Node {
    const target = this.#source(-1);
    const where = this.takeKeyword('where') ? this.expression() : undefined;
    const changes = this.#changes();
    return { type: 'update', target, changes, where, returning: this.#returning(), token };
  }

  #delete(token: Token): Node {
    const target = this.simplePath();
    this.#alias();
    const where = this.takeKeyword('where') ? this.expression() : undefined;
    return { type: 'delete', target, where, returning: this.#returning(), token };
  }

  #changes(): ChangeNode[] {
    const changes: ChangeNode[] = [];
    for (;;) {
      if (this.takeKeyword('set')) {
        do {
          const path = this.simplePath();
          if (!this.takeOperator('=')) throw malformed("Expected '='");
          changes.push({ path, value: this.expression() });
        } while (this.takeSymbol(','));
      } else if (this.takeKeyword('remove')) {
        changes.push({ path: this.simplePath(), value: undefined });
      } else if (changes.length === 0) throw malformed('Expected data manipulation');
      else return changes;
    }
  }

  #returning(): ReturningNode | undefined {
    if (!this.takeKeyword('returning')) return undefined;
    const extent = this.next();
    const version = this.next();
    if (!['all', 'modified'].includes(extent.text) || !['old', 'new'].includes(version.text)) {
      throw malformed('Expected ( MODIFIED | ALL ) ( NEW | OLD ) in each returning element.');
    }
    const returning = `${extent.text} ${version.text}`.toUpperCase() as ReturningNode;
    if (!this.takeOperator('*')) {
      this.expression();
      this.#refuse(`Invalid returning clause: RETURNING ${returning} must be followed by *.`);
    }
    return returning;
  }
}

/** WHERE clauses as conditions of the engine. */
import { ConditionRules } from '../expressions/condition-rules.ts';
import { type Condition, isTruth, type Operand } from '../expressions/condition-tree.ts';
import { literalType } from '../expressions/scope.ts';
import { validationError } from '../request/errors.ts';
import type { AttributeType } from '../values/attribute.ts';
import { place } from './errors.ts';
import type { Node } from './syntax.ts';
import { attributeValueOf, isValue, pathOf, type Scope } from './values.ts';

/** Most values that IN takes. */
const MAX_IN_OPERANDS = 100;

const functions = new Set([
  'attribute_exists',
  'attribute_not_exists',
  'attribute_type',
  'begins_with',
  'contains',
  'size',
]);
const comparators = new Set(['=', '<>', '<', '<=', '>', '>=']);
const ordered: ReadonlySet<AttributeType> = new Set(['S', 'N', 'B']);
/** What `IS` tests for, besides MISSING, as attribute types. */
const types: Record<string, AttributeType> = {
  NULL: 'NULL',
  BOOLEAN: 'BOOL',
  BOOL: 'BOOL',
  BLOB: 'B',
  STRING: 'S',
  NUMERIC: 'N',
  STRUCT: 'M',
  TUPLE: 'M',
  LIST: 'L',
};

/**
 * The condition that a WHERE clause states. Throws ValidationException.
 * Source: DynamoDB Developer Guide, "Use PartiQL functions with DynamoDB", "PartiQL arithmetic, comparison, and
 * logical operators for DynamoDB".
 */
export function conditionOf(where: Node, scope: Scope): Condition {
  const translation = new Translation(scope);
  const condition = translation.condition(where);
  translation.finish(condition);
  return condition;
}

class Translation {
  readonly #scope: Scope;
  readonly #rules = new ConditionRules({
    names: undefined,
    values: undefined,
    usedNames: new Set(),
    usedValues: new Set(),
  });

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  /** Throws for the first comparison that the rules of conditions forbid. */
  finish(condition: Condition): void {
    this.#rules.checkSizeAlone(condition);
    const { problem } = this.#rules;
    if (problem !== undefined) throw validationError(problem);
  }

  condition(node: Node): Condition {
    switch (node.type) {
      case 'unary':
        if (node.operator !== 'not') break;
        return { type: 'not', args: [this.#checked(node.operand)] };
      case 'binary':
        return this.#binary(node);
      case 'between':
        return this.#between(node);
      case 'is':
        return this.#is(node);
      case 'call':
        return this.#call(node);
      case 'select':
      case 'insert':
      case 'update':
      case 'delete':
        throw validationError(`Unsupported operation: ${node.type.toUpperCase()}`);
    }
    const { text } = this.#scope;
    throw validationError(
      `Unsupported token in expression: ${text.slice(node.token.start, node.token.end)}${place(text, node.token)}`,
    );
  }

  #checked(node: Node): Condition {
    const condition = this.condition(node);
    this.#rules.checkSizeAlone(condition);
    return condition;
  }

  #binary(node: Node & { type: 'binary' }): Condition {
    const { operator } = node;
    if (operator === 'and' || operator === 'or') {
      return { type: operator, args: [this.#checked(node.left), this.#checked(node.right)] };
    }
    if (operator === 'in') return this.#in(node);
    if (!comparators.has(operator)) {
      throw validationError(
        `Unsupported operator in Condition Expression. Operator: ${operator.toUpperCase()}`,
      );
    }
    const args = [this.#operand(node.left), this.#operand(node.right)];
    if (operator !== '=' && operator !== '<>') this.#requireOrder(operator, args);
    this.#rules.checkDistinct(operator, args);
    this.#rules.endComparison();
    return { type: operator as '=', args };
  }

  #in({ left, right }: Node & { type: 'binary' }): Condition {
    if (right.type !== 'list')
      throw validationError('Unsupported operand of IN. Only lists of values are supported');
    const { elements } = right;
    if (elements.length > MAX_IN_OPERANDS) {
      throw validationError(
        `The IN operator is provided with too many operands; number of operands: ${elements.length}`,
      );
    }
    if (elements.length === 0) {
      throw validationError(
        'Incorrect number of operands for operator or function; operator or function: IN, number of operands: 1',
      );
    }
    return { type: 'in', args: [left, ...elements].map((operand) => this.#operand(operand)) };
  }

  #between({ operand, low, high }: Node & { type: 'between' }): Condition {
    const args = [operand, low, high].map((one) => this.#operand(one));
    this.#requireOrder('BETWEEN', args);
    this.#rules.checkBounds(args[1] as Operand, args[2] as Operand);
    this.#rules.endComparison();
    return { type: 'between', args };
  }

  #is({ operand, typeName }: Node & { type: 'is' }): Condition {
    const path = this.#operand(operand);
    if (typeName === 'MISSING') {
      return { type: 'function', name: 'attribute_not_exists', args: [path] };
    }
    const type = types[typeName];
    if (type === undefined) {
      throw validationError(
        `Unsupported data type for IS operator: ${typeName}. Supported data types are [MISSING, NULL, BOOLEAN, BLOB, STRING, NUMERIC, STRUCT, TUPLE, LIST]`,
      );
    }
    return { type: 'function', name: 'attribute_type', args: [path, { S: type }] };
  }

  #call(node: Node & { type: 'call' }): Condition & { type: 'function' } {
    const { name } = node;
    if (!functions.has(name)) {
      throw validationError(`Unrecognized function: ${name}${place(this.#scope.text, node.token)}`);
    }
    const args = node.args.map((operand) => this.#operand(operand));
    this.#rules.checkCall(name, args);
    this.#rules.endComparison();
    return { type: 'function', name, args };
  }

  /** What is compared: a path, a value, a size, or the truth of a condition. */
  #operand(node: Node): Operand {
    if (isValue(node)) return attributeValueOf(node, this.#scope);
    const path = pathOf(node, this.#scope);
    if (path !== undefined) return path;
    const condition = this.condition(node);
    return condition.type === 'function' && condition.name === 'size'
      ? condition
      : { type: 'truth', condition };
  }

  /** Only text, numbers and binary have an order. */
  #requireOrder(operator: string, operands: readonly Operand[]): void {
    for (const operand of operands) {
      const type = isTruth(operand) ? 'BOOL' : literalType(operand);
      if (type === undefined || ordered.has(type)) continue;
      throw validationError(
        `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${type}`,
      );
    }
  }
}
